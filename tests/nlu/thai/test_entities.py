"""Entities stand exactly where the citizen wrote them, with one value each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.thai.entities import find_entities

# The message, the entity, the words it covers, its value.
FOUND = [
    # periods
    ("เงินสมทบเดือนมีนาคม 2567 ของผม", "period", "เดือนมีนาคม 2567", "2024-03"),
    ("ยอด มี.ค. 67", "period", "มี.ค. 67", "2024-03"),
    ("ยอดมีค67", "period", "มีค67", "2024-03"),
    ("เดือนที่แล้วล่ะ", "period", "เดือนที่แล้ว", "relative:-1M"),
    ("เดือน ที่ แล้ว ส่ง เท่า ไหร่ คะ", "period", "เดือน ที่ แล้ว", "relative:-1M"),
    ("ขอของเดือนนี้", "period", "เดือนนี้", "relative:0M"),
    ("เงินสมทบปีนี้เท่าไหร่", "period", "ปีนี้", "relative:0Y"),
    ("เงินสมทบปีที่แล้ว", "period", "ปีที่แล้ว", "relative:-1Y"),
    ("เงินสมทบปีก่อน", "period", "ปีก่อน", "relative:-1Y"),
    ("สมทบไตรมาสแรก", "period", "ไตรมาสแรก", "--01/--03"),
    ("สมทบไตรมาสแรกปี 68", "period", "ไตรมาสแรกปี 68", "2025-01/2025-03"),
    ("ตั้งแต่ต้นปี", "period", "ต้นปี", "--01/--03"),
    ("ม.ค.-มี.ค.", "period", "ม.ค.-มี.ค.", "--01/--03"),
    ("มกราถึงมีนา 68", "period", "มกราถึงมีนา 68", "2025-01/2025-03"),
    ("พ.ย. 67 ถึง ก.พ. 68", "period", "พ.ย. 67 ถึง ก.พ. 68", "2024-11/2025-02"),
    ("พ.ย. ถึง ก.พ. 68", "period", "พ.ย. ถึง ก.พ. 68", "2024-11/2025-02"),
    ("เดือน ๓ ปี ๒๕๖๗", "period", "เดือน ๓ ปี ๒๕๖๗", "2024-03"),
    ("เดือนสามปีหกเจ็ด", "period", "เดือนสามปีหกเจ็ด", "2024-03"),
    ("my contribution in March 2024", "period", "March 2024", "2024-03"),
    ("last month please", "period", "last month", "relative:-1M"),
    ("เงินสมทบปี 2568", "period", "ปี 2568", "2025"),
    ("เงินสมทบปี 68", "period", "ปี 68", "2025"),
    ("งวด 03/2567", "period", "งวด 03/2567", "2024-03"),
    ("แล้วเดือนมีนาคมล่ะ", "period", "เดือนมีนาคม", "--03"),
    ("gnern somtob duean tee laew", "period", "duean tee laew", "relative:-1M"),
    ("เดืือนที่เเล้ว", "period", "เดืือนที่เเล้ว", "relative:-1M"),
    ("ย้อนหลัง 3 เดือน", "period", "ย้อนหลัง 3 เดือน", "relative:-3M/relative:-1M"),
    # tax years
    ("ปีภาษี 2568", "tax_year", "ปีภาษี 2568", "2025"),
    ("คืนภาษีปี 67 ได้ยัง", "tax_year", "ปี 67", "2024"),
    ("ยื่นปี 67 หรือยัง", "tax_year", "ปี 67", "2024"),
    ("เงินคืนภาษีปีที่แล้ว", "tax_year", "ปีที่แล้ว", "relative:-1Y"),
    ("my tax refund for 2024", "tax_year", "2024", "2024"),
    # days
    ("ยื่นเมื่อ 15 มี.ค. 2567", "date", "15 มี.ค. 2567", "2024-03-15"),
    ("วันที่ 15/3/67", "date", "15/3/67", "2024-03-15"),
    ("on 2024-03-15", "date", "2024-03-15", "2024-03-15"),
    ("March 15, 2024", "date", "March 15, 2024", "2024-03-15"),
    # sections
    ("มาตรา ๓๙ จ่ายเท่าไหร่", "section", "มาตรา ๓๙", "39"),
    ("ม.33 กับอะไรดี", "section", "ม.33", "33"),
    ("ประกันสังคมม33", "section", "ม33", "33"),
    ("มาตราสามสิบสาม", "section", "มาตราสามสิบสาม", "33"),
    ("section 33 rate", "section", "section 33", "33"),
    # benefits, without the word for money
    ("เบิกค่าคลอด", "benefit", "คลอด", "maternity"),
    ("เงินค่าทำศพ", "benefit", "ทำศพ", "death"),
    ("เงินชราภาพ", "benefit", "ชราภาพ", "old_age"),
    ("ค่าทำฟันเหลือเท่าไหร่", "benefit", "ทำฟัน", "dental"),
    ("สงเคราะห์บุตรเข้าวันไหน", "benefit", "สงเคราะห์บุตร", "child"),
    ("แม่ตายเบิกอะไรได้บ้าง", "benefit", "ตาย", "death"),
    # money
    ("จ่าย 1,500 บาท", "amount", "1,500 บาท", "150000"),
    ("เงินเดือนพันห้า", "amount", "พันห้า", "150000"),
    ("ประมาณสองหมื่น", "amount", "สองหมื่น", "2000000"),
    ("เงินเดือน 15k", "amount", "15k", "1500000"),
    ("แสนนึงเสียภาษีไหม", "amount", "แสนนึง", "10000000"),
    # places
    ("อยู่ กทม. ค่ะ", "province", "กทม.", "10"),
    ("มรดกที่โคราช", "province", "โคราช", "30"),
    ("จังหวัดเลย", "province", "เลย", "42"),
    ("อยู่จังหวัดตาก", "province", "ตาก", "63"),
    ("ขายที่ จ.น่าน", "province", "น่าน", "55"),
    ("in Chiang Mai", "province", "Chiang Mai", "50"),
    ("แถวแปดริ้ว", "province", "แปดริ้ว", "24"),
    (
        "มีประกาศที่สำนักงานที่ดินจังหวัดเชียงใหม่ สาขาแม่ริม ไหม",
        "land_office",
        "สำนักงานที่ดินจังหวัดเชียงใหม่ สาขาแม่ริม",
        "สำนักงานที่ดินจังหวัดเชียงใหม่ สาขาแม่ริม",
    ),
    (
        "สนง.ที่ดินบางกะปิ",
        "land_office",
        "สนง.ที่ดินบางกะปิ",
        "สำนักงานที่ดินกรุงเทพมหานคร สาขาบางกะปิ",
    ),
    (
        "ย้ายไปโรงพยาบาลศิริราด",
        "hospital",
        "โรงพยาบาลศิริราด",
        "โรงพยาบาลศิริราช",
    ),
    ("ย้ายไปรพ.รามคำแหง", "hospital", "รพ.รามคำแหง", "โรงพยาบาลรามคำแหง"),
    ("ย้าย รพ ไปจุฬาลงกรณ์ได้ไหม", "hospital", "จุฬาลงกรณ์", "โรงพยาบาลจุฬาลงกรณ์"),
    # people, only their names
    ("ประกาศมรดกของนายสมชาย ใจดี ที่ไหน", "person_name", "สมชาย ใจดี", "สมชาย ใจดี"),
    ("ค้นหาประกาศชื่อ น.ส.สมหญิง รักไทย", "person_name", "สมหญิง รักไทย", "สมหญิง รักไทย"),
    ("ประกาศมรดก", "announcement_kind", "มรดก", "inheritance"),
    ("ประกาศรังวัดสอบเขต", "announcement_kind", "รังวัดสอบเขต", "boundary_survey"),
    # codes and numbers
    ("ใบขน A0281680900123", "declaration_no", "A0281680900123", "A0281680900123"),
    ("พัสดุ EE123456789TH", "declaration_no", "EE123456789TH", "EE123456789TH"),
    ("วีซ่า EV-2569-000123", "application_no", "EV-2569-000123", "EV-2569-000123"),
    ("ยื่น ภงด 91", "form_code", "ภงด 91", "ภ.ง.ด.91"),
    ("ภ.ง.ด.๙๐ คือ", "form_code", "ภ.ง.ด.๙๐", "ภ.ง.ด.90"),
    ("แบบ สปส 2-01", "form_code", "สปส 2-01", "สปส.2-01"),
    ("ภพ30", "form_code", "ภพ30", "ภ.พ.30"),
    # offices, languages, contacts
    ("ข่าวประกันสังคม", "agency", "ประกันสังคม", "sso"),
    ("ติดต่อสรรพากร", "agency", "สรรพากร", "rd"),
    ("กรมที่ดินเปิดไหม", "agency", "กรมที่ดิน", "dol"),
    ("ขอภาษาไทย", "language", "ภาษาไทย", "th"),
    ("English please", "language", "English", "en"),
    ("เบอร์ 02-000-1188 จริงไหม", "phone", "02-000-1188", "020001188"),
    ("เว็บ rd-refund.com/x จริงไหม", "link", "rd-refund.com/x", "rd-refund.com/x"),
    ("1-9999-00000-00-5", "citizen_id", "1-xxxx-xxxxx-xx-5", "1-xxxx-xxxxx-xx-5"),
    ("1999900000005", "citizen_id", "1xxxxxxxxxxx5", "1-xxxx-xxxxx-xx-5"),
    ("1xxxxxxxxxxx5", "citizen_id", "1xxxxxxxxxxx5", "1-xxxx-xxxxx-xx-5"),
]
NOT_FOUND = [
    ("ตากผ้าไว้", "province"),
    ("น่านน้ำไทย", "province"),
    ("เร็ว ๆ เลย", "province"),
    ("ข้อมูลเผยแพร่", "province"),
    ("สำนักงานที่ดินจังหวัดเชียงใหม่", "province"),
    ("บัตรประกันสังคม", "agency"),
    ("สิทธิ ปกส.", "agency"),
    ("ภาษีสรรพสามิต", "agency"),
    ("ลูกเรียน ม.3", "section"),
    ("เงินได้ ม.40(8)", "section"),
    ("ห่างไป 33 กม.", "section"),
    ("พรุ่งนี้", "date"),
    ("เมื่อวาน", "date"),
    ("มีค่าใช้จ่าย", "period"),
    ("ทำงานมายี่สิบปีแล้ว", "period"),
    ("ส่งมากี่ปีแล้ว", "period"),
    ("อยู่ 2 ปี", "period"),
    ("may i ask", "period"),
    ("พันธุ์ข้าว", "amount"),
    ("หักร้อยละห้า", "amount"),
    ("จังหวัดร้อยเอ็ด", "amount"),
    ("คนสองพันคน", "amount"),
    ("แบตโทรศัพท์ตาย", "benefit"),
    ("ขอบคุณครับ", "person_name"),
    ("คุณเป็นใคร", "person_name"),
    ("is anything missing", "person_name"),
    ("thai visa", "language"),
    ("1999900000006", "citizen_id"),
    ("ขอเปลี่ยนโรงพยาบาลเลย", "hospital"),
]


@pytest.mark.parametrize(("text", "entity", "words", "value"), FOUND)
def test_an_entity_covers_these_words(text, entity, words, value) -> None:
    """The span is the citizen's own words, the value our one form of them."""
    found = [one for one in find_entities(text) if one.entity == entity]

    assert [(one.text, one.value) for one in found] == [(words, value)]


