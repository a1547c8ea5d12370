"""Finds hospitals by name or nickname, typing errors included."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from nlu.thai.finding.phrases import any_of
from nlu.thai.finding.scene import Hit
from nlu.thai.lookups import read_table, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

LIKE_ENOUGH = 84
SHORTEST_TYPO = 6
SHORTEST_SURE = 4
WORD = r"(?:โรงพยาบาล|โรงพบาบาล|โรงพยาบาน|โรงบาล|รพ\.?|ร\.พ\.?)"


NOT_A_NAME = (
    r"(?:ไป|ไหน|ที่|อะไร|ใหม่|ตาม|ของ|ใน|ได้|เป็น|มา|จาก|ใกล้|เดิม|เอกชน"
    r"|รัฐ|ประกัน|แล้ว|ไม่|ให้|หรือ)"
)


def _key(name: str) -> str:
    return re.sub(r"[\s\-.]", "", name.lower())


@lru_cache(maxsize=1)
def _names() -> dict[str, str | None]:
    """Return the hospital that each name, without its first word, means.

    A name that several hospitals share means none of them.
    """
    names: dict[str, str | None] = {}
    for row in read_table("hospitals"):
        short = (row["name"] or "").removeprefix("โรงพยาบาล")
        for name in filter(None, [short, *row["aliases"], *row["english"]]):
            names.setdefault(_key(name), row["name"])
    return names


def _places() -> frozenset[str]:
    """Return the names of places, which need the word for hospital before them."""
    provinces = read_table("provinces").values()
    places = {row["name"] for row in provinces}
    places |= {alias for row in provinces for alias in row["aliases"]}
    branches = read_table("land_offices").values()
    places |= {branch for rows in branches for branch in rows}
    return frozenset(_key(name) for name in places)


PLACES = _places()
# Everyday words and other places: hospitals only after a word such as "to".
EVERYDAY = frozenset(_key(name) for name in read_words("hospital_words"))
CHOSEN = re.compile(r"(?:ไป|เป็น|ที่|เลือก|อยู่|มา|เข้า|to|at)\s*$")
SAID = re.compile(rf"{WORD}|สถานพยาบาล|hospital")


def _phrases() -> list[str]:
    """Return every name as typed, spaces and dashes loose."""
    phrases: list[str] = []
    for row in read_table("hospitals"):
        short = (row["name"] or "").removeprefix("โรงพยาบาล")
        phrases += filter(None, [short, *row["aliases"], *row["english"]])
    return phrases


def _loose(name: str) -> str:
    return re.sub(r"(?<=[\u0e01-\u0e4e])(?=\d)", " ", name.replace("-", " "))


NAMES = any_of([*map(_loose, _phrases()), *(_key(name) for name in _phrases())])
NAMED = re.compile(rf"(?P<word>{WORD}\s*)?(?P<name>{NAMES})(?:\s+hospital)?")
UNKNOWN = re.compile(rf"{WORD}\s*(?!{NOT_A_NAME})(?P<rest>[\u0e01-\u0e4e]+(?:\s?\d+)?)")
ENTITLED = re.compile(
    r"สิทธิ|โรงพยาบาล|โรงบาล|สถานพยาบาล|รพ|ย้าย|เปลี่ยน|หมอ|รักษา"
    r"|ประกันสังคม|คนไข้|hospital"
)


def find(scene: Scene) -> Iterator[Hit]:
    """Find hospitals; a bare nickname only where hospitals are the subject."""
    known: set[int] = set()
    for found in NAMED.finditer(scene.text):
        if _is_hospital(scene, found):
            known.add(found.start())
            value = _names()[_key(found["name"])]
            rank = 3 if found["word"] or found.group().endswith("hospital") else 0
            yield Hit("hospital", found.start(), found.end(), value, rank)
    for found in UNKNOWN.finditer(scene.text):
        if found.start() not in known:
            yield from _misspelt(scene, found)


def _is_hospital(scene: Scene, found: re.Match[str]) -> bool:
    """Say whether a name stands as a hospital's here."""
    start, end = found.span()
    name = _key(found["name"])
    if name[-1].isdigit() and scene.text[end : end + 1].isdigit():
        return False
    chosen = bool(CHOSEN.search(scene.text, 0, start))
    if found["word"]:
        # "change hospital right away" ends with a word that is also a province.
        whole = len(name) > SHORTEST_SURE or scene.closes(end)
        return whole and (chosen or name != "เลย")
    if found.group().endswith("hospital"):
        return scene.opens(start)
    return _is_nickname(scene, name, chosen=chosen) and scene.whole(start, end)


def _is_nickname(scene: Scene, name: str, *, chosen: bool) -> bool:
    """Say whether a name without the word for hospital may mean one."""
    if name in PLACES or not ENTITLED.search(scene.text):
        return False
    return name not in EVERYDAY or (chosen and bool(SAID.search(scene.text)))


def _misspelt(scene: Scene, found: re.Match[str]) -> Iterator[Hit]:
    """Find the hospital whose name is nearly the words that follow."""
    start = found.start("rest")
    ends = [end for end in sorted(scene.finishes) if start < end <= found.end("rest")]
    best: tuple[float, int, str | None] = (0.0, -1, None)
    for end in ends[:6]:
        typed = _key(scene.text[start:end])
        if len(typed) < SHORTEST_TYPO:
            continue
        like = process.extractOne(
            typed, list(_names()), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH
        )
        if like and like[1] > best[0]:
            best = (like[1], end, _names()[like[0]])
    if best[1] > 0:
        yield Hit("hospital", found.start(), best[1], best[2], 3)
