"""What the widget posts becomes a typed message, or a named error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from connectors.web.webhook import (
    ChoiceMessage,
    EmptyMessage,
    MessageTooLong,
    NotUnderstood,
    TextMessage,
    clean,
    read_conversation_request,
    read_message,
)

ENTRY = "00000000-0000-0000-0000-000000000001"


def read(longest=1000, **fields):
    """Read a message with these fields."""
    return read_message(json.dumps(fields).encode(), longest=longest)


def test_a_text_is_read():
    """The usual message."""
    message = read(client_message_id="a1", text=" เงินสมทบ ")

    assert message == TextMessage(client_message_id="a1", text="เงินสมทบ")


def test_a_quick_reply_is_read():
    """It names the entry that offered it, and the place there."""
    message = read(client_message_id="a1", choice={"entry_id": ENTRY, "index": 2})

    assert isinstance(message, ChoiceMessage)
    assert (str(message.choice.entry_id), message.choice.index) == (ENTRY, 2)


def test_a_text_that_says_choice_is_a_text():
    """The shape decides, not the words."""
    assert read(client_message_id="a1", text="choice").text == "choice"


def test_length_is_counted_in_characters_after_cleaning():
    """Invisible characters do not use up what she may write."""
    assert read(longest=3, client_message_id="a", text="ก\u200bข\u200bค").text == "กขค"
    with pytest.raises(MessageTooLong):
        read(longest=3, client_message_id="a", text="กขคง")


def test_nothing_to_read_has_its_own_name():
    """So that it can have its own words."""
    with pytest.raises(EmptyMessage):
        read(client_message_id="a", text="\u200b \u2060")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b", "ab"),
        ("a\tb", "a b"),
        ("a\r\nb\rc", "a\nb c"),
        ("\ufeffa", "a"),
        ("a\u200db", "ab"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
        ("\U0001f469\u200d", "\U0001f469"),
        ("\u202eabc\u2066", "abc"),
        ("เก่\u0e33", "เก่\u0e33"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text, cleaned):
    """Emoji and Thai marks stay whole."""
    assert clean(text) == cleaned


@given(some.text())
def test_cleaning_twice_is_cleaning_once(text):
    """And what is left can always be stored as UTF-8 without a NUL."""
    once = clean(text)

    assert clean(once) == once
    assert "\x00" not in once
    once.encode()


@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_name(body):
    """No body makes another exception than the three."""
    with pytest.raises((NotUnderstood, EmptyMessage, MessageTooLong)):
        read_message(body, longest=1000)


def test_the_body_is_not_quoted_in_the_error():
    """Errors reach logs; her words must not."""
    with pytest.raises(NotUnderstood) as caught:
        read_message(b'{"her": "words"}', longest=1000)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "words" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "language"), [(b"", "th"), (b"{}", "th"), (b'{"language":"en"}', "en")]
)
def test_a_conversation_may_name_its_language(body, language):
    """Thai unless asked otherwise."""
    assert read_conversation_request(body).language == language
