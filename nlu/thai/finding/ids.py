"""Finds national id numbers, plain or already masked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.thai.shield import DIGIT, GAP, find_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

# What `mask_ids` leaves: the first digit, eleven x, the last digit.
MASKED = re.compile(rf"[{DIGIT}](?:{GAP}x){{11}}{GAP}[{DIGIT}]")


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """Find ids in the citizen's own text: start, end and masked value."""
    for number in find_ids(text):
        if number.valid:
            yield number.start, number.end, _masked(number.digits)
    for found in MASKED.finditer(text):
        yield found.start(), found.end(), _masked(found.group())


def _masked(digits: str) -> str:
    return f"{int(digits[0])}-xxxx-xxxxx-xx-{int(digits[-1])}"
