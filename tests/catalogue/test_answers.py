"""Every question of the list is answered: dated, sourced, short, in both languages."""

import datetime
import itertools
import re

import pytest
import yaml

from catalogue.loader import read_catalogue
from catalogue.review import days_that_differ, review
from catalogue.speaking import LONGEST_ANSWER
from tests.catalogue.samples import TODAY
from tests.rules.files import ROOT

CATALOGUE = read_catalogue()
ANSWERS = CATALOGUE.knowledge.answers
LIST = yaml.safe_load((ROOT / "tests/rules/names.yml").read_text("utf-8"))["faq"]
POLITE = re.compile("(ค่ะ|คะ)")
EVERY = list(itertools.product(ANSWERS, ("th", "en")))


def said(faq_id, asked_about=TODAY, *, today=TODAY, language="th"):
    day = datetime.date.fromisoformat(str(asked_about))
    return CATALOGUE.answer(faq_id, asked_about=day, today=today, language=language)


def test_the_list_of_questions_is_answered_and_nothing_else():
    """Under the agency that the list names."""
    filed = {}
    for faq_id, answer in ANSWERS.items():
        filed.setdefault(answer.agency, set()).add(faq_id)

    assert filed == {agency: set(ids) for agency, ids in LIST.items()}
    assert len(ANSWERS) == 85


@pytest.mark.parametrize(("faq_id", "language"), EVERY)
def test_every_question_is_answered_today(faq_id, language):
    """With its date and its source, and no place left empty."""
    answer = said(faq_id, language=language)

    assert answer.outcome == "answered"
    assert re.match(r"(ข้อมูล ณ|As of) \d+ \S+ \d{4} · \S", answer.source_line)
    assert not re.search(r"[{}]|  |None", answer.spoken)


@pytest.mark.parametrize(("faq_id", "language"), EVERY)
def test_no_answer_is_longer_than_it_may_be(faq_id, language):
    """On any day that has other facts."""
    speaker = CATALOGUE.speaker(language)
    days = days_that_differ(CATALOGUE, ANSWERS[faq_id], TODAY)
    lengths = [len(speaker.worded(faq_id, day, TODAY)) for day in days]

    assert max(lengths) <= LONGEST_ANSWER


@pytest.mark.parametrize("faq_id", ANSWERS)
def test_thai_is_polite_and_english_is_english(faq_id):
    """The assistant speaks to citizens as an officer at a counter would."""
    assert POLITE.search(ANSWERS[faq_id].th)
    assert "ครับ" not in ANSWERS[faq_id].th
    assert not re.search("[\u0e00-\u0e7f]", said(faq_id, language="en").spoken)


def test_figures_come_from_facts():
    """A figure typed into an answer grows old unseen."""
    bare = re.compile(r"\d[\d,.]*\s*(?:บาท|baht|%|วัน|เดือน|days|months)")
    typed = {
        faq_id: found.group()
        for faq_id, answer in ANSWERS.items()
        for text in (answer.th, answer.en)
        if (found := bare.search(re.sub(r"\{[^}]*\}", "", text)))
    }

    assert typed == {}


