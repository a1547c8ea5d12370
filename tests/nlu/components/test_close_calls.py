"""Between knowing and guessing lies asking."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.components.close_calls import CloseCallMarker

NEVER = ["small_talk_thank"]
MARKER = CloseCallMarker(
    CloseCallMarker.get_default_config()
    | {"sure": 0.55, "apart": 0.2, "plausible": 0.15, "refusing": 0.4, "never": NEVER}
)


def marked(ranking, entries=(), *, intent=None):
    """Return what is asked about a message ranked like this, and its intent after."""
    named = [{"name": n, "confidence": c} for n, c in ranking.items()]
    first = {"name": None, "confidence": 0.0}
    message = Message(
        {
            "intent": intent or (named or [first])[0],
            "intent_ranking": named,
            "faq_candidates": [{"id": i, "confidence": c} for i, c in entries],
        }
    )
    (message,) = MARKER.process([message])
    meant = [m["faq_id"] or m["intent"] for m in message.get("close_call")]
    return meant, message.get("intent")


@pytest.mark.parametrize(
    ("ranking", "asked"),
    [
        ({"visa_apply": 0.9, "visa_check": 0.1}, []),
        ({"visa_apply": 0.56, "visa_check": 0.3}, []),
        ({"visa_apply": 0.5, "visa_check": 0.3}, ["visa_apply", "visa_check"]),
        ({"visa_apply": 0.56, "visa_check": 0.4}, ["visa_apply", "visa_check"]),
        ({"visa_apply": 0.5, "visa_check": 0.05}, ["visa_apply"]),
        ({"visa_apply": 0.14, "visa_check": 0.13}, []),
        ({}, []),
    ],
    ids=["sure", "apart", "unsure", "near", "alone", "hopeless", "unknown"],
)
def test_only_the_middle_is_asked_about(ranking, asked):
    """Above it she is answered, below it she is told what there is."""
    assert marked(ranking)[0] == asked


def test_no_more_than_three_are_offered():
    """A list is no question."""
    ranking = {"a": 0.3, "b": 0.25, "c": 0.2, "d": 0.15}

    assert marked(ranking)[0] == ["a", "b", "c"]


def test_the_intent_stays_as_it_was_understood():
    """What a message means is measured apart from how a conversation handles it."""
    meant, intent = marked({"visa_apply": 0.5, "visa_check": 0.3})

    assert meant
    assert intent == {"name": "visa_apply", "confidence": 0.5}


def test_two_close_entries_are_asked_about():
    """That it is a general question may be sure while which one is not."""
    ranking = {"faq": 0.9, "visa_apply": 0.09}

    assert marked(ranking, [("visa_how", 0.5), ("visa_time", 0.4)])[0] == [
        "visa_how",
        "visa_time",
        "visa_apply",
    ]
    assert marked(ranking, [("visa_how", 0.9), ("visa_time", 0.1)])[0] == []


def test_an_own_record_and_a_general_question_are_told_apart():
    """An entry is as likely as a general question is, times its own share."""
    meant, _ = marked({"contribution_check": 0.5, "faq": 0.45}, [("sso_m33_rate", 0.8)])

    assert meant == ["contribution_check", "sso_m33_rate"]


def test_a_refusal_between_two_plausible_meanings_is_a_question():
    """The thresholds refuse what is ambiguous; here it can still be saved."""
    refused = {"name": "nlu_fallback", "confidence": 0.5}
    meant, intent = marked(
        {"nlu_fallback": 0.5, "visa_apply": 0.6, "visa_check": 0.2}, intent=refused
    )

    assert meant == ["visa_apply", "visa_check"]
    assert intent == refused


def test_out_of_scope_is_refused_unasked_unless_it_is_a_guess():
    """It is never offered: nobody chooses to be refused."""
    assert marked({"out_of_scope": 0.4, "visa_apply": 0.35})[0] == []
    assert marked({"out_of_scope": 0.39, "visa_apply": 0.35})[0] == ["visa_apply"]
    assert marked({"visa_apply": 0.4, "out_of_scope": 0.35})[0] == ["visa_apply"]


def test_small_talk_is_never_asked_about():
    """A wrong thank-you does no harm; asking whether it was one does."""
    assert marked({"small_talk_thank": 0.3, "visa_apply": 0.25})[0] == []
    assert marked({"visa_apply": 0.3, "small_talk_thank": 0.25})[0] == ["visa_apply"]
