"""Finds the insured sections 33, 39 and 40."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.finding.scene import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

# Section 40 (1) to (8) of the Revenue Code are kinds of income.
NUMBER = (
    r"(?P<number>33|39|40)(?!\d|[.,]\d|\s?\(\s?\d|/\d|\s*(?:บาท|ปี|วัน"
    r"|เดือน|คน|%|ทวิ|ตรี))"
)
WORDED = re.compile(
    rf"(?:มาตรา|มาตร|มตรา|(?<![a-z])(?:section|sec\.?|s\.|matra|mattra"
    rf"|m\.?))\s*{NUMBER}"
)
SHORT = re.compile(rf"ม\.?\s?{NUMBER}")
AFTER_INSURED = re.compile(rf"(?:ประกันสังคม|ผู้ประกันตน|ปกส\.?|sso)\s*(?P<bare>{NUMBER})")
BARE = re.compile(rf"(?<![\d.,/\-(])(?P<bare>{NUMBER})")


PAIR = re.compile(
    r"(?<![\d.,/\-])(?:33|39|40)\s*(?:ไป(?:เป็น)?|เป็น|กับ|หรือ|และ|,|/"
    r"|to|or|and)\s*(?:33|39|40)"
    r"(?!\d|[.,]\d|\s*(?:บาท|ปี|วัน|เดือน|คน|%))"
)


def find(scene: Scene) -> Iterator[Hit]:
    """Find sections with their word, and bare ones beside another."""
    hits = [_hit(found, found.start()) for found in WORDED.finditer(scene.text)]
    hits += [
        _hit(found, found.start())
        for found in SHORT.finditer(scene.text)
        if scene.opens(found.start())
    ]
    beside = hits or PAIR.search(scene.text)
    bare = BARE if beside else AFTER_INSURED
    taken = {place for hit in hits for place in range(hit.start, hit.end)}
    for found in bare.finditer(scene.text):
        if found.start("bare") not in taken and not _in_tax(scene.text):
            hits.append(_hit(found, found.start("bare")))
    yield from hits


def _hit(found: re.Match[str], start: int) -> Hit:
    return Hit("section", start, found.end("number"), found["number"], rank=1)


def _in_tax(text: str) -> bool:
    return "ภ.ง.ด" in text or "ภงด" in text
