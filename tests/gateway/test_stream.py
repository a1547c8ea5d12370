"""A page hears everything once, in order, however often its connection breaks."""

from __future__ import annotations

import asyncio
import datetime
import time

import pytest

from tests.gateway.fakes import FakeSession, refusal, seqs, until


def named(events, name):
    """Return the data of the events of one name."""
    return [event.data for event in events if event.name == name]


async def test_entries_come_as_they_happen(tab):
    """Her own message and its answer, each with its place as the event's id."""
    async with tab.listening() as events:
        await tab.say("one")
        await until(lambda: len(named(events, "entry")) == 2)

    citizen, assistant = named(events, "entry")
    assert (citizen["from"], citizen["text"]) == ("citizen", "one")
    assert assistant["reply"] == {
        "type": "text",
        "text": "answer to one",
        "choices": [],
    }
    assert assistant["in_reply_to"] == citizen["id"]
    ids = [event.id for event in events if event.name == "entry"]
    assert ids == [str(citizen["seq"]), str(assistant["seq"])]


async def test_a_turn_is_running_and_then_answered(house, tab):
    """The page may show that somebody types, and stop when the answer is there."""
    house.rasa.open.clear()
    async with tab.listening() as events:
        entry = await tab.say("one")
        await until(lambda: named(events, "turn"))
        house.rasa.open.set()
        await until(lambda: named(events, "turn")[-1]["status"] == "answered")

    running, *_, answered = named(events, "turn")
    assert running == {"entry_id": entry["id"], "status": "running"}
    assert answered == {"entry_id": entry["id"], "status": "answered"}
    last = [event.name for event in events if event.name != "session"][-2:]
    assert last == ["entry", "turn"], "the answer comes before the end of its turn"


async def test_a_failed_turn_is_told(house, tab):
    """The page stops waiting for a turn that was given up."""
    house.rasa.failures["odd"] = refusal(422, "malformed")
    async with tab.listening() as events:
        await tab.say("odd")
        await until(lambda: {"failed"} & {e["status"] for e in named(events, "turn")})


async def test_a_page_that_comes_back_hears_how_turns_stand(house, tab):
    """What ended while it was away is told when it is back."""
    entry = await tab.say("one")
    await tab.settled()
    async with tab.listening(last_event_id=entry["seq"]) as events:
        await until(lambda: named(events, "turn"))

    assert named(events, "turn") == [{"entry_id": entry["id"], "status": "answered"}]


async def test_a_stream_goes_on_after_the_last_event(tab):
    """What the page has seen is not sent again, what it missed is."""
    for n in range(3):
        await tab.say(f"q{n}")
    entries = await tab.settled()
    seen = entries[2]["seq"]
    async with tab.listening(last_event_id=seen) as events:
        await until(lambda: len(seqs(events)) == 3)

    assert seqs(events) == [entry["seq"] for entry in entries[3:]]


@pytest.mark.parametrize("odd", ["x", "-1", "999999", "9" * 40, "1.5", "\u00b2"])
async def test_an_odd_last_event_means_from_the_beginning(tab, odd):
    """A gap would be worse than a repetition, which the page can tell."""
    await tab.say("one")
    await tab.settled()
    async with tab.listening(last_event_id=odd.encode()) as events:
        await until(lambda: len(seqs(events)) == 2)


async def a_few_more(tab, heard, total):
    """Return the next places heard in a connection that does not last."""
    async with tab.listening(last_event_id=heard[-1] if heard else 0) as events:
        enough = min(4, total - len(heard))
        await until(lambda: len(seqs(events)) >= enough)
    return seqs(events)


async def test_reconnecting_all_the_time_loses_and_repeats_nothing(house, tab):
    """Streams are cut at random moments while messages come and go."""
    heard = []

    async def talk():
        await asyncio.gather(*(tab.say(f"q{n}") for n in range(15)))

    talking = asyncio.create_task(talk())
    total = 30
    async with asyncio.timeout(40):
        while len(heard) < total:
            heard += await a_few_more(tab, heard, total)
    await talking

    entries = await tab.settled()
    assert heard == [entry["seq"] for entry in entries]


async def test_two_tabs_see_the_same(house, tab):
    """One conversation is open in two pages; both show all of it."""
    async with tab.listening() as here, tab.listening() as there:
        await asyncio.gather(*(tab.say(f"q{n}") for n in range(5)))
        await until(lambda: len(seqs(here)) == len(seqs(there)) == 10)

    assert named(here, "entry") == named(there, "entry")


