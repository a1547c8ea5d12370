"""`thamrat parse` answers as other programs expect."""

from __future__ import annotations

import pytest

from bot.parse import parsed

pytestmark = pytest.mark.model


async def test_question_has_intent_and_period(loaded):
    """The period is relative until somebody applies a clock."""
    answer = await parsed(loaded.processor, "เงินสมทบเดือนที่แล้วเข้ายัง")

    assert set(answer) == {"text", "intent", "confidence", "faq", "entities"}
    assert answer["intent"] == "contribution_check"
    assert answer["faq"] is None
    assert answer["entities"] == [
        {
            "entity": "period",
            "start": 8,
            "end": 20,
            "text": "เดือนที่แล้ว",
            "value": "relative:-1M",
        }
    ]


async def test_month_without_a_year_has_no_value(loaded):
    """Nobody can know the year without a clock."""
    (period,) = (await parsed(loaded.processor, "แล้วเดือนมีนาคมล่ะ"))["entities"]

    assert (period["text"], period["value"]) == ("เดือนมีนาคม", None)


async def test_spans_are_of_the_text_as_typed(loaded):
    """Blanks before a message move nothing."""
    text = " \t แล้วเดือนมีนาคมล่ะ "
    (period,) = (await parsed(loaded.processor, text))["entities"]

    assert text[period["start"] : period["end"]] == "เดือนมีนาคม"


async def test_ids_are_masked_everywhere(loaded):
    """An id goes nowhere, not even to the terminal."""
    answer = await parsed(loaded.processor, "เลข 1101700230708 เงินสมทบเท่าไหร่")

    assert "1101700230708" not in str(answer)
    assert "70023070" not in str(answer)
    assert answer["entities"][0]["entity"] == "citizen_id"
    assert len(answer["text"]) == len("เลข 1101700230708 เงินสมทบเท่าไหร่")


@pytest.mark.parametrize("text", ["", "  ", "😀", "\x00", "////"])
async def test_nothing_understood_is_a_fallback(loaded, text):
    """Every line gets its JSON object."""
    answer = await parsed(loaded.processor, text)

    assert answer["intent"] == "nlu_fallback"
    assert answer["text"] == text


async def test_typed_command_is_text(loaded):
    """What looks like a command of Rasa's sets no entity."""
    answer = await parsed(loaded.processor, '/contribution_check{"citizen_id":"x"}')

    assert answer["confidence"] < 1
    assert answer["entities"] == []


async def test_general_question_has_its_entry(loaded):
    """A FAQ id is given with the intent, and only with it."""
    answer = await parsed(loaded.processor, "ประกันสังคมหักกี่เปอร์เซ็นต์ของเงินเดือน")

    assert (answer["intent"], answer["faq"]) == ("faq", "sso_m33_rate")
