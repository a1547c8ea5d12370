"""What is not surely understood is asked about, and nobody is asked for ever."""

from __future__ import annotations

import json

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel import TurnChannel
from bot.second_look import ASK, OFFICER, WAY, second_look, way_on
from bot.understanding import chosen

SLOT = {"type": "categorical", "values": [ASK, OFFICER]}
SLOTS = Domain.from_dict({"slots": {WAY: SLOT | {"mappings": [{"type": "custom"}]}}})
OWN = {"intent": "contribution_check", "faq_id": None, "confidence": 0.4}
FACTS = {"intent": "faq", "faq_id": "sso_m33_rate", "confidence": 0.3}
MARCH = {"entity": "period", "value": "--03", "start": 0, "end": 5}
# Half-said; a newly trained model may know one of them, hardly all.
UNSURE = [
    "ปีภาษีที่แล้วฉันต้องจ่ายเพิ่มเท่าไร",
    "เหลือผ่อนภาษีอีกกี่งวดของฉันช่วยดูให้หน่อย",
    "which tax am I still to pay on my parcel",
]
NONE = chosen("nlu_fallback", {})


def typed(intent, *close_call, entities=()):
    """Return the parse of typed words."""
    return {
        "text": "คำถาม",
        "intent": {"name": intent, "confidence": 0.5},
        "entities": list(entities),
        "close_call": list(close_call),
    }


LOST, CLOSE, CLEAR = typed("nlu_fallback"), typed("nlu_fallback", OWN), typed("faq")


def after(*parses, way=None):
    """Return a conversation in which these were said."""
    tracker = DialogueStateTracker.from_events("c", [], SLOTS.slots)
    for parse in parses:
        tracker.update(UserUttered("", parse["intent"], parse["entities"], parse))
    tracker.update(SlotSet(WAY, way))
    return tracker


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ([CLEAR], None),
        ([LOST], None),
        ([CLOSE], ASK),
        ([LOST, LOST], None),
        ([LOST, LOST, LOST], OFFICER),
        ([LOST, LOST, LOST, LOST], OFFICER),
        ([LOST, LOST, CLOSE], ASK),
        ([CLOSE, NONE], None),
        ([CLOSE, NONE, CLOSE, NONE], None),
        ([CLOSE, NONE, CLOSE, NONE, CLOSE], ASK),
        ([CLOSE, NONE, CLOSE, NONE, CLOSE, NONE], OFFICER),
        ([CLOSE, CLOSE, CLOSE, CLOSE], OFFICER),
        ([LOST, LOST, CLEAR, LOST], None),
        ([LOST, LOST, chosen("contribution_check", {}), CLOSE], ASK),
        ([], None),
    ],
)
def test_three_tries_in_a_row_are_enough(said, way):
    """A question and "none of these" are one try; being understood starts anew."""
    assert way_on(after(*said)) == way


def test_a_close_call_is_not_acted_on():
    """What it may mean stays with it."""
    looked = second_look(typed("contribution_check", OWN, FACTS), after())

    assert looked["intent"] == {"name": "nlu_fallback", "confidence": 0.5}
    assert looked["close_call"] == [OWN, FACTS]


def test_what_is_clear_stays_as_it_is():
    """Also while a question waits: she may have moved on."""
    clear = typed("visa_apply")

    assert second_look(clear, after(CLOSE, way=ASK)) == clear


def test_yes_to_one_choice_is_that_choice():
    """With what she had named already."""
    asked = typed("nlu_fallback", FACTS, entities=[MARCH])
    looked = second_look(typed("control_affirm"), after(asked, way=ASK))

    assert looked == chosen("faq", {"period": "--03", "faq_id": "sso_m33_rate"})


def test_yes_to_several_choices_asks_again():
    """It says nothing yet."""
    asked = typed("nlu_fallback", OWN, FACTS, entities=[MARCH])
    looked = second_look(typed("control_affirm"), after(asked, way=ASK))

    assert looked["intent"]["name"] == "nlu_fallback"
    assert looked["close_call"] == [OWN, FACTS]
    assert looked["entities"] == [MARCH]


