"""Finds the kinds of land announcement, where announcements are the subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.finding.phrases import any_of, squeezed
from nlu.thai.finding.scene import Hit
from nlu.thai.lookups import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

AT = "ที่"
KINDS = read_table("announcement_kinds")
MEANS = {squeezed(word): kind for kind, words in KINDS.items() for word in words}
KIND = re.compile(any_of(word for words in KINDS.values() for word in words))
SUBJECT = re.compile(
    r"ประกาศ|ค้นหา|ติดประกาศ|แจ้งเตือน|ติดตาม|เฝ้า|จับตา|\bannounc|\bnotices?\b|\bprakat\b"
)


def is_about_announcements(text: str) -> bool:
    """Say whether the message is about announcements of a land office."""
    return bool(SUBJECT.search(text))


def find(scene: Scene) -> Iterator[Hit]:
    """Find the kinds of announcement."""
    if is_about_announcements(scene.text):
        for found in KIND.finditer(scene.text):
            # The word for replacement and the word for place read as one other word.
            closes = scene.closes(found.end()) or scene.text.startswith(AT, found.end())
            if closes and scene.opens(found.start()):
                kind = MEANS[squeezed(found.group())]
                yield Hit("announcement_kind", found.start(), found.end(), kind)
