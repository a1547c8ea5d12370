"""Reads the catalogue: one file an agency, one a card."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from catalogue.calendar import Calendar
from catalogue.models import Agency, CalendarWords, CardWords

FOLDER = Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Catalogue:
    """Everything the assistant may say that is not a citizen's own record."""

    agencies: Mapping[str, Agency]
    cards: Mapping[str, CardWords]
    calendars: Mapping[str, Calendar]

    def calendar(self, language: str) -> Calendar:
        """Return a language's calendar, the Thai one where we have no other."""
        return self.calendars.get(language, self.calendars["th"])


def read_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Return the whole catalogue.

    Raises:
        pydantic.ValidationError: a file says something the shapes do not have.
        ValueError: a file is not named for the agency in it.
    """
    agencies = {
        stem: Agency.model_validate(value)
        for stem, value in _read_folder(folder / "agencies")
    }
    misnamed = [stem for stem, agency in agencies.items() if agency.code != stem]
    if misnamed:
        raise ValueError(f"not named for the agency in it: {misnamed}")
    calendars = TypeAdapter(dict[str, CalendarWords]).validate_python(
        _read(folder / "calendar.yml")
    )
    return Catalogue(
        agencies=agencies,
        cards={
            stem: CardWords.model_validate(value)
            for stem, value in _read_folder(folder / "cards")
        },
        calendars={language: Calendar(words) for language, words in calendars.items()},
    )


def _read_folder(folder: Path) -> list[tuple[str, Any]]:
    return [(path.stem, _read(path)) for path in sorted(folder.glob("*.yml"))]


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
