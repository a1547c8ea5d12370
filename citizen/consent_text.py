"""The words a citizen agrees to, by version and language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from citizen.lifetimes import Lifetimes

FOLDER = Path(__file__).parent / "consent"
LANGUAGES = ("th", "en")
MINUTE = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class Section:
    """One heading and what is promised under it."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class ConsentText:
    """The consent page's words in one language."""

    version: str
    purposes: tuple[str, ...]
    title: str
    intro: str
    sections: tuple[Section, ...]
    separate: str
    agree: str
    decline: str


def read_consent_texts(lifetimes: Lifetimes) -> dict[str, ConsentText]:
    """Return the words by language, with the lifetimes they promise filled in."""
    return {language: _read(language, lifetimes) for language in LANGUAGES}


def _read(language: str, lifetimes: Lifetimes) -> ConsentText:
    """Return the words in one language."""
    content: dict[str, Any] = yaml.safe_load(
        (FOLDER / f"{language}.yml").read_text("utf-8")
    )
    promises = {
        "session_minutes": max(lifetimes.session, lifetimes.card) // MINUTE,
        "log_days": lifetimes.access_log.days,
    }
    sections = tuple(
        Section(
            section["title"],
            tuple(point.format(**promises) for point in section["points"]),
        )
        for section in content.pop("sections")
    )
    purposes = tuple(content.pop("purposes"))
    return ConsentText(sections=sections, purposes=purposes, **content)
