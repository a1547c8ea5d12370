"""Finds provinces, by name, alias or English name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from nlu.thai.finding.phrases import any_of, squeezed
from nlu.thai.finding.scene import Hit
from nlu.thai.lookups import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene


@lru_cache(maxsize=1)
def province_codes() -> dict[str, str]:
    """Return the two-digit code of every name and alias."""
    codes: dict[str, str] = {}
    for code, province in read_table("provinces").items():
        for name in [province["name"], *province["aliases"], *province["english"]]:
            codes[squeezed(name)] = code
    return codes


# These are also everyday words or parts of many others.
EVERYDAY = frozenset(
    ["เลย", "ตาก", "น่าน", "แพร่", "ชล", "นรา", "สกล", "กำแพง", "อุทัย", "ตานี", "ปทุม",
     "นนท์", "จันท์", "กาญจน์", "แม่กลอง", "มหาชัย", "อุบล", "ตราด", "ละโว้", "กรุงเก่า",
     "สองแคว", "เขลางค์", "nan", "tak"]
)  # fmt: skip
NAME = re.compile(
    any_of(province_codes())
    + "|"
    + any_of(
        name for row in read_table("provinces").values() for name in row["english"]
    )
)
MARKED = re.compile(r"(?:จังหวัด|จ\.|จว\.|จว|เมือง|province(?:\s+of)?)\s*$")
PLACED = re.compile(
    r"(?:ที่|อยู่|ใน|ไป|จาก|แถว|คน|สาขา|ย้ายไป|ย้ายมา|มา|แม่สอด|เขต|กับ"
    r"|และ|หรือ|ของ|ถึง|มรดก|โฉนด|ประกาศ|in|at|from|near)\s*$"
)
NOT_AFTER = re.compile(
    r"(?:มหาวิทยาลัย|ถนน|ถ\.|ซอย|ซ\.|โรงเรียน|รร\.|ธนาคาร|โรงแรม|แขวง|หมู่บ้าน|ม\.)\s*$"
)
GOES_ON = {
    "ตาก": r"\s*(?:ผ้า|แดด|ลม|แห้ง|ฝน|อากาศ|ของ|ปลา|ใบ|ฟ้า|สิน|แอร์)",
    "น่าน": r"\s*(?:น้ำ|ฟ้า|เจ้า)",
    "เลย": r"\s*(?:กำหนด|เวลา|มา|ไป|แล้ว|วัน|เดือน|ช่วง|ค่ะ|ครับ|นะ)",
    "แพร่": r"\s*(?:เชื้อ|กระจาย|หลาย|พันธุ์|ภาพ|ข่าว)",
    "นรา": r"\s*(?:กร|ธร|ภัทร)",
    "กรุงเทพ": r"\s*(?:ประกัน|ธุรกิจ|ดุสิต|อภิวัฒน์|คริสเตียน|พัทยา)",
    "bangkok": r"\s*(?:christian|bank|post)",
    "nan": r"",
}
THAI = re.compile("[\u0e01-\u0e4e]")
SURE_MARK = re.compile(r"(?:จังหวัด|จ\.|จว\.)\s*$")
SHORTEST_MARKED = 5
SHORTEST_TYPO = 7
LIKE_AFTER_MARK = 78
LIKE_ENOUGH = 84
MOST_WORDS = 5
STOPS = {name: re.compile(after) for name, after in GOES_ON.items() if after}


def find(scene: Scene) -> Iterator[Hit]:
    """Find provinces; the span is the name without the word for province."""
    text = scene.text
    known: set[int] = set()
    for found in NAME.finditer(text):
        name = squeezed(found.group())
        marked = bool(MARKED.search(text, 0, found.start()))
        if _is_province(scene, found, name, marked=marked):
            if name in _long_names():
                known.update(range(*found.span()))
            code = province_codes()[name]
            yield Hit("province", found.start(), found.end(), code, rank=int(marked))
    yield from _misspelt(scene, known)


def _misspelt(scene: Scene, known: set[int]) -> Iterator[Hit]:
    """Find names with a typing error, more boldly after the word for province."""
    ends = [word.end for word in scene.words]
    for place, word in enumerate(scene.words):
        if word.start in known or not THAI.match(word.text):
            continue
        marked = bool(SURE_MARK.search(scene.text, 0, word.start))
        for end in reversed(ends[place : place + MOST_WORDS]):
            code = _like_a_province(scene.text[word.start : end], marked=marked)
            if code:
                yield Hit("province", word.start, end, code)
                break


@lru_cache(maxsize=4096)
def _like_a_province(typed: str, *, marked: bool) -> str | None:
    """Return the code of the province whose long name is nearly this."""
    if len(typed) < (SHORTEST_MARKED if marked else SHORTEST_TYPO) or " " in typed:
        return None
    cutoff = LIKE_AFTER_MARK if marked else LIKE_ENOUGH
    like = process.extractOne(
        typed, _long_names(), scorer=fuzz.ratio, score_cutoff=cutoff
    )
    if like is None or (like[0][0] != typed[0] and not marked):
        return None
    return province_codes()[like[0]]


@lru_cache(maxsize=1)
def _long_names() -> list[str]:
    names = [row["name"] for row in read_table("provinces").values()]
    return [name for name in names if len(name) >= SHORTEST_MARKED]


def _is_province(
    scene: Scene, found: re.Match[str], name: str, *, marked: bool
) -> bool:
    text, start, end = scene.text, found.start(), found.end()
    stop = STOPS.get(name)
    if stop and stop.match(text, end) and not (marked and name != "เลย"):
        return marked
    if NOT_AFTER.search(text, 0, start):
        return False
    if name == "เลย":
        marked = bool(SURE_MARK.search(text, 0, start))
    if name in EVERYDAY:
        return scene.closes(end) and (marked or _placed(scene, start, end, name))
    long_name = len(name) > 5 and not name.isascii()  # noqa: PLR2004 - hardly by chance
    return marked or long_name or scene.whole(start, end)


def _placed(scene: Scene, start: int, end: int, name: str) -> bool:
    """Say whether an everyday word stands where a place would."""
    text = scene.text
    if name == "เลย":
        return bool(re.search(r"(?:อยู่ที่|ใน|ที่ดิน)\s*$", text[:start])) and end == len(
            text.rstrip()
        )
    if PLACED.search(text, 0, start):
        return True
    apart_before = start == 0 or text[start - 1].isspace()
    apart_after = end == len(text) or text[end].isspace()
    return apart_before and apart_after and not name.isascii()


def province_name(code: str) -> str:
    """Return the official Thai name of a province."""
    name: str = read_table("provinces")[code]["name"]
    return name
