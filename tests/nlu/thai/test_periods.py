"""Period values become months once the day is known."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.thai.periods import Period, PeriodNotUnderstood, resolve, spoken_thai

TODAY = date(2026, 11, 22)
MEANINGS = [
    ("2026-03", "2026-03", "2026-03"),
    ("2026-01/2026-03", "2026-01", "2026-03"),
    ("2026", "2026-01", "2026-11"),
    ("2024", "2024-01", "2024-12"),
    ("relative:0M", "2026-11", "2026-11"),
    ("relative:-1M", "2026-10", "2026-10"),
    ("relative:-11M", "2025-12", "2025-12"),
    ("relative:-3M/relative:-1M", "2026-08", "2026-10"),
    ("relative:0Y", "2026-01", "2026-11"),
    ("relative:-1Y", "2025-01", "2025-12"),
    ("relative:-1Y-03", "2025-03", "2025-03"),
    ("--03", "2026-03", "2026-03"),
    ("--11", "2026-11", "2026-11"),
    ("--12", "2025-12", "2025-12"),
    ("--01/--03", "2026-01", "2026-03"),
]


@pytest.mark.parametrize(("value", "first", "last"), MEANINGS)
def test_a_value_means_these_months(value: str, first: str, last: str) -> None:
    """Each form of value has one meaning on a given day."""
    assert resolve(value, TODAY) == Period(first, last)


@pytest.mark.parametrize("value", ["", "2026-13", "--00", "soon", "relative:1D"])
def test_other_values_are_refused(value: str) -> None:
    """A value in no known form is an error, not a guess."""
    with pytest.raises(PeriodNotUnderstood):
        resolve(value, TODAY)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period("2026-03", "2026-03"), "เดือนมีนาคม 2569"),
        (Period("2026-01", "2026-11"), "เดือนมกราคมถึงพฤศจิกายน 2569"),
        (Period("2025-01", "2025-12"), "ปี 2568"),
        (Period("2025-11", "2026-02"), "เดือนพฤศจิกายน 2568 ถึงเดือนกุมภาพันธ์ 2569"),
    ],
)
def test_a_period_is_spoken_in_the_buddhist_era(period: Period, words: str) -> None:
    """Months are named and years are Buddhist."""
    assert spoken_thai(period) == words