@pytest.mark.parametrize(("text", "entity"), NOT_FOUND)
def test_words_that_only_look_alike_are_left_alone(text, entity) -> None:
    """Rules are over words and what stands beside them, not over letters."""
    assert entity not in {one.entity for one in find_entities(text)}


def test_every_section_of_a_comparison_is_found() -> None:
    """A bare number counts when another section stands beside it."""
    found = find_entities("จาก 33 ไป 39 ได้ไหม")

    assert [(one.text, one.value) for one in found] == [("33", "33"), ("39", "39")]


def test_a_chain_of_hospitals_has_no_one_value() -> None:
    """A name that several hospitals share is found, and left to a question."""
    (found,) = find_entities("ย้ายไปโรงพยาบาลเกษมราษฎร์")

    assert (found.entity, found.value) == ("hospital", None)


SEEDS = st.sampled_from([(text, entity) for text, entity, _, _ in FOUND[:60]])
NOISE = st.text(alphabet="😀🙏 \u200b\n!ๆ๑2ก่", max_size=6)


@given(seed=SEEDS, before=NOISE, after=NOISE)
def test_a_span_is_never_off_by_a_character(seed, before, after) -> None:
    """Whatever surrounds it, an entity's text is the text at its place."""
    text = f"{before} {seed[0]} {after}"

    for one in find_entities(text):
        assert 0 <= one.start < one.end <= len(text)
        if one.entity != "citizen_id":
            assert one.text == text[one.start : one.end]
            assert one.text.strip("\u200b \n") == one.text


@given(places=st.lists(st.integers(0, 15), max_size=4))
def test_hidden_characters_inside_do_not_move_a_span(places) -> None:
    """Zero-width characters within the words belong to the span."""
    words = "เดือนมีนาคม 2567"
    for place in places:
        at = 1 + place % (len(words) - 1)
        words = words[:at] + "\u200b" + words[at:]
    text = f"ยอด {words} เท่าไหร่"

    (found,) = find_entities(text)

    assert (found.text, found.value) == (words, "2024-03")


@given(st.text(max_size=60))
def test_any_text_can_be_read(text) -> None:
    """No message makes the rules fail, and no two entities overlap."""
    found = find_entities(text)

    for one, other in pairwise(found):
        assert one.end <= other.start


@given(st.text(alphabet="กขมเแาิ่้ำ.๓3 ปดือน-/,บทพัภาษี", max_size=40))
def test_any_thai_text_can_be_read(text) -> None:
    """Likewise for letters that come close to what the rules look for."""
    for one in find_entities(text):
        assert one.text == text[one.start : one.end]
