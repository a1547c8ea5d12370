"""What every finder looks at: the plain text, its words and their edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from nlu.thai.words import Word, split_words

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nlu.thai.normal import Normal

FIRST_THAI, LAST_THAI = "\u0e01", "\u0e4e"


@dataclass(frozen=True)
class Hit:
    """An entity found in the plain text; a higher rank wins an overlap."""

    entity: str
    start: int
    end: int
    value: str | None
    rank: int = 0


@dataclass
class Scene:
    """One message, in plain form, cut into words."""

    normal: Normal
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Take the plain text out, since every finder reads it."""
        self.text = self.normal.text

    @cached_property
    def words(self) -> list[Word]:
        """Return the words of the plain text."""
        return split_words(self.text)

    @cached_property
    def begins(self) -> frozenset[int]:
        """Return where words begin."""
        return frozenset(word.start for word in self.words)

    @cached_property
    def finishes(self) -> frozenset[int]:
        """Return where words end."""
        return frozenset(word.end for word in self.words)

    def opens(self, place: int) -> bool:
        """Say whether a word may begin here."""
        text = self.text
        if place == 0 or not _letter(text[place - 1]):
            return True
        return place in self.begins or _thai(text[place - 1]) != _thai(text[place])

    def closes(self, place: int) -> bool:
        """Say whether a word may end here."""
        text = self.text
        if place >= len(text) or not _letter(text[place]):
            return True
        return place in self.finishes or _thai(text[place - 1]) != _thai(text[place])

    def whole(self, start: int, end: int) -> bool:
        """Say whether the stretch is whole words, not a part of one."""
        return self.opens(start) and self.closes(end)

    def each(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Return the matches that are whole words."""
        for match in pattern.finditer(self.text):
            if self.whole(match.start(), match.end()):
                yield match


def _thai(letter: str) -> bool:
    return FIRST_THAI <= letter <= LAST_THAI


def _letter(letter: str) -> bool:
    return letter.isalpha() or _thai(letter)