@pytest.mark.parametrize(
    ("faq_id", "asked_about", "said_then", "not_said"),
    [
        ("sso_m33_ceiling", "2026-11-22", "17,500 บาท", "15,000"),
        ("sso_m33_ceiling", "2026-01-01", "17,500 บาท", "15,000"),
        ("sso_m33_ceiling", "2025-12-31", "15,000 บาท", "17,500"),
        ("sso_m33_ceiling", "2025-12-31", "750 บาท", "875"),
        ("sso_m33_ceiling", "2017-12-31", "750 บาทโดยประมาณ", "875"),
        ("sso_m33_rate", "2026-11-22", "875 บาท", "750"),
        ("sso_m33_rate", "2025-12-31", "750 บาท", "875"),
        ("customs_de_minimis", "2026-11-22", "ไม่เกิน 1 บาท", "1,500"),
        ("customs_de_minimis", "2025-12-31", "ไม่เกิน 1,500 บาท", "ไม่เกิน 1 บาท"),
        ("sso_unemployment_dismissed", "2025-06-27", "50%", "60%"),
        ("sso_unemployment_dismissed", "2025-06-28", "60%", "50%"),
        ("sso_unemployment_dismissed", "2025-12-31", "9,000 บาท", "10,500"),
        ("sso_unemployment_dismissed", "2026-11-22", "10,500 บาทโดยประมาณ", "9,000"),
        ("rd_sso_deduction", "2025-12-31", "ปี 2568", "10,500"),
        ("rd_sso_deduction", "2025-12-31", "9,000 บาท", "10,500"),
        ("rd_sso_deduction", "2026-11-22", "10,500 บาท", "9,000"),
        ("dol_reduced_fee", "2025-04-22", "22 เมษายน 2568", "1 กรกฎาคม 2569"),
        ("dol_reduced_fee", "2026-06-30", "7 ล้านบาท", "ยังไม่ได้ตรวจยืนยัน"),
        ("dol_reduced_fee", "2026-07-01", "1 กรกฎาคม 2569", "7 ล้านบาท"),
    ],
)
def test_the_figure_of_the_day_is_said(faq_id, asked_about, said_then, not_said):
    """What changed between 2025 and 2026 is not mixed up."""
    text = said(faq_id, asked_about).text

    assert said_then in text
    assert not_said not in text


@pytest.mark.parametrize(
    ("faq_id", "asked_about"),
    [
        ("dol_reduced_fee", "2025-04-21"),
        ("sso_m33_ceiling", "1995-12-31"),
        ("sso_m33_ceiling", "2029-01-01"),
        ("sso_m33_rate", "2020-12-31"),
        ("rd_pnd94", "2027-01-01"),
    ],
)
def test_days_nobody_looked_up_are_admitted(faq_id, asked_about):
    """Before a measure began, and after what is announced ends."""
    assert said(faq_id, asked_about).outcome == "unknown"


@pytest.mark.parametrize(
    ("faq_id", "figure"),
    [
        ("sso_child_allowance", "1,000 บาท"),
        ("sso_claim_deadline", "2 ปี"),
        ("excise_hotline", "1713"),
        ("gov_scam_report", "1441"),
        ("dol_survey", "30 วัน"),
        ("dol_mortgage_fee", "200,000"),
        ("dol_deed_lost", "30 วัน"),
        ("rd_refund_how_long", "15 วัน"),
    ],
)
def test_unconfirmed_figures_are_handed_over(faq_id, figure):
    """They are in the maintainers' list; a citizen is told whom to call."""
    text = said(faq_id).text

    assert figure not in text
    assert re.search(r"1506|1161|1111|0-2141-5555|สำนักงาน", text)


@pytest.mark.parametrize("code", CATALOGUE.agencies)
def test_a_hotline_is_the_number_of_its_fact(code):
    """One number in two files must not become two numbers."""
    agency = CATALOGUE.agencies[code]
    stated = {
        history.on(TODAY).value
        for id_, history in CATALOGUE.knowledge.facts.items()
        if any(f"{id_}.".startswith(f"{stem}.") for stem in agency.facts)
        and history.rows[0].unit == "phone"
    }

    assert stated == ({agency.hotline.number} if agency.hotline else set())


def test_the_catalogue_passes_its_own_review():
    """Nothing overdue, silent, too long or unused on the day it was written for."""
    found = review(CATALOGUE, TODAY, [id_ for ids in LIST.values() for id_ in ids])

    assert found.passed
    assert found.unused == found.without_facts == ()
    assert set(found.handovers) == {
        "dol_survey",
        "excise_what",
        "excise_hotline",
        "sso_claim_deadline",
    }
