"""Finds the FAQ entry that answers a question, or none.

Two witnesses must agree: a linear model says which entry, and the nearest example of
that entry says whether the question is one of its kind at all. A model alone answers
anything it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, load_npz, save_npz

from nlu.components.linear_text import KINDS, LinearText, Scored

EXAMPLES = "examples.npz"
ENTRIES = "entries.npy"
# The product of two equal messages without entities.
WHOLE = sum(weight**2 for kind, weight in KINDS.items() if kind != "e:")


@dataclass(frozen=True)
class Answered:
    """An entry and how well the question fits it, from 0 to 1."""

    entry: str
    confidence: float


class FaqIndex:
    """Knows the questions each entry answers."""

    def __init__(
        self, model: LinearText, examples: csr_matrix, entries: NDArray[np.int64]
    ) -> None:
        """Take the model, the example questions and the entry of each."""
        self._model = model
        self._examples = examples
        self._entries = entries

    @classmethod
    def train(cls, questions: Sequence[str], entries: Sequence[str]) -> FaqIndex:
        """Learn from the questions of all entries."""
        model = LinearText.train(questions, entries)
        places = np.array([model.labels.index(entry) for entry in entries])
        return cls(model, model.shown, places)

    @classmethod
    def load(cls, folder: Path) -> FaqIndex:
        """Read an index from the folder it was saved in."""
        return cls(
            LinearText.load(folder),
            load_npz(folder / EXAMPLES),
            np.load(folder / ENTRIES, allow_pickle=False),
        )

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._model.save(folder)
        save_npz(folder / EXAMPLES, self._examples)
        np.save(folder / ENTRIES, self._entries)

    def best(self, question: str) -> Answered | None:
        """Return the entry that fits best, however badly; None if nothing is known."""
        likeliest = self.likeliest(question)
        return self.fit(question, likeliest[0]) if likeliest else None

    def likeliest(self, question: str) -> list[Scored]:
        """Return every entry and how likely it is, if one must be meant at all."""
        return self._model.scores(question)

    def fit(self, question: str, entry: Scored) -> Answered:
        """Return how well a question fits an entry this likely."""
        nearness = self._nearness(question, entry.label)
        return Answered(entry.label, (entry.confidence * nearness) ** 0.5)

    def _nearness(self, question: str, entry: str) -> float:
        """Return the cosine between a question and the entry's nearest example."""
        places, values = self._model.vector(question)
        asked = np.zeros(len(self._model.vocabulary), np.float32)
        asked[places] = values
        own = self._entries == self._model.labels.index(entry)
        return min(1.0, float((self._examples[own] @ asked).max()) / WHOLE)
