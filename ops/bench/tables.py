"""Writes figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ops.bench.figures import Bin, Found, Share
from ops.bench.understood import (
    Answer,
    answerable_refused,
    entities_found,
    entries_found,
    intents_right,
    unanswerable_refused,
)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table, figures to the right of a first column of names."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in row)} |" for row in lines)


def number(value: float | None, digits: int = 3) -> str:
    """Return a figure, a dash where there was nothing to measure."""
    return "–" if value is None else f"{value:.{digits}f}"


def counted(share: Share) -> str:
    """Return a share with what it was counted from."""
    if share.value is None:
        return "–"
    return f"{number(share.value)} ({share.hits}/{share.total})"


def overview(groups: Iterable[tuple[str, Sequence[Answer]]], name: str) -> str:
    """Return the main figures of several groups of sentences, a row each."""
    head = (
        name,
        "sentences",
        "intent accuracy",
        "FAQ recall@1",
        "entity F1",
        "unanswerable refused",
        "answerable refused",
    )
    return table(head, [(group, *_overview_row(rows)) for group, rows in groups])


def _overview_row(answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return the main figures of one group of sentences."""
    return (
        str(len(answers)),
        number(intents_right(answers).value),
        number(entries_found(answers).value),
        number(entities_found(answers).f1),
        number(unanswerable_refused(answers).value),
        number(answerable_refused(answers).value),
    )


def precision_and_recall(found: dict[str, Found], name: str) -> str:
    """Return a row for each label or kind."""
    rows = [
        (
            f"`{label}`",
            one.right + one.missed,
            number(one.precision),
            number(one.recall),
            number(one.f1),
        )
        for label, one in found.items()
    ]
    return table((name, "in the sentences", "precision", "recall", "F1"), rows)


def calibration(bins: Sequence[Bin]) -> str:
    """Return how often answers were right, by how sure they were."""
    rows = [
        (
            f"{one.low:.1f} to {one.high:.1f}",
            one.count,
            number(one.confidence),
            number(one.right),
        )
        for one in bins
    ]
    return table(("confidence", "answers", "mean confidence", "right"), rows)


def confusions(pairs: Iterable[tuple[str, str, int]]) -> str:
    """Return what was taken for what, most frequent first."""
    rows = [(f"`{meant}`", f"`{given}`", times) for meant, given, times in pairs]
    return table(("meant", "understood as", "times"), rows)
