"""Draws contributions as a card. Pure: a record goes in, a card comes out."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterator, Sequence

from actions.agencies.sso.card_words import ContributionWords, baht
from actions.agencies.sso.contributions import Contributions, Month, add
from connectors.reply import Card, CardRow, CardSection

MOST_MONTHS_ONE_BY_ONE = 24


@dataclasses.dataclass(frozen=True)
class Asked:
    """What was asked: months such as `2026-03`, both ends included.

    `cut_short` tells that months which have not begun were left out.
    """

    first: str
    last: str
    section: str | None = None
    cut_short: bool = False


def draw_nobody(words: ContributionWords, asked: Asked, now: datetime.datetime) -> Card:
    """Return the card of somebody who is not insured."""
    note = words.say("note_not_insured", hotline=words.hotline())
    return _card(
        words,
        now,
        summary=words.say("summary_not_insured"),
        rows=[_asked(words, asked)],
        notes=[note],
    )


def draw(words: ContributionWords, record: Contributions, asked: Asked) -> Card:
    """Return the card of an insured person."""
    notes = list(_notes(words, record, asked))
    chosen = record.within(asked.section)
    record = chosen if chosen.months else record
    one_month = asked.first == asked.last
    rows = [_asked(words, asked), words.row("section", _section(words, record))]
    rows += _month_rows(words, record) if one_month else _count_rows(words, record)
    return _card(
        words,
        record.as_of,
        summary=_summary(words, record, asked),
        rows=rows + list(_share_rows(words, record.with_status("posted"))),
        sections=[] if one_month else list(_sections(words, record)),
        notes=notes,
    )


def _card(  # noqa: PLR0913 - a card has this many parts
    words: ContributionWords,
    as_of: datetime.datetime,
    *,
    summary: str,
    rows: Sequence[CardRow],
    notes: Sequence[str],
    sections: Sequence[CardSection] = (),
) -> Card:
    return Card(
        title=words.say("title"),
        summary=summary,
        rows=tuple(rows),
        sections=tuple(sections),
        notes=tuple(notes),
        as_of=as_of,
        as_of_text=words.say("as_of", instant=words.calendar.instant(as_of)),
        source=words.source(),
        link=words.link(),
    )


def _asked(words: ContributionWords, asked: Asked) -> CardRow:
    return words.row("asked", words.calendar.months(asked.first, asked.last))


def _section(words: ContributionWords, record: Contributions) -> str:
    found = sorted({month.section for month in record.months} or {record.section})
    return ", ".join(words.section(section, record.option) for section in found)


def _month_rows(words: ContributionWords, record: Contributions) -> Iterator[CardRow]:
    for month in record.months:
        yield words.row("status", _status(words, month))
        if month.employer:
            yield words.row("employer", month.employer)
        if month.wage_base is not None and month.status == "posted":
            yield words.row("wage_base", words.money(month.wage_base))
    if record.unavailable:
        yield words.row("status", words.say("unavailable"))


def _status(words: ContributionWords, month: Month) -> str:
    if month.paid_on is None:
        return words.say(month.status)
    return words.say("posted_on", date=words.calendar.day(month.paid_on))


def _count_rows(words: ContributionWords, record: Contributions) -> Iterator[CardRow]:
    count = len(record.with_status("posted"))
    yield words.row("months_paid", words.say("months", count=count))
    employers = record.employers()
    if len(employers) == 1:
        yield words.row("employer", employers[0][0])


def _share_rows(
    words: ContributionWords, posted: tuple[Month, ...]
) -> Iterator[CardRow]:
    if not posted:
        return
    yield words.row(
        "person", words.money(sum(month.person for month in posted)), emphasis=True
    )
    employer_share = add(posted, lambda month: month.employer_share)
    if employer_share is not None:
        yield words.row("employer_share", words.money(employer_share))
    government = add(posted, lambda month: month.government)
    if government is not None:
        yield words.row("government", words.money(government))
    total = sum(month.total for month in posted)
    yield words.row("total", words.money(total), emphasis=True)


def _sections(words: ContributionWords, record: Contributions) -> Iterator[CardSection]:
    employers = record.employers()
    if len(employers) > 1:
        rows = [
            CardRow(label=name, value=words.calendar.months(first, last))
            for name, first, last in employers
        ]
        yield CardSection(title=words.say("employers"), rows=tuple(rows))
    if len(record.months) > MOST_MONTHS_ONE_BY_ONE:
        yield CardSection(
            title=words.say("by_year"), rows=tuple(_year_rows(words, record))
        )
    elif record.months or record.unavailable:
        yield CardSection(
            title=words.say("by_month"), rows=tuple(_by_month(words, record))
        )


def _by_month(words: ContributionWords, record: Contributions) -> list[CardRow]:
    lines = [(month.period, _paid(words, month)) for month in record.months]
    lines += [(period, words.say("unavailable")) for period in record.unavailable]
    return [
        CardRow(label=words.calendar.month(period), value=value)
        for period, value in sorted(lines)
    ]


def _paid(words: ContributionWords, month: Month) -> str:
    if month.status != "posted":
        return words.say(month.status)
    return words.say("month_paid", amount=baht(month.total), person=baht(month.person))


def _year_rows(words: ContributionWords, record: Contributions) -> Iterator[CardRow]:
    posted = record.with_status("posted")
    for year, group in itertools.groupby(posted, lambda month: month.period[:4]):
        months = list(group)
        value = words.say(
            "year_paid",
            amount=baht(sum(month.total for month in months)),
            person=baht(sum(month.person for month in months)),
            count=len(months),
        )
        yield CardRow(label=words.calendar.year(int(year)), value=value)


def _summary(words: ContributionWords, record: Contributions, asked: Asked) -> str:
    period = words.calendar.months(asked.first, asked.last)
    posted = record.with_status("posted")
    if posted:
        person = baht(sum(month.person for month in posted))
        return words.say("summary", period=period, person=person, count=len(posted))
    if record.unavailable:
        return words.say("summary_unavailable", period=period)
    if record.with_status("missing"):
        return words.say("summary_missing", period=period)
    if record.with_status("pending"):
        return words.say("summary_pending", period=period)
    return words.say("summary_none", period=period)


def _notes(
    words: ContributionWords, record: Contributions, asked: Asked
) -> Iterator[str]:
    if record.months and not record.within(asked.section).months:
        yield words.say("note_other_section", section=_section(words, record))
    for status in ("missing", "pending"):
        months = record.with_status(status)
        if months:
            yield _gap_note(words, f"note_{status}", months)
    if record.unavailable:
        lost = words.months(list(record.unavailable))
        yield words.say("note_unavailable", months=lost)
    elif not record.months:
        period = words.calendar.months(asked.first, asked.last)
        yield words.say("note_none", period=period, hotline=words.hotline())
    if asked.cut_short:
        yield words.say("note_cut_short")


def _gap_note(words: ContributionWords, note: str, months: tuple[Month, ...]) -> str:
    """Return what to do about a gap; an employee's is the employer's to fill."""
    word = f"{note}_33" if any(month.section == "33" for month in months) else note
    named = words.months([month.period for month in months])
    return words.say(word, months=named, hotline=words.hotline())
