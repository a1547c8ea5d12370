"""The plain form of a message, and the way back to the citizen's own text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.thai.normal import normalise

PLAIN = [
    # characters
    ("เดือน\u200bนี้", "เดือนนี้"),
    ("นํ้า", "น้ำ"),
    ("น้ํา", "น้ำ"),
    ("ทํา", "ทำ"),
    ("ท่ี", "ที่"),
    ("นี้้", "นี้"),
    ("เเล้ว", "แล้ว"),
    ("มากกกก", "มาก"),
    ("ค่าาา", "ค่า"),
    ("ธรรม", "ธรรม"),
    ("ปี ๒๕๖๗", "ปี 2567"),
    ("ＳＳＯ ３３", "sso 33"),
    ("SSO", "sso"),
    # numbers in words
    ("มาตราสามสิบสาม", "มาตรา33"),
    ("ปีหกแปด", "ปี68"),
    ("เงินเดือนร้อยละห้า", "เงินเดือนร้อยละห้า"),
    # chat spellings and abbreviations
    ("เชคหน่อยคับ", "เช็กหน่อยครับ"),
    ("ได้มั้ย", "ได้ไหม"),
    ("ปกส.", "ประกันสังคม"),
    ("รพ.", "โรงพยาบาล"),
    ("ยังไงหยัง", "ยังไงอะไร"),
    ("ค่าไม้", "ค่าไม้"),
    # spaces
    ("เงิน สมทบ ของ ผม เท่า ไหร่", "เงินสมทบของผมเท่าไหร่"),
    ("สมชาย ใจดี", "สมชาย ใจดี"),
    # the wrong keyboard, both ways
    ("l;ylfu", "สวัสดี"),
    ("g'bol,m[", "เงินสมทบ"),
    ("้ำสสน", "hello"),
    ("ะฟป พำดีืก", "tax refund"),
    # Thai in Latin letters; English stays English
    ("gnern somtob duean tee laew", "เงินสมทบเดือนที่แล้ว"),
    ("mai khao jai", "ไม่เข้าใจ"),
    ("sawasdee krub", "สวัสดีครับ"),
    ("what is my SSO hospital", "what is my sso hospital"),
    ("I'm not sure", "i'm not sure"),
    ("see https://www.sso.go.th/wpr", "see https://www.sso.go.th/wpr"),
    ("check เงินสมทบ jan - mar", "check เงินสมทบ jan - mar"),
    ("ได้กี่ %", "ได้กี่ %"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "plain"), PLAIN)
def test_a_message_has_this_plain_form(text, plain) -> None:
    """The same words written another way become the same text."""
    assert normalise(text).text == plain


@pytest.mark.parametrize("text", [text for text, _ in PLAIN])
def test_a_plain_form_stays_as_it_is(text) -> None:
    """Normalising twice changes nothing more."""
    plain = normalise(text).text

    assert normalise(plain).text == plain


def _check(text: str) -> None:
    normal = normalise(text)

    assert len(normal.starts) == len(normal.ends) == len(normal.text)
    assert list(normal.starts) == sorted(normal.starts)
    assert list(normal.ends) == sorted(normal.ends)
    assert all(0 <= start < end <= len(text) for start, end in _spans(normal))
    assert normal.offsets[-1] == len(text)


def _spans(normal):
    return zip(normal.starts, normal.ends, strict=True)


@given(st.text())
def test_any_text_has_a_plain_form(text) -> None:
    """It never raises, and every character knows its place of origin."""
    _check(text)


@given(st.text(alphabet="กขคงนมรเแาิีุ่้ำํ็์ๆ๑ abceghknot;'[],./\u200b😀", max_size=50))
def test_any_mixture_of_scripts_and_marks_has_one(text) -> None:
    """Likewise for Thai marks out of order, keys and hidden characters."""
    _check(text)


def test_a_replaced_word_stands_for_the_whole_word_typed() -> None:
    """A span over new letters covers the letters they came from."""
    normal = normalise("duean khong phom")
    start = normal.text.index("เดือน")

    assert normal.span(start, start + 5) == (0, 5)