def test_no_is_none_of_these():
    """As if she had pressed it."""
    assert second_look(typed("control_deny"), after(CLOSE, way=ASK)) == NONE


@pytest.mark.parametrize("intent", ["control_affirm", "control_deny"])
def test_yes_and_no_to_other_questions_stay(intent):
    """They may be about erasing her data."""
    assert second_look(typed(intent), after(CLOSE))["intent"]["name"] == intent


@pytest.fixture
async def talk(agent, said, monkeypatch):
    """Return a way to say something, of which a part is understood only so far."""
    channel = TurnChannel("s" * 64)
    agent.processor.action_endpoint.answers["action_out_of_scope_ask"] = {
        "events": [],
        "responses": [
            {
                "response": "utter_out_of_scope_ask_two",
                "first": "เงินสมทบของฉัน",
                "second": "ม.33 หักเท่าไร",
                "buttons": [
                    {"title": "เงินสมทบของฉัน", "payload": "/contribution_check"}
                ],
            }
        ],
    }

    async def understood(processor, text):
        return {"close": typed("faq", OWN, FACTS, entities=[MARCH]), "lost": LOST}[text]

    async def say(text="", **choice):
        if text in {"close", "lost"}:
            monkeypatch.setattr("bot.turn.understand", understood)
        answer = await channel.take(agent, said(text, **choice))
        monkeypatch.undo()
        return answer

    return say


@pytest.mark.model
async def test_a_close_call_is_asked_about_and_her_choice_answered(agent, talk):
    """The question is one whole sentence, with the buttons that the action made."""
    question = await talk("close")
    calls = agent.processor.action_endpoint
    asked = calls.trackers[0]["latest_message"]

    assert question.intent == "nlu_fallback"
    assert question.replies[0]["text"] == (
        "หมายถึง “เงินสมทบของฉัน” หรือ “ม.33 หักเท่าไร” ใช่ไหมคะ"
    )
    assert question.replies[0]["buttons"][0]["payload"] == "/contribution_check"
    assert asked["close_call"] == [OWN, FACTS]
    assert asked["entities"][0]["value"] == "--03"
    answer = await talk(kind="choice", intent="contribution_check")
    assert answer.replies == [{"text": "action_contribution_check"}]


@pytest.mark.model
async def test_none_of_these_says_what_can_be_done(talk):
    """And whom to call."""
    await talk("close")
    answer = await talk(kind="choice", intent="nlu_fallback")

    assert "1111" in answer.replies[0]["text"]
    assert {"/small_talk_help", "/officer_request"} <= {
        button["payload"] for button in answer.replies[0]["buttons"]
    }


@pytest.mark.model
async def test_a_typed_no_is_none_of_these_too(talk):
    """The stored conversation remembers what was asked."""
    await talk("close")
    answer = await talk("ไม่ใช่")

    assert answer.intent == "nlu_fallback"
    assert "1111" in answer.replies[0]["text"]


@pytest.mark.model
async def test_a_typed_yes_asks_which_one(agent, talk):
    """The choices are those of the question."""
    await talk("close")
    await talk("ใช่ค่ะ")
    asked = [t["latest_message"] for t in agent.processor.action_endpoint.trackers]

    assert [message["close_call"] for message in asked] == [[OWN, FACTS]] * 2


@pytest.mark.model
async def test_the_third_failure_hands_over(talk):
    """She is not made to go on guessing; a clear question is answered as ever."""
    first, second, third = [(await talk("lost")).replies for _ in range(3)]

    assert first == second != third
    assert "1506" in json.dumps(third)
    assert (await talk("เงินสมทบของฉันปีนี้เท่าไหร่")).intent == "contribution_check"
    assert (await talk("lost")).replies == first


@pytest.mark.model
async def test_real_close_calls_are_asked_about(agent, said):
    """What the trained model is unsure of becomes a question, from word to reply."""
    answers = [await TurnChannel("s" * 64).take(agent, said(text)) for text in UNSURE]

    assert {"text": "action_out_of_scope_ask"} in [
        reply for answer in answers for reply in answer.replies
    ]
