"""The shield masks national ids and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.thai.shield import mask_ids

MASKED = [
    ("1999900000005", "1xxxxxxxxxxx5"),
    ("เลข 1-9999-00000-00-5 ค่ะ", "เลข 1-xxxx-xxxxx-xx-5 ค่ะ"),
    ("๑๙๙๙๙๐๐๐๐๐๐๐๕", "๑xxxxxxxxxxx๕"),
    ("1 9999 00000 00 5", "1 xxxx xxxxx xx 5"),
    ("1.9999.00000.00.5", "1.xxxx.xxxxx.xx.5"),
    ("1999\u200b900000005", "1xxx\u200bxxxxxxxx5"),
    ("1 9 9 9 9 0 0 0 0 0 0 0 5", "1 x x x x x x x x x x x 5"),
    ("1999900000006 เลขผิด", "1xxxxxxxxxxx6 เลขผิด"),
    ("บัตร1999900000005ครับ", "บัตร1xxxxxxxxxxx5ครับ"),
    ("1999900000005 0812345678", "1xxxxxxxxxxx5 0812345678"),
    ("1999900000005 1999900000005", "1xxxxxxxxxxx5 1xxxxxxxxxxx5"),
    ("１９９９９０００００００５", "１xxxxxxxxxxx５"),
    ("1999900000005\n", "1xxxxxxxxxxx5\n"),
    ("id1999900000005", "id1xxxxxxxxxxx5"),
]
KEPT = [
    "0812345678",
    "081-234-5678",
    "+66 81 234 5678",
    "02-123-4567 ต่อ 1234",
    "02-123-4567 1234",
    "1,500,000.00 บาท",
    "123456789012",
    "12345678901234",
    "1234567890123456",
    "A0281680900123",
    "1.3.2567-15.4.2567",
    "",
    "มี.ค. 67",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_every_13_digit_number_is_masked(text: str, masked: str) -> None:
    """Only the first and the last digit stay, whatever stands between."""
    answer = mask_ids(text)

    assert answer.text == masked
    assert answer.found


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_are_kept(text: str) -> None:
    """Phones, money, accounts, cards and declarations are not ids."""
    answer = mask_ids(text)

    assert answer.text == text
    assert not answer.found


@given(st.text())
def test_masking_keeps_the_length_of_any_text(text: str) -> None:
    """Offsets in the masked text are offsets in the citizen's own."""
    assert len(mask_ids(text).text) == len(text)


@given(st.text(alphabet="0123456789 -.๑๒\u200bก", max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    """A masked text holds no id any more."""
    once = mask_ids(text).text

    assert mask_ids(once).text == once
