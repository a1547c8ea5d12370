"""Finds the day a general question is about, in the words she named a time with."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from nlu.thai.periods import Period, PeriodNotUnderstood, resolve

BARE_DAY = re.compile(r"--(\d{2})-(\d{2})")


def day_asked_about(entities: Mapping[str, str], today: datetime.date) -> datetime.date:
    """Return the day whose facts answer a question; today where she named no time.

    A past month or year is asked about as it was on its last day, one to come as
    it will be on its first, the present one as it is today.
    """
    if "date" in entities:
        return _day(entities["date"], today) or today
    named = entities.get("tax_year") or entities.get("period")
    if named is None:
        return today
    try:
        return _day_of(resolve(named, today), today)
    except PeriodNotUnderstood:
        return today


def _day_of(period: Period, today: datetime.date) -> datetime.date:
    first = datetime.date.fromisoformat(f"{period.first}-01")
    last = _last_day(period.last)
    if last < today:
        return last
    return max(first, today)


def _last_day(month: str) -> datetime.date:
    in_next = datetime.date.fromisoformat(f"{month}-28") + datetime.timedelta(days=4)
    return in_next - datetime.timedelta(days=in_next.day)


def _day(value: str, today: datetime.date) -> datetime.date | None:
    """Return a day; one without its year is the latest that has come."""
    bare = BARE_DAY.fullmatch(value)
    try:
        if bare is None:
            return datetime.date.fromisoformat(value)
        month, day = int(bare[1]), int(bare[2])
        this_year = datetime.date(today.year, month, day)
        return this_year if this_year <= today else this_year.replace(today.year - 1)
    except ValueError:
        return None
