"""Finds telephone numbers, links and accounts somebody was sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.finding.scene import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

PHONE = re.compile(
    r"(?<![\d.,/a-z-])(?:\+?66[\s-]?(?:\(0\))?[\s-]?\d(?:[\s-]?\d){7,8}"
    r"|0\d(?:[\s.-]?\d){7,8})(?![\d/]|[-.,]\d)"
)
CALLED = re.compile(
    r"(?:เบอร์|โทร|สายด่วน|หมายเลข|hotline|call(?:ed)?|number|สาย|คอลเซ็นเตอร์|เลขหมาย)"
    r"(?:\s*(?:มา|ไป|จาก|นี้|from|me|โทรศัพท์|ที่|กลับ|โทร|คือ"
    r"|:))*\s*(?P<number>1\d{3}|1\d{2}|191|1-?\d{3})(?!\d|[.,/]\d"
    r"|\s*(?:บาท|วัน|ปี))"
)
TOP_LEVEL = (
    r"(?:go\.th|or\.th|co\.th|in\.th|ac\.th|th|com|net|org|info|cc|xyz"
    r"|top|me|ly|gd|app|io|site"
    r"|online|shop|vip|club|link|live|icu|gov|co|us|cn|ru|tk|gl|page|dev"
    r"|web|asia|biz|id|to|tv|work|click|fun|store|pro|in|example|test|invalid)"
)
LINK = re.compile(
    rf"(?<![a-z\d@.])(?:(?:https?|hxxps?)://[^\s\u0e00-\u0e7f]+"
    rf"|(?:[a-z\d][a-z\d-]*\.)+{TOP_LEVEL}(?![a-z\d.]*@)(?![a-z])(?::\d+)?(?:/[^\s\u0e00-\u0e7f]*)?)"
)
ACCOUNT = re.compile(r"(?<![a-z\d.\w])@[a-z\d][a-z\d._-]{2,}")
TRAILING = ".,;:!?)]}'\""


def find(scene: Scene) -> Iterator[Hit]:
    """Find phones, links and account names such as `@name`."""
    for found in PHONE.finditer(scene.text):
        digits = re.sub(r"\D", "", found.group())
        if digits.startswith("66"):
            digits = "0" + digits[2:].removeprefix("0")
        yield Hit("phone", found.start(), found.end(), digits, 2)
    for found in CALLED.finditer(scene.text):
        yield Hit("phone", *found.span("number"), found["number"], 1)
    for found in LINK.finditer(scene.text):
        link = found.group().rstrip(TRAILING)
        end = found.start() + len(link)
        yield Hit("link", found.start(), end, None, 4)
    for found in ACCOUNT.finditer(scene.text):
        account = found.group().rstrip(TRAILING)
        yield Hit("link", found.start(), found.start() + len(account), account, 3)
