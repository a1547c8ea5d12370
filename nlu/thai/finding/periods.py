"""Finds months, ranges of months and years."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from nlu.thai.finding.calendar import (
    BARE_MONTHS,
    ENGLISH_MONTH,
    ERA,
    MONTH,
    RELATIVE_YEAR,
    YEAR,
    month_number,
    relative_year,
    year_number,
)
from nlu.thai.finding.scene import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

WORD = r"(?:เดือน\s*)"
TO = r"\s*(?:-|~|ถึง|จนถึง|ยัน|to|until|till|through)\s*"


def _year(name: str) -> str:
    """Return a pattern for the year after a month, as group `name`."""
    return (
        rf"(?:,?\s*(?:(?:ปี\s*)?{ERA}?\s*(?P<{name}>{YEAR})"
        rf"|(?:ของ\s*)?(?P<{name}r>{RELATIVE_YEAR})))?"
    )


NAMED = re.compile(
    rf"(?P<word>{WORD})?(?P<m1>{MONTH}){_year('y1')}"
    rf"(?:{TO}{WORD}?(?P<m2>{MONTH}){_year('y2')})?"
)
NUMBERED = re.compile(
    rf"เดือน(?:ที่)?\s*(?P<m1>0?[1-9]|1[0-2])(?![\d.,:]*\d|\s*(?:พัน"
    rf"|หมื่น|แสน|ร้อย|บาท|วัน|ครั้ง|คน|เดือน))"
    rf"(?:{TO}{WORD}?(?P<m2>0?[1-9]|1[0-2])(?!\d))?"
    rf"(?:\s*/\s*(?P<y0>{YEAR})|{_year('y1')})"
)
SLASHED = re.compile(
    rf"(?<![\d/.,\-])(?P<word>(?:เดือน|งวด)\s*)?(?:(?P<m1>0?[1-9]"
    rf"|1[0-2])\s?(?:/\s?(?P<y0>\d{{4}}|\d{{2}}))?"
    rf"{TO})?(?P<m2>0?[1-9]|1[0-2])\s?/\s?(?P<y1>\d{{4}}|[4-7]\d)(?![\d/]|[.,\-]\d)"
)
ISO = re.compile(
    r"(?<![\d/.\-])(?P<y1>(?:19|20|25)\d\d)[-/](?P<m1>0[1-9]|1[0-2])(?![\d/]|[.\-]\d)"
)
RECENT = re.compile(
    r"(?P<now>เดือน(?:ปัจจุบัน)?นี้|this\s+month|current\s+month)"
    r"|(?P<last>เดือน\s*(?:ที่\s*)?แล้ว(?:นี้)?|เดือน\s*ก่อน(?:หน้านี้"
    r"|นี้)?|เดือน\s*ที่\s*ผ่าน\s*มา"
    r"|เดือนกลาย|(?:last|previous)\s+month)"
    r"|(?P<next>เดือนหน้า|next\s+month)"
    r"|(?P<ago>\d{1,2})\s*(?P<unit>เดือน|ปี)(?:ก่อน(?!คลอด|ยื่น|ลาออก"
    r"|ออก|เข้า|หมด|ครบ|ถึง|จะ|วัน)|ที่แล้ว)"
    r"|(?P<ago_en>\d{1,2})\s+(?P<unit_en>month|year)s?\s+ago"
    r"|(?P<run>\d{1,2})\s*เดือน(?:ที่ผ่านมา|ล่าสุด|หลังสุด|ย้อนหลัง|ก่อนหน้านี้)"
    r"|ย้อนหลัง\s*(?P<back>\d{1,2})\s*เดือน"
    r"|(?:last|past)\s+(?P<past>\d{1,2})\s+months"
)
PARTS = {
    "ต้นปี": (1, 3),
    "กลางปี": (5, 8),
    "ปลายปี": (10, 12),
    "สิ้นปี": (12, 12),
    "ครึ่งปีแรก": (1, 6),
    "ครึ่งแรกของปี": (1, 6),
    "ครึ่งปีหลัง": (7, 12),
    "ครึ่งหลังของปี": (7, 12),
}
QUARTERS = {"แรก": 1, "สุดท้าย": 4, "first": 1, "second": 2, "third": 3, "last": 4}
PART = re.compile(
    rf"(?:(?P<part>{'|'.join(PARTS)})"
    rf"|ไตรมาส(?:ที่)?\s*(?P<quarter>[1-4]|แรก|สุดท้าย)|\bq(?P<q>[1-4])\b"
    rf"|(?P<english>first|second|third|last)\s+quarter)"
    rf"(?:\s*(?:นี้(?!\S)"
    rf"|(?:of\s+)?(?:ของ)?(?:(?:ปี\s*)?{ERA}?\s*(?P<y1>{YEAR})"
    rf"|(?P<y1r>{RELATIVE_YEAR}|ที่แล้ว|ก่อน))))?"
)
DOUBTFUL = frozenset({"may", "mar", "march", "sep", "dec", "jan"})
LAND_PAPER = re.compile(r"\s?1(?!\d)")
LONE_MAY = re.compile(r"\b(?:in|of|for|since|until|to|and|last|month)\s+$")
FIELD = re.compile(r"ไร่|ที่นา|ทำนา|แปลง|ผืน")
LASTING = re.compile(
    r"(?:\d|กี่|หลาย|ครึ่ง|ทั้ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|เป็น|ละ|ทุก)\s*$"
)
TAX_HALF = re.compile(r"(?:ภาษี|แบบ)\s*$")
EXAM = re.compile(r"(?:สอบ|สำนักงาน)\s*$")
NOT_A_MONTH = re.compile(r"(?:เลขที่|คดี|ประกาศ|ฉบับ(?:ที่)?|บ้าน|ที่|หมู่|ซอย|คำสั่ง)\s*$")


def find(scene: Scene) -> Iterator[Hit]:
    """Find the months and runs of months a citizen names."""
    text = scene.text
    for found in NAMED.finditer(text):
        if _is_month(scene, found):
            yield _named(found, month_number)
    for pattern in (NUMBERED, SLASHED, ISO):
        for found in pattern.finditer(text):
            if pattern is NUMBERED or not NOT_A_MONTH.search(text, 0, found.start()):
                yield _named(found, int)
    for found in scene.each(RECENT):
        if not _lasts(text, found):
            yield Hit("period", found.start(), found.end(), _recent(found))
    for found in scene.each(PART):
        if not TAX_HALF.search(text, 0, found.start()):
            yield Hit("period", found.start(), found.end(), _part(found))


def _lasts(text: str, found: re.Match[str]) -> bool:
    """Say whether "months already" only tells how long, as in "six months now"."""
    return bool(found["last"]) and bool(LASTING.search(text, 0, found.start()))


def _is_month(scene: Scene, found: re.Match[str]) -> bool:
    """Refuse words that only look like a month's name."""
    dated = bool(found["y1"] or found["y1r"] or found["m2"])
    if found["word"]:
        return scene.closes(found.end())
    if any(name in BARE_MONTHS for name in (found["m1"], found["m2"])) and not dated:
        return False
    first = found["m1"].rstrip(".")
    if re.fullmatch(ENGLISH_MONTH, first):
        lone = first in DOUBTFUL and not dated
        return not lone or bool(LONE_MAY.search(scene.text, 0, found.start()))
    if not dated and _is_other(scene.text, found, first):
        return False
    opens = scene.opens(found.start()) or (dated and "." in found["m1"])
    return opens and scene.closes(found.end())


