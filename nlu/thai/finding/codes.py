"""Finds form codes, declaration, tracking and application numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.finding.scene import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

DOT = r"\.?\s?"
AND_ANOTHER = (
    r"(?:\s*(?:/|,|หรือ|กับ|และ|or|and)\s*(?P<also>90|91|94|93|53|50|51"
    r"|3|1)(?!\d|\.\d|\s*บาท))?"
)
FORMS = (
    (
        "ภ.ง.ด.",
        re.compile(
            rf"(?:ภ{DOT}ง{DOT}[ดค]{DOT}|ภดง\.?\s?|p\.?n\.?d\.?\s?|phor\s?ngor\s?dor\s?)"
            rf"(?:แบบ\s?)?-?(?P<number>9[0-5]|5[0-4]|[123](?:ก(?![ก-๎]))?)(?!\d)"
            + AND_ANOTHER
        ),
    ),
    (
        "ภ.พ.",
        re.compile(
            rf"(?:ภ{DOT}พ{DOT}|(?<![a-z])p\.?p\.?\s?)-?(?P<number>30|36|20|01"
            rf"|09)(?:\.\d)?(?!\d)"
        ),
    ),
    ("ภ.ธ.", re.compile(rf"ภ{DOT}ธ{DOT}(?P<number>40|01)(?!\d)")),
    (
        "สปส.",
        re.compile(
            rf"(?:ส{DOT}ป{DOT}ส{DOT}|sps\s?"
            rf"|sso\s(?:form\s)?)-?\s?(?P<number>[1-9]\s?[-/]\s?\d{{2}}(?:/\d)?)(?![\d/])"
        ),
    ),
    ("ท.ด.", re.compile(rf"ท{DOT}ด{DOT}(?P<number>\d{{1,2}})(?!\d)")),
    ("ค.", re.compile(r"ค\.\s?(?P<number>10|21)(?!\d)")),
)
FIFTY = re.compile(r"50\s?ทวิ")
DECLARATION = re.compile(r"(?<![a-z\d])[a-z](?:[\s-]?\d){13}(?!\d)")
WRITTEN_SHORT = re.compile(r"(?<![a-z\d])[a-z]\d{3}-\d{4,}(?:-\d+)*(?!\d)")
POSTAL = re.compile(
    r"(?<![a-z\d])[a-z]{2}\s?\d{3,4}\s?\d{3,4}\s?\d{1,3}\s?[a-z]{2}(?![a-z\d])"
)
POSTAL_LETTERS = 13
VISA = re.compile(r"วีซ่า|วีซา|visa|e-?visa|\bapplication\b")
APPLICATION = re.compile(
    r"(?<![a-z\d./@-])(?=[a-z\d-]*\d{3})(?:[a-z]{1,6}-?)?\d[\da-z]*(?:-[\da-z]+)*(?![a-z\d/@-])"
)
ASKED_NUMBER = re.compile(
    r"(?:คำขอ|คำร้อง|เลขที่|หมายเลข|เลข|รหัส|number|no\.?|application|#"
    r"|ref\.?|reference)\s*(?:วีซ่า|visa|ที่|คือ|is|:)*\s*$"
)
SHORTEST_CODE = 6


def find(scene: Scene) -> Iterator[Hit]:
    """Find the codes and numbers that agencies print."""
    yield from _forms(scene)
    yield from _declarations(scene.text)
    if VISA.search(scene.text):
        yield from _applications(scene.text)


def _forms(scene: Scene) -> Iterator[Hit]:
    for official, pattern in FORMS:
        for found in pattern.finditer(scene.text):
            if not scene.opens(found.start()):
                continue
            number = re.sub(r"\s", "", found["number"]).replace("/", "-", 1)
            yield Hit(
                "form_code", found.start(), found.end("number"), official + number, 2
            )
            if found.groupdict().get("also"):
                yield Hit("form_code", *found.span("also"), official + found["also"], 2)
    for found in FIFTY.finditer(scene.text):
        yield Hit("form_code", found.start(), found.end(), "50 ทวิ", 2)


def _declarations(text: str) -> Iterator[Hit]:
    for pattern in (DECLARATION, WRITTEN_SHORT):
        for found in pattern.finditer(text):
            code = re.sub(r"[\s-]", "", found.group()).upper()
            yield Hit("declaration_no", found.start(), found.end(), code, 3)
    for found in POSTAL.finditer(text):
        code = re.sub(r"\s", "", found.group()).upper()
        if len(code) == POSTAL_LETTERS:
            yield Hit("declaration_no", found.start(), found.end(), code, 3)


def _applications(text: str) -> Iterator[Hit]:
    for found in APPLICATION.finditer(text):
        code = found.group()
        lettered = bool(re.search(r"[a-z]", code)) or "-" in code
        named = ASKED_NUMBER.search(text, 0, found.start())
        phone = re.fullmatch(r"0\d{8,9}", code)
        long_enough = len(code) >= SHORTEST_CODE
        if long_enough and not phone and (lettered or named or len(code) >= 8):  # noqa: PLR2004
            yield Hit("application_no", found.start(), found.end(), code.upper(), 1)
