"""A light linear classifier of messages: TF-IDF features, a linear machine a label.

Trained with scikit-learn, kept as plain arrays and JSON (a pickle would run whatever
code a model file carries), and read with a handful of additions.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nlu.components.text_features import features

Floats = NDArray[np.float32]

# What each kind of feature weighs: the length of its part of a message's vector.
KINDS = {"w:": 1.0, "c:": 1.0, "k:": 1.0, "e:": 0.5}
SHORT = np.float16  # three digits of a weight are enough, and half the model
STRENGTHS = (0.25, 0.5, 1.0, 2.0)
KEPT_APART = 4  # every fourth message, to learn how sure to be
SHARPNESSES = np.arange(1.0, 12.1, 0.25)


@dataclass(frozen=True)
class Scored:
    """One label and how likely it is."""

    label: str
    confidence: float


class LinearText:
    """Knows which label a message most likely has."""

    def __init__(
        self,
        labels: Sequence[str],
        vocabulary: Sequence[str],
        arrays: dict[str, Floats],
    ) -> None:
        """Take what `train` learnt: `idf`, `weights` (feature, label) and `bias`."""
        self.labels = list(labels)
        self.vocabulary = list(vocabulary)
        self.shown: csr_matrix | None = None  # what it was trained on, not stored
        self._place = {name: place for place, name in enumerate(vocabulary)}
        self._arrays = arrays

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        strength: float | None = 2.0,
        rarest: int = 2,
    ) -> LinearText:
        """Learn from labelled messages.

        `strength` is the inverse of the regularisation; None has it chosen by the
        messages themselves, which takes longer. Features in fewer than
        `rarest` messages are left out, except whole words.
        """
        counted = [_counted(text) for text in texts]
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
        model._fit(rows, [known.index(label) for label in labels], strength)
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
        """Return every label, likeliest first; none if nothing in the text is known."""
        places, values = self.vector(text)
        if not len(places):
            return []
        weights = self._arrays["weights"][places].astype(np.float32)
        logits = values @ weights + self._arrays["bias"]
        likely = np.exp(logits - logits.max())
        likely /= likely.sum()
        return [
            Scored(self.labels[place], float(likely[place]))
            for place in np.argsort(-likely, kind="stable")
        ]

    def vector(self, text: str) -> tuple[NDArray[np.int64], Floats]:
        """Return the places and weights of a message's known features."""
        return self._vector(_counted(text))

    def _vector(self, counts: Counter[str]) -> tuple[NDArray[np.int64], Floats]:
        """Return the known features as (places, TF-IDF).

        Each kind of feature makes a vector of length one together with its unknown
        features, so a message of mostly unknown letters says little about anything.
        """
        places: list[NDArray[np.int64]] = []
        values: list[Floats] = []
        for kind, weight in KINDS.items():
            at, times, unknown = self._known(counts, kind)
            weighed = (1 + np.log(times)) * self._arrays["idf"][at]
            length = math.hypot(float(np.linalg.norm(weighed)), unknown)
            if len(at):
                places.append(at)
                values.append((weighed * weight / length).astype(np.float32))
        if not places:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return np.concatenate(places), np.concatenate(values)

    def _known(
        self, counts: Counter[str], kind: str
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
        """Return places and counts of known features, and the length of the others."""
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
        strength: float | None,
    ) -> None:
        """Learn weights and bias from the vectors of all messages."""
        matrix, at = _stacked(rows, len(self.vocabulary)), np.array(targets)
        self.shown = matrix
        strength, sharpness = _settled(
            matrix, at, [strength] if strength else STRENGTHS
        )
        learner = _learner(strength).fit(matrix, at)
        weights, bias = learner.coef_, learner.intercept_
        if len(self.labels) == 2:  # noqa: PLR2004 - scikit-learn gives two labels one row
            weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
        self._arrays["weights"] = np.ascontiguousarray(sharpness * weights.T, SHORT)
        self._arrays["bias"] = (sharpness * bias).astype(np.float32)


@lru_cache(maxsize=1)
def _counted(text: str) -> Counter[str]:
    """Return how often a message has each feature; more than one model asks."""
    return Counter(features(text))


def _stacked(
    rows: Sequence[tuple[NDArray[np.int64], Floats]], width: int
) -> csr_matrix:
    """Return vectors as the rows of one matrix."""
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, places, ends), shape=(len(rows), width))


def _learner(strength: float) -> Any:
    """Return scikit-learn's linear support vector machine, one against the rest."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - 1 s, for training only

    return LinearSVC(C=strength, tol=1e-3, class_weight="balanced", random_state=0)


def _settled(
    matrix: csr_matrix, at: NDArray[np.int64], strengths: Sequence[float]
) -> tuple[float, float]:
    """Return the strength to learn with, and the sharpness of honest confidences.

    Sharpness is the factor that makes a softmax of the margins a confidence. Both are
    those under which messages a model was not shown are least surprising.
    """
    kept = np.arange(len(at)) % KEPT_APART == 0
    np.random.default_rng(0).shuffle(kept)
    if len(np.unique(at[~kept])) <= 2:  # noqa: PLR2004 - as above
        return strengths[-1], 1.0
    surprises = {}
    for strength in strengths:
        learner = _learner(strength).fit(matrix[~kept], at[~kept])
        known = kept & np.isin(at, learner.classes_)
        margins = learner.decision_function(matrix[known])
        truths = np.searchsorted(learner.classes_, at[known])
        for factor in SHARPNESSES:
            surprises[strength, factor] = _surprise(factor * margins, truths)
    return min(surprises, key=lambda settled: surprises[settled])


def _surprise(logits: Floats, truths: NDArray[np.int64]) -> float:
    """Return how surprising the truths are under such margins."""
    highest = logits.max(axis=1)
    spread = np.log(np.exp(logits - highest[:, None]).sum(axis=1)) + highest
    return float((spread - logits[np.arange(len(truths)), truths]).sum())
