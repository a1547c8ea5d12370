"""Says an answer: the facts of the day asked about, their date and their source."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from catalogue.answers import FACT, YEAR, FaqAnswer, SpeakingWords
from catalogue.calendar import Calendar
from catalogue.facts import LASTING, Fact, Source
from catalogue.knowledge import Knowledge
from catalogue.models import Agency, Both, EService

LONGEST_ANSWER = 400
NAMED_SOURCES = 2
DERIVED = "D"
LAST_RESORT = "gov"
NEW_YEAR, YEARS_END = (1, 1), (12, 31)

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
        self._calendar = calendar
        self._language = language
        self._words = knowledge.words_in(language)

    def answer(
        self, faq_id: str, asked_about: datetime.date, today: datetime.date
    ) -> Answer:
        """Return the answer with the facts of a day, as far as they are known.

        A fact past its review is not said, nor one that has no row for the day.

        Raises:
            NoSuchAnswer: the catalogue answers no such question.
        """
        faq = self._faq(faq_id)
        day = today if faq.always_today else asked_about
        rows = self._rows(faq, day)
        known = [row for row in rows.values() if row is not None]
        if len(known) < len(rows):
            missing = [fact_id for fact_id, row in rows.items() if row is None]
            return self._instead(faq_id, "unknown", self._unknown(faq, missing, day))
        if any(row.review_by < today for row in known):
            text = self._words.overdue.format(**self._whom_to_call(faq))
            return self._instead(faq_id, "overdue", text)
        return Answer(
            faq_id=faq_id,
            outcome="answered",
            text=self.worded(faq_id, asked_about, today),
            source_line=self._source_line(faq, known),
            choices=self._choices(faq),
            link=self._link(faq),
        )

    def worded(
        self, faq_id: str, asked_about: datetime.date, today: datetime.date
    ) -> str:
        """Return the text with every fact in it, overdue or not, for all that hold."""
        faq = self._faq(faq_id)
        day = today if faq.always_today else asked_about
        rows = self._rows(faq, day)
        text = FACT.sub(
            lambda found: self._value(rows[found[1]]), faq.within(self._language)
        ).replace(YEAR, self._calendar.year(day.year))
        form = self._introduction(faq, rows, asked_about, today)
        return form.format(when=self._when(rows, day), text=text)

    def choice(self, faq_id: str) -> FollowUp:
        """Return the button that asks a question."""
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

    def _value(self, row: Fact | None) -> str:
        if row is None:
            return ""
        written = write_value(row, self._words, self._language)
        if row.confidence == DERIVED:
            return self._words.about.format(value=written)
        return written

    def _introduction(
        self,
        faq: FaqAnswer,
        rows: Mapping[str, Fact | None],
        asked: datetime.date,
        today: datetime.date,
    ) -> str:
        """Return the form that says which time an answer is about, if not this."""
        measured = [row for row in rows.values() if row and row.unit not in LASTING]
        same = rows == self._rows(faq, today) and asked.year == today.year
        names_it = YEAR in faq.within(self._language)
        if same or names_it or faq.always_today or not measured:
            return "{text}"
        if asked > today:
            return self._words.to_come
        undated = [row for row in measured if row.is_undated]
        if not undated:
            return self._words.then
        if len(undated) == len(measured):
            return self._words.not_then
        return self._words.partly_then

    def _when(self, rows: Mapping[str, Fact | None], day: datetime.date) -> str:
        """Return a day by its name; the ends of a year stand for the year."""
        if (day.month, day.day) not in (NEW_YEAR, YEARS_END):
            return self._words.on_day.format(day=self._calendar.day(day))
        new_year = datetime.date(day.year, *NEW_YEAR)
        begun = [row.effective_from for row in rows.values() if row]
        changed = any(start and new_year < start <= day for start in begun)
        form = self._words.end_of_year if changed else self._words.whole_year
        return form.format(year=self._calendar.year(day.year))

    def _unknown(
        self, faq: FaqAnswer, missing: Sequence[str], day: datetime.date
    ) -> str:
        """Return that nothing is known of a day, and of which days something is."""
        histories = [self._knowledge.facts[fact_id] for fact_id in missing]
        since = max(
            (h.since for h in histories if h.since and h.since > day), default=None
        )
        until = min(
            (h.until for h in histories if h.until and h.until < day), default=None
        )
        form, known = self._words.unknown, None
        if since and not until:
            form, known = self._words.unknown_before, since
        elif until and not since:
            form, known = self._words.unknown_after, until
        return form.format(
            when=self._when({}, day),
            known=self._calendar.day(known) if known else "",
            **self._whom_to_call(faq),
        )

    def _whom_to_call(self, faq: FaqAnswer) -> dict[str, str]:
        agency = self._agencies[faq.agency]
        if agency.hotline is None:
            agency = self._agencies[LAST_RESORT]
        number = agency.hotline.number if agency.hotline else ""
        return {"agency": agency.name.within(self._language), "hotline": number}

    def _instead(self, faq_id: str, outcome: Outcome, text: str) -> Answer:
        """Return what is said where the facts cannot be."""
        faq = self._faq(faq_id)
        agency = self._agencies[faq.agency]
        line = self._words.source.format(
            date=self._calendar.day(agency.retrieved_at),
            sources=agency.name.within(self._language),
        )
        choices, link = self._choices(faq), self._link(faq)
        return Answer(faq_id, outcome, text, line, choices, link)

    def _source_line(self, faq: FaqAnswer, rows: Sequence[Fact]) -> str:
        """Return the oldest day a used fact was read on, and where they were read."""
        if not rows:
            agency = self._agencies[faq.agency]
            read, titles = [agency.retrieved_at], [agency.name.within(self._language)]
        else:
            sources = [self._source(row) for row in rows]
            read = [
                row.retrieved_at or source.retrieved_at
                for row, source in zip(rows, sources, strict=True)
            ]
            titles = [source.title.within(self._language) for source in sources]
        return self._words.source.format(
            date=self._calendar.day(min(read)),
            sources=self._joined(list(dict.fromkeys(titles))),
        )

    def _source(self, row: Fact) -> Source:
        return self._knowledge.sources[row.source or ""]

    def _joined(self, titles: Sequence[str]) -> str:
        if len(titles) == 1:
            return titles[0]
        few = len(titles) == NAMED_SOURCES
        form = self._words.two_sources if few else self._words.more_sources
        return form.format(first=titles[0], second=titles[1])

    def _choices(self, faq: FaqAnswer) -> tuple[FollowUp, ...]:
        return tuple(self.choice(faq_id) for faq_id in faq.follow)

    def _link(self, faq: FaqAnswer) -> Way | None:
        if faq.link is None:
            return None
        service = self._services[faq.link]
        return Way(service.label.within(self._language), service.url)


def write_value(row: Fact, words: SpeakingWords, language: str) -> str:
    """Return a fact's value as the language writes it: "1,500 baht", "6 months"."""
    if isinstance(row.value, Both):
        return row.value.within(language)
    if not isinstance(row.value, Decimal):
        return row.value
    unit = words.units[row.unit]
    form = unit.one if row.value == 1 else unit.many
    return form.format(value=f"{row.value.normalize():,f}")
