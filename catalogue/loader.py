"""Reads the catalogue: one file an agency, one a card, facts and answers by agency."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path

from catalogue.answers import ShortTitle
from catalogue.calendar import Calendar
from catalogue.knowledge import Knowledge, read_knowledge
from catalogue.models import Agency, CalendarWords, CardWords, EService
from catalogue.reading import CatalogueBroken, named, read_folder, read_yaml, shaped
from catalogue.speaking import Answer, FollowUp, Speaker

FOLDER = Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Catalogue:
    """Everything the assistant may say that is not a citizen's own record."""

    agencies: Mapping[str, Agency]
    cards: Mapping[str, CardWords]
    calendars: Mapping[str, Calendar]
    knowledge: Knowledge
    titles: Mapping[str, ShortTitle]

    def calendar(self, language: str) -> Calendar:
        """Return a language's calendar, the Thai one where we have no other."""
        return self.calendars.get(language, self.calendars["th"])

    def answer(
        self,
        faq_id: str,
        *,
        asked_about: datetime.date,
        today: datetime.date,
        language: str,
    ) -> Answer:
        """Return the answer to a general question, with the facts of a day.

        Both days are Bangkok's. What is past its review or not known of that day
        is not said; the answer then says so, and whom to call.

        Raises:
            NoSuchAnswer: the catalogue answers no such question.
        """
        return self.speaker(language).answer(faq_id, asked_about, today)

    def choice(self, faq_id: str, language: str) -> FollowUp:
        """Return the button that asks a general question.

        Raises:
            NoSuchAnswer: the catalogue answers no such question.
        """
        return self.speaker(language).choice(faq_id)

    def speaker(self, language: str) -> Speaker:
        """Return what says the answers in a language."""
        return Speaker(
            self.knowledge,
            self.agencies,
            _services(self.agencies),
            self.calendar(language),
            language,
        )


def read_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Return the whole catalogue.

    Raises:
        CatalogueBroken: a file says something the shapes do not have, or names
            what is not there; the message names the file and the key.
    """
    agencies = _read_agencies(folder / "agencies")
    knowledge = read_knowledge(folder, agencies, _services(agencies))
    _check_facts(agencies, knowledge)
    calendar = folder / "calendar.yml"
    return Catalogue(
        agencies=agencies,
        cards={
            path.stem: shaped(CardWords, value, path, path.stem)
            for path, value in read_folder(folder / "cards")
        },
        calendars={
            language: Calendar(shaped(CalendarWords, words, calendar, language))
            for language, words in read_yaml(calendar).items()
        },
        knowledge=knowledge,
        titles=_read_titles(folder / "titles"),
    )


def _read_agencies(folder: Path) -> dict[str, Agency]:
    agencies: dict[str, Agency] = {}
    services: dict[str, str] = {}
    for path, value in read_folder(folder):
        agency = shaped(Agency, value, path, path.stem)
        if agency.code != path.stem:
            raise CatalogueBroken(f"{named(path)}: code: it is not {path.stem}")
        for service in agency.services:
            owner = services.setdefault(service, agency.code)
            if owner != agency.code:
                raise CatalogueBroken(f"{named(path)}: {service}: {owner} has it too")
        agencies[agency.code] = agency
    return agencies


def _read_titles(folder: Path) -> dict[str, ShortTitle]:
    """Return what a button says that asks for an intent, by the intent's name."""
    titles: dict[str, ShortTitle] = {}
    for path, value in read_folder(folder):
        for intent, title in value.items():
            read = shaped(ShortTitle, title, path, intent)
            if titles.setdefault(intent, read) is not read:
                raise CatalogueBroken(f"{named(path)}: {intent}: it is there twice")
    return titles


def _services(agencies: Mapping[str, Agency]) -> dict[str, EService]:
    return {
        name: service
        for agency in agencies.values()
        for name, service in agency.services.items()
    }


def _check_facts(agencies: Mapping[str, Agency], knowledge: Knowledge) -> None:
    """Refuse an agency that rests on facts we do not have; a stem stands for its parts.

    Raises:
        CatalogueBroken: no fact has this id or begins with it.
    """
    for agency in agencies.values():
        for stem in agency.facts:
            if not any(f"{id_}.".startswith(f"{stem}.") for id_ in knowledge.facts):
                raise CatalogueBroken(
                    f"agencies/{agency.code}.yml: facts: there is no fact {stem}"
                )
