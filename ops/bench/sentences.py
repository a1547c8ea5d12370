"""Reads the project's own sentences, none of which the model was trained on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ops.settings import ROOT

FOLDER = ROOT / "tests" / "nlu" / "sentences"
TAXONOMY_FOLDERS = (ROOT / "nlu", ROOT / "nlu" / "faq")
FAQ = "faq"
BLIND = ("blind", "held_back")
STYLES = (
    "plain",
    "slang",
    "typo",
    "elder",
    "english",
    "mixed",
    "romanised",
    "layout",
    "nospace",
    "spaced",
    "digits",
    "abbrev",
    "dialect",
    "indirect",
    "phone",
)


@dataclass(frozen=True)
class Entity:
    """An entity as it should be found: exact text, exact value."""

    entity: str
    text: str
    value: str | None


@dataclass(frozen=True)
class Sentence:
    """What a citizen might write, and what it means.

    `entities` is None where nobody has marked them. `is_blind` tells that it was
    written without looking at what the model learns from.
    """

    text: str
    intent: str
    faq: str | None = None
    style: str = "plain"
    entities: tuple[Entity, ...] | None = None
    is_blind: bool = False


def own_sentences(folder: Path = FOLDER) -> list[Sentence]:
    """Return the sentences of every file in a folder."""
    return [
        _sentence(name, row, is_blind=any(word in path.stem for word in BLIND))
        for path in sorted(folder.glob("*.yml"))
        for name, rows in yaml.safe_load(path.read_text("utf-8")).items()
        for row in rows
    ]


def labels_taught() -> set[str]:
    """Return every intent and `faq/<id>` the training data knows."""
    return {
        block["intent"]
        for folder in TAXONOMY_FOLDERS
        for path in folder.glob("*.yml")
        for block in yaml.safe_load(path.read_text("utf-8")).get("nlu", ())
        if "intent" in block
    }


def _sentence(name: str, row: str | dict[str, Any], *, is_blind: bool) -> Sentence:
    """Return one sentence; a name that is no intent is that of a FAQ entry."""
    row = {"text": row} if isinstance(row, str) else row
    entities = row.get("entities")
    is_faq = name not in _intents()
    return Sentence(
        text=row["text"],
        intent=FAQ if is_faq else name,
        faq=name if is_faq else None,
        style=row.get("style", "plain"),
        entities=None if entities is None else tuple(_entities(entities)),
        is_blind=is_blind,
    )


def _entities(rows: Iterable[dict[str, Any]]) -> Iterable[Entity]:
    """Return marked entities; values are compared as text."""
    for row in rows:
        value = row.get("value")
        yield Entity(row["entity"], row["text"], None if value is None else str(value))


@cache
def _intents() -> frozenset[str]:
    """Return the intents, each of which a file in nlu/ teaches."""
    return frozenset(name for name in labels_taught() if "/" not in name)
