"""Finds amounts of money, in satang."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from nlu.thai.finding.scene import Hit
from nlu.thai.numbers import SPELLED, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

SATANG = 100
FIGURE = (
    r"(?<![\d.,/:\-])\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|(?<![\d.,/:])\d+(?:\.\d{1,2})?"
)
SCALE = {"ล้าน": 1_000_000, "แสน": 100_000, "หมื่น": 10_000, "พัน": 1000, "ร้อย": 100}
SCALES = "|".join(SCALE)
BAHT = r"(?:บาท|บ\.(?![ก-ฮ]\.)|฿|baht|thb|bht|\.-)"
NOT_MONEY = (
    rf"(?!(?:{SCALES})|\s*(?:คน|ราย|ไร่|งาน|ตาราง|ตร\.|วา|วัน|ครั้ง|ปี"
    rf"|เดือน|กิโล|กม|ชิ้น|แปลง|หลัง|เมตร|นาที|ชั่วโมง|ชม"
    r"|เปอร์เซ็น|%|หน่วย|ตัว|องค์|ฉบับ|งวด|แต้ม|ไมล์|ปอนด์|ดอล|เหรียญ"
    r"|usd|ยูโร|เยน|หยวน|คำ|ข้อ))"
)
FIGURES = re.compile(
    rf"(?:(?P<sign>฿|thb\s)\s*(?P<signed>{FIGURE})(?P<signed_k>k)?"
    rf"|(?P<number>{FIGURE})\s*(?P<scale>{SCALES})?(?:กว่า|เศษ)?\s*{BAHT}"
    rf"|(?P<scaled>{FIGURE})\s*(?P<by>{SCALES})(?:กว่า)?{NOT_MONEY}"
    r"|(?P<thousands>(?<![\d.,a-z])\d+(?:\.\d)?)\s?k(?:\s*(?:บาท|baht"
    r"|thb))?(?![a-z\d]))"
)
WORDS = re.compile(
    rf"(?P<words>{SPELLED}(?:(?: {SPELLED})+(?=\s*บาท))?)(?:กว่า|เศษ)?"
    r"(?:\s*(?P<baht>บาท|baht))?"
)
WAGE = re.compile(
    rf"(?:เงินเดือน|ค่าจ้าง|ค่าแรง|เดือนละ|ปีละ|ราคา|จำนวนเงิน|รายได้"
    rf"|salary(?:\s+of|\s+is)?)\s*(?P<number>{FIGURE})(?![\d/.:%]"
    rf"|\s*(?:วัน|เดือน|ปี|ครั้ง|คน|งวด))"
)
SCALE_WORD = re.compile(rf"(?:{SCALES})")
PERCENT = re.compile(r"ร้อยละ|ร้อยเอ็ด")
SHORTEST_WAGE = 3


def find(scene: Scene) -> Iterator[Hit]:
    """Find amounts in figures or words that carry a sign or a word of money."""
    for found in FIGURES.finditer(scene.text):
        yield _hit(found.start(), found.end(), _figures(found))
    for found in WORDS.finditer(scene.text):
        spelled = read_number(found["words"])
        if spelled and _is_money(scene, found):
            yield _hit(found.start(), found.end(), Decimal(spelled))
    for found in WAGE.finditer(scene.text):
        if len(found["number"]) >= SHORTEST_WAGE:
            amount = Decimal(found["number"].replace(",", ""))
            yield _hit(*found.span("number"), amount, rank=-1)


def _hit(start: int, end: int, baht: Decimal, rank: int = 0) -> Hit:
    return Hit("amount", start, end, str(int(baht * SATANG)), rank)


def _figures(found: re.Match[str]) -> Decimal:
    number = found["signed"] or found["number"] or found["scaled"] or found["thousands"]
    scale = SCALE.get(found["scale"] or found["by"] or "", 1)
    if found["thousands"] or found["signed_k"]:
        scale = 1000
    return Decimal(number.replace(",", "")) * scale


def _is_money(scene: Scene, found: re.Match[str]) -> bool:
    """Refuse counts of other things, percentages and the province Roi Et."""
    if PERCENT.match(scene.text, found.start()):
        return False
    if found["baht"]:
        return True
    scaled = SCALE_WORD.search(found["words"])
    counted = not re.match(NOT_MONEY, scene.text[found.end() :])
    lone = found["words"] in SCALE
    return (
        bool(scaled) and not lone and not counted and scene.whole(*found.span("words"))
    )
