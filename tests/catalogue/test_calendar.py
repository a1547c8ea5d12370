"""Days are written in the Buddhist era with the month named."""

import datetime

import pytest

from catalogue.loader import read_catalogue

CATALOGUE = read_catalogue()
THAI = CATALOGUE.calendar("th")


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2026-03", "2026-03", "มีนาคม 2569"),
        ("2026-01", "2026-11", "มกราคม ถึง พฤศจิกายน 2569"),
        ("2025-01", "2025-12", "ปี 2568"),
        ("2025-11", "2026-02", "พฤศจิกายน 2568 ถึง กุมภาพันธ์ 2569"),
    ],
)
def test_months_are_named(first, last, written):
    """A run of months is a month or a year where it is one."""
    assert THAI.months(first, last) == written


def test_an_instant_is_bangkoks():
    """Half past three in UTC is half past ten here."""
    instant = datetime.datetime(2026, 11, 22, 3, 30, tzinfo=datetime.UTC)

    assert THAI.instant(instant) == "22 พ.ย. 2569 เวลา 10.30 น."
    assert THAI.time(instant) == "10.30 น."


def test_english_counts_from_the_common_era():
    """Foreigners do not add 543."""
    assert CATALOGUE.calendar("en").months("2026-03", "2026-03") == "March 2026"


def test_other_languages_fall_back_to_thai():
    """Better Thai than nothing."""
    assert CATALOGUE.calendar("my") == THAI
