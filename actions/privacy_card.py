"""Draws what is kept about a citizen. Pure: records go in, a card comes out."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator

from catalogue.calendar import Calendar
from catalogue.loader import Catalogue
from citizen.kept import Agreed, Kept, Lookup
from connectors.reply import Card, CardRow, CardSection


@dataclasses.dataclass(frozen=True)
class PrivacyWords:
    """What the card says in one language, with the lifetimes it tells."""

    catalogue: Catalogue
    language: str
    conversation_days: int
    log_days: int

    @property
    def calendar(self) -> Calendar:
        """Return the language's calendar."""
        return self.catalogue.calendar(self.language)

    def say(self, word: str, **values: object) -> str:
        """Return one text, filled in."""
        card = self.catalogue.cards["privacy"]
        return card.say(
            word,
            self.language,
            conversation_days=self.conversation_days,
            log_days=self.log_days,
            **values,
        )

    def named(self, kind: str, name: str) -> str:
        """Return the words for a name from the records, however new the name."""
        words = self.catalogue.cards["privacy"].words["th"]
        return self.say(f"{kind}_{name}" if f"{kind}_{name}" in words else kind)

    def row(self, word: str, value: str) -> CardRow:
        """Return a line of the card."""
        return CardRow(label=self.say(word), value=value)

    def agency(self, code: str) -> str:
        """Return an agency's name."""
        agency = self.catalogue.agencies.get(code)
        return agency.name.within(self.language) if agency else code


def draw(words: PrivacyWords, kept: Kept, now: datetime.datetime) -> Card:
    """Return the card of what is kept, and of who asked whom about her."""
    sections = [_section(words, "consents", _consents(words, kept.consents))]
    if kept.lookups:
        rows = [_lookup(words, lookup) for lookup in kept.lookups]
        sections.append(_section(words, "lookups", rows))
    return Card(
        title=words.say("title"),
        summary=words.say("summary", count=kept.lookups_in_all),
        rows=tuple(_rows(words, kept)),
        sections=tuple(sections),
        notes=tuple(_notes(words, kept)),
        as_of=now,
        as_of_text=words.say("as_of", instant=words.calendar.instant(now)),
        source=words.say("source"),
    )


def _section(
    words: PrivacyWords, word: str, rows: list[CardRow] | Iterator[CardRow]
) -> CardSection:
    return CardSection(title=words.say(word), rows=tuple(rows))


def _rows(words: PrivacyWords, kept: Kept) -> Iterator[CardRow]:
    since = words.calendar.instant(kept.since)
    until = words.calendar.time(kept.until)
    yield words.row("session", words.say("session_span", since=since, until=until))
    yield words.row("citizen_id", words.say("citizen_id_kept", until=until))
    yield words.row("cards", words.say("cards_kept", until=until))
    yield words.row("code", words.say("code_kept"))
    yield words.row("messages", words.say("messages_kept"))


def _consents(words: PrivacyWords, consents: tuple[Agreed, ...]) -> Iterator[CardRow]:
    for consent in consents:
        label = words.say("consent", version=consent.version)
        yield CardRow(label=label, value=_when(words, consent))
        for purpose in consent.purposes:
            yield words.row("used_for", words.named("purpose", purpose))
    yield words.row("consent_kept_label", words.say("consent_kept"))


def _when(words: PrivacyWords, consent: Agreed) -> str:
    given = words.calendar.instant(consent.given_at)
    if consent.withdrawn_at is None:
        return words.say("given", given=given)
    withdrawn = words.calendar.instant(consent.withdrawn_at)
    return words.say("given_and_withdrawn", given=given, withdrawn=withdrawn)


def _lookup(words: PrivacyWords, lookup: Lookup) -> CardRow:
    value = words.say(
        "lookup",
        agency=words.agency(lookup.agency),
        operation=words.named("operation", f"{lookup.agency}_{lookup.operation}"),
        why=words.named("why", lookup.purpose),
        where=words.say("here" if lookup.here else "elsewhere"),
        outcome=words.named("outcome", lookup.outcome),
    )
    return CardRow(label=words.calendar.instant(lookup.at), value=value)


def _notes(words: PrivacyWords, kept: Kept) -> Iterator[str]:
    if not kept.lookups:
        yield words.say("note_no_lookups")
    elif kept.lookups_in_all > len(kept.lookups):
        shown, count = len(kept.lookups), kept.lookups_in_all
        yield words.say("note_more", shown=shown, count=count)
    yield words.say("note_log")
    if kept.lookups:
        yield words.say("note_not_you")