async def test_two_gateways_feed_the_same_conversation(houses):
    """A page is served by one replica, the turn may run in another."""
    async with houses.open() as first, houses.open() as second:
        tab = await first.open_chat()
        async with tab.listening() as events:
            tab.http = second.http
            await tab.say("one")
            await until(lambda: len(seqs(events)) == 2)


async def test_a_stream_survives_the_loss_of_its_listener(house, tab):
    """The database restarts under the listener; nothing is missed."""
    async with tab.listening() as events:
        await tab.say("one")
        await until(lambda: len(seqs(events)) == 2)
        house.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN gateway_chat%%' AND pid <> pg_backend_pid() "
            "AND datname = current_database()"
        )
        await tab.say("two")
        await until(lambda: len(seqs(events)) >= 4)

    assert seqs(events) == sorted(set(seqs(events)))


async def test_the_session_is_told_and_its_changes(house, tab):
    """The page shows who it speaks for, also after signing in."""
    conversation = house.app.state.tokens.conversation(tab.token)
    end = house.clock() + datetime.timedelta(minutes=30)
    async with tab.listening() as events:
        await until(lambda: named(events, "session"))
        house.citizens.sessions[conversation] = FakeSession(end)
        intake = house.app.state.gateway.intake
        await intake.accept_event(conversation, "identity_signed_in", "s1")
        await until(lambda: len(named(events, "session")) == 2)

    before, after = named(events, "session")
    assert (before["signed_in"], after["signed_in"]) == (False, True)
    history = await tab.history()
    assert history["signed_in"] is True
    assert datetime.datetime.fromisoformat(history["session_expires_at"]) == end


async def test_the_end_of_a_session_is_told_by_itself(house, tab):
    """A session that runs out is seen without any message."""
    conversation = house.app.state.tokens.conversation(tab.token)
    end = house.clock() + datetime.timedelta(seconds=0.3)
    house.citizens.sessions[conversation] = FakeSession(end)
    async with tab.listening() as events:
        await until(lambda: named(events, "session"))
        house.citizens.sessions.clear()
        await until(lambda: len(named(events, "session")) == 2)

    assert [data["signed_in"] for data in named(events, "session")] == [True, False]


async def test_the_identity_of_a_turn_is_that_of_its_session(house, tab):
    """Rasa learns that somebody is signed in, never who."""
    conversation = house.app.state.tokens.conversation(tab.token)
    await tab.say("before")
    await tab.settled()
    house.citizens.sessions[conversation] = FakeSession(house.clock())
    await tab.say("after")
    await tab.settled()

    assert [turn["identity"] for turn in house.rasa.asked] == ["none", "verified"]


async def test_too_many_tabs_are_refused(house, tab):
    """One conversation cannot hold all our connections."""
    most = house.app.state.gateway.parts.limits.streams_per_conversation
    signals = house.app.state.gateway.signals
    listening = [tab.listening() for _ in range(most)]
    for one in listening:
        await one.__aenter__()
    await until(lambda: signals.streams() == most)
    response = await house.http.get("/chat/events", headers=tab.headers)
    for one in listening:
        await one.__aexit__(None, None, None)

    assert response.status_code == 429
    assert response.json()["error"]["code"] == "too_many_tabs"
    await until(lambda: signals.streams() == 0)


async def test_open_streams_do_not_hold_up_a_stop(houses):
    """A deployment replaces a gateway in seconds, with pages open."""
    async with houses.open() as house:
        tab = await house.open_chat()
        async with tab.listening() as events:
            await until(lambda: named(events, "session"))
            began = time.monotonic()
            house.app.state.gateway.signals.close()
            await until(lambda: house.app.state.gateway.signals.streams() == 0)

            assert time.monotonic() - began < 2


async def test_streams_hold_no_database_connection(house):
    """Many quiet pages must not use up the pool."""
    tabs = [await house.open_chat() for _ in range(30)]
    async with asyncio.timeout(20):
        opened = [tab.listening() for tab in tabs]
        heard = [await one.__aenter__() for one in opened]
        await until(lambda: all(named(events, "session") for events in heard))
        pool = house.app.state.gateway.parts.database.engine.pool
        await until(lambda: pool.checkedout() == 0)
        for one in opened:
            await one.__aexit__(None, None, None)
