"""What is said of a fact depends on the day asked about, and on who confirmed it."""

import datetime

import pytest

from catalogue.speaking import NoSuchAnswer
from tests.catalogue.samples import TODAY, answer, fact, read

FIRST = datetime.date(2026, 1, 1)
BEFORE = datetime.date(2025, 12, 31)
CHANGED = [
    fact(value=90, effective_from=datetime.date(2020, 1, 1), effective_to=BEFORE),
    fact(effective_from=FIRST),
]


def say(catalogue, *, asked_about=TODAY, today=TODAY, language="th"):
    return catalogue.answer(
        "sso_sample", asked_about=asked_about, today=today, language=language
    )


@pytest.mark.parametrize(
    ("value", "unit", "thai", "english"),
    [
        (1500, "THB", "1,500 บาท", "1,500 baht"),
        (291.67, "THB", "291.67 บาท", "291.67 baht"),
        (0.01, "percent", "0.01%", "0.01%"),
        (5.0, "percent", "5%", "5%"),
        (6, "months", "6 เดือน", "6 months"),
        (1, "months", "1 เดือน", "1 month"),
        (30, "days", "30 วัน", "30 days"),
        (2, "years", "2 ปี", "2 years"),
        (3, "weeks", "3 สัปดาห์", "3 weeks"),
        (72, "hours", "72 ชั่วโมง", "72 hours"),
        (60, "minutes", "60 นาที", "60 minutes"),
        (1, "people", "1 คน", "1 person"),
        (3, "children", "3 คน", "3 children"),
        (3, "times", "3 ครั้ง", "3 times"),
        (3, "instalments", "3 งวด", "3 instalments"),
        (94, "places", "94 แห่ง", "94 places"),
        (15, "day_of_month", "วันที่ 15", "day 15"),
        ("1506", "phone", "1506", "1506"),
        ("https://www.sso.go.th", "address", *["https://www.sso.go.th"] * 2),
        ({"th": "แบบหนึ่ง", "en": "form one"}, "name", "แบบหนึ่ง", "form one"),
    ],
)
def test_values_are_written_as_people_write_them(tmp_path, value, unit, thai, english):
    """Thousands apart, the unit named, one of a thing in the singular."""
    catalogue = read(tmp_path, facts=[fact(value=value, unit=unit)])

    assert say(catalogue).text == f"ค่าตัวอย่าง {thai}ค่ะ"
    assert say(catalogue, language="en").text == f"The sample fee is {english}."


def test_what_was_worked_out_is_said_to_be_about_that(tmp_path):
    """The agency may round otherwise."""
    catalogue = read(tmp_path, facts=[fact(confidence="D")])

    assert say(catalogue).text == "ค่าตัวอย่าง 100 บาทโดยประมาณค่ะ"
    assert say(catalogue, language="en").text == "The sample fee is about 100 baht."


@pytest.mark.parametrize(
    ("asked_about", "thai", "english"),
    [
        (TODAY, "ค่าตัวอย่าง 100 บาทค่ะ", "The sample fee is 100 baht."),
        (FIRST, "ค่าตัวอย่าง 100 บาทค่ะ", "The sample fee is 100 baht."),
        (
            BEFORE,
            "ข้อมูลของปี 2568: ค่าตัวอย่าง 90 บาทค่ะ",
            "For 2025: The sample fee is 90 baht.",
        ),
        (
            datetime.date(2025, 3, 31),
            "ข้อมูลของวันที่ 31 มี.ค. 2568: ค่าตัวอย่าง 90 บาทค่ะ",
            "For 31 Mar 2025: The sample fee is 90 baht.",
        ),
        (
            datetime.date(2027, 1, 1),
            "ข้อมูลที่ใช้อยู่ตอนนี้ (ปี 2570 อาจเปลี่ยนได้): ค่าตัวอย่าง 100 บาทค่ะ",
            "What holds now (2027 may differ): The sample fee is 100 baht.",
        ),
    ],
)
def test_the_row_of_the_day_asked_about_is_said(tmp_path, asked_about, thai, english):
    """And which time it is of, when that is not now."""
    catalogue = read(tmp_path, facts=CHANGED)

    assert say(catalogue, asked_about=asked_about).text == thai
    assert say(catalogue, asked_about=asked_about, language="en").text == english


