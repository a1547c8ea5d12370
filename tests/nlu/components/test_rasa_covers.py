"""Rasa's view of the Thai code: words and entities at their own places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from nlu.components.thai_entities import ThaiEntityExtractor
from nlu.components.thai_tokenizer import ThaiTokenizer

TOKENIZER = ThaiTokenizer(ThaiTokenizer.get_default_config())
EXTRACTOR = ThaiEntityExtractor()


def tokens_of(text):
    """Return the words Rasa gets."""
    return TOKENIZER.tokenize(Message({"text": text}), "text")


@pytest.mark.parametrize("text", ["น้ำท่วม ที่ ต.บ้านใหม่", "ทำบัตร\nประชาชน", "  ๑๒๓ "])
def test_words_keep_their_place(text):
    """Entity spans are offsets into the original text, so none may move."""
    assert [text[t.start : t.end] for t in tokens_of(text)] == [
        t.text for t in tokens_of(text)
    ]


@given(st.text())
def test_any_text_has_words_in_place(text):
    """Marks, emoji and blanks included."""
    assert all(text[t.start : t.end] == t.text for t in tokens_of(text))


def test_tokenizer_speaks_thai():
    """Rasa's whitespace tokenizer refuses Thai."""
    assert ThaiTokenizer.supported_languages() == ["th"]
    assert [t.text for t in tokens_of("เช็คเงินสมทบ")] == ["เช็ค", "เงินสมทบ"]


def entities_of(text):
    """Return the entities Rasa gets."""
    (message,) = EXTRACTOR.process([Message({"text": text})])
    return message.get("entities")


def test_entities_are_where_they_were_typed():
    """A span is offsets into the citizen's own text."""
    (period,) = entities_of("  แล้ว เดือนมีนาคม ล่ะ")

    assert (period["entity"], period["start"], period["end"]) == ("period", 7, 18)


def test_id_enters_rasa_masked():
    """The digits of an id are in no entity."""
    (found,) = entities_of("เลข 1101700230708")

    assert found["entity"] == "citizen_id"
    assert "70023070" not in str(found)
