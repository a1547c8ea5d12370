"""Messages are answered in order, each exactly once."""

from __future__ import annotations

import asyncio
import dataclasses

from tests.gateway.conftest import QUICK
from tests.gateway.fakes import until


async def test_ten_messages_at_once_are_answered_in_order_exactly_once(house, tab):
    """What arrived first is answered first, and one turn runs at a time."""
    await asyncio.gather(*(tab.say(f"q{n}", f"id{n}") for n in range(10)))
    entries = await tab.settled()

    asked = [entry["text"] for entry in entries if entry["from"] == "citizen"]
    answers = [e["reply"]["text"] for e in entries if e["from"] == "assistant"]
    assert len(asked) == 10
    assert answers == [f"answer to {text}" for text in asked]
    assert house.rasa.texts() == asked
    assert house.rasa.most_in_flight == 1


async def test_queued_messages_do_not_wait_for_the_next_poll(houses):
    """When one is answered, the next of the conversation starts at once."""
    patient = dataclasses.replace(QUICK, poll=30.0)
    async with houses.open(rhythm=patient) as house:
        tab = await house.open_chat()
        await asyncio.gather(*(tab.say(f"q{n}") for n in range(10)))
        await tab.settled(seconds=15)

        assert len(await tab.said_by_assistant()) == 10


async def test_conversations_do_not_wait_for_each_other(house):
    """One slow conversation holds up nobody else."""
    first, second = await house.open_chat(), await house.open_chat()
    house.rasa.open.clear()
    await first.say("slow")
    await second.say("slow too")

    await until(lambda: len(house.rasa.asked) == 2)
    house.rasa.open.set()
    assert await first.settled()
    assert await second.settled()


async def test_a_message_during_a_running_turn_waits_for_it(house, tab):
    """A citizen may write on; her second question is not lost, nor answered first."""
    house.rasa.open.clear()
    await tab.say("first")
    await until(lambda: house.rasa.asked)
    await tab.say("second")
    assert (await tab.history())["pending"] is True
    house.rasa.open.set()

    await tab.settled()
    assert await tab.said_by_assistant() == ["answer to first", "answer to second"]


async def test_the_same_message_id_is_stored_once(house, tab):
    """A resend after a lost confirmation is answered with the same entry."""
    first = await tab.post("hello", "same")
    again = await tab.post("hello", "same")
    await tab.settled()

    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json()["entry"]["id"] == first.json()["entry"]["id"]
    assert house.rasa.texts() == ["hello"]


async def test_the_same_message_id_at_the_same_moment_is_stored_once(house, tab):
    """Two tabs that send the same message race; one wins, both are told so."""
    responses = await asyncio.gather(*(tab.post("hello", "same") for _ in range(8)))
    await tab.settled()

    assert sorted(r.status_code for r in responses) == [200] * 7 + [202]
    assert len({r.json()["entry"]["id"] for r in responses}) == 1
    assert house.rasa.texts() == ["hello"]


async def test_another_message_under_the_same_id_is_refused(tab):
    """An id names one message; a client that reuses it has a fault."""
    await tab.say("hello", "same")
    response = await tab.post("other", "same")

    assert response.status_code == 409
    assert response.json()["error"]["code"] == "message_id_reused"


async def test_an_event_is_answered_once_per_key(house, tab):
    """A sign-in that is reported twice is one event."""
    intake = house.app.state.gateway.intake
    conversation = house.app.state.tokens.conversation(tab.token)
    first = await intake.accept_event(conversation, "identity_signed_in", "s1")
    again = await intake.accept_event(conversation, "identity_signed_in", "s1")
    entries = await tab.settled()

    assert (first, again) == (True, False)
    assert [turn["kind"] for turn in house.rasa.asked] == ["event"]
    assert house.rasa.asked[0]["intent"] == "identity_signed_in"
    assert [entry["from"] for entry in entries] == ["assistant"]


async def test_an_event_of_a_transaction_that_fails_never_happened(house, tab):
    """The sign-in and its event are one transaction."""
    intake = house.app.state.gateway.intake
    conversation = house.app.state.tokens.conversation(tab.token)
    sessions = house.app.state.gateway.parts.database.sessions
    async with sessions() as session:
        await intake.accept_event(conversation, "identity_signed_in", "s1", session)
        await session.rollback()

    assert house.rows("SELECT 1 FROM gateway.inbox") == []
    assert house.rows("SELECT 1 FROM procrastinate_jobs") == []
