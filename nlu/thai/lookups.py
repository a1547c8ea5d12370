"""Reads the word lists in nlu/lookups, once each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "lookups"


@cache
def read_table(name: str) -> Any:
    """Return one JSON table, such as `months` or `provinces`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Return one list of words, a line each; `#` begins a comment."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    words = (line.split("#", 1)[0].strip() for line in lines)
    return tuple(word for word in words if word)
