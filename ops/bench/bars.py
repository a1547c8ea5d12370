"""The bars that understanding must clear, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ops.bench.figures import percentile
from ops.bench.sentences import STYLES
from ops.bench.understood import (
    Answer,
    answerable_refused,
    entities_found,
    entries_found,
    grouped,
    intents_right,
    unanswerable_refused,
)


@dataclass(frozen=True)
class Bar:
    """One requirement: a figure and the least, or the most, it may be."""

    name: str
    value: float | None
    limit: float
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the figure is good enough; what was not measured is not."""
        if self.value is None:
            return False
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def cells(self) -> tuple[str, str, str, str]:
        """Return the bar as a row of a table."""
        value = "not measured" if self.value is None else f"{self.value:.4g}"
        sign = "at most" if self.at_most else "at least"
        verdict = "yes" if self.holds else "**no**"
        return self.name, value, f"{sign} {self.limit:g}", verdict


def understanding_bars(answers: Sequence[Answer]) -> Iterator[Bar]:
    """Yield what the project's own sentences must reach."""
    yield Bar("own sentences", len(answers), 600)
    yield Bar("intent accuracy", intents_right(answers).value, 0.96)
    yield Bar("FAQ recall@1", entries_found(answers).value, 0.92)
    yield Bar("entity F1", entities_found(answers).f1, 0.95)
    yield Bar("unanswerable refused", unanswerable_refused(answers).value, 0.92)
    refused = answerable_refused(answers).value
    yield Bar("answerable refused", refused, 0.03, at_most=True)
    name, worst = worst_style(answers)
    yield Bar(f"intent accuracy of the worst style ({name})", worst, 0.85)


def speed_bars(answers: Sequence[Answer], seconds: float | None) -> Iterator[Bar]:
    """Yield what training and parsing may take."""
    taken = [answer.ms for answer in answers]
    yield Bar("training, seconds", seconds, 60, at_most=True)
    yield Bar("parse p50, ms", percentile(taken, 0.5), 8, at_most=True)
    yield Bar("parse p99, ms", percentile(taken, 0.99), 25, at_most=True)


def worst_style(answers: Sequence[Answer]) -> tuple[str, float | None]:
    """Return the style least understood; one without sentences is worse than any."""
    styles = grouped(answers, lambda answer: answer.sentence.style)
    absent = [style for style in STYLES if style not in styles]
    if absent:
        return absent[0], None
    shares = {style: intents_right(rows).value or 0.0 for style, rows in styles.items()}
    name = min(shares, key=lambda style: shares[style])
    return name, shares[name]
