"""Judges whether letters could be Thai, English, or the wrong keys for one."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from nlu.thai.lookups import read_table, read_words
from nlu.thai.words import cut_run, is_thai_word

MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
AFTER = "\u0e30\u0e32\u0e33\u0e45"
LEADING = "\u0e40-\u0e44"
CONSONANT = "\u0e01-\u0e2e"
TONE = "\u0e48-\u0e4b"
# What no Thai word holds: a mark or vowel with no letter to stand on.
ILL_FORMED = re.compile(
    rf"(?:^|[^{CONSONANT}{MARK}{AFTER}])[{MARK}]"
    rf"|(?:^|[^{CONSONANT}{TONE}\u0e31\u0e32\u0e47])[{AFTER}]"
    rf"|[\u0e31\u0e34-\u0e3a\u0e47][\u0e31\u0e34-\u0e3a\u0e47]"
    rf"|[{TONE}\u0e4c][{TONE}\u0e31\u0e34-\u0e3a\u0e47\u0e4c]"
    rf"|[{LEADING}](?:$|[^{CONSONANT}])|[{AFTER}][{MARK}]"
)
NOT_LETTERS = re.compile("[^\u0e01-\u0e4e]+")
RARE = 3
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "'s")


def well_formed(text: str) -> bool:
    """Say whether every Thai mark stands on a letter."""
    return not ILL_FORMED.search(text)


@lru_cache(maxsize=2048)
def thai_share(text: str) -> float:
    """Return how much of the letters known Thai words cover, 0 to 1."""
    letters = NOT_LETTERS.sub("", text)
    if not letters:
        return 0.0
    known = sum(
        len(word) for word in cut_run(letters) if len(word) > 1 and is_thai_word(word)
    )
    return known / len(text)


@lru_cache(maxsize=1)
def _pairs() -> frozenset[str]:
    """Return the pairs of letters that English and romanised words hold."""
    words = [*read_words("english")]
    for spellings in read_table("romanised").values():
        words += " ".join(spellings).split()
    counts = Counter(pair for word in words for pair in _letter_pairs(word))
    return frozenset(pair for pair, count in counts.items() if count > RARE)


def _letter_pairs(word: str) -> list[str]:
    return [word[place : place + 2] for place in range(len(word) - 1)]


@lru_cache(maxsize=2048)
def latin_share(word: str) -> float:
    """Return how many pairs of a word's letters are common in Latin script."""
    pairs = _letter_pairs(word.lower())
    return sum(pair in _pairs() for pair in pairs) / len(pairs) if pairs else 1.0


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return frozenset(read_words("english"))


def is_english(word: str) -> bool:
    """Say whether a lower-case word is English, plain endings aside."""
    words = _english()
    if word in words:
        return True
    return any(word[: -len(end)] in words for end in ENDINGS if word.endswith(end))
