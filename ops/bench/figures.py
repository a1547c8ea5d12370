"""Figures of understanding: shares, precision and recall, calibration, percentiles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    hits: int
    total: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Share:
        """Count what came true."""
        listed = list(outcomes)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float | None:
        """Return the share, None where there was nothing to count."""
        return self.hits / self.total if self.total else None


@dataclass(frozen=True)
class Found:
    """What was found rightly, found wrongly and missed, of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Found) -> Found:
        """Return both counts as one."""
        return Found(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )

    @property
    def precision(self) -> float | None:
        """Return how much of what was found is right."""
        return Share(self.right, self.right + self.wrong).value

    @property
    def recall(self) -> float | None:
        """Return how much of what is there was found."""
        return Share(self.right, self.right + self.missed).value

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of both, None where nothing is or was found."""
        return Share(2 * self.right, 2 * self.right + self.wrong + self.missed).value


def by_label(pairs: Iterable[tuple[str, str]]) -> dict[str, Found]:
    """Return precision and recall per label, from pairs (expected, given)."""
    counted: dict[str, Found] = {}
    for expected, given in pairs:
        if expected == given:
            counted[expected] = counted.get(expected, Found()) + Found(right=1)
        else:
            counted[expected] = counted.get(expected, Found()) + Found(missed=1)
            counted[given] = counted.get(given, Found()) + Found(wrong=1)
    return dict(sorted(counted.items()))


def compared(expected: Iterable[Hashable], given: Iterable[Hashable]) -> Found:
    """Compare two collections in which a thing may occur more than once."""
    there, found = Counter(expected), Counter(given)
    right = (there & found).total()
    return Found(right, found.total() - right, there.total() - right)


@dataclass(frozen=True)
class Bin:
    """Answers of about one confidence: how sure they were and how often right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(answers: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Return the bins of (confidence, was right) that hold any answer."""
    placed: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        place = min(int(confidence * BINS), BINS - 1)
        placed.setdefault(place, []).append((confidence, right))
    return [
        Bin(
            low=place / BINS,
            high=(place + 1) / BINS,
            count=len(rows),
            confidence=sum(confidence for confidence, _ in rows) / len(rows),
            right=sum(right for _, right in rows) / len(rows),
        )
        for place, rows in sorted(placed.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far sureness is from being right."""
    total = sum(one.count for one in bins)
    if not total:
        return 0.0
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
