"""Finds agencies where the word means the office, and languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.finding.phrases import any_of, squeezed
from nlu.thai.finding.scene import Hit
from nlu.thai.lookups import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene


def _tables() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    means: dict[str, str] = {}
    office: list[str] = []
    sometimes: list[str] = []
    for agency, words in read_table("agencies").items():
        office += words["office"]
        sometimes += words["sometimes"]
        for word in words["office"] + words["sometimes"]:
            means[squeezed(word)] = agency
    return means, re.compile(any_of(office)), re.compile(any_of(sometimes))


MEANS, OFFICE, SOMETIMES = _tables()
# Before these the word is a tax, a right or a fund, not an office.
TAX_OR_RIGHT = re.compile(
    r"(?:ภาษี|บัตร|สิทธิ์?|เงิน|กองทุน|อากร|พิธีการ|ใบขน|ค่า|ส่ง|จ่าย"
    r"|ต่อ|สมัคร|เข้า|ใช้|มี|เสีย|"
    r"โรงพยาบาล|รพ\.?|ตาม|ประกัน|หัก|สมทบ|ระบบ|ลาออกจาก|ลูกจ้าง)\s*(?:ของ\s*)?$"
)
TAX_BEFORE = re.compile(r"(?:ภาษี|อากร|พิธีการ|ใบขน(?:สินค้า)?|คลังสินค้า)\s*(?:ของ\s*)?$")
# Around these it is the office that acts or is spoken to.
OFFICE_BEFORE = re.compile(
    r"(?:ข่าว(?:สาร)?|ประกาศ|เจ้าหน้าที่|จนท\.?|ติดต่อ|โทรหา|โทรไป|โทร"
    r"|เบอร์|สายด่วน|เว็บ(?:ไซต์)?|ไลน์|เพจ|แอป|แอพ|"
    r"ร้องเรียน|อ้างว่าเป็น|อ้างเป็น|ชื่อว่า|ไปที่|ไปหา|ถาม|หน่วยงาน"
    r"|สำนักงาน|ลิงก์|ลิ้งก์|ลิ้ง|sms|ข้อความ|อ้างตัวเป็น|คุยกับ|"
    r"news|contact|announcements?|about)"
    r"(?:\s*(?:ของ|จาก|ล่าสุด|ใหม่|ๆ|ทาง|อะไร|เรื่อง|ที่|ว่า|เป็น|ด่วน"
    r"|วันนี้|from|of|the|about|latest|กับ))*\s*$"
)
OFFICE_AFTER = re.compile(
    r"\s*(?:เขา|เค้า|ได้)?\s*(?:มีข่าว|ข่าว|มีประกาศ|ประกาศ"
    r"|โทร(?!\S*ไม่)|แจ้ง|ส่ง(?:sms|ข้อความ|ลิ|เอสเอ็มเอส|\s*sms|ไลน์"
    r"|จดหมาย)|บอก|อัปเดต|อัพเดท|"
    r"อัพเดต|ออกประกาศ|ออกข่าว|ปิด|เปิด|หยุด|จังหวัด|เขต|สาขา|พื้นที่"
    r"|ทัก|ติดต่อ|มีอะไรใหม่|ส่งมา|news|announce|office|จริงไหม"
    r"|จริงมั้ย)"
)
READING_NEWS = re.compile(r"ข่าว|\bnews\b|\bannounce|อัปเดต|อัพเดท|อัพเดต")
# A call or a link "from" it is from the office; money "from" it is from the fund.
MESSAGE = re.compile(
    r"ข้อความ|sms|ลิง|โทรมา|มีคนโทร|จริง|ปลอม|มิจ|หลอก|จดหมาย|อีเมล|ไลน์"
    r"|เบอร์|\breal\b|\bfake\b|legit|scam|link|call"
)
FROM = re.compile(r"(?:จาก|ของ|ที่|ว่า|เป็น|from|of|the|by)\s*$")
BRAND = re.compile(r"\s?(?:plus|connect|พลัส|คอนเนค)")


def find(scene: Scene) -> Iterator[Hit]:
    """Find the agencies that are meant as offices."""
    text = scene.text
    for found in OFFICE.finditer(text):
        if _stands(scene, found) and not TAX_BEFORE.search(text, 0, found.start()):
            yield _hit(found, rank=1)
    for found in SOMETIMES.finditer(text):
        if _stands(scene, found) and _means_office(text, found):
            yield _hit(found)


def _stands(scene: Scene, found: re.Match[str]) -> bool:
    text, start, end = scene.text, found.start(), found.end()
    if text[start].isascii():
        return scene.whole(start, end) and not BRAND.match(text, end)
    return scene.opens(start)


def _means_office(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    if re.match(r"\s?\d", text[found.end() :]) or TAX_OR_RIGHT.search(before):
        return False
    if re.match(r"\s*(?:มาตรา|ม\.|โรงพยาบาล)", text[found.end() :]):
        return False
    if MESSAGE.search(text) and FROM.search(before):
        return True
    if READING_NEWS.search(text) or OFFICE_BEFORE.search(before):
        return True
    return bool(OFFICE_AFTER.match(text, found.end()))


def _hit(found: re.Match[str], rank: int = 0) -> Hit:
    return Hit(
        "agency", found.start(), found.end(), MEANS[squeezed(found.group())], rank
    )


def _languages() -> tuple[dict[str, str], re.Pattern[str]]:
    table = read_table("languages")
    means = {squeezed(word): code for code, words in table.items() for word in words}
    return means, re.compile(any_of(word for words in table.values() for word in words))


LANGUAGE_MEANS, LANGUAGE = _languages()
# These are also countries and peoples: a language only where one speaks it.
COUNTRIES = frozenset({"ไทย", "thai", "อังกฤษ", "อังกิด"})
SPOKEN = re.compile(
    r"(?:พูด|คุย|ตอบ|ใช้|เอา|อ่าน|พิมพ์|เวอร์ชัน|เมนู|อยากได้|เป็น|เปลี่ยน(?:เป็น)?|ขอ|แปล(?:เป็น)?"
    r"|สลับ(?:เป็น)?|speak|in|to|use|language|reply|switch)\s*$"
)


def find_languages(scene: Scene) -> Iterator[Hit]:
    """Find a language; `ไทย` and `thai` only where one speaks it."""
    for found in scene.each(LANGUAGE):
        word = squeezed(found.group())
        alone = found.group() == scene.text.strip()
        if word in COUNTRIES and not (
            alone or SPOKEN.search(scene.text, 0, found.start())
        ):
            continue
        if word in {"ไทย", "thai"} and re.match(
            r"\s*(?:visa|citizen|tax|id\b|แลนด์|แลนด)", scene.text[found.end() :]
        ):
            continue
        yield Hit("language", found.start(), found.end(), LANGUAGE_MEANS[word])
