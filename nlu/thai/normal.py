"""Rewrites a message into its plain form for matching, keeping every offset.

Nobody is shown the plain form: spans found in it are carried back to the
citizen's own text.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlu.thai.characters import fold
from nlu.thai.draft import Draft
from nlu.thai.keyboard import retype
from nlu.thai.romanised import respell
from nlu.thai.spelling import close_gaps, read_numbers, standardise

LONGEST = 2000
STEPS = (retype, fold, respell, close_gaps, standardise, read_numbers)


@dataclass(frozen=True)
class Normal:
    """A plain text and, for each of its characters, where it came from."""

    text: str
    original: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def offsets(self) -> tuple[int, ...]:
        """Return where each character began, and the original's length last."""
        return (*self.starts, len(self.original))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that `text[start:end]` came from."""
        if start >= end:
            place = self.offsets[start]
            return place, place
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normal:
    """Return the plain form of `text`; any text has one.

    Very long texts only have their characters folded.
    """
    draft = Draft.of(text)
    for step in STEPS if len(text) <= LONGEST else (fold,):
        step(draft)
    return Normal(draft.text, text, tuple(draft.starts), tuple(draft.ends))
