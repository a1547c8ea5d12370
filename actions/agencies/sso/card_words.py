"""The words of the contribution card, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.loader import Catalogue
from connectors.reply import CardRow, ServiceLink

SATANG = 100


class ContributionWords:
    """What the card says in one language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._card = catalogue.cards["contribution"]
        self._language = language
        self._agency = catalogue.agencies["sso"]
        self.calendar = catalogue.calendar(language)

    def say(self, word: str, **values: object) -> str:
        """Return one text, filled in."""
        return self._card.say(word, self._language, **values)

    def row(self, word: str, value: str, *, emphasis: bool = False) -> CardRow:
        """Return a line of the card."""
        return CardRow(label=self.say(word), value=value, emphasis=emphasis)

    def money(self, satang: int) -> str:
        """Return an amount with its unit."""
        return self.say("money", amount=baht(satang))

    def section(self, section: str, option: int | None) -> str:
        """Return the name of an insured section."""
        if section == "40" and option:
            return self.say("section_40_option", option=option)
        return self.say(f"section_{section}")

    def months(self, periods: list[str]) -> str:
        """Return months by name, neighbours joined."""
        return ", ".join(self.calendar.months(*run) for run in _runs(periods))

    def hotline(self) -> str:
        """Return the agency's number and when it answers."""
        hotline = self._agency.hotline
        if hotline is None:
            return ""
        if hotline.hours is None:
            return hotline.number
        hours = hotline.hours.within(self._language)
        return self.say("hotline", number=hotline.number, hours=hours)

    def source(self) -> str:
        """Return the agency's name."""
        return self._agency.name.within(self._language)

    def link(self) -> ServiceLink:
        """Return the way to the agency's own page."""
        service = self._agency.services["sso_website"]
        return ServiceLink(label=service.label.within(self._language), url=service.url)


def baht(satang: int) -> str:
    """Return satang as baht, with the satang only where there are any."""
    whole, rest = divmod(satang, SATANG)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"


def _runs(periods: list[str]) -> Iterator[tuple[str, str]]:
    first = last = ""
    for period in sorted(periods):
        if last and _number(period) == _number(last) + 1:
            last = period
            continue
        if first:
            yield first, last
        first = last = period
    if first:
        yield first, last


def _number(period: str) -> int:
    year, month = period.split("-")
    return int(year) * 12 + int(month)
