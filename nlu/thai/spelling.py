"""Puts chat spellings, dialect and abbreviations into their standard form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nlu.thai.lookups import read_table
from nlu.thai.numbers import SPELLED, read_number
from nlu.thai.words import split_words

if TYPE_CHECKING:
    from nlu.thai.draft import Draft

# A number in words is read as one only next to a word that asks for a number.
COUNTED = re.compile(
    rf"(?P<before>ปี(?:ภาษี)?|พ\.ศ\.|(?<!เงิน)เดือน(?!หนึ่ง|นึง)"
    rf"|ภ\.?\s?ง\.?\s?ด\.?|ไตรมาส(?:ที่)?)"
    rf"(?P<gap>\s?)(?P<number>{SPELLED}(?: ?{SPELLED})*)(?!\s?(?:บาท"
    rf"|พันบาท|ร้อยบาท|คน))"
)
SECTION = re.compile(
    r"(?P<before>(?:มาตรา|ม\.?)\s?)(?P<number>สามสิบ\s?สาม|สามสิบ\s?เก้า"
    r"|สี่สิบ|สามสาม|สามเก้า|สี่ศูนย์)"
)
YEAR_OF_MONTH = re.compile(
    rf"(?<=(?:คม|ยน|นธ์))(?P<gap>\s?)(?P<number>{SPELLED})(?!\s?(?:บาท|คน))".replace(
        "(?:คม|ยน|นธ์)", "[คยธ][มน์]"
    )
)
MONTHS_AGO = re.compile(
    rf"(?<!\d)(?P<number>{SPELLED})(?=\s?(?:เดือน|ปี)\s?(?:ก่อน|ที่แล้ว"
    rf"|แล้ว|ที่ผ่านมา|ล่าสุด|ย้อนหลัง))"
    rf"|(?<=ย้อนหลัง)\s?(?P<back>{SPELLED})(?=\s?เดือน)"
)
GAP_IN_THAI = re.compile("(?<=[\u0e01-\u0e4e]) +(?=[\u0e01-\u0e4e])")
GAP_BEFORE_MARK = re.compile(
    "(?<=[\u0e01-\u0e4e]) +(?=[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"
)
THAI_CHUNK = re.compile("[\u0e01-\u0e4e]+")
SHORT_YEAR, LAST_SHORT, FULL_YEAR = 50, 80, 2500
LAST_MONTH = 12
MANY_GAPS = 4
SHORT_CHUNK = 4.6


@lru_cache(maxsize=1)
def _standard() -> dict[str, str]:
    return {
        form: standard
        for standard, forms in read_table("spelling").items()
        for form in forms
    }


def close_gaps(draft: Draft) -> None:
    """Take out spaces before marks, and all when every word stands apart."""
    draft.sub(GAP_BEFORE_MARK, lambda _: "")
    gaps = GAP_IN_THAI.findall(draft.text)
    if len(gaps) >= MANY_GAPS:
        chunks = THAI_CHUNK.findall(draft.text)
        if sum(map(len, chunks)) / len(chunks) <= SHORT_CHUNK:
            draft.sub(GAP_IN_THAI, lambda _: "")


def standardise(draft: Draft) -> None:
    """Replace whole words by their standard spelling."""
    standard = _standard()
    changes = [
        (word.start, word.end, standard[word.text])
        for word in split_words(draft.text)
        if word.text in standard
    ]
    if changes:
        draft.replace(changes)


def read_numbers(draft: Draft) -> None:
    """Write sections, years and months that are spelled out in figures."""
    draft.sub(SECTION, _section)
    draft.sub(COUNTED, _counted)
    draft.sub(YEAR_OF_MONTH, _year)
    draft.sub(MONTHS_AGO, _ago)


def _counted(found: re.Match[str]) -> str | None:
    number = read_number(found["number"].replace(" ", ""))
    if number is None or (found["before"] == "เดือน" and number > LAST_MONTH):
        return None
    return f"{found['before']}{found['gap']}{number}"


def _section(found: re.Match[str]) -> str:
    return f"{found['before']}{read_number(found['number'].replace(' ', ''))}"


def _year(found: re.Match[str]) -> str | None:
    """Write the year after a month's name, when the words are one."""
    number = read_number(found["number"])
    if number is None or not (SHORT_YEAR <= number < LAST_SHORT or number > FULL_YEAR):
        return None
    return f"{found['gap']}{number}"


def _ago(found: re.Match[str]) -> str | None:
    number = read_number(found["number"] or found["back"])
    return None if number is None else str(number)
