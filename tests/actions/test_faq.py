"""A citizen asks what holds for everybody, and gets it with its day and its source."""

import datetime
import json
import re

import pytest
import yaml

from actions.asked_about import day_asked_about
from actions.faq import ActionFaqAnswer
from connectors.reply import from_rasa
from gateway.inbox import read_payload
from ops.settings import ROOT
from tests.actions.fakes import CATALOGUE, FakeCitizens, connections, run, tracker

TODAY = datetime.date(2026, 11, 22)


def asked(faq_id, *, language="th", **entities):
    """Return a conversation in which the retriever found this entry."""
    conversation = tracker("faq", language=language, **entities)
    conversation.latest_message["faq"] = faq_id and {"id": faq_id, "confidence": 0.7}
    return conversation


async def answer(conversation):
    action = ActionFaqAnswer(connections(FakeCitizens(signed_in=False), None))
    (said,), events = await run(action, conversation)
    assert events == []
    return said


async def test_the_entry_that_was_found_is_said():
    """With its source as the last line, its e-service and what may come next."""
    reply = from_rasa(await answer(asked("sso_m33_ceiling")))

    assert reply.type == "link"
    assert "17,500 บาท" in reply.text
    assert reply.text.splitlines()[-1].startswith("ข้อมูล ณ 8 ก.ย. 2569 · ")
    assert reply.link.url == "https://www.sso.go.th"
    assert [choice.title for choice in reply.choices] == [
        "ม.33 หักเท่าไร",
        "เงินทดแทนตอนป่วย",
    ]


@pytest.mark.parametrize(
    ("entity", "value", "says"),
    [
        ("period", "relative:-1Y", "15,000"),
        ("period", "2025", "15,000"),
        ("period", "2025-03", "15,000"),
        ("period", "--12", "15,000"),
        ("tax_year", "2025", "15,000"),
        ("tax_year", "relative:-1Y", "15,000"),
        ("date", "2025-12-31", "15,000"),
        ("period", "relative:0Y", "17,500"),
        ("period", "relative:0M", "17,500"),
        ("period", "2026", "17,500"),
    ],
)
async def test_last_year_is_answered_with_last_years_figure(entity, value, says):
    """In whichever way she names the time."""
    said = await answer(asked("sso_m33_ceiling", **{entity: value}))
    text = said["custom"]["text"].splitlines()[0]

    assert says in text
    assert ("2568" in text) is (says == "15,000")


async def test_a_button_asks_its_own_question():
    """What was retrieved before it does not matter."""
    said = await answer(asked("sso_m33_ceiling"))
    pressed = read_payload(said["custom"]["choices"][0]["payload"])
    reply = from_rasa(await answer(tracker(pressed["intent"], **pressed["entities"])))

    assert pressed == {"intent": "faq", "entities": {"faq_id": "sso_m33_rate"}}
    assert "5%" in reply.text


async def test_english_is_answered_in_english():
    """The words, the source, the buttons and the way on."""
    said = await answer(asked("sso_m33_ceiling", language="en"))

    assert "17,500 baht" in said["custom"]["text"]
    assert not re.search("[\u0e00-\u0e7f]", json.dumps(said, ensure_ascii=False))


async def test_an_answer_without_an_e_service_is_text():
    """There is no button to nowhere."""
    reply = from_rasa(await answer(asked("dol_land_tax")))

    assert reply.type == "text"


@pytest.mark.parametrize("faq_id", [None, "", "sso_nothing"])
async def test_an_entry_that_is_not_there_is_admitted(faq_id):
    """A model older or newer than the catalogue, or a button from last year."""
    assert (await answer(asked(faq_id)))["response"] == "utter_faq_unanswered"


def test_the_words_for_that_are_there():
    """In both languages, without places to fill in."""
    path = ROOT / "bot" / "responses" / "faq.yml"
    responses = yaml.safe_load(path.read_text("utf-8"))["responses"]

    assert list(responses) == ["utter_faq_unanswered"]
    assert [v["text"].count("{") for v in responses["utter_faq_unanswered"]] == [0, 0]


@pytest.mark.parametrize("faq_id", CATALOGUE.knowledge.answers)
async def test_every_entry_can_be_sent(faq_id):
    """Each is one reply that every channel can draw."""
    reply = from_rasa(await answer(asked(faq_id)))

    assert reply.text
    assert len(reply.choices) <= 3


@pytest.mark.parametrize(
    ("entities", "day"),
    [
        ({}, "2026-11-22"),
        ({"period": "2025"}, "2025-12-31"),
        ({"period": "2026"}, "2026-11-22"),
        ({"period": "2027"}, "2027-01-01"),
        ({"period": "relative:-1M"}, "2026-10-31"),
        ({"period": "relative:+1M"}, "2026-12-01"),
        ({"period": "2024-02"}, "2024-02-29"),
        ({"period": "--11"}, "2026-11-22"),
        ({"period": "--12"}, "2025-12-31"),
        ({"period": "2025-01/2025-03"}, "2025-03-31"),
        ({"period": "2025-01/2026-12"}, "2026-11-22"),
        ({"tax_year": "relative:-1Y"}, "2025-12-31"),
        ({"tax_year": "2024", "period": "2026-01"}, "2024-12-31"),
        ({"date": "2025-04-21"}, "2025-04-21"),
        ({"date": "--03-31"}, "2026-03-31"),
        ({"date": "--12-31"}, "2025-12-31"),
        ({"date": "--02-29"}, "2026-11-22"),
        ({"date": "someday"}, "2026-11-22"),
        ({"period": "someday"}, "2026-11-22"),
        ({"period": "2025-13"}, "2026-11-22"),
    ],
)
def test_the_day_asked_about(entities, day):
    """The last day of what is over, the first of what is to come, else today."""
    assert day_asked_about(entities, TODAY).isoformat() == day
