"""Folds characters: the same letters typed another way become the same text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlu.thai.draft import Draft

TONES = "\u0e48-\u0e4b"
SIGNS = f"\u0e31\u0e34-\u0e3a\u0e47{TONES}\u0e4c\u0e4d\u0e4e"
INVISIBLE = re.compile(
    "[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f]+"
)
DOUBLED_SIGN = re.compile(f"([{SIGNS}])\\1+")
TONE_FIRST = re.compile(f"([{TONES}])([\u0e31\u0e34-\u0e39\u0e47])")
OPEN_AM = re.compile(f"\u0e4d([{TONES}]?)\u0e32|([{TONES}])\u0e4d\u0e32")
AM_FIRST = re.compile(f"\u0e33([{TONES}])")
TWO_E = re.compile("\u0e40\u0e40+")
LONG_VOWEL = re.compile("([\u0e30\u0e32\u0e33\u0e41-\u0e46])\\1+")
TWO_TONES = re.compile(f"([{TONES}])[{TONES}]+")
LONG_CONSONANT = re.compile("([\u0e01-\u0e2e])\\1{2,}")
LONG_LATIN = re.compile("([a-hj-vyz])\\1{2,}")


def _table() -> dict[int, str]:
    table = {0x0E50 + digit: str(digit) for digit in range(10)}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
    table |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], " ")
    table |= dict.fromkeys([0x2018, 0x2019], "'") | dict.fromkeys([0x201C, 0x201D], '"')
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x391, 0x530)]:
        lower = chr(code).lower()
        if len(lower) == 1:
            table.setdefault(code, lower)
    return table


TABLE = _table()


def fold(draft: Draft) -> None:
    """Fold widths, digits, cases, marks out of order and drawn-out letters."""
    draft.translate(TABLE)
    draft.sub(INVISIBLE, lambda _: "")
    draft.sub(DOUBLED_SIGN, lambda found: found.group(1))
    draft.sub(OPEN_AM, _closed_am)
    draft.sub(TONE_FIRST, lambda found: found.group(2) + found.group(1))
    draft.sub(AM_FIRST, lambda found: found.group(1) + "\u0e33")
    draft.sub(TWO_TONES, lambda found: found.group(1))
    draft.sub(DOUBLED_SIGN, lambda found: found.group(1))
    draft.sub(TWO_E, lambda _: "\u0e41")
    draft.sub(LONG_VOWEL, lambda found: found.group(1))
    draft.sub(LONG_CONSONANT, _short_consonant)
    draft.sub(LONG_LATIN, lambda found: found.group(1))


def _closed_am(found: re.Match[str]) -> str:
    return (found.group(1) or found.group(2) or "") + "\u0e33"


def _short_consonant(found: re.Match[str]) -> str:
    # Only ro han is written twice inside a word (as in tham, law).
    return "\u0e23\u0e23" if found.group(1) == "\u0e23" else found.group(1)
