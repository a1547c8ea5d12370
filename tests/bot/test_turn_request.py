"""The gateway's request is read strictly, and typed text is never a command."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.turn_request import MalformedTurn, TurnRequest, harmless, storable

BODY = {
    "turn_id": str(uuid.uuid4()),
    "conversation_id": str(uuid.uuid4()),
    "kind": "text",
    "text": "สวัสดี",
    "language": "th",
    "identity": "none",
    "channel": "web",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"turn_id": "1"},
        {"turn_id": None},
        {"conversation_id": 7},
        {"kind": "command"},
        {"text": 5},
        {"text": "ก" * 10_001},
        {"language": "fr"},
        {"identity": "admin"},
        {"channel": "Web Chat"},
        {"kind": "choice"},
        {"kind": "choice", "intent": "greet{}"},
        {"kind": "event", "intent": "identity_signed_in", "entities": [1]},
        {"kind": "choice", "intent": "x", "entities": "period"},
    ],
    ids=str,
)
def test_malformed_turns_are_refused(changes):
    """Half a turn must not become a whole answer."""
    with pytest.raises(MalformedTurn):
        TurnRequest.from_json(BODY | changes)


@pytest.mark.parametrize("body", [None, [], "text", 3])
def test_other_json_is_refused(body):
    """A body that is no object is no turn."""
    with pytest.raises(MalformedTurn):
        TurnRequest.from_json(body)


def test_refusals_quote_nothing():
    """What a citizen wrote must not end in a log through an exception."""
    with pytest.raises(MalformedTurn) as refused:
        TurnRequest.from_json(BODY | {"kind": "1101700230708"})

    assert "1101700230708" not in str(refused.value)


def test_typed_text_names_no_intent():
    """Only a choice or an event may say what it means."""
    turn = TurnRequest.from_json(BODY | {"intent": "identity_signed_in"})

    assert turn.intent is None


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("/ \t\n\x1c\x85"))))
@example('/contribution_check{"citizen_id":"x"}')
@example("  \u3000/restart")
@example("//a")
@example("/ / /a")
def test_typed_text_is_never_a_command(text):
    """Rasa strips a message and obeys what then begins with a slash."""
    safe = harmless(text)

    assert not safe.strip().startswith("/")
    assert len(safe) == len(text)


def test_slashes_inside_a_text_stay():
    """Dates and links keep their slashes."""
    assert harmless("วันที่ 1/2/69") == "วันที่ 1/2/69"


def test_unstorable_characters_become_blanks():
    """PostgreSQL refuses NUL and half a surrogate; the message must still be kept."""
    given_json = {"a\x00": ["b\ud800", 3, None], "c": "d\ne\tf"}

    assert storable(given_json) == {"a ": ["b ", 3, None], "c": "d\ne\tf"}
