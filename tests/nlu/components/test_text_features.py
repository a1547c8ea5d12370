"""Features keep Thai marks on their letters and survive any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.components.text_features import features

MARKED = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
THAI = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B))


def found(text, kind):
    """Return the features of one kind, without its sign."""
    return [name[2:] for name in features(text) if name.startswith(kind)]


@given(st.one_of(THAI, st.text()))
def test_no_feature_begins_with_a_mark(text):
    """Whatever is typed, a mark stays on its letter."""
    names = [name[2:].lstrip() for name in features(text)]

    assert [name for name in names if MARKED.match(name)] == []


def test_words_are_words():
    """A word feature is a word, or two that stand together."""
    words = found("เช็คเงินสมทบ", "w:")

    assert words == ["เช็ก", "เงินสมทบ", "เช็ก เงินสมทบ"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("เงินสมทบ", "เงิน  สมทบ"),
        ("ปี ๒๕๖๙", "ปี 2569"),
        ("ขอบคุณมากกกก", "ขอบคุณมาก"),
        ("LOGIN", "login"),
        ("น้ํา", "น้ำ"),
    ],
)
def test_writings_of_one_thing_share_their_letters(one, other):
    """Blanks, digits and drawn-out letters change no meaning."""
    assert found(one, "c:") == found(other, "c:")


def test_wrong_tone_marks_share_their_consonants():
    """A misspelt word is still near the right one."""
    assert found("เช็คเงิน", "k:") == found("เชคเงิน", "k:")


def test_sections_keep_their_numbers():
    """33, 39 and 40 are names; an amount is any number."""
    assert "33" in found("มาตรา 33", "w:")
    assert "#บา" in found("จ่าย 431 บาท", "c:")
    assert "33" not in found("จ่าย 33,000 บาท", "w:")


def test_ids_leave_no_trace():
    """An id neither helps nor hinders understanding, masked or not."""
    plain = list(features("เลข เงินสมทบ"))

    assert list(features("เลข 1101700230708 เงินสมทบ")) == plain
    assert list(features("เลข 1xxxxxxxxxxx8 เงินสมทบ")) == plain


def test_kinds_of_entities_are_features():
    """A follow-up is often nothing but a period."""
    assert found("แล้วเดือนมีนาคมล่ะ", "e:") == ["period"]
