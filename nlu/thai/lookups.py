"""Reads the word lists in nlu/lookups, once each."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "lookups"


@lru_cache(maxsize=None)
def read_table(name: str) -> Any:  # noqa: ANN401 - each table has its own shape
    """Return one JSON table, such as `months` or `provinces`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=None)
def read_words(name: str) -> tuple[str, ...]:
    """Return one list of words, a line each; `#` begins a comment."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    words = (line.split("#", 1)[0].strip() for line in lines)
    return tuple(word for word in words if word)
