"""The card says what was found, what is missing, and what to do about it."""

import pytest

from actions.agencies.sso.card import Asked, draw, draw_nobody
from actions.agencies.sso.card_words import ContributionWords, baht
from actions.agencies.sso.contributions import Contributions
from tests.actions.fakes import CATALOGUE, NOW, month, record, rows

YEAR = Asked("2026-01", "2026-11")
THAI = ContributionWords(CATALOGUE, "th")
WAITING = {"status": "pending", "paid_at": None}
MISSING = {"status": "missing", "paid_at": None}


def card(*months, asked=YEAR, words=THAI, **changes):
    return draw(words, Contributions.from_json(record(*months, **changes)), asked)


def year(**changed):
    """Return January to November; keyword m06=... changes June."""
    return [
        month(f"2026-{n:02d}", **changed.get(f"m{n:02d}", {})) for n in range(1, 12)
    ]


@pytest.mark.parametrize(
    ("satang", "text"),
    [(0, "0"), (875_00, "875"), (9_625_00, "9,625"), (12_34, "12.34"), (5, "0.05")],
)
def test_money_has_thousands_separators(satang, text):
    """Satang are shown only where there are any."""
    assert baht(satang) == text


def test_a_year_is_summed_up():
    """Only what has been received counts."""
    drawn = card(*year(m11=WAITING))

    assert rows(drawn) == {
        "ช่วงที่ดู": "มกราคม ถึง พฤศจิกายน 2569",
        "สถานะผู้ประกันตน": "มาตรา 33",
        "นำส่งแล้ว": "10 เดือน",
        "นายจ้าง": "Example Co.",
        "ส่วนของคุณ": "8,750 บาท",
        "ส่วนของนายจ้าง": "8,750 บาท",
        "ส่วนของรัฐ": "4,810 บาท",
        "รวมทั้งหมด": "22,310 บาท",
    }
    assert drawn.as_of_text == "ข้อมูล ณ 22 พ.ย. 2569 เวลา 10.30 น."
    assert drawn.source == "สำนักงานประกันสังคม"
    assert drawn.link.url == "https://www.sso.go.th"
    assert drawn.summary == (
        "มกราคม ถึง พฤศจิกายน 2569: ส่วนของคุณ 8,750 บาท นำส่งแล้ว 10 เดือน"
    )


def test_every_month_has_a_line():
    """In a section of its own, which channels fold."""
    (section,) = card(*year(m11=WAITING)).sections

    assert len(section.rows) == 11
    assert section.rows[2].label == "มีนาคม 2569"
    assert section.rows[2].value == "2,231 บาท (ส่วนของคุณ 875 บาท)"
    assert section.rows[10].value == "รอนำส่ง"


def test_one_month_says_when_it_was_received():
    """And the wage it was reckoned from."""
    drawn = card(month("2026-03"), asked=Asked("2026-03", "2026-03"))

    assert rows(drawn)["สถานะ"] == "นำส่งแล้วเมื่อ 28 มี.ค. 2569"
    assert rows(drawn)["ฐานค่าจ้างที่ใช้คำนวณ"] == "17,500 บาท"
    assert rows(drawn)["ส่วนของคุณ"] == "875 บาท"
    assert drawn.sections == ()


def test_a_month_that_waits_says_what_that_means():
    """No amount, and what to do when it takes too long."""
    drawn = card(month("2026-11", **WAITING), asked=Asked("2026-11", "2026-11"))

    assert rows(drawn)["สถานะ"] == "รอนำส่ง"
    assert "ส่วนของคุณ" not in rows(drawn)
    assert drawn.summary == "พฤศจิกายน 2569: ยังไม่มีรายการนำส่ง"
    assert "1506" in drawn.notes[0]


def test_a_gap_is_pointed_out_with_what_to_do():
    """Neighbouring months are named together."""
    drawn = card(*year(m06=MISSING, m07=MISSING, m09=MISSING))

    assert "มิถุนายน ถึง กรกฎาคม 2569, กันยายน 2569" in drawn.notes[0]
    assert "นายจ้าง" in drawn.notes[0]
    assert "1506 (ตลอด 24 ชั่วโมง)" in drawn.notes[0]
    assert rows(drawn)["นำส่งแล้ว"] == "8 เดือน"


