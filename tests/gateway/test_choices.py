"""Quick replies and cards: only what was offered, only to whom it was offered."""

from __future__ import annotations

import datetime
import uuid

from connectors.reply import Card, CardRow, Choice, ServiceLink

OFFER = {
    "text": "Which?",
    "buttons": [
        {"title": "March", "payload": '/contribution_check{"period": "--03"}'},
        {"title": "Help", "payload": "/capabilities"},
        {"title": "Say it", "payload": None},
        {"title": "Broken", "payload": "/oops{"},
    ],
}
REFERENCE = uuid.UUID(int=5)
CARD = Card(
    title="A card",
    summary="In one sentence",
    rows=(CardRow(label="Months", value="10"),),
    as_of=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC),
    as_of_text="as of",
    source="SSO",
    link=ServiceLink(label="Go", url="https://www.sso.go.th/wpr"),
    choices=(Choice(title="Next", payload="/next"),),
)
REFERRING = {
    "custom": {
        "type": "card_reference",
        "reference": str(REFERENCE),
        "expired_text": "Ask again",
        "choices": [{"title": "Again", "payload": "/again"}],
    }
}


async def offered(house, tab, reply=None):
    """Return the assistant's entry after a question."""
    house.rasa.replies["offer"] = [reply or OFFER]
    await tab.say("offer")
    return (await tab.settled())[-1]


async def test_a_quick_reply_becomes_its_intent(house, tab):
    """What it does stays on the server; the page sees only its title."""
    entry = await offered(house, tab)
    response = await tab.press(entry, 0)
    await tab.settled()

    assert entry["reply"]["choices"][0] == {"index": 0, "title": "March"}
    assert "contribution_check" not in str(entry)
    assert response.json()["entry"]["text"] == "March"
    turn = house.rasa.asked[-1]
    assert (turn["kind"], turn["intent"]) == ("choice", "contribution_check")
    assert turn["entities"] == {"period": "--03"}
    assert turn["text"] == "March"


async def test_a_quick_reply_without_payload_is_said(house, tab):
    """Then pressing it is as good as typing it."""
    entry = await offered(house, tab)
    await tab.press(entry, 2)
    await tab.settled()

    turn = house.rasa.asked[-1]
    assert (turn["kind"], turn["text"], turn["intent"]) == ("text", "Say it", None)


async def test_pressing_twice_is_two_messages(house, tab):
    """A quick reply may be pressed again later."""
    entry = await offered(house, tab)
    first, second = await tab.press(entry, 1), await tab.press(entry, 1)
    again = await tab.press(entry, 1, key="same"), await tab.press(entry, 1, key="same")
    await tab.settled()

    assert (first.status_code, second.status_code) == (202, 202)
    assert [response.status_code for response in again] == [202, 200]
    assert [turn["intent"] for turn in house.rasa.asked[1:]] == ["capabilities"] * 3


async def test_only_offered_quick_replies_can_be_pressed(house, tab):
    """An index that was not there, a broken one, an entry of her own, of nobody."""
    entry = await offered(house, tab)
    own = (await tab.entries())[0]
    for pressed, index in [(entry, 4), (entry, 3), (own, 0), ({"id": "0" * 32}, 0)]:
        response = await tab.press(pressed, index)

        assert response.status_code == 422
        assert response.json()["error"]["code"] == "choice_not_offered"


async def test_quick_replies_of_another_conversation_are_not_hers(house, tab):
    """An entry's id from elsewhere opens nothing here."""
    entry = await offered(house, tab)
    other = await house.open_chat()
    response = await other.press(entry, 0)

    assert response.status_code == 422
    assert response.json()["error"]["code"] == "choice_not_offered"


async def test_a_card_is_shown_while_it_opens(house, tab):
    """The outbox has the reference only; the page gets the card."""
    conversation = house.app.state.tokens.conversation(tab.token)
    house.citizens.cards[conversation, REFERENCE] = CARD.model_dump_json().encode()
    entry = await offered(house, tab, REFERRING)

    reply = entry["reply"]
    assert (reply["type"], reply["title"]) == ("card", "A card")
    assert reply["link"]["domain"] == "www.sso.go.th"
    assert [choice["title"] for choice in reply["choices"]] == ["Again", "Next"]
    kept = str(house.rows("SELECT reply::text FROM gateway.outbox"))
    assert "A card" not in kept


async def test_the_quick_replies_of_a_card_can_be_pressed(house, tab):
    """Those of the card come after those of its reference."""
    conversation = house.app.state.tokens.conversation(tab.token)
    house.citizens.cards[conversation, REFERENCE] = CARD.model_dump_json().encode()
    entry = await offered(house, tab, REFERRING)
    await tab.press(entry, 1)
    await tab.settled()

    assert house.rasa.asked[-1]["intent"] == "next"


async def test_a_card_that_no_longer_opens_says_so(house, tab):
    """After the session, or from an older release, its words are left."""
    conversation = house.app.state.tokens.conversation(tab.token)
    for content in (None, b"{}", b"nonsense"):
        if content:
            house.citizens.cards[conversation, REFERENCE] = content
        entry = await offered(house, tab, REFERRING)

        assert entry["reply"]["type"] == "text"
        assert entry["reply"]["text"] == "Ask again"
        assert len(entry["reply"]["choices"]) == 1
    response = await tab.press(entry, 1)
    assert response.status_code == 422
