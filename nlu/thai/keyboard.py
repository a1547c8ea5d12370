"""Puts right what was typed with the keyboard in the other language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nlu.thai.lookups import read_table
from nlu.thai.plausible import is_english, latin_share, thai_share, well_formed
from nlu.thai.romanised import thai_word
from nlu.thai.words import is_thai_word

if TYPE_CHECKING:
    from nlu.thai.draft import Draft

CHUNK = re.compile(r"[!-~]+")
ANY_CHUNK = re.compile(r"\S+")
LATIN = re.compile("[a-zA-Z]{2}|[a-zA-Z][;'\\[\\]]|[;'\\[\\]][a-zA-Z]")
THAI = re.compile("[\u0e01-\u0e4e]")
LATIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
# Punctuation among letters, as the wrong keys leave it and no Latin word has it.
MIXED = re.compile(
    r"[a-z][;\[\]\\=,/][a-z]|^[;'\[\],./][a-z]|[;\[\]\\'=]{2}"
    r"|[a-z]'(?!(?:s|t|m|re|ve|d|ll)\b)"
    r"|[a-z][\[;]|[a-z]\d+[a-z]",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"@[a-z]{2}|[a-z\d]@|://|^www\.|\.(?:th|com|net|org|ly|me|info|co|in"
    r"|cc|xyz|top|site|online)\b",
    re.IGNORECASE,
)
FIGURES = re.compile(r"[\d.,/:+\-]+")
# A year typed after Thai words is in figures whatever the keyboard.
YEAR = re.compile(r"(?<!\d)(?:25[4-9]\d|20[12]\d)(?!\d)")
CODE = re.compile(
    r"(?:[\W\d_]*|[a-z]{1,4}\.?-?\d[\d.,/-]*[a-z]{0,2}|\d[\d,.]*[a-z]{1,4}"
    r"|[a-z]+-?\d{3}[a-z\d-]*)[.!?,]*",
    re.IGNORECASE,
)
VOWEL = re.compile("[aeiou]", re.IGNORECASE)
FINAL = "?!"
SURE_SHARE = 0.9
MIXED_SHARE = 0.65
LONG_SHARE = 0.5
LATIN_SHARE = 0.75
SHORTEST_SURE = 4
SHORTEST_MIXED = 3
LONG = 9


@lru_cache(maxsize=1)
def _to_thai() -> dict[int, str]:
    layout = read_table("keyboard")
    return dict(zip(map(ord, layout["keys"]), layout["thai"], strict=False))


@lru_cache(maxsize=1)
def _to_keys() -> dict[int, str]:
    layout = read_table("keyboard")
    return dict(zip(map(ord, layout["thai"]), layout["keys"], strict=False))


def retype(draft: Draft) -> None:
    """Retype the chunks that make sense only on the other keyboard."""
    if LATIN.search(draft.text):
        _retype_as_thai(draft)
    if THAI.search(draft.text):
        _retype_as_english(draft)


def _retype_as_thai(draft: Draft) -> None:
    chunks = list(CHUNK.finditer(draft.text))
    short = len(chunks) == 1 and _surely_short(chunks[0].group())
    if short or any(_surely_thai(chunk.group()) for chunk in chunks):
        draft.replace(
            [
                (*chunk.span(), _in_thai(chunk.group()))
                for chunk in chunks
                if _maybe_thai(chunk.group())
            ]
        )


def _retype_as_english(draft: Draft) -> None:
    chunks = list(ANY_CHUNK.finditer(draft.text))
    if any(_surely_english(chunk.group()) for chunk in chunks):
        draft.replace(
            [
                (*chunk.span(), _in_english(chunk.group()))
                for chunk in chunks
                if _maybe_english(chunk.group())
            ]
        )


@lru_cache(maxsize=2048)
def _in_thai(chunk: str) -> str:
    body = chunk.rstrip(FINAL)
    table, done = _to_thai(), 0
    parts: list[str] = []
    for year in YEAR.finditer(body):
        parts += (body[done : year.start()].translate(table), year.group())
        done = year.end()
    return "".join([*parts, body[done:].translate(table), chunk[len(body) :]])


@lru_cache(maxsize=2048)
def _maybe_thai(chunk: str) -> bool:
    """Say whether a chunk of keys could be Thai, once the message is."""
    if ADDRESS.search(chunk) or FIGURES.fullmatch(chunk):
        return False
    if is_english(chunk.lower().strip(".,?!")):
        return False
    return well_formed(_in_thai(chunk).rstrip(FINAL))


@lru_cache(maxsize=2048)
def _surely_thai(chunk: str) -> bool:
    """Say whether the chunk by itself proves the wrong keyboard."""
    body = chunk.rstrip(FINAL)
    if not _maybe_thai(chunk) or CODE.fullmatch(chunk):
        return False
    share = thai_share(_in_thai(body))
    if MIXED.search(body):
        enough = LONG_SHARE if len(body) >= LONG else MIXED_SHARE
        return len(body) >= SHORTEST_MIXED and share >= enough
    words = LATIN_WORD.findall(body.lower())
    if all(is_english(word) or thai_word(word) for word in words):
        return False
    unlike_latin = latin_share(body) < LATIN_SHARE
    return len(body) >= SHORTEST_SURE and share >= SURE_SHARE and unlike_latin


@lru_cache(maxsize=2048)
def _surely_short(chunk: str) -> bool:
    """Say whether a message of one short chunk is a Thai word."""
    body = chunk.rstrip(FINAL)
    if len(body) < SHORTEST_MIXED or not _maybe_thai(chunk) or VOWEL.search(body):
        return False
    return thai_share(_in_thai(body)) == 1 and not thai_word(body.lower())


@lru_cache(maxsize=2048)
def _in_english(chunk: str) -> str:
    return chunk.translate(_to_keys()).lower()


@lru_cache(maxsize=2048)
def _maybe_english(chunk: str) -> bool:
    """Say whether a Thai chunk could be English, once the message is."""
    keys = _in_english(chunk)
    if re.search("[0-9a-zA-Z]", chunk) or not keys.isascii():
        return False
    words = LATIN_WORD.findall(keys)
    if words and all(is_english(word) for word in words):
        return True
    return not well_formed(chunk) or thai_share(chunk) < LONG_SHARE


@lru_cache(maxsize=2048)
def _surely_english(chunk: str) -> bool:
    """Say whether a Thai chunk by itself proves the wrong keyboard."""
    if re.search("[0-9a-zA-Z]", chunk):
        return False
    keys = _in_english(chunk).strip(" .,?!/-")
    if not (LATIN_WORD.fullmatch(keys) and is_english(keys)):
        return False
    if len(keys) < SHORTEST_MIXED or is_thai_word(chunk):
        return False
    unlikely = not well_formed(chunk) or thai_share(chunk) < MIXED_SHARE
    return unlikely or len(keys) > SHORTEST_SURE
