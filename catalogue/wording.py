"""Writes values, times and sources into a language's own forms."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from catalogue.answers import SpeakingWords
from catalogue.calendar import Calendar
from catalogue.facts import Fact, History
from catalogue.models import Both

DERIVED = "D"
NAMED_SOURCES = 2
NEW_YEAR, YEARS_END = (1, 1), (12, 31)


@dataclasses.dataclass(frozen=True)
class Wording:
    """One language: its forms, its calendar."""

    words: SpeakingWords
    calendar: Calendar
    language: str

    def value(self, row: Fact) -> str:
        """Return a value with its unit: "1,500 baht", "about 291.67 baht"."""
        written = self._written(row)
        derived = row.confidence == DERIVED
        return self.words.about.format(value=written) if derived else written

    def when(self, day: datetime.date, rows: Iterable[Fact] = ()) -> str:
        """Return a day by its name; the ends of a year stand for the year."""
        if (day.month, day.day) not in (NEW_YEAR, YEARS_END):
            return self.words.on_day.format(day=self.calendar.day(day))
        new_year = datetime.date(day.year, *NEW_YEAR)
        begun = [row.effective_from for row in rows]
        changed = any(start and new_year < start <= day for start in begun)
        form = self.words.end_of_year if changed else self.words.whole_year
        return form.format(year=self.calendar.year(day.year))

    def source_line(self, read: datetime.date, titles: Sequence[str]) -> str:
        """Return when facts were read, and where: two sources by name."""
        names = list(dict.fromkeys(titles))
        sources = names[0]
        if len(names) > 1:
            few = len(names) == NAMED_SOURCES
            form = self.words.two_sources if few else self.words.more_sources
            sources = form.format(first=names[0], second=names[1])
        date = self.calendar.day(read)
        return self.words.source.format(date=date, sources=sources)

    def unknown(
        self,
        missing: Iterable[History],
        day: datetime.date,
        *,
        agency: str,
        hotline: str,
    ) -> str:
        """Return that nothing is known of a day, and of which days something is."""
        begins = [h.since for h in missing if h.since and h.since > day]
        ended = [h.until for h in missing if h.until and h.until < day]
        form, known = self.words.unknown, ""
        if begins and not ended:
            form, known = self.words.unknown_before, self.calendar.day(max(begins))
        elif ended and not begins:
            form, known = self.words.unknown_after, self.calendar.day(min(ended))
        when = self.when(day)
        return form.format(when=when, known=known, agency=agency, hotline=hotline)

    def _written(self, row: Fact) -> str:
        if isinstance(row.value, Both):
            return row.value.within(self.language)
        if not isinstance(row.value, Decimal):
            return row.value
        unit = self.words.units[row.unit]
        form = unit.one if row.value == 1 else unit.many
        return form.format(value=f"{row.value.normalize():,f}")
