"""Finds what a citizen's message names: periods, sections, places, ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlu.thai.finding import (
    agencies,
    announcements,
    benefits,
    codes,
    contacts,
    dates,
    hospitals,
    ids,
    money,
    names,
    offices,
    periods,
    provinces,
    sections,
    years,
)
from nlu.thai.finding.scene import Hit, Scene
from nlu.thai.normal import normalise
from nlu.thai.shield import mask_ids

if TYPE_CHECKING:
    from nlu.thai.normal import Normal

FINDERS = (
    periods.find,
    years.find,
    dates.find,
    sections.find,
    benefits.find,
    money.find,
    codes.find,
    contacts.find,
    provinces.find,
    hospitals.find,
    offices.find,
    agencies.find,
    agencies.find_languages,
    announcements.find,
    names.find,
)


@dataclass(frozen=True)
class Found:
    """One entity: its place in the citizen's own text and its value.

    `value` is None when it cannot be known. An id's digits are masked in both
    `text` and `value`.
    """

    entity: str
    start: int
    end: int
    text: str
    value: str | None


def find_entities(text: str, normal: Normal | None = None) -> list[Found]:
    """Return the entities of a message in order, none overlapping.

    `normal` saves work when the caller has already normalised the text.
    """
    normal = normal or normalise(text)
    scene = Scene(normal)
    found = [_carried_back(hit, normal) for finder in FINDERS for hit in finder(scene)]
    found += [Hit("citizen_id", *place, rank=9) for place in ids.find(text)]
    shown = mask_ids(text).text
    return [
        Found(hit.entity, hit.start, hit.end, shown[hit.start : hit.end], hit.value)
        for hit in _apart(found)
    ]


def _carried_back(hit: Hit, normal: Normal) -> Hit:
    start, end = normal.span(hit.start, hit.end)
    value = normal.original[start:end] if hit.entity == "link" else hit.value
    return Hit(hit.entity, start, end, value, hit.rank)


def _apart(hits: list[Hit]) -> list[Hit]:
    """Keep the highest rank and the longest of those that overlap."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.rank, h.start - h.end, h.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
