"""Finds calendar days written out, in both eras."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from nlu.thai.finding.calendar import (
    BARE_MONTHS,
    ENGLISH_MONTH,
    ERA,
    MONTH,
    YEAR,
    month_number,
    year_number,
)
from nlu.thai.finding.scene import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
NAMED = re.compile(
    rf"(?<![\d.,/:]){DAY}(?:st|nd|rd|th)?\s*(?:of\s+)?(?:เดือน\s*)?(?P<m>{MONTH})"
    rf"(?:,?\s*(?:ปี\s*)?{ERA}?\s*(?P<y>{YEAR}))?"
)
ENGLISH = re.compile(
    rf"(?<![a-z])(?P<m>{ENGLISH_MONTH})\.?\s+{DAY}(?:st|nd|rd"
    rf"|th)?(?!\d)(?:,?\s*(?P<y>\d{{4}}))?(?!\d)"
)
SLASHED = re.compile(
    rf"(?<![\d/.\-]){DAY}(?P<by>\s?[/.\-]\s?)(?P<m>1[0-2]"
    rf"|0?[1-9])(?P=by)(?P<y>\d{{4}}|\d{{2}})(?![\d/]|[.\-]\d)"
)
ISO = re.compile(
    rf"(?<![\d/.\-])(?P<y>(?:19|20|25)\d\d)[-/.](?P<m>1[0-2]"
    rf"|0?[1-9])[-/.]{DAY}(?![\d/]|[.\-]\d)"
)
SPARE_LEAP_YEAR = 2024


def find(scene: Scene) -> Iterator[Hit]:
    """Find days; one without its year has a value such as `--03-15`."""
    for pattern in (NAMED, ENGLISH, SLASHED, ISO):
        for found in pattern.finditer(scene.text):
            value = _value(found)
            if value and _is_day(found):
                yield Hit("date", found.start(), found.end(), value, rank=2)


def _is_day(found: re.Match[str]) -> bool:
    """Refuse a bare abbreviation that no year follows: it may be a word."""
    return found["m"] not in BARE_MONTHS or bool(found["y"])


def _value(found: re.Match[str]) -> str | None:
    name = found["m"]
    month = int(name) if name.isdigit() else month_number(name)
    day = int(found["d"])
    year = year_number(found["y"]) if found["y"] else None
    if found["y"] and year is None:
        return None
    try:
        exact = date(year or SPARE_LEAP_YEAR, month, day)
    except ValueError:
        return None
    return exact.isoformat() if year else f"--{month:02d}-{day:02d}"
