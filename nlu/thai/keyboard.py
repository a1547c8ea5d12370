"""Puts right what was typed with the keyboard in the other language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nlu.thai.lookups import read_table
from nlu.thai.plausible import is_english, thai_share, well_formed
from nlu.thai.romanised import thai_word

if TYPE_CHECKING:
    from nlu.thai.draft import Draft

CHUNK = re.compile(r"[!-~]+")
THAI_CHUNK = re.compile(r"[\u0e01-\u0e59][\u0e01-\u0e59_/\-%+\"().,?]*")
LATIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
# Punctuation among letters, as the wrong keys leave it and no Latin word has it.
MIXED = re.compile(
    r"[a-z][;\[\]\\=,/][a-z]|^[;'\[\],./][a-z]|[;\[\]\\'=]{2}|[a-z]'(?!(?:s|t|m|re|ve|d|ll)\b)"
    r"|[a-z][\[;]|[a-z]\d+[a-z]",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"@|://|^www\.|\.(?:th|com|net|org|ly|me|info|co|in|cc|xyz|top|site|online)\b", re.IGNORECASE)
CODE = re.compile(
    r"(?:[\W\d_]*|[a-z]{1,4}\.?-?\d[\d.,/-]*[a-z]{0,2}|\d[\d,.]*[a-z]{1,4}|[a-z]+-?\d{3}[a-z\d-]*)[.!?,]*",
    re.IGNORECASE,
)
FINAL = "?!"
SURE_SHARE = 0.9
MIXED_SHARE = 0.65
SHORTEST_SURE = 4
SHORTEST_MIXED = 3


@lru_cache(maxsize=1)
def _to_thai() -> dict[int, str]:
    layout = read_table("keyboard")
    return dict(zip(map(ord, layout["keys"]), layout["thai"]))


@lru_cache(maxsize=1)
def _to_keys() -> dict[int, str]:
    layout = read_table("keyboard")
    return dict(zip(map(ord, layout["thai"]), layout["keys"]))


def retype(draft: Draft) -> None:
    """Retype the chunks that make sense only on the other keyboard."""
    chunks = [chunk for chunk in CHUNK.finditer(draft.text) if chunk.end() - chunk.start() > 1]
    if any(_surely_thai(chunk.group()) for chunk in chunks):
        changes = [
            (*chunk.span(), _in_thai(chunk.group()))
            for chunk in CHUNK.finditer(draft.text)
            if _maybe_thai(chunk.group())
        ]
        draft.replace(changes)
    draft.sub(THAI_CHUNK, lambda chunk: _in_english(chunk.group()))


@lru_cache(maxsize=2048)
def _in_thai(chunk: str) -> str:
    body = chunk.rstrip(FINAL)
    return body.translate(_to_thai()) + chunk[len(body) :]


@lru_cache(maxsize=2048)
def _maybe_thai(chunk: str) -> bool:
    """Say whether a chunk of keys could be Thai, once the message is."""
    if ADDRESS.search(chunk) or CODE.fullmatch(chunk):
        return False
    if is_english(chunk.lower().strip(".,?!")):
        return False
    return well_formed(_in_thai(chunk).rstrip(FINAL))


@lru_cache(maxsize=2048)
def _surely_thai(chunk: str) -> bool:
    """Say whether the chunk by itself proves the wrong keyboard."""
    body = chunk.rstrip(FINAL)
    if not _maybe_thai(chunk):
        return False
    share = thai_share(_in_thai(body))
    if MIXED.search(body):
        return len(body) >= SHORTEST_MIXED and share >= MIXED_SHARE
    words = LATIN_WORD.findall(body.lower())
    if words and all(is_english(word) or thai_word(word) for word in words):
        return False
    return len(body) >= SHORTEST_SURE and share >= SURE_SHARE


@lru_cache(maxsize=2048)
def _in_english(chunk: str) -> str | None:
    """Return the keys of a Thai chunk that is an English word and no Thai."""
    keys = chunk.translate(_to_keys()).lower()
    words = LATIN_WORD.findall(keys)
    if not words or len(words[0]) < SHORTEST_MIXED or not keys[:1].isalpha():
        return None
    if not all(is_english(word) for word in words) or re.search(r"[^a-z' .,?!/-]", keys):
        return None
    unlikely = not well_formed(chunk) or thai_share(chunk) < MIXED_SHARE
    return keys if unlikely else None
