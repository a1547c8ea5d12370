"""The pieces of a date: months, years of both eras, days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlu.thai.lookups import read_table

BUDDHIST_ERA = 543
THAI_LETTER = "\u0e01-\u0e4e"


def _abbreviation(short: str) -> str:
    """Return a pattern for an abbreviation, with or without its dots."""
    one, two = short.rstrip(".").split(".")
    return rf"{one}(?:\.\s?{two}\.?|{two}\.)"


def _longest_first(forms: Iterable[str]) -> str:
    return "|".join(sorted(forms, key=len, reverse=True))


def _months() -> tuple[dict[str, int], str, dict[str, int], str, str]:
    """Return the names, the bare abbreviations, and a pattern for each."""
    names: dict[str, int] = {}
    bare: dict[str, int] = {}
    thai: list[str] = []
    english: list[str] = []
    for number, forms in read_table("months").items():
        for form in forms:
            if "." in form:
                thai.append(_abbreviation(form))
                bare[form.replace(".", "")] = int(number)
            elif form.isascii():
                english.append(form)
            elif form not in bare:
                thai.append(form)
            names[form.replace(".", "")] = int(number)
    return (
        names,
        _longest_first(thai),
        bare,
        _longest_first(bare),
        _longest_first(english),
    )


MONTHS, THAI_MONTH, BARE_MONTHS, BARE_MONTH, ENGLISH_MONTH = _months()
MONTH = (
    rf"(?:(?:{THAI_MONTH})(?![\u0e30-\u0e3a\u0e47-\u0e4e])"
    rf"|(?:{BARE_MONTH})(?![{THAI_LETTER}.])"
    rf"|(?<![a-z])(?:{ENGLISH_MONTH})\.?(?![a-z]))"
)
ERA = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|b\.?e\.?|a\.?d\.?)"
YEAR = (
    r"(?:\d{4}|'?\d{2})"
    r"(?!\d|[.,:/]\d|\s*(?:บาท|วัน(?!ที่)|คน|%|ครั้ง|ฉบับ|ชม))"
)
RELATIVE_YEAR = (
    r"(?:ปีนี้|ปี(?:ที่)?แล้ว|ปีก่อน(?:หน้านี้|นี้)?|ปีที่ผ่านมา|ปีกลาย(?:นี้)?|ปีหน้า"
    r"|this\s+year|last\s+year|previous\s+year|next\s+year)"
)
NOW = re.compile(r"นี้$|^this")
PAST = re.compile(r"แล้ว|ก่อน|ผ่าน|กลาย|last|prev")


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation."""
    letters = name.replace(".", "").replace(" ", "")
    return MONTHS[letters]


def year_number(digits: str) -> int | None:
    """Return the CE year of two or four digits of either era, or None.

    Two digits are Buddhist from 40 to 79 and Christian from 10 to 39: nobody
    asks about records of 2510 or 2063.
    """
    number = int(digits.strip("'"))
    if 2400 <= number <= 2700:  # noqa: PLR2004 - Buddhist era
        return number - BUDDHIST_ERA
    if 1900 <= number <= 2150:  # noqa: PLR2004 - Christian era
        return number
    if 40 <= number <= 79:  # noqa: PLR2004 - short Buddhist
        return number + 2500 - BUDDHIST_ERA
    if 10 <= number <= 39:  # noqa: PLR2004 - short Christian
        return number + 2000
    return None


def relative_year(words: str) -> str:
    """Return the value of a year named from today, such as `relative:-1Y`."""
    if PAST.search(words):
        return "relative:-1Y"
    return "relative:0Y" if NOW.search(words) else "relative:+1Y"
