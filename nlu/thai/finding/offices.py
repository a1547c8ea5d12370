"""Finds land offices by their full names, typing errors included."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from nlu.thai.finding.phrases import any_of, squeezed
from nlu.thai.finding.provinces import province_codes, province_name
from nlu.thai.finding.scene import Hit
from nlu.thai.lookups import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.thai.finding.scene import Scene

CAPITAL = "10"
LIKE_ENOUGH = 84
THAI_RUN = r"[\u0e01-\u0e4e\-]+"


@lru_cache(maxsize=1)
def _branches() -> dict[str, str]:
    """Return the province of each branch name."""
    table = read_table("land_offices")
    return {branch: code for code, rows in table.items() for branch in rows}


PROVINCE = any_of(name for name in province_codes() if not name.isascii())
BRANCH = any_of(_branches())
OFFICE = re.compile(
    rf"(?:(?:สำนักงาน|สำนัก|สนง\.?|สนง|สาํนักงาน)\s*(?:กรม)?ที่ดิน"
    rf"|(?P<short>ที่ดิน))\s*"
    rf"(?:(?P<kind>จังหวัด|จ\.|กรุงเทพ(?:มหานคร|ฯ)?|กทม\.?|อำเภอ|อ\.|เขต|สาขา)\s*)?"
    rf"(?:(?P<province>{PROVINCE})\s*)?"
    rf"(?:(?P<word>สาขา|เขต|อำเภอ|อ\.)?\s*(?:(?P<branch>{BRANCH})"
    rf"|(?P<other>{THAI_RUN})))?"
)
ENGLISH = re.compile(r"(?P<name>[a-z]+(?:\s[a-z]+)?)\s+(?:provincial\s+)?land\s+office")
CAPITAL_NAMES = re.compile(r"กรุงเทพ|กทม")


def find(scene: Scene) -> Iterator[Hit]:
    """Find land offices; the value is the office's full official name."""
    for found in OFFICE.finditer(scene.text):
        hit = _office(scene, found)
        if hit:
            yield hit
    for found in ENGLISH.finditer(scene.text):
        for start in (
            found.start("name"),
            scene.text.find(" ", found.start("name")) + 1,
        ):
            code = province_codes().get(squeezed(scene.text[start : found.end("name")]))
            if code:
                yield Hit("land_office", start, found.end(), official(code, None), 4)
                break


def official(code: str, branch: str | None) -> str:
    """Return an office's name as the department writes it."""
    place = "" if code == CAPITAL else "จังหวัด"
    name = f"สำนักงานที่ดิน{place}{province_name(code)}"
    return f"{name} สาขา{branch}" if branch else name


def _office(scene: Scene, found: re.Match[str]) -> Hit | None:
    """Read a match as an office, or None when it names no known one."""
    branch, end = found["branch"], found.end("branch")
    branched = "สาขา" in {found["word"], found["kind"]}
    if found["short"] and not (branched and scene.opens(found.start())):
        return None
    if (
        not branch
        and found["other"]
        and (found["word"] or found["kind"] or not found["province"])
    ):
        branch, end = _like_a_branch(scene, found)
    if not branch and found["province"]:
        end = found.end("province")
    code = _province(found, branch)
    if code is None:
        return None
    if branch is None and end < 0:
        end = found.end("kind")
    return Hit("land_office", found.start(), end, official(code, branch), 4)


def _province(found: re.Match[str], branch: str | None) -> str | None:
    if found["province"]:
        return province_codes()[squeezed(found["province"])]
    if found["kind"] and CAPITAL_NAMES.match(found["kind"]):
        return CAPITAL
    return _branches().get(branch) if branch else None


def _like_a_branch(scene: Scene, found: re.Match[str]) -> tuple[str | None, int]:
    """Find a branch whose name is nearly the words that follow."""
    start = found.start("other")
    ends = [end for end in sorted(scene.finishes) if start < end <= found.end("other")]
    best: tuple[str | None, int, float] = (None, -1, 0.0)
    for end in ends[:4]:
        typed = scene.text[start:end]
        if len(typed) < 4:  # noqa: PLR2004 - too short to be a typing error
            continue
        like = process.extractOne(typed, list(_branches()), scorer=fuzz.ratio)
        if like and like[1] > max(best[2], LIKE_ENOUGH):
            best = (like[0], end, like[1])
    return best[0], best[1]
