"""The way of a citizen to her contributions, and back out."""

from __future__ import annotations

import pytest

from tests.path.citizen import words

pytestmark = pytest.mark.house

QUESTION = "เงินสมทบของฉันปีนี้เท่าไหร่"
NEXT_QUESTION = "แล้วเดือนมีนาคมล่ะ"
GOODBYE = "ออกจากระบบ"


def types(replies):
    """Return the kinds of replies."""
    return [reply["type"] for reply in replies]


def test_pending_question_answers_itself_after_sign_in(citizen, people):
    """She asks once; proving who she is does not make her ask again."""
    (asked,) = citizen.say(QUESTION)
    assert asked["type"] == "sign_in"

    *said, card = citizen.sign_in(people["regular"])

    assert types(said) == ["text"]
    assert card["type"] == "card"
    assert card["source"]
    assert card["link"]["domain"].endswith("sso.go.th")
    assert "ข้อมูล ณ" in card["as_of_text"]


def test_next_question_needs_no_sign_in(citizen, people):
    """A follow-up is about the same thing, for another month."""
    citizen.say(QUESTION)
    citizen.sign_in(people["regular"])

    (card,) = citizen.say(NEXT_QUESTION)

    assert card["type"] == "card"
    assert "มีนาคม" in words([card])


def test_reload_shows_the_same_conversation(citizen, people):
    """The page is gone; what was said is not."""
    citizen.say(QUESTION)
    citizen.sign_in(people["regular"])
    before = citizen.history()["entries"]

    again = citizen.history()["entries"]

    assert [entry["from"] for entry in before][:2] == ["citizen", "assistant"]
    assert again == before


def test_signed_out_citizen_is_asked_again(citizen, people):
    """Whoever sits down after her sees nothing of hers."""
    citizen.say(QUESTION)
    citizen.sign_in(people["regular"])

    citizen.say(GOODBYE)
    (asked,) = citizen.say(QUESTION)

    assert asked["type"] == "sign_in"
    assert not citizen.history()["signed_in"]
    assert not any(
        entry["reply"]["type"] == "card"
        for entry in citizen.history()["entries"]
        if entry["from"] == "assistant"
    )


def test_consent_is_asked_for_once(citizen, another, people):
    """A person who agreed to this version is not asked again, in any chat."""
    citizen.sign_in(people["section-39"])
    link = another.ask_for_sign_in()["url"]

    answer = another.prove(link, people["section-39"])

    assert "/sign-in/consent/" not in answer.headers["location"]


@pytest.mark.parametrize(
    "slug", ["regular", "changed-employer", "gap", "section-39", "section-40"]
)
def test_every_history_is_a_card(citizen, people, slug):
    """Whatever the record looks like, she can read it."""
    citizen.say(QUESTION)

    *_, card = citizen.sign_in(people[slug])

    assert card["type"] == "card"
    assert card["rows"]
