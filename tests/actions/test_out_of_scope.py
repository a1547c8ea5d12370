"""A message that may mean several things is asked about, and nothing is asked twice."""

import json
import re

import pytest
import yaml

from actions.out_of_scope import ActionOutOfScopeAsk
from catalogue.answers import LONGEST_TITLE
from connectors.reply import from_rasa
from gateway.inbox import read_payload
from ops.settings import ROOT
from tests.actions.fakes import CATALOGUE, FakeCitizens, connections, run, tracker

FACTS = {"intent": "faq", "faq_id": "sso_m33_ceiling", "confidence": 0.3}
OWN = {"intent": "contribution_check", "faq_id": None, "confidence": 0.4}
OTHER = {"intent": "hospital_check", "faq_id": None, "confidence": 0.1}
UNKNOWN = {"intent": "order_pizza", "faq_id": None, "confidence": 0.4}
GONE = {"intent": "faq", "faq_id": "sso_nothing", "confidence": 0.4}
QUESTION = "utter_out_of_scope_ask_{}"


async def asked(*meanings, language="th", **entities):
    """Return what is said of a message that may mean these."""
    conversation = tracker("nlu_fallback", language=language, **entities)
    conversation.latest_message["close_call"] = list(meanings)
    action = ActionOutOfScopeAsk(connections(FakeCitizens(signed_in=False), None))
    (said,), events = await run(action, conversation)
    assert events == []
    return said


def pressed(said):
    """Return what each button means."""
    return [read_payload(button["payload"]) for button in said["buttons"]]


async def test_each_meaning_is_a_button_and_the_last_is_none_of_them():
    """In the order of their likelihood, named in the question too."""
    said = await asked(OWN, FACTS)
    titles = [button["title"] for button in said["buttons"]]

    assert said["response"] == QUESTION.format("two")
    assert titles == ["เงินสมทบของฉัน", "เพดานค่าจ้าง ม.33", "ไม่ใช่เรื่องเหล่านี้"]
    assert (said["first"], said["second"]) == (titles[0], titles[1])
    assert from_rasa({"text": "?", **said}).choices[0].title == titles[0]


async def test_what_she_named_goes_with_every_choice():
    """She said the month once; no button loses it, and no id is on one."""
    own, facts, none = pressed(
        await asked(OWN, FACTS, period="relative:-1M", citizen_id="1xxxxxxxxxxx3")
    )

    assert own == {
        "intent": "contribution_check",
        "entities": {"period": "relative:-1M"},
    }
    assert facts == {
        "intent": "faq",
        "entities": {"period": "relative:-1M", "faq_id": "sso_m33_ceiling"},
    }
    assert none == {"intent": "nlu_fallback", "entities": {}}


@pytest.mark.parametrize(
    ("meanings", "question"),
    [([OWN], "one"), ([OWN, OTHER], "two"), ([OWN, FACTS, OTHER, OWN], "three")],
)
async def test_the_question_names_as_many_as_there_are(meanings, question):
    """Never more than three: a list is no question."""
    said = await asked(*meanings)

    assert said["response"] == QUESTION.format(question)
    assert len(said["buttons"]) == min(len(meanings), 3) + 1


@pytest.mark.parametrize("meanings", [[], [UNKNOWN], [GONE, UNKNOWN]])
async def test_with_nothing_to_offer_it_says_what_it_can_do(meanings):
    """A model older than the catalogue asks about nothing she could not choose."""
    said = await asked(*meanings)

    assert said["response"] == "utter_out_of_scope_not_understood"
    assert said["buttons"] == []


async def test_english_is_asked_in_english():
    """Every title has both languages."""
    said = await asked(OWN, FACTS, OTHER, language="en")

    assert not re.search("[\u0e00-\u0e7f]", json.dumps(said, ensure_ascii=False))


def test_the_questions_have_a_place_for_every_title():
    """In both languages."""
    path = ROOT / "bot" / "responses" / "out_of_scope.yml"
    responses = yaml.safe_load(path.read_text("utf-8"))["responses"]
    places = {"one": 1, "two": 2, "three": 3}

    assert {
        name: [len(re.findall(r"{\w+}", v["text"])) for v in responses[name]]
        for name in map(QUESTION.format, places)
    } == {QUESTION.format(name): [n, n] for name, n in places.items()}


def test_every_intent_can_be_offered_unless_it_never_is():
    """A new service that nobody titled could never be asked about."""
    listed = yaml.safe_load((ROOT / "tests/rules/names.yml").read_text("utf-8"))
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    never = next(c["never"] for c in config["pipeline"] if "never" in c)
    understood = {
        intent for intents in listed["services"].values() for intent in intents
    }
    offered = understood - {*never, "faq", "out_of_scope"}

    assert {*CATALOGUE.titles} == offered | {"nlu_fallback"}


def test_titles_tell_choices_apart():
    """Two buttons with one title are no choice; LINE cuts a long one."""
    for language in ("th", "en"):
        titles = [title.within(language) for title in CATALOGUE.titles.values()]
        entries = CATALOGUE.knowledge.answers
        titles += [CATALOGUE.choice(entry, language).title for entry in entries]

        assert sorted({t for t in titles if titles.count(t) > 1}) == []
        assert max(map(len, titles)) <= LONGEST_TITLE
