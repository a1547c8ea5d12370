"""Reads Thai that was written in Latin letters, word by known word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nlu.thai.lookups import read_table
from nlu.thai.plausible import is_english

if TYPE_CHECKING:
    from nlu.thai.draft import Draft

LATIN = re.compile(r"(?<![a-z\d@./-])[a-z]+(?:'[a-z]+)?(?![a-z\d@/]|[.-][a-z\d])")
THAI = re.compile("[\u0e01-\u0e4e]")
LONGEST_PHRASE = 4
SHORTEST_LIKENESS = 4
HALF = 0.5
# Where spellings differ and sounds do not, one letter stands for all.
SOUNDS = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        (r"^gn|^nng", "ng"),
        (r"ph|bp", "p"),
        (r"th|dt", "t"),
        (r"kh|ck|c(?!h)|q", "k"),
        (r"ch|sh|z", "j"),
        (r"ee|ii|ie|y$", "i"),
        (r"oo|ou|uu", "u"),
        (r"aa|ar(?![aeiou])|ah$", "a"),
        (r"oe|er(?![aeiou])|ir(?![aeiou])|eu|ue|uea", "e"),
        (r"or(?![aeiou])|aw|au", "o"),
        (r"ao|eo|ow$", "aw"),
        (r"ae|ea|air", "e"),
        (r"v", "w"),
        (r"b$", "p"),
        (r"[dj]$", "t"),
        (r"g$(?<!ng)", "k"),
        (r"r|l", "l"),
        (r"(.)\1+", r"\1"),
    )
)
# One spelling, two words: the second where the message or its clause ends.
TWO_WORDS = {
    "mai": ("ไม่", "ไหม"),
    "kha": ("ค่า", "คะ"),
    "ka": ("ค่า", "คะ"),
    "na": ("หน้า", "นะ"),
}
# "khao" is news beside these and "to enter" elsewhere.
NEWS = frozenset({"khao", "kao", "khaw"})
NEWS_BESIDE = frozenset(
    [
        "mee",
        "mi",
        "aan",
        "arn",
        "prakan",
        "prakat",
        "la",
        "lasut",
        "lasud",
        "arai",
        "krom",
        "sanphakorn",
        "sanpakorn",
        "sunlakakorn",
        "jak",
        "wan",
    ]
)
CLOSING = frozenset(
    [
        "krub",
        "krab",
        "khrap",
        "krap",
        "kha",
        "ka",
        "na",
        "krup",
        "khrub",
        "kub",
        "kab",
        "ja",
        "jaa",
    ]
)


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Return the Thai of every listed spelling; the first listing wins."""
    variants: dict[str, str] = {}
    for thai, spellings in read_table("romanised").items():
        for spelling in spellings:
            variants.setdefault(spelling, thai)
    return variants


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    sounds: dict[str, str] = {}
    for spelling, thai in _variants().items():
        if " " not in spelling and len(spelling) >= SHORTEST_LIKENESS:
            sounds.setdefault(_sound(spelling), thai)
    return sounds


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    for letters, sound in SOUNDS:
        word = letters.sub(sound, word)
    return word


@lru_cache(maxsize=4096)
def thai_word(word: str) -> str | None:
    """Return the Thai of one Latin word, by spelling or by sound."""
    listed = _variants().get(word)
    if listed or is_english(word) or len(word) < SHORTEST_LIKENESS:
        return listed
    return _by_sound().get(_sound(word))


def respell(draft: Draft) -> None:
    """Put a romanised message into Thai letters; English stays English."""
    if THAI.search(draft.text):
        return
    words = list(LATIN.finditer(draft.text))
    if not words:
        return
    readings = _readings([word.group() for word in words])
    if _is_romanised(words, readings):
        draft.replace(_changes(draft.text, words, readings))


def _readings(words: list[str]) -> list[tuple[int, int, str]]:
    """Return runs of words and their Thai, the longest run first."""
    readings: list[tuple[int, int, str]] = []
    first = 0
    while first < len(words):
        length, thai = _longest(words, first)
        if thai:
            readings.append((first, first + length, thai))
        first += length
    return readings


def _longest(words: list[str], first: int) -> tuple[int, str | None]:
    for length in range(min(LONGEST_PHRASE, len(words) - first), 1, -1):
        thai = _variants().get(" ".join(words[first : first + length]))
        if thai:
            return length, thai
    word = words[first]
    if word in NEWS and NEWS_BESIDE.intersection(words[max(first - 1, 0) : first + 2]):
        return 1, "ข่าว"
    if word in TWO_WORDS:
        last = first + 1 == len(words) or words[first + 1] in CLOSING
        return 1, TWO_WORDS[word][last]
    return 1, thai_word(word)


def _is_romanised(
    words: list[re.Match[str]], readings: list[tuple[int, int, str]]
) -> bool:
    """Say whether Thai readings explain the message better than English."""
    read = [
        words[place].group()
        for first, last, _ in readings
        for place in range(first, last)
    ]
    strong = [word for word in read if not is_english(word) and word not in TWO_WORDS]
    english = [word.group() for word in words if is_english(word.group())]
    return (
        len(strong) > 0
        and len(read) >= HALF * len(words)
        and (
            len(strong) >= len(english) - len(read) + len(strong)
            or len(english) <= len(strong)
        )
    )


def _changes(
    text: str, words: list[re.Match[str]], readings: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Return the places to rewrite, the spaces between two Thai words too."""
    changes: list[tuple[int, int, str]] = []
    for first, last, thai in readings:
        start, end = words[first].start(), words[last - 1].end()
        if changes and text[changes[-1][1] : start].isspace():
            changes.append((changes[-1][1], start, ""))
        changes.append((start, end, thai))
    return changes