def test_a_year_that_changed_midway_is_spoken_of_as_it_ended(tmp_path):
    """The year alone would be wrong for half of it."""
    june = datetime.date(2025, 6, 28)
    rows = [
        fact(value=50, effective_from=FIRST.replace(2025), effective_to=june),
        fact(value=60, effective_from=june + datetime.timedelta(days=1)),
    ]
    text = say(read(tmp_path, facts=rows), asked_about=BEFORE).text

    assert text == "ข้อมูลของสิ้นปี 2568: ค่าตัวอย่าง 60 บาทค่ะ"


def test_what_has_no_first_day_is_not_passed_off_as_an_earlier_years(tmp_path):
    """We know that it holds, not since when."""
    text = say(read(tmp_path, facts=[fact()]), asked_about=BEFORE).text

    assert text == "ข้อมูลปัจจุบัน ยังไม่ได้ตรวจยืนยันของปี 2568: ค่าตัวอย่าง 100 บาทค่ะ"


def test_dated_and_undated_facts_are_told_apart(tmp_path):
    """One figure is of that year, the other of today."""
    both = answer(th="{SSO-X1} {SSO-X2}ค่ะ", en="{SSO-X1} {SSO-X2}")
    catalogue = read(
        tmp_path,
        facts=[*CHANGED, fact(id="SSO-X2", value=5)],
        answers={"sso_sample": both},
    )

    assert say(catalogue, asked_about=BEFORE).text == (
        "ตัวเลขที่เปลี่ยนตามเวลาเป็นของปี 2568 ส่วนอื่นเป็นข้อมูลปัจจุบัน: 90 บาท 5 บาทค่ะ"
    )


def test_a_telephone_number_is_not_of_a_year(tmp_path):
    """She wants to call today, whatever year she speaks of."""
    catalogue = read(tmp_path, facts=[fact(value="1506", unit="phone")])

    assert say(catalogue, asked_about=BEFORE).text == "ค่าตัวอย่าง 1506ค่ะ"


def test_an_answer_may_name_its_year_itself(tmp_path):
    """Then nothing stands before it."""
    named = answer(th="ของ{year} {SSO-X1}ค่ะ", en="Of {year}: {SSO-X1}.")
    catalogue = read(tmp_path, facts=CHANGED, answers={"sso_sample": named})

    assert say(catalogue).text == "ของปี 2569 100 บาทค่ะ"
    assert say(catalogue, asked_about=BEFORE).text == "ของปี 2568 90 บาทค่ะ"


def test_an_answer_may_be_of_today_whatever_is_asked(tmp_path):
    """A text that speaks of two years already needs no third."""
    timeless = answer(always_today=True)
    catalogue = read(tmp_path, facts=CHANGED, answers={"sso_sample": timeless})

    assert say(catalogue, asked_about=BEFORE).text == "ค่าตัวอย่าง 100 บาทค่ะ"


