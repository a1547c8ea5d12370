"""Finds the person whose land announcement a citizen looks for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pythainlp.corpus.common import (
    thai_family_names,
    thai_female_names,
    thai_male_names,
)

from nlu.thai.finding.announcements import is_about_announcements
from nlu.thai.finding.provinces import province_codes
from nlu.thai.finding.scene import Hit
from nlu.thai.lookups import read_words
from nlu.thai.plausible import is_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

TITLE = re.compile(
    r"(?P<sure>นางสาว|นาย|นาง|น\.\s?ส\.?|ด\.ช\.|ด\.ญ\."
    r"|(?<![a-z])(?:(?:mr|mrs)\.?|ms\.)(?![a-z]))\s*"
    r"|(?P<maybe>(?:ราย)?ชื่อ(?:ว่า|ของ|คือ)?|คุณ"
    r"|(?<![a-z])(?:named?(?:\s+is)?|khun)(?![a-z]))\s*[\"':]?\s*"
    r"(?:(?:เอ่อ|อ่า)\s*)?(?P<inner>(?:นางสาว|นาย|นาง|น\.ส\.|mr\.?|mrs\.?)\s*)?"
)
# Words that begin like a title: nai jang (employer), nai na (agent), nang fa.
NOT_TITLE = re.compile(
    r"นาย(?:จ้าง|หน้า|ทหาร|ตำรวจ|ก(?:เทศ|\b|ฯ)|อำเภอ|แพทย์|ทะเบียน|ทุน"
    r"|ช่าง|เอง)|นาง(?:ฟ้า|แบบ|เอก|พยาบาล)|คุณ(?:สมบัติ|ภาพ|ค่า|หมอ|พ่อ"
    r"|แม่|ครู|ลุง|ป้า|ยาย|ตา|ปู่|ย่า|นาย|เป็น)"
)
THANKS = re.compile(r"(?:ขอบ|พระ|มี|เป็น)$")
LAND = re.compile(
    r"ประกาศ|มรดก|โฉนด|ที่ดิน|รังวัด|ใบแทน|ค้นหา|announcement|inheritance|\bdeed|\bland\b"
)
SEARCH = re.compile(
    r"(?:ประกาศ(?:มรดก)?(?:ของ)?|มรดก(?:ของ)?|ค้นหา|ค้น|หา|ของ|ราย"
    r"|(?<![a-z])(?:for|of|by))\s*$"
)
THAI = re.compile(r"[\u0e01-\u0e4e]+")
ENGLISH = re.compile(r"[a-z]+(?:\s+[a-z]+)?")
NOT_A_START = re.compile("ที่|ก็|จะ|ได้|ไม่|เป็น|อยู่|ช่วย|ให้|ต้อง|อะไร|ไหน|นี้|นั้น|คน")
LONGEST = 20
MOST_WORDS = 6
SHORTEST = 2


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(
        name for name in thai_male_names() | thai_female_names() if len(name) > SHORTEST
    )


@lru_cache(maxsize=1)
def _family() -> frozenset[str]:
    return frozenset(thai_family_names())


@lru_cache(maxsize=1)
def _ends() -> frozenset[str]:
    return frozenset(read_words("not_names")) | frozenset(province_codes())


def find(scene: Scene) -> Iterator[Hit]:
    """Find names after a title, and bare full names in a search."""
    text = scene.text
    searching = is_about_announcements(text) or bool(LAND.search(text))
    for title in TITLE.finditer(text):
        if not _is_title(scene, title):
            continue
        if not searching and not (title["sure"] and _likely(text[title.end() :])):
            continue
        end = _name_end(scene, title.end(), sure=bool(title["sure"] or title["inner"]))
        if end:
            yield _hit(text, title.end(), end)
    if is_about_announcements(text):
        yield from _bare(scene)


def _is_title(scene: Scene, title: re.Match[str]) -> bool:
    text = scene.text
    longer = any(
        word.start == title.start() and word.end > title.end() for word in scene.words
    )
    if (
        (longer and title["sure"])
        or NOT_TITLE.match(text, title.start())
        or THANKS.search(text[: title.start()])
    ):
        return False
    return scene.opens(title.start())


def _hit(text: str, start: int, end: int) -> Hit:
    name = " ".join(text[start:end].split())
    return Hit("person_name", start, end, name.title() if name.isascii() else name, 2)


def _name_end(scene: Scene, start: int, *, sure: bool) -> int | None:
    """Return where the given name, and the family name after it, end."""
    text = scene.text
    english = ENGLISH.match(text, start)
    if english:
        return _english_end(english)
    end = _run_end(scene, start)
    if end is None or (not sure and not _likely(text[start:end])):
        return None
    space = re.compile(r"[ ]{1,3}").match(text, end)
    if not space or space.end() >= len(text):
        return end
    return _run_end(scene, space.end()) or end


def _english_end(found: re.Match[str]) -> int | None:
    words = found.group().split()
    if is_english(words[0]):
        return None
    if len(words) > 1 and is_english(words[1]):
        return found.start() + len(words[0])
    return found.end()


def _run_end(scene: Scene, start: int) -> int | None:
    """Return where a run of Thai words stops looking like a name."""
    run = THAI.match(scene.text, start)
    if not run or NOT_A_START.match(run.group()):
        return None
    known = _known_length(run.group())
    end, count = start, 0
    for word in scene.words:
        if word.end <= start + known:
            continue
        if word.start >= run.end() or word.text in _ends() or count >= MOST_WORDS:
            break
        end, count = word.end, count + 1
    end = min(max(end, start + known), run.end())
    return end if end - start >= SHORTEST else None


def _known_length(run: str) -> int:
    """Return the length of the longest listed name the run begins with."""
    for length in range(min(len(run), LONGEST), SHORTEST, -1):
        if run[:length] in _given() or run[:length] in _family():
            return length
    return 0


def _likely(name: str) -> bool:
    longest = min(len(name), LONGEST)
    return any(name[:length] in _given() for length in range(3, longest + 1))


def _bare(scene: Scene) -> Iterator[Hit]:
    """Find a listed given name and a family name that no title precedes."""
    text = scene.text
    for word in scene.words:
        start = word.start
        if word.text in _ends() or not SEARCH.search(text, 0, start):
            continue
        end = _name_end(scene, start, sure=False)
        if end and " " in text[start:end] and THAI.match(text, start):
            yield Hit("person_name", start, end, " ".join(text[start:end].split()), 0)
