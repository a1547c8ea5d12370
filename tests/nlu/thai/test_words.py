"""The cuts that matter to the agencies' questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.thai.words import split_words

CUTS = [
    ("เงินสมทบของผมเดือนที่แล้ว", "เงินสมทบ|ของ|ผม|เดือน|ที่แล้ว"),
    ("ผู้ประกันตนมาตรา 39", "ผู้ประกันตน|มาตรา|39"),
    ("ยื่นภาษีปี 67", "ยื่นภาษี|ปี|67"),
    ("ประกันสังคมม.33", "ประกันสังคม|ม|.|33"),
    ("ข่าวสปส.ล่าสุด", "ข่าว|สปส.|ล่าสุด"),
    ("ยอด มี.ค. 67", "ยอด|มี.ค.|67"),
    ("ภ.ง.ด.90", "ภ.ง.ด.|90"),
    ("ภงด90", "ภงด|90"),
    ("โฉนดที่ดินหาย", "โฉนดที่ดิน|หาย"),
    ("รังวัดสอบเขต", "รังวัด|สอบเขต"),
    ("ใบแทนโฉนด", "ใบแทน|โฉนด"),
    ("ใบขนสินค้า", "ใบขนสินค้า"),
    ("เบิกค่าทำฟัน", "เบิก|ค่า|ทำฟัน"),
    ("สงเคราะห์บุตร", "สงเคราะห์บุตร"),
    ("เงินทุพพลภาพ", "เงิน|ทุพพลภาพ"),
    ("อยู่แปดริ้ว", "อยู่|แปดริ้ว"),
    ("ไปแม่ริม", "ไป|แม่ริม"),
    ("ตากผ้า", "ตากผ้า"),
    ("ทางรัฐกับThaID", "ทางรัฐ|กับ|ThaID"),
    ("จ่าย 1,500.50 บาท", "จ่าย|1,500.50|บาท"),
    ("ปี ๒๕๖๗", "ปี|๒๕๖๗"),
    ("I'm here", "I'm|here"),
    ("จริงไหม😀", "จริง|ไหม|😀"),
]


@pytest.mark.parametrize(("text", "words"), CUTS)
def test_a_text_is_cut_into_these_words(text, words) -> None:
    """The agencies' terms stay whole, whatever the general dictionary says."""
    assert "|".join(word.text for word in split_words(text)) == words


@given(st.text())
def test_no_character_moves_or_is_lost(text) -> None:
    """Words lie in order at their own places; only white space is left out."""
    done = 0
    for word in split_words(text):
        assert text[word.start : word.end] == word.text
        assert text[done : word.start].strip() == ""
        done = word.end

    assert text[done:].strip() == ""


@given(st.text(alphabet="กขคงนมรสเแาิีุ่้ำัํ็์ๆ", max_size=40))
def test_no_word_begins_with_a_mark_unless_the_text_does(text) -> None:
    """A tone or vowel mark is never cut from the letter it stands on."""
    for word in split_words(text)[1:]:
        stray = text[word.start] in "ิีุู่้๊๋์็ัํ"
        assert not stray or text[word.start - 1] not in "กขคงนมรส"