def test_two_employers_are_named_with_their_months():
    """Then no single one is named above."""
    changed = {f"m{n:02d}": {"employer": "New Co."} for n in range(6, 12)}
    drawn = card(*year(**changed))

    assert "นายจ้าง" not in rows(drawn)
    assert {row.label: row.value for row in drawn.sections[0].rows} == {
        "Example Co.": "มกราคม ถึง พฤษภาคม 2569",
        "New Co.": "มิถุนายน ถึง พฤศจิกายน 2569",
    }


ALONE = {"employer": None, "wage_base": None, "employer_share": None}


@pytest.mark.parametrize(
    ("section", "option", "satang", "named"),
    [
        ("39", None, 432_00, "มาตรา 39"),
        ("40", 2, 100_00, "มาตรา 40 ทางเลือกที่ 2"),
    ],
)
def test_who_pays_alone_has_no_employers_line(section, option, satang, named):
    """Sections 39 and 40 have no employer."""
    alone = {**ALONE, "section": section, "employee": satang, "government": None}
    drawn = card(month("2026-01", **alone), section=section, option=option)

    assert rows(drawn)["สถานะผู้ประกันตน"] == named
    assert rows(drawn)["ส่วนของคุณ"] == f"{satang // 100} บาท"
    assert "ส่วนของนายจ้าง" not in rows(drawn)
    assert "ส่วนของรัฐ" not in rows(drawn)


def test_who_pays_alone_is_not_sent_to_an_employer():
    """A gap of theirs is theirs to fill."""
    alone = {**ALONE, **MISSING, "section": "39", "government": None}
    note = card(month("2026-01", **alone), section="39").notes[0]

    assert "นายจ้าง" not in note


def test_a_partial_answer_says_what_it_lacks():
    """A total without this would be a wrong one."""
    drawn = card(month("2026-02"), unavailable=["2026-01"])

    assert "มกราคม 2569" in drawn.notes[0]
    assert "ยังไม่ครบ" in drawn.notes[0]
    assert drawn.sections[0].rows[0].value == "อ่านข้อมูลไม่ได้"


def test_nothing_in_the_period_is_said():
    """An empty record is not a total of 0 baht."""
    drawn = card()

    assert drawn.summary.endswith("ไม่มีรายการเงินสมทบ")
    assert "ส่วนของคุณ" not in rows(drawn)
    assert "1506" in drawn.notes[0]


def test_one_section_can_be_asked_for():
    """Somebody who changed from 33 to 39 sees the one she means."""
    months = [month("2026-01"), month("2026-02", **ALONE, section="39")]
    drawn = card(*months, asked=Asked("2026-01", "2026-11", section="39"))

    assert rows(drawn)["สถานะผู้ประกันตน"] == "มาตรา 39"
    assert rows(drawn)["นำส่งแล้ว"] == "1 เดือน"


def test_a_section_she_was_not_in_is_said():
    """What there is comes with a word that it is another section."""
    drawn = card(*year(), asked=Asked("2026-01", "2026-11", section="40"))

    assert drawn.notes[0] == "รายการในช่วงนี้เป็นของมาตรา 33 ไม่ใช่มาตราที่ถามมาค่ะ"
    assert rows(drawn)["นำส่งแล้ว"] == "11 เดือน"


def test_many_years_are_summed_up_by_year():
    """Forty lines of months are not read on a phone."""
    months = [month(f"{y}-{m:02d}") for y in (2024, 2025, 2026) for m in range(1, 13)]
    drawn = card(*months, asked=Asked("2024-01", "2026-12"))

    assert [row.label for row in drawn.sections[0].rows] == [
        "ปี 2567",
        "ปี 2568",
        "ปี 2569",
    ]


def test_months_to_come_are_said_not_to_count():
    """She asked until December; November is the present month."""
    drawn = card(*year(), asked=Asked("2026-01", "2026-11", cut_short=True))

    assert drawn.notes[-1] == "เดือนที่ยังไม่ถึงไม่ได้นับรวมค่ะ"


def test_nobody_gets_a_card_of_her_own():
    """Not being insured is private too."""
    drawn = draw_nobody(THAI, YEAR, NOW)

    assert drawn.summary == "ไม่พบข้อมูลผู้ประกันตนของคุณ"
    assert "1506" in drawn.notes[0]


def test_the_card_speaks_english():
    """To those who asked for it."""
    drawn = card(*year(), words=ContributionWords(CATALOGUE, "en"))

    assert rows(drawn)["Your share"] == "9,625 baht"
    assert rows(drawn)["Period"] == "January to November 2026"
    assert drawn.source == "Social Security Office"
