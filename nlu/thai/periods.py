"""Turns a period's value into months, once the day is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nlu.thai.lookups import read_table

BUDDHIST_ERA = 543
MONTH = re.compile(r"(\d{4})-(\d{2})")
YEAR = re.compile(r"\d{4}")
BARE = re.compile(r"--(\d{2})(?:/--(\d{2}))?")
RELATIVE = re.compile(r"relative:([+-]?\d{1,3})([MY])(?:-(\d{2}))?")


class PeriodNotUnderstood(ValueError):
    """The value is none of the forms a period can have."""


@dataclass(frozen=True)
class Period:
    """A run of whole months, both ends included, such as 2026-01 to 2026-03."""

    first: str
    last: str


def resolve(value: str, today: date) -> Period:
    """Return the months `value` means on the day `today` (in Bangkok).

    Understood are `2026-03`, `2026-01/2026-03`, `2026`, `--03` and
    `--01/--03` (the latest that has begun), `relative:-1M` and
    `relative:-1Y` (0 is the present one), and `relative:-1Y-03`, a month of a
    relative year. The present year ends with the present month.
    Raises PeriodNotUnderstood.
    """
    bare = BARE.fullmatch(value)
    if bare:
        return _latest(int(bare.group(1)), int(bare.group(2) or bare.group(1)), today)
    if "/" in value:
        first, last = value.split("/", 1)
        return _ordered(resolve(first, today).first, resolve(last, today).last)
    month = MONTH.fullmatch(value)
    if month:
        return _months(int(month.group(1)), int(month.group(2)), int(month.group(2)))
    if YEAR.fullmatch(value):
        return _year(int(value), today)
    return _relative(value, today)


def spoken_thai(period: Period) -> str:
    """Say the period in Thai, in the Buddhist era with the months named."""
    names = [names[0] for names in read_table("months").values()]
    first_year, first_month = _parts(period.first)
    last_year, last_month = _parts(period.last)
    first, last = names[first_month - 1], names[last_month - 1]
    first_year, last_year = first_year + BUDDHIST_ERA, last_year + BUDDHIST_ERA
    if period.first == period.last:
        return f"เดือน{first} {first_year}"
    if first_year != last_year:
        return f"เดือน{first} {first_year} ถึงเดือน{last} {last_year}"
    if (first_month, last_month) == (1, 12):
        return f"ปี {first_year}"
    return f"เดือน{first}ถึง{last} {first_year}"


def _relative(value: str, today: date) -> Period:
    relative = RELATIVE.fullmatch(value)
    if relative is None:
        message = f"not a period: {value!r}"
        raise PeriodNotUnderstood(message)
    count = int(relative.group(1))
    if relative.group(2) == "Y":
        year = today.year + count
        month = int(relative.group(3) or 0)
        return _months(year, month, month) if month else _year(year, today)
    months = today.year * 12 + today.month - 1 + count
    return _months(months // 12, months % 12 + 1, months % 12 + 1)


def _latest(first: int, last: int, today: date) -> Period:
    year = today.year if first <= today.month else today.year - 1
    if last < first:
        _check(year, first)
        return Period(f"{year:04d}-{first:02d}", f"{year + 1:04d}-{last:02d}")
    return _months(year, first, last)


def _year(year: int, today: date) -> Period:
    return _months(year, 1, today.month if year == today.year else 12)


def _ordered(first: str, last: str) -> Period:
    return Period(min(first, last), max(first, last))


def _months(year: int, first: int, last: int) -> Period:
    _check(year, first)
    _check(year, last)
    return Period(f"{year:04d}-{first:02d}", f"{year:04d}-{last:02d}")


def _check(year: int, month: int) -> None:
    if not (1 <= month <= 12 and 1 <= year <= 9999):  # noqa: PLR2004 - a calendar
        message = f"no such month: {year}-{month}"
        raise PeriodNotUnderstood(message)


def _parts(month: str) -> tuple[int, int]:
    year, number = month.split("-")
    return int(year), int(number)
