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
    rf"(?P<before>มาตรา|ม\.|ปี(?:ภาษี)?|พ\.ศ\.|เดือน(?!หนึ่ง|นึง)|ภ\.?\s?ง\.?\s?ด\.?|ไตรมาส(?:ที่)?)"
    rf"(?P<gap>\s?)(?P<number>{SPELLED}(?: ?{SPELLED})*)(?!\s?(?:บาท|พันบาท|ร้อยบาท|คน))"
)
MONTHS_AGO = re.compile(
    rf"(?P<number>{SPELLED})(?=\s?(?:เดือน|ปี)\s?(?:ก่อน|ที่แล้ว|แล้ว|ที่ผ่านมา|ล่าสุด|ย้อนหลัง))"
    rf"|(?<=ย้อนหลัง)\s?(?P<back>{SPELLED})(?=\s?เดือน)"
)
GAP_IN_THAI = re.compile("(?<=[\u0e01-\u0e4e]) +(?=[\u0e01-\u0e4e])")
GAP_BEFORE_MARK = re.compile("(?<=[\u0e01-\u0e4e]) +(?=[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])")
THAI_CHUNK = re.compile("[\u0e01-\u0e4e]+")
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
    draft.sub(COUNTED, _counted)
    draft.sub(MONTHS_AGO, _ago)


def _counted(found: re.Match[str]) -> str | None:
    number = read_number(found["number"].replace(" ", ""))
    return None if number is None else f"{found['before']}{found['gap']}{number}"


def _ago(found: re.Match[str]) -> str | None:
    number = read_number(found["number"] or found["back"])
    return None if number is None else str(number)
