"""Finds years: tax years where taxes are the subject, else periods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.finding.calendar import (
    ERA,
    RELATIVE_YEAR,
    YEAR,
    relative_year,
    year_number,
)
from nlu.thai.finding.scene import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

TAX_WORD = re.compile(
    r"ภาษี(?!\s*(?:ที่ดิน|ป้าย|รถ|สรรพสามิต|สังคม))|ภ\.?\s?ง\.?\s?ด"
    r"|ลดหย่อน|สรรพากร|ยื่นแบบ"
    r"|\bpnd|\btax|\brefund|e-?filing|\bpasi\b|\bpasee\b"
)
NOT_INCOME = re.compile(r"ศุลกากร|พัสดุ|ใบขน|ค่าโอน|จากจีน|นำเข้า|ทำฟัน")
FILING = re.compile(r"ยื่น|ได้คืน|เงินคืน|คืนเงิน|ขอคืน|\bfile[ds]?\b|\bfiling\b")
FUND = re.compile(
    r"สมทบ|ประกันสังคม|ผู้ประกันตน|เบิก|ทำฟัน|คลอด|ปกส|สปส|มาตรา|\bsso\b|\bclaim"
)
YEAR_WORD = r"(?:ปี\s*ภาษี|tax\s+year|ปี|year|งวดปี)"
NAMED = re.compile(
    rf"(?:(?P<word>{YEAR_WORD})\s*(?:ที่\s*)?(?:{ERA}\s*)?"
    rf"|(?P<era>{ERA})\s*)(?P<y1>{YEAR})"
    rf"(?:\s*(?:-|ถึง|to)\s*(?:ปี\s*)?(?P<y2>{YEAR}))?"
)
TAX_RELATIVE = re.compile(
    r"(?:ปี\s*ภาษี(?P<thai>นี้|ที่แล้ว|แล้ว|ก่อน(?:หน้า)?|ที่ผ่านมา"
    r"|ล่าสุด)|(?P<english>last|this|current|previous)\s+tax\s+year)"
)
RELATIVE = re.compile(RELATIVE_YEAR)
BARE = re.compile(
    r"(?<![\d/.,:\-a-z])(?P<y1>25[4-7]\d|20[12]\d)(?![\d/:\-]|[.,]\d"
    r"|\s*(?:บาท|คน|ราย|ฉบับ|กิโล|\w*baht))"
)
SHORT = re.compile(
    r"(?:ภาษี|คืน|ยื่น)\s*(?P<y1>[56]\d|7[0-5])(?!\d|[.,:/%]|\s*(?:บาท"
    r"|วัน|คน|%|เดือน|ปี|พัน|หมื่น))"
)
LASTING = re.compile(
    r"(?:\d|กี่|หลาย|ครึ่ง|ทั้ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|เป็น|ละ|ทุก)\s*$"
)
LAW = re.compile(r"(?:พ\.?\s?ร\.?\s?บ|พระราช|กฎหมาย)[^\d]*$")
BEFORE_NUMBER = re.compile(
    r"(?:เลขที่|คดี|โทร|เบอร์|หมายเลข|รหัส|ยอด|จำนวน|โฉนด|ภ\.?ง\.?ด\.?|สปส\.?|/|฿)\s*$"
)


def is_about_tax(text: str) -> bool:
    """Say whether a year in this message is a tax year."""
    if NOT_INCOME.search(text):
        return False
    if TAX_WORD.search(text):
        return True
    return bool(FILING.search(text)) and not FUND.search(text)


def find(scene: Scene) -> Iterator[Hit]:
    """Find years with their word, years named from today and lone years."""
    text = scene.text
    entity = "tax_year" if is_about_tax(text) else "period"
    for found in NAMED.finditer(text):
        hit = _named(found, entity)
        if hit and scene.opens(found.start()):
            yield hit
    for found in TAX_RELATIVE.finditer(text):
        now = (found["thai"] or found["english"]) in {"นี้", "this", "current"}
        value = "relative:0Y" if now else "relative:-1Y"
        yield Hit("tax_year", found.start(), found.end(), value, rank=2)
    for found in scene.each(RELATIVE):
        if not LASTING.search(text, 0, found.start()):
            yield Hit(entity, found.start(), found.end(), relative_year(found.group()))
    yield from _lone(text, entity)


def _named(found: re.Match[str], entity: str) -> Hit | None:
    first = year_number(found["y1"])
    if first is None:
        return None
    word = re.sub(r"\s", "", found["word"] or "")
    if word in {"ปีภาษี", "taxyear"}:
        entity = "tax_year"
    last = year_number(found["y2"]) if found["y2"] else None
    if last is None:
        return Hit(entity, found.start(), found.end("y1"), str(first))
    if entity == "tax_year":
        return Hit(entity, found.start(), found.end(), None)
    return Hit(entity, found.start(), found.end(), f"{first}-01/{last}-12")


def _lone(text: str, entity: str) -> Iterator[Hit]:
    """Find years that stand without a word."""
    for found in BARE.finditer(text):
        year = year_number(found["y1"])
        buddhist = found["y1"].startswith("25")
        before = text[: found.start()]
        if BEFORE_NUMBER.search(before) or LAW.search(before):
            continue
        if (
            buddhist
            or entity == "tax_year"
            or re.search(r"\b(?:in|for|of|since)\s+$", text[: found.start()])
        ):
            yield Hit(entity, found.start(), found.end(), str(year), rank=-1)
    if entity == "tax_year":
        for found in SHORT.finditer(text):
            year = year_number(found["y1"])
            yield Hit(entity, found.start("y1"), found.end("y1"), str(year), rank=-1)
