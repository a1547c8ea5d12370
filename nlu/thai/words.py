"""Cuts Thai text into words without moving a character.

Every environment cuts with PyThaiNLP's newmm and the same dictionary, because
a model trained on other cuts than it is asked about is wrong in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pythainlp.corpus import thai_words
from pythainlp.tokenize import newmm
from pythainlp.util import Trie

from nlu.thai.lookups import read_table, read_words

THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
PLAIN = re.compile(f"[{THAI}]{{3,}}")
MARKS = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎")
LONGEST_RUN = 400


@dataclass(frozen=True)
class Word:
    """One word and where it stands in the text it was cut from."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _all_words() -> frozenset[str]:
    ours = {word for word in read_words("lexicon") if "." not in word}
    ours |= {name for name in _place_names() if PLAIN.fullmatch(name)}
    months = {name for names in read_table("months").values() for name in names}
    ours |= {month for month in months if PLAIN.fullmatch(month)}
    ours |= {form for form in _spellings() if "." not in form}
    return frozenset((thai_words() | ours) - set(read_words("not_words")))


def _spellings() -> set[str]:
    return {form for forms in read_table("spelling").values() for form in forms}


@lru_cache(maxsize=1)
def _dictionary() -> Trie:
    return Trie(_all_words())


def is_thai_word(word: str) -> bool:
    """Say whether the dictionary, ours included, has the word."""
    return word in _all_words()


def _place_names() -> set[str]:
    """Return provinces, hospitals and land office branches, aliases included."""
    provinces = list(read_table("provinces").values())
    hospitals = read_table("hospitals")
    names = {row["name"] for row in provinces}
    names |= {alias for row in provinces + hospitals for alias in row["aliases"]}
    names |= {(row["name"] or "").removeprefix("โรงพยาบาล") for row in hospitals}
    return names.union(*read_table("land_offices").values())


@lru_cache(maxsize=1)
def _pieces() -> re.Pattern[str]:
    dotted = sorted(
        (word for word in (*read_words("lexicon"), *_spellings()) if "." in word),
        key=len,
        reverse=True,
    )
    known = "|".join(re.escape(word) for word in dotted)
    # One letter and a dot may end a word; two letters and a dot do not.
    inside = "|".join(re.escape(word) for word in dotted if len(word) > 2)  # noqa: PLR2004
    return re.compile(
        rf"(?P<dotted>(?<![{THAI}])(?:{known})|(?:{inside}))"
        rf"|(?P<thai>(?:(?!{inside})[{THAI}])+)"
        r"|[A-Za-z\u00c0-\u024f]+(?:['\u2019][A-Za-z]+)?"
        r"|[0-9\u0e50-\u0e59]+(?:[.,][0-9\u0e50-\u0e59]+)*"
        rf"|[^\sA-Za-z0-9{THAI}\u0e50-\u0e59\u00c0-\u024f]"
    )


@lru_cache(maxsize=4096)
def cut_run(run: str) -> tuple[str, ...]:
    """Return the words of a run of Thai letters without spaces."""
    words: list[str] = []
    for word in newmm.segment(run, _dictionary(), safe_mode=len(run) > LONGEST_RUN):
        if words and word[0] in MARKS:
            # newmm may cut a mark off a letter it knows no word with.
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def split_words(text: str) -> list[Word]:
    """Return the words of `text` in order; white space belongs to none.

    `text[word.start:word.end] == word.text` holds for every word.
    """
    words: list[Word] = []
    for piece in _pieces().finditer(text):
        if piece.lastgroup != "thai":
            words.append(Word(piece.group(), piece.start(), piece.end()))
            continue
        start = piece.start()
        for word in cut_run(piece.group()):
            words.append(Word(word, start, start + len(word)))
            start += len(word)
    return words
