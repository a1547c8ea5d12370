"""A light linear classifier of messages: TF-IDF features, multinomial regression.

Trained with scikit-learn, kept as plain arrays and JSON (a pickle would run whatever
code a model file carries), and read with a handful of additions.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nlu.components.text_features import features

Floats = NDArray[np.float32]

KINDS = ("w:", "c:", "k:")


@dataclass(frozen=True)
class Scored:
    """One label and how likely it is."""

    label: str
    confidence: float


class LinearText:
    """Knows which label a message most likely has."""

    def __init__(
        self, labels: Sequence[str], vocabulary: Sequence[str], arrays: dict[str, Floats]
    ) -> None:
        """Take what `train` learnt: `idf`, `weights` (feature, label) and `bias`."""
        self.labels = list(labels)
        self.vocabulary = list(vocabulary)
        self._place = {name: place for place, name in enumerate(vocabulary)}
        self._arrays = arrays

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        strength: float = 20.0,
        rarest: int = 2,
        rounds: int = 60,
    ) -> LinearText:
        """Learn from labelled messages.

        `strength` is the inverse of the regularisation; features in fewer than
        `rarest` messages are left out, except whole words.
        """
        counted = [Counter(features(text)) for text in texts]
        seen = Counter(name for counts in counted for name in counts)
        vocabulary = sorted(
            name
            for name, times in seen.items()
            if times >= rarest or (name.startswith("w:") and " " not in name)
        )
        idf = np.array(
            [math.log((1 + len(texts)) / (1 + seen[name])) + 1 for name in vocabulary],
            dtype=np.float32,
        )
        known = sorted(set(labels))
        model = cls(known, vocabulary, {"idf": idf})
        rows = [model._vector(counts) for counts in counted]
        model._fit(rows, [known.index(label) for label in labels], strength, rounds)
        return model

    @classmethod
    def load(cls, folder: Path) -> LinearText:
        """Read a classifier from the folder it was saved in."""
        names = json.loads((folder / "names.json").read_text("utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return cls(names["labels"], names["vocabulary"], arrays)

    def save(self, folder: Path) -> None:
        """Write the classifier into a folder."""
        names = {"labels": self.labels, "vocabulary": self.vocabulary}
        text = json.dumps(names, ensure_ascii=False)
        (folder / "names.json").write_text(text, "utf-8")
        np.savez(folder / "arrays.npz", **self._arrays)

    def scores(self, text: str) -> list[Scored]:
        """Return every label, likeliest first; none if the text has no known feature."""
        places, values = self._vector(Counter(features(text)))
        if not len(places):
            return []
        logits = values @ self._arrays["weights"][places] + self._arrays["bias"]
        likely = np.exp(logits - logits.max())
        likely /= likely.sum()
        return [
            Scored(self.labels[place], float(likely[place]))
            for place in np.argsort(-likely, kind="stable")
        ]

    def vector(self, text: str) -> tuple[NDArray[np.int64], Floats]:
        """Return the places and weights of a message's known features."""
        return self._vector(Counter(features(text)))

    def _vector(self, counts: Counter[str]) -> tuple[NDArray[np.int64], Floats]:
        """Return the known features as (places, TF-IDF).

        Each kind of feature makes a vector of length one together with its unknown
        features, so a message of mostly unknown letters says little about anything.
        """
        places: list[NDArray[np.int64]] = []
        values: list[Floats] = []
        for kind in KINDS:
            at, times, unknown = self._known(counts, kind)
            weighed = (1 + np.log(times)) * self._arrays["idf"][at]
            length = math.hypot(float(np.linalg.norm(weighed)), unknown)
            if len(at):
                places.append(at)
                values.append((weighed / length).astype(np.float32))
        if not places:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return np.concatenate(places), np.concatenate(values)

    def _known(
        self, counts: Counter[str], kind: str
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
        """Return places and counts of a kind's known features, and the others' length."""
        known: list[tuple[int, int]] = []
        strangers = 0
        for name, times in counts.items():
            if not name.startswith(kind):
                continue
            place = self._place.get(name)
            if place is None:
                strangers += 1
            else:
                known.append((place, times))
        pairs = np.array(known, dtype=np.int64).reshape(-1, 2)
        rarest = float(self._arrays["idf"].max(initial=0))
        return pairs[:, 0], pairs[:, 1], rarest * math.sqrt(strangers)

    def _fit(
        self,
        rows: Sequence[tuple[NDArray[np.int64], Floats]],
        targets: Sequence[int],
        strength: float,
        rounds: int,
    ) -> None:
        """Learn weights and bias from the vectors of all messages."""
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - 1 s, for training only

        ends = np.cumsum([0, *(len(places) for places, _ in rows)])
        matrix = csr_matrix(
            (
                np.concatenate([values for _, values in rows]),
                np.concatenate([places for places, _ in rows]),
                ends,
            ),
            shape=(len(rows), len(self.vocabulary)),
        )
        learner = LogisticRegression(
            C=strength, max_iter=rounds, tol=1e-3, multi_class="multinomial"
        )
        learner.fit(matrix, targets)
        self._arrays["weights"] = np.ascontiguousarray(learner.coef_.T, np.float32)
        self._arrays["bias"] = learner.intercept_.astype(np.float32)
