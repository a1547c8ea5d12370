"""Turns a message into named features: its words, its letters, its consonants.

Words catch the meaning, letters the misspelt word, and consonants alone catch what
was typed with the wrong or without any vowel and tone marks. A Thai mark is never
parted from the letter it stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlu.thai.entities import find_entities
from nlu.thai.normal import normalise
from nlu.thai.shield import mask_ids
from nlu.thai.words import split_words

LONGEST_READ = 600
# Everything that is written on, under or after a consonant and cannot begin a word.
MARKS = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"
CLUSTER = re.compile(f"[^{MARKS}][{MARKS}]*")
STRAY_MARKS = re.compile(f"^[{MARKS}]+")
ALL_MARKS = re.compile(f"[{MARKS}\u0e40-\u0e44]")
THAI_GAP = re.compile("(?<=[\u0e00-\u0e7f]) +| +(?=[\u0e00-\u0e7f])")
# An id says nothing of what she wants; so it looks once it is masked.
ID = re.compile(r"\d(?:\W?x){11}\W?\d")
NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")
# Numbers that are names here: sections, forms and hotlines; others only count as one.
NAMES = re.compile(r"33|39|40|90|91|94|30|53|1506|1111|1161|1164|1332")
NOT_TEXT = re.compile("[^0-9a-z#\u0e01-\u0e4e]+")

WORDS = range(1, 3)
LETTERS = range(2, 5)
CONSONANTS = range(2, 5)


def features(text: str) -> Iterator[str]:
    """Yield the features of a message, with repetition.

    `w:` are words and pairs of them, `c:` letter groups, `k:` consonant groups,
    `e:` the kinds of entities that rules find.
    """
    text = ID.sub(" ", mask_ids(text[:LONGEST_READ]).text)
    normal = normalise(text)
    yield from (f"e:{found.entity}" for found in find_entities(text, normal))
    plain = NUMBER.sub(_named_number, normal.text.lower())
    yield from (f"w:{gram}" for gram in _grams(words(plain), WORDS, " "))
    letters = THAI_GAP.sub("", NOT_TEXT.sub(" ", plain).strip())
    yield from (f"c:{gram}" for gram in _grams(_clusters(letters), LETTERS, ""))
    bare = [" ", *ALL_MARKS.sub("", letters), " "]
    yield from (f"k:{gram}" for gram in _grams(bare, CONSONANTS, ""))


def words(plain: str) -> list[str]:
    """Return the words of a plain text, none beginning with a Thai mark."""
    cut = (STRAY_MARKS.sub("", word.text) for word in split_words(plain))
    return [word for word in cut if word and (len(word) > 1 or word.isalnum())]


def _clusters(letters: str) -> list[str]:
    """Return letters with their marks, between two spaces."""
    return [" ", *CLUSTER.findall(letters), " "]


def _grams(parts: Sequence[str], lengths: range, between: str) -> Iterator[str]:
    """Yield every run of parts of the given lengths."""
    for length in lengths:
        for start in range(len(parts) - length + 1):
            yield between.join(parts[start : start + length])


def _named_number(found: re.Match[str]) -> str:
    """Return a number that is a name, or the sign for any number."""
    return found.group() if NAMES.fullmatch(found.group()) else "#"
