"""The shapes of what is said: answers, forms, and the words around them."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import Field, model_validator

from catalogue.facts import Confidence
from catalogue.models import Both, Entry, Language, Line

# The year a citizen asked about, written in her era: "ปี 2568", "2025".
YEAR = "{year}"
FACT = re.compile(r"\{([A-Z]+-[A-Za-z0-9_.]+)\}")
BRACED = re.compile(r"\{[^{}]*\}|[{}]")
# LINE's quick replies cut a label at 20 characters.
LONGEST_TITLE = 20

Title = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]


class ShortTitle(Entry):
    """What a button says, in both languages."""

    th: Title
    en: Title

    def within(self, language: str) -> str:
        """Return the title in a language, in Thai where we have no other."""
        return self.en if language == "en" else self.th


class FaqAnswer(Entry):
    """The answer to one general question; `{FACT-ID}` stands for a fact's value.

    `agency` is the file's name: whom to call when the answer is not said.
    `handover` says that the catalogue has no verified answer, and where to ask.
    `always_today` is for a text that names its own years: facts of today, whenever.
    """

    agency: Line
    title: ShortTitle
    th: Line
    en: Line
    link: Line | None = None
    follow: tuple[Line, ...] = ()
    handover: bool = False
    always_today: bool = False

    @model_validator(mode="after")
    def _says_the_same(self) -> FaqAnswer:
        """Refuse a language that says other facts, and braces that name none."""
        if set(self.facts("th")) != set(self.facts("en")):
            differ = set(self.facts("th")) ^ set(self.facts("en"))
            raise ValueError(f"only one language uses {sorted(differ)}")
        for text in (self.th, self.en):
            strange = [
                found
                for found in BRACED.findall(text)
                if found != YEAR and not FACT.fullmatch(found)
            ]
            if strange:
                raise ValueError(f"not a fact's id: {strange}")
        return self

    def within(self, language: str) -> str:
        """Return the text in a language, in Thai where we have no other."""
        return self.en if language == "en" else self.th

    def facts(self, language: str) -> list[str]:
        """Return the ids of the facts in a text, in order, each once."""
        return list(dict.fromkeys(FACT.findall(self.within(language))))


class Form(Entry):
    """An official form: its code, what it is for, which answers speak of it."""

    code: Line
    about: Both
    answers: tuple[Line, ...]
    source: Line
    confidence: Confidence
    review_by: datetime.date

    @model_validator(mode="after")
    def _was_confirmed(self) -> Form:
        """Refuse a form that nobody saw."""
        if self.confidence not in ("P", "S"):
            raise ValueError("a form is named from a source, not from memory")
        return self


class UnitWords(Entry):
    """How a language writes a value with its unit."""

    one: Line
    many: Line


class SpeakingWords(Entry):
    """What stands around an answer, in one language."""

    units: dict[str, UnitWords]
    about: Line
    source: Line
    two_sources: Line
    more_sources: Line
    whole_year: Line
    end_of_year: Line
    on_day: Line
    then: Line
    partly_then: Line
    not_then: Line
    to_come: Line
    overdue: Line
    unknown: Line
    unknown_before: Line
    unknown_after: Line


AllWords = dict[Language, SpeakingWords]
