"""Writes days, months and instants as citizens read them."""

from __future__ import annotations

import dataclasses
import datetime
from zoneinfo import ZoneInfo

from catalogue.models import CalendarWords

BANGKOK = ZoneInfo("Asia/Bangkok")


@dataclasses.dataclass(frozen=True)
class Calendar:
    """One language's way; months are written `2026-03` inside the house."""

    words: CalendarWords

    def month(self, period: str) -> str:
        """Return a month by its name and year."""
        name, year = self._parts(period)
        return self.words.month.format(month=name, year=year)

    def months(self, first: str, last: str) -> str:
        """Return a run of months, as a month or a year where it is one."""
        first_month, first_year = self._parts(first)
        last_month, last_year = self._parts(last)
        if first == last:
            return self.month(first)
        if first_year == last_year and (first[5:], last[5:]) == ("01", "12"):
            return self.words.year.format(year=first_year)
        same = first_year == last_year
        form = self.words.within_year if same else self.words.across_years
        return form.format(
            first_month=first_month,
            first_year=first_year,
            last_month=last_month,
            last_year=last_year,
            year=last_year,
        )

    def year(self, year: int) -> str:
        """Return a year of the common era in this language's era."""
        return self.words.year.format(year=year + self.words.year_offset)

    def day(self, day: datetime.date) -> str:
        """Return a day with its month named."""
        return self.words.day.format(**self._of_day(day))

    def instant(self, instant: datetime.datetime) -> str:
        """Return an instant as Bangkok's clocks show it."""
        local = instant.astimezone(BANGKOK)
        return self.words.instant.format(
            **self._of_day(local.date()), hour=local.hour, minute=local.minute
        )

    def time(self, instant: datetime.datetime) -> str:
        """Return the time of day in Bangkok."""
        local = instant.astimezone(BANGKOK)
        return self.words.time.format(hour=local.hour, minute=local.minute)

    def _parts(self, period: str) -> tuple[str, int]:
        year, month = period.split("-")
        return self.words.months[int(month) - 1], int(year) + self.words.year_offset

    def _of_day(self, day: datetime.date) -> dict[str, object]:
        return {
            "day": day.day,
            "short_month": self.words.short_months[day.month - 1],
            "year": day.year + self.words.year_offset,
        }
