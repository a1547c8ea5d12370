"""Rewrites a message into its plain form for matching, keeping every offset.

Nobody is shown the plain form: spans found in it are carried back to the
citizen's own text.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlu.thai.characters import fold
from nlu.thai.draft import Draft


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
    """Return the plain form of `text`; any text has one."""
    draft = Draft.of(text)
    fold(draft)
    return Normal(draft.text, text, tuple(draft.starts), tuple(draft.ends))