def _is_other(text: str, found: re.Match[str], first: str) -> bool:
    """Say whether a Thai month's name is a field, an exam or a land paper here."""
    if first == "มีนา":
        return bool(FIELD.search(text))
    if first.startswith("ก.พ"):
        return bool(EXAM.search(text, 0, found.start()))
    return first.startswith("ส.ค") and bool(LAND_PAPER.match(text, found.end()))


def _named(found: re.Match[str], number: Callable[[str], int]) -> Hit:
    """Build the hit of one month or of a first and a last month."""
    groups = found.groupdict()
    first, second = groups.get("m1"), groups.get("m2")
    months = [number(name) for name in (first, second) if name]
    years = [_written_year(groups, "y0") or _written_year(groups, "y1")]
    if len(months) > 1:
        years.append(_written_year(groups, "y2") or _written_year(groups, "y1"))
    value = _value(months, years)
    return Hit("period", found.start(), found.end(), value, rank=1)


def _written_year(groups: dict[str, str | None], name: str) -> str | None:
    digits, words = groups.get(name), groups.get(name + "r")
    if words:
        return relative_year(words)
    year = year_number(digits) if digits else None
    return str(year) if year else None


def _value(months: list[int], years: list[str | None]) -> str:
    """Write one or two months, with the years known, as a value."""
    if len(months) == 1:
        return _month(years[0], months[0])
    first, last = years[0] or years[1], years[1] or years[0]
    if first == last and months[1] < months[0] and first and first.isdigit():
        first = str(int(first) - 1)
    return f"{_month(first, months[0])}/{_month(last, months[1])}"


def _month(year: str | None, month: int) -> str:
    return f"{year or '-'}-{month:02d}"


def _recent(found: re.Match[str]) -> str:
    if found["now"]:
        return "relative:0M"
    if found["last"]:
        return "relative:-1M"
    if found["next"]:
        return "relative:+1M"
    ago, unit = found["ago"] or found["ago_en"], found["unit"] or found["unit_en"]
    if ago:
        letter = "M" if unit in {"เดือน", "month"} else "Y"
        return f"relative:-{int(ago)}{letter}"
    count = int(found["run"] or found["back"] or found["past"])
    return f"relative:-{count}M/relative:-1M"


def _part(found: re.Match[str]) -> str:
    """Write a quarter or another part of a year as a range."""
    if found["part"]:
        first, last = PARTS[found["part"]]
    else:
        name = found["quarter"] or found["q"] or found["english"]
        quarter = QUARTERS.get(name) or int(name)
        first, last = quarter * 3 - 2, quarter * 3
    year = _written_year(found.groupdict(), "y1")
    if found.group().endswith("นี้"):
        year = "relative:0Y"
    return _value([first, last], [year, year])
