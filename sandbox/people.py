"""The synthetic people: who they are and how their insured months went."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sandbox.contribution_rules import (
    BAHT,
    Shares,
    section_33,
    section_39,
    section_40,
)

PEOPLE_FILE = Path(__file__).with_name("people.yml")
PAID_ON = 13
LAST_DAY_TO_PAY = 15


@dataclasses.dataclass(frozen=True)
class Spell:
    """A run of months in one section, counted from the present month (0)."""

    section: str
    first: int
    last: int
    employer: str | None
    wage: int
    option: int | None
    missing: frozenset[int]

    @classmethod
    def from_yaml(cls, value: dict[str, Any]) -> Spell:
        """Read a spell; wages are in baht there and in satang here."""
        return cls(
            section=value["section"],
            first=value["from"],
            last=value.get("to", 0),
            employer=value.get("employer"),
            wage=value.get("wage", 0) * BAHT,
            option=value.get("option"),
            missing=frozenset(value.get("missing", ())),
        )

    def shares(self, period: str) -> Shares:
        """Return what a month of this spell comes to."""
        if self.section == "33":
            return section_33(period, self.wage)
        return section_40(self.option) if self.option else section_39()


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    slug: str
    citizen_id: str
    title: str
    given_name: str
    family_name: str
    given_name_en: str
    family_name_en: str
    about: str
    spells: tuple[Spell, ...]

    @property
    def name(self) -> str:
        """The full name, as ThaID writes it."""
        return f"{self.title}{self.given_name} {self.family_name}"


@dataclasses.dataclass(frozen=True)
class Month:
    """One month of somebody's record, on a given day."""

    period: str
    section: str
    option: int | None
    employer: str | None
    shares: Shares
    status: str
    paid_at: datetime.date | None


def read_people(file: Path = PEOPLE_FILE) -> list[Person]:
    """Return the people of the sandbox."""
    people = yaml.safe_load(file.read_text("utf-8"))["people"]
    return [
        Person(
            **{**person, "spells": tuple(map(Spell.from_yaml, person["spells"]))},
        )
        for person in people
    ]


def months_of(person: Person, today: datetime.date) -> Iterator[Month]:
    """Yield a person's months as they stand on the day `today`."""
    for spell in person.spells:
        for offset in range(spell.first, spell.last + 1):
            yield _month(spell, offset, today)


def _month(spell: Spell, offset: int, today: datetime.date) -> Month:
    year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
    period = f"{year:04d}-{month + 1:02d}"
    following = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    status = _status(spell, offset, following, today)
    paid_at = following.replace(day=PAID_ON) if status == "posted" else None
    return Month(
        period=period,
        section=spell.section,
        option=spell.option,
        employer=spell.employer,
        shares=spell.shares(period),
        status=status,
        paid_at=paid_at,
    )


def _status(
    spell: Spell, offset: int, following: datetime.date, today: datetime.date
) -> str:
    if offset in spell.missing:
        return "missing"
    posted = today > following.replace(day=LAST_DAY_TO_PAY)
    return "posted" if posted else "pending"