@pytest.mark.parametrize(
    ("asked_about", "says"),
    [
        (datetime.date(2019, 12, 31), "ปี 2562 ค่ะ ที่มีเริ่มตั้งแต่ 1 ม.ค. 2563"),
        (datetime.date(2026, 7, 1), "วันที่ 1 ก.ค. 2569 ค่ะ สอบถาม"),
        (datetime.date(2029, 1, 1), "ปี 2572 ค่ะ ที่มีใช้ได้ถึง 31 ธ.ค. 2571"),
    ],
)
def test_a_day_without_a_row_is_admitted(tmp_path, asked_about, says):
    """Before, between and after what is known."""
    rows = [
        fact(
            effective_from=datetime.date(2020, 1, 1),
            effective_to=datetime.date(2026, 6, 30),
        ),
        fact(
            effective_from=datetime.date(2026, 8, 1),
            effective_to=datetime.date(2028, 12, 31),
            after_gap=True,
        ),
    ]
    said = say(read(tmp_path, facts=rows), asked_about=asked_about)

    assert said.outcome == "unknown"
    assert says in said.text
    assert "1506" in said.text
    assert "100" not in said.text


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_past_its_review_is_not_said(tmp_path, language):
    """It says so, and whom to call instead; the last day of a review is in time."""
    catalogue = read(tmp_path, facts=[fact(review_by=TODAY)])
    late = say(catalogue, today=TODAY + datetime.timedelta(days=1), language=language)

    assert say(catalogue, language=language).outcome == "answered"
    assert late.outcome == "overdue"
    assert "100" not in late.text
    assert "1506" in late.text
    assert late.source_line


@pytest.mark.parametrize(
    ("sources", "thai", "english"),
    [
        (["handbook"], "22 พ.ย. 2569 · คู่มือ", "22 Nov 2026 · Handbook"),
        (
            ["handbook", "gazette"],
            "2 ม.ค. 2569 · คู่มือ และ ราชกิจจานุเบกษา",
            "2 Jan 2026 · Handbook and Gazette",
        ),
        (
            ["press", "handbook", "gazette"],
            "2 ม.ค. 2569 · ข่าว และ คู่มือ และอื่น ๆ",
            "2 Jan 2026 · Press, Handbook and others",
        ),
        (["press", "press"], "3 ก.พ. 2569 · ข่าว", "3 Feb 2026 · Press"),
    ],
)
def test_the_last_line_names_the_oldest_day_and_the_sources(
    tmp_path, sources, thai, english
):
    """Two sources by name, each once, in the order in which they are used."""
    facts = [fact(id=f"SSO-X{n}", source=name) for n, name in enumerate(sources)]
    text = " ".join(f"{{{row['id']}}}" for row in facts)
    entries = {"sso_sample": answer(th=f"{text}ค่ะ", en=text)}
    catalogue = read(tmp_path, facts=facts, answers=entries)

    assert say(catalogue).source_line == f"ข้อมูล ณ {thai}"
    assert say(catalogue, language="en").source_line == f"As of {english}"


def test_a_fact_may_have_been_read_on_a_day_of_its_own(tmp_path):
    """A source that is read again for one fact does not make the others newer."""
    again = fact(retrieved_at=datetime.date(2026, 10, 1))

    assert "1 ต.ค. 2569" in say(read(tmp_path, facts=[again])).source_line


def test_an_answer_leads_on(tmp_path):
    """To the e-service, and to the questions that come next."""
    entries = {
        "sso_sample": answer(link="sso_website", follow=["sso_other"]),
        "sso_other": answer(title={"th": "อีกเรื่อง", "en": "Another"}),
    }
    said = say(read(tmp_path, facts=[fact()], answers=entries))

    assert said.link.url == "https://www.sso.go.th"
    assert [c.title for c in said.choices] == ["อีกเรื่อง"]
    assert [c.payload for c in said.choices] == ['/faq{"faq_id": "sso_other"}']
    assert said.spoken == f"{said.text}\n{said.source_line}"


def test_other_languages_are_answered_in_thai(tmp_path):
    """Better Thai than nothing."""
    catalogue = read(tmp_path, facts=[fact()])

    assert say(catalogue, language="my") == say(catalogue)


def test_there_is_no_answer_to_what_is_not_in_the_catalogue(tmp_path):
    """Whoever asks must have words for that."""
    catalogue = read(tmp_path, facts=[fact()], answers={})

    with pytest.raises(NoSuchAnswer):
        say(catalogue)
