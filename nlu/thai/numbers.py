"""Reads numbers written out in Thai words, as people say them."""

from __future__ import annotations

import re
from itertools import pairwise

DIGITS = {
    "ศูนย์": 0, "หนึ่ง": 1, "นึง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2,
    "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "เจด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
SCALES = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}
MILLION = "ล้าน"
NAMES = sorted([*DIGITS, *SCALES, MILLION], key=len, reverse=True)
PIECE = re.compile("|".join(NAMES))
SPELLED = rf"(?:{'|'.join(NAMES)})+"


def read_number(words: str) -> int | None:
    """Return the number spelled in `words`, or None.

    Reads cardinals (`สองพันห้าร้อย`), digits in a row (`หกแปด` is 68) and
    the short way of prices (`พันห้า` is 1500, `แสนนึง` is 100000).
    """
    pieces = PIECE.findall(words)
    if "".join(pieces) != re.sub(r"\s", "", words) or not pieces:
        return None
    if all(piece in DIGITS for piece in pieces):
        return int("".join(str(DIGITS[piece]) for piece in pieces))
    return _cardinal(pieces) if _falls(pieces) else None


def _falls(pieces: list[str]) -> bool:
    """Say whether scales only fall, as in one number; else there are several."""
    millions = [place for place, piece in enumerate(pieces) if piece == MILLION]
    below = pieces[millions[-1] + 1 :] if millions else pieces
    scales = [SCALES[piece] for piece in below if piece in SCALES]
    return all(one > other for one, other in pairwise(scales))


def _cardinal(pieces: list[str]) -> int:
    total = 0
    if MILLION in pieces:
        place = len(pieces) - 1 - pieces[::-1].index(MILLION)
        total = (_below_million(pieces[:place]) or 1) * 1_000_000
        pieces = pieces[place + 1 :]
        if place == 0 and len(pieces) == 1 and DIGITS.get(pieces[0]) == 1:
            return total
        if len(pieces) == 1 and pieces[0] in DIGITS:
            return total + DIGITS[pieces[0]] * 100_000
    return total + _below_million(pieces)


def _below_million(pieces: list[str]) -> int:
    total, digit, scale = 0, None, 0
    for piece in pieces:
        if piece in DIGITS:
            digit = DIGITS[piece] if digit is None else digit * 10 + DIGITS[piece]
        else:
            scale = SCALES.get(piece, 1)
            total += (1 if digit is None else digit) * scale
            digit = None
    if digit is None:
        return total
    if len(pieces) > 1 and scale >= SCALES["ร้อย"] and pieces[-1] != "เอ็ด":
        if pieces[0] in SCALES and len(pieces) == 2 and digit == 1:  # noqa: PLR2004
            return total
        if scale > SCALES["ร้อย"] or len(pieces) <= 3:  # noqa: PLR2004
            return total + digit * scale // 10
    return total + digit
