"""Finds the benefit a citizen asks about, without the word for money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.finding.phrases import any_of, squeezed
from nlu.thai.finding.scene import Hit
from nlu.thai.lookups import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

CLAIM = re.compile(
    r"เบิก|เคลม|สิทธิ|ประกันสังคม|ปกส|สปส|ผู้ประกันตน|กรณี|ทดแทน|ชดเชย"
    r"|\bclaim|\bbenefit|sso|social security"
)
MONEY = re.compile(r"(?:ค่า|เงิน|เงินค่า|วงเงิน|กรณี|เบิก|ประโยชน์|สิทธิ์?|เคลม)\s*$")
AFTER_MONEY = re.compile(r"(?:ค่า|เงิน)\s*(?P<word>ลูก|บุตร|ฟัน|ศพ)")
AFTER_MONEY_MEANS = {"ลูก": "child", "บุตร": "child", "ฟัน": "dental", "ศพ": "death"}


def _tables() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    means: dict[str, str] = {}
    clear: list[str] = []
    unclear: list[str] = []
    for benefit, words in read_table("benefits").items():
        clear += words["clear"]
        unclear += words["in_a_claim"]
        for word in words["clear"] + words["in_a_claim"]:
            means[squeezed(word)] = benefit
    return means, re.compile(any_of(clear)), re.compile(any_of(unclear))


MEANS, CLEAR, UNCLEAR = _tables()
NOT_CHILD = re.compile(r"คลอด\s*$|สงเคราะห์\s*$|เลี้ยงดู\s*$")


def find(scene: Scene) -> Iterator[Hit]:
    """Find benefits; everyday words such as dying only within a claim."""
    hits = [
        _hit(found) for found in CLEAR.finditer(scene.text) if _worded(scene, found)
    ]
    hits += [
        Hit("benefit", *found.span("word"), AFTER_MONEY_MEANS[found["word"]])
        for found in AFTER_MONEY.finditer(scene.text)
        if scene.closes(found.end())
    ]
    if CLAIM.search(scene.text) and not hits:
        hits += [
            _hit(found)
            for found in UNCLEAR.finditer(scene.text)
            if scene.closes(found.end())
        ]
    yield from hits


def _worded(scene: Scene, found: re.Match[str]) -> bool:
    """Say whether the words stand alone, or right after a word for money."""
    if not scene.closes(found.end()):
        return False
    opens = scene.opens(found.start())
    return opens or bool(MONEY.search(scene.text, 0, found.start()))


def _hit(found: re.Match[str]) -> Hit:
    return Hit("benefit", found.start(), found.end(), MEANS[squeezed(found.group())])
