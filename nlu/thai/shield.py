"""Masks national id numbers before anything is stored or understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.th import pin

ID_LENGTH = 13
DIGIT = "0-9\u0e50-\u0e59\uff10-\uff19"
HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f"
GAP = rf"[\s\-.\u00b7_{HIDDEN}\u2010-\u2015\u2212]{{0,4}}"
# A run may hold two numbers side by side, so it may be longer than one id.
RUN = re.compile(rf"[{DIGIT}](?:{GAP}[{DIGIT}])*")
GROUP = re.compile(rf"[{DIGIT}](?:[{HIDDEN}]*[{DIGIT}])*")
PRINTED = [1, 4, 5, 2, 1]
DAY_PAIR = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}\D+\d{1,2}[./]\d{1,2}[./]\d{4}")
# Customs numbers its declarations with one letter, a zero and twelve digits more.
DECLARATION = re.compile(r"(?<![A-Za-z])[A-Za-z]0\Z")


@dataclass(frozen=True)
class Masked:
    """A text whose id numbers show only their first and last digit."""

    text: str
    found: bool


@dataclass(frozen=True)
class IdNumber:
    """Where a 13-digit number stands, and its digits in Arabic numerals."""

    start: int
    end: int
    digits: str

    @property
    def valid(self) -> bool:
        """Say whether the last digit checks the other twelve."""
        try:
            return bool(pin.calc_check_digit(self.digits) == self.digits[-1])
        except (ValidationError, ValueError):
            return False


def mask_ids(text: str) -> Masked:
    """Replace the inner digits of every 13-digit number by `x`.

    The length of the text and every other character stay. The check digit is
    not asked: a mistyped id is as private as a right one. Runs of 12 or fewer
    digits (phones, accounts) and of 14 or more (cards, references) stay.
    """
    letters = list(text)
    numbers = find_ids(text)
    for number in numbers:
        places = [
            place
            for place in range(number.start, number.end)
            if letters[place].isdecimal()
        ]
        for place in places[1:-1]:
            letters[place] = "x"
    return Masked("".join(letters), bool(numbers))


def find_ids(text: str) -> list[IdNumber]:
    """Return the 13-digit numbers in `text`, whether or not they check."""
    found: list[IdNumber] = []
    for run in RUN.finditer(text):
        groups = [
            (group.start(), group.end())
            for group in GROUP.finditer(text, run.start(), run.end())
        ]
        found.extend(_ids_in_run(text, groups))
    return found


def _ids_in_run(text: str, groups: list[tuple[int, int]]) -> list[IdNumber]:
    whole = _number(text, groups)
    if len(whole.digits) == ID_LENGTH:
        return [whole] if _reads_as_id(text, groups, whole) else []
    found: list[IdNumber] = []
    first = 0
    while first < len(groups):
        number, last = _id_from(text, groups, first)
        if number is None:
            first += 1
        else:
            found.append(number)
            first = last
    return found


def _id_from(
    text: str, groups: list[tuple[int, int]], first: int
) -> tuple[IdNumber | None, int]:
    """Return the id that begins with group `first` of a longer run."""
    for last in range(first + 1, min(first + ID_LENGTH, len(groups)) + 1):
        some = groups[first:last]
        number = _number(text, some)
        if len(number.digits) > ID_LENGTH:
            break
        if len(number.digits) == ID_LENGTH and (
            len(some) == 1 or _sizes(text, some) == PRINTED or number.valid
        ):
            return number, last
    return None, first


def _reads_as_id(text: str, groups: list[tuple[int, int]], number: IdNumber) -> bool:
    if DECLARATION.search(text[: number.start + 1]):
        return False
    if DAY_PAIR.fullmatch(text, number.start, number.end):
        return False
    if len(groups) == 1 or number.valid or _sizes(text, groups) == PRINTED:
        return True
    # A telephone number with an extension also has 13 digits, in few groups.
    few = len(groups) <= len(PRINTED)
    return not (number.digits.startswith("0") and few)


def _number(text: str, groups: list[tuple[int, int]]) -> IdNumber:
    start, end = groups[0][0], groups[-1][1]
    digits = "".join(str(int(c)) for c in text[start:end] if c.isdecimal())
    return IdNumber(start, end, digits)


def _sizes(text: str, groups: list[tuple[int, int]]) -> list[int]:
    return [sum(c.isdecimal() for c in text[start:end]) for start, end in groups]
