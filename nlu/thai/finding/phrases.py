"""Builds one pattern out of many phrases, longest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, spaces between words loose."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s*") for phrase in ordered)


def squeezed(text: str) -> str:
    """Return the text without white space, as phrases are looked up."""
    return re.sub(r"\s+", "", text)
