"""Looks over the catalogue for whoever keeps it: what is old, unused, long, missing."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Iterator

from catalogue.answers import FaqAnswer
from catalogue.facts import ONE_DAY
from catalogue.loader import Catalogue
from catalogue.speaking import LONGEST_ANSWER

LANGUAGES = ("th", "en")
SOON = datetime.timedelta(days=30)


@dataclasses.dataclass(frozen=True)
class Review:
    """What was found on one day; each finding is a line for a person to read."""

    overdue: tuple[str, ...]
    silent: tuple[str, ...]
    too_long: tuple[str, ...]
    unanswered: tuple[str, ...]
    due_soon: tuple[str, ...]
    unused: tuple[str, ...]
    without_facts: tuple[str, ...]
    handovers: tuple[str, ...]
    unconfirmed: tuple[str, ...]

    @property
    def failures(self) -> dict[str, tuple[str, ...]]:
        """What must be put right before the catalogue is used."""
        return {
            "past their review, not spoken": self.overdue,
            "answers with no fact for today": self.silent,
            f"longer than {LONGEST_ANSWER} characters": self.too_long,
            "questions nobody answers": self.unanswered,
        }

    @property
    def remarks(self) -> dict[str, tuple[str, ...]]:
        """What its keepers should know."""
        return {
            f"to be reviewed within {SOON.days} days": self.due_soon,
            "facts no answer uses": self.unused,
            "answers that use no fact": self.without_facts,
            "answers that hand over": self.handovers,
            "unconfirmed, never spoken": self.unconfirmed,
        }

    @property
    def passed(self) -> bool:
        """Whether nothing must be put right."""
        return not any(self.failures.values())


def review(
    catalogue: Catalogue, today: datetime.date, asked: Collection[str] = ()
) -> Review:
    """Return what is to be said about the catalogue on a day.

    `asked` are the questions the assistant understands, by FAQ id.
    """
    answers = catalogue.knowledge.answers
    without = [id_ for id_, faq in answers.items() if not faq.facts("th")]
    return Review(
        overdue=tuple(_due(catalogue, datetime.date.min, today - ONE_DAY)),
        silent=tuple(_silent(catalogue, today)),
        too_long=tuple(_too_long(catalogue, today)),
        unanswered=tuple(sorted(set(asked) - set(answers))),
        due_soon=tuple(_due(catalogue, today, today + SOON)),
        unused=tuple(_unused(catalogue)),
        without_facts=tuple(id_ for id_ in without if not answers[id_].handover),
        handovers=tuple(id_ for id_, faq in answers.items() if faq.handover),
        unconfirmed=tuple(
            row.id for row in catalogue.knowledge.rows() if row.confidence == "U"
        ),
    )


def _due(
    catalogue: Catalogue, first: datetime.date, last: datetime.date
) -> Iterator[str]:
    """Yield what is to be reviewed in these days, the most urgent first."""
    rows = [row for row in catalogue.knowledge.rows() if row.confidence != "U"]
    due = {(row.review_by, row.id) for row in rows}
    due |= {(agency.review_by, code) for code, agency in catalogue.agencies.items()}
    due |= {(form.review_by, form.code) for form in catalogue.knowledge.forms.values()}
    for day, name in sorted(due):
        if first <= day <= last:
            yield f"{name} (review by {day})"


def _silent(catalogue: Catalogue, today: datetime.date) -> Iterator[str]:
    facts = catalogue.knowledge.facts
    for faq_id, faq in catalogue.knowledge.answers.items():
        missing = [id_ for id_ in faq.facts("th") if facts[id_].on(today) is None]
        if missing:
            yield f"{faq_id} ({', '.join(missing)})"


def _too_long(catalogue: Catalogue, today: datetime.date) -> Iterator[str]:
    """Yield the answers that are too long on any day, in any language."""
    for faq_id, faq in catalogue.knowledge.answers.items():
        for language in LANGUAGES:
            speaker = catalogue.speaker(language)
            lengths = {
                len(speaker.worded(faq_id, day, today)): day
                for day in days_that_differ(catalogue, faq, today)
            }
            if max(lengths) > LONGEST_ANSWER:
                day = lengths[max(lengths)]
                yield f"{faq_id} in {language} on {day}: {max(lengths)}"


def days_that_differ(
    catalogue: Catalogue, faq: FaqAnswer, today: datetime.date
) -> set[datetime.date]:
    """Return a day of every time in which an answer has other facts or other words."""
    rows = [
        row for id_ in faq.facts("th") for row in catalogue.knowledge.facts[id_].rows
    ]
    ends = {
        day for row in rows for day in (row.effective_from, row.effective_to) if day
    }
    years = {datetime.date(today.year + step, 12, 31) for step in (-1, 1)}
    return ends | years | {today}


def _unused(catalogue: Catalogue) -> Iterator[str]:
    used = {
        fact_id
        for faq in catalogue.knowledge.answers.values()
        for fact_id in faq.facts("th")
    }
    for fact_id, history in catalogue.knowledge.facts.items():
        if fact_id not in used and history.rows[0].confidence != "U":
            yield fact_id
