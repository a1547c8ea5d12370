"""Says an answer: the facts of the day asked about, their date and their source."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Literal

from catalogue.answers import FACT, YEAR, FaqAnswer
from catalogue.calendar import Calendar
from catalogue.facts import LASTING, Fact
from catalogue.knowledge import Knowledge
from catalogue.models import Agency, EService
from catalogue.wording import Wording

LONGEST_ANSWER = 400
LAST_RESORT = "gov"

Outcome = Literal["answered", "overdue", "unknown"]


class NoSuchAnswer(LookupError):
    """No answer has this id."""


@dataclasses.dataclass(frozen=True)
class FollowUp:
    """A question that often comes next, as a button."""

    title: str
    payload: str


@dataclasses.dataclass(frozen=True)
class Way:
    """A way to an e-service, in the citizen's language."""

    label: str
    url: str


@dataclasses.dataclass(frozen=True)
class Answer:
    """What to say to one question."""

    faq_id: str
    outcome: Outcome
    text: str
    source_line: str
    choices: tuple[FollowUp, ...]
    link: Way | None

    @property
    def spoken(self) -> str:
        """The whole message."""
        return f"{self.text}\n{self.source_line}"


class Speaker:
    """Says what the catalogue knows, in one language."""

    def __init__(
        self,
        knowledge: Knowledge,
        agencies: Mapping[str, Agency],
        services: Mapping[str, EService],
        calendar: Calendar,
        language: str,
    ) -> None:
        self._knowledge = knowledge
        self._agencies = agencies
        self._services = services
        self._language = language
        self._wording = Wording(knowledge.words_in(language), calendar, language)

    def answer(
        self, faq_id: str, asked_about: datetime.date, today: datetime.date
    ) -> Answer:
        """Return the answer with the facts of a day, as far as they are known.

        A fact past its review is not said, nor one that has no row for the day.

        Raises:
            NoSuchAnswer: the catalogue answers no such question.
        """
        faq = self._faq(faq_id)
        rows = self._rows(faq, today if faq.always_today else asked_about)
        outcome = _outcome(rows, today)
        if outcome == "answered":
            text = self.worded(faq_id, asked_about, today)
            line = self._source_line(faq, _known(rows))
        else:
            text = self._instead(faq, outcome, rows, asked_about)
            line = self._agency_line(faq)
        return Answer(
            faq_id=faq_id,
            outcome=outcome,
            text=text,
            source_line=line,
            choices=tuple(self.choice(next_id) for next_id in faq.follow),
            link=self._link(faq),
        )

    def worded(
        self, faq_id: str, asked_about: datetime.date, today: datetime.date
    ) -> str:
        """Return the text with the facts of a day, whether or not they may be said.

        A fact without a row for the day leaves its place empty.
        """
        faq = self._faq(faq_id)
        day = today if faq.always_today else asked_about
        rows = self._rows(faq, day)
        values = {id_: self._wording.value(row) for id_, row in rows.items() if row}
        text = FACT.sub(
            lambda found: values.get(found[1], ""), faq.within(self._language)
        ).replace(YEAR, self._wording.calendar.year(day.year))
        form = self._introduction(faq, rows, asked_about, today)
        return form.format(when=self._wording.when(day, _known(rows)), text=text)

    def choice(self, faq_id: str) -> FollowUp:
        """Return the button that asks a question.

        Raises:
            NoSuchAnswer: the catalogue answers no such question.
        """
        title = self._faq(faq_id).title.within(self._language)
        return FollowUp(title, f"/faq{json.dumps({'faq_id': faq_id})}")

    def _faq(self, faq_id: str) -> FaqAnswer:
        try:
            return self._knowledge.answers[faq_id]
        except KeyError:
            raise NoSuchAnswer(faq_id) from None

    def _rows(self, faq: FaqAnswer, day: datetime.date) -> dict[str, Fact | None]:
        facts = self._knowledge.facts
        return {id_: facts[id_].on(day) for id_ in faq.facts(self._language)}

    def _introduction(
        self,
        faq: FaqAnswer,
        rows: Mapping[str, Fact | None],
        asked: datetime.date,
        today: datetime.date,
    ) -> str:
        """Return the form that says which time an answer is about, if not this."""
        words = self._wording.words
        measured = [row for row in _known(rows) if row.unit not in LASTING]
        same = rows == self._rows(faq, today) and asked.year == today.year
        names_it = YEAR in faq.within(self._language)
        if same or names_it or faq.always_today or not measured:
            return "{text}"
        if asked > today:
            return words.to_come
        undated = [row for row in measured if row.is_undated]
        if not undated:
            return words.then
        return words.not_then if undated == measured else words.partly_then

    def _instead(
        self,
        faq: FaqAnswer,
        outcome: Outcome,
        rows: Mapping[str, Fact | None],
        day: datetime.date,
    ) -> str:
        """Return what is said where the facts cannot be, with a number to call."""
        agency = self._agencies[faq.agency]
        if agency.hotline is None:
            agency = self._agencies[LAST_RESORT]
        number = agency.hotline.number if agency.hotline else ""
        name = agency.name.within(self._language)
        if outcome == "overdue":
            return self._wording.words.overdue.format(agency=name, hotline=number)
        missing = [self._knowledge.facts[id_] for id_, row in rows.items() if not row]
        return self._wording.unknown(missing, day, agency=name, hotline=number)

    def _source_line(self, faq: FaqAnswer, rows: Sequence[Fact]) -> str:
        """Return the oldest day a used fact was read on, and where they were read."""
        if not rows:
            return self._agency_line(faq)
        sources = [(row, self._knowledge.sources[row.source or ""]) for row in rows]
        return self._wording.source_line(
            min(row.retrieved_at or source.retrieved_at for row, source in sources),
            [source.title.within(self._language) for _, source in sources],
        )

    def _agency_line(self, faq: FaqAnswer) -> str:
        agency = self._agencies[faq.agency]
        name = agency.name.within(self._language)
        return self._wording.source_line(agency.retrieved_at, [name])

    def _link(self, faq: FaqAnswer) -> Way | None:
        if faq.link is None:
            return None
        service = self._services[faq.link]
        return Way(service.label.within(self._language), service.url)


def _known(rows: Mapping[str, Fact | None]) -> list[Fact]:
    return [row for row in rows.values() if row is not None]


def _outcome(rows: Mapping[str, Fact | None], today: datetime.date) -> Outcome:
    """Return whether facts may be said: all are known, none is past its review."""
    known = _known(rows)
    if len(known) < len(rows):
        return "unknown"
    return "overdue" if any(row.review_by < today for row in known) else "answered"
