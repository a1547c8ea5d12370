"""The shapes of the catalogue: what its YAML files may say, and nothing else."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["th", "en"]
Line = Annotated[str, Field(min_length=1)]
# Primary or secondary source; what is derived or unverified is no agency's address.
Confirmed = Literal["P", "S"]


class Entry(BaseModel):
    """An entry is a value, and has no field we did not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Both(Entry):
    """One text in both languages."""

    th: Line
    en: Line

    def within(self, language: str) -> str:
        """Return the text in a language, in Thai where we have no other."""
        return self.en if language == "en" else self.th


class Hotline(Entry):
    """A number to call, and when somebody answers."""

    number: Line
    hours: Both | None = None


class EService(Entry):
    """A way to an agency's own e-service."""

    label: Both
    url: Annotated[str, Field(pattern=r"^https://")]


class Agency(Entry):
    """What may be told about an agency."""

    code: Annotated[str, Field(pattern=r"^[a-z]+$")]
    name: Both
    short_name: Both
    hotline: Hotline | None = None
    office_hours: Both | None = None
    domains: tuple[Line, ...]
    line_account: Line | None = None
    services: dict[str, EService]
    facts: tuple[Line, ...]
    confidence: Confirmed
    retrieved_at: datetime.date
    review_by: datetime.date

    @model_validator(mode="after")
    def _links_stay_at_home(self) -> Agency:
        """Refuse an e-service outside the agency's own domains."""
        for service in self.services.values():
            host = service.url.removeprefix("https://").split("/")[0]
            if not any(host == d or host.endswith(f".{d}") for d in self.domains):
                raise ValueError(f"{service.url} is not a domain of {self.code}")
        return self


class CardChoice(Entry):
    """A quick reply under a card, left out where the card shows it already."""

    shows: Line
    title: Both
    payload: Annotated[str, Field(pattern=r"^/[a-z_]+")]


class CardWords(Entry):
    """Every word of one service's card."""

    words: dict[Language, dict[str, Line]]
    choices: tuple[CardChoice, ...] = ()

    @model_validator(mode="after")
    def _say_the_same(self) -> CardWords:
        """Refuse words that one language has and the other lacks."""
        if set(self.words) != {"th", "en"} or set(self.words["th"]) ^ set(
            self.words["en"]
        ):
            raise ValueError("the languages do not have the same words")
        return self

    def say(self, word: str, language: str, **values: object) -> str:
        """Return one text, filled in; in Thai where we have no other."""
        words = self.words["en" if language == "en" else "th"]
        return words[word].format(**values)


class CalendarWords(Entry):
    """How one language writes days and months."""

    year_offset: int
    months: Annotated[tuple[Line, ...], Field(min_length=12, max_length=12)]
    short_months: Annotated[tuple[Line, ...], Field(min_length=12, max_length=12)]
    month: Line
    day: Line
    instant: Line
    time: Line
    year: Line
    within_year: Line
    across_years: Line
