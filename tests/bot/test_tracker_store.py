"""A turn is saved with its conversation, or not at all, and never in silence."""

from __future__ import annotations

import asyncio
import time
import uuid

import psycopg
import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot import tracker_store
from bot.tracker_store import (
    Answer,
    ConversationMovedOn,
    PostgresTrackerStore,
    StoreUnavailable,
)

ANSWER = Answer([{"text": "ค่ะ"}], "small_talk_greet", 0.9)


def conversation(store, period="2026-03"):
    """Return a conversation that has begun."""
    events = [SlotSet("period", period), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events(
        str(uuid.uuid4()), events, store.domain.slots
    )


async def test_unknown_conversation_is_none(store):
    """A conversation that has not begun is an answer, not an error."""
    assert await store.retrieve(str(uuid.uuid4())) is None


async def test_saved_conversation_comes_back(store):
    """What was saved is what is read."""
    tracker = conversation(store)
    await store.save(tracker)
    kept = await store.retrieve(tracker.sender_id)

    assert kept.get_slot("period") == "2026-03"
    assert await store.keys() == [tracker.sender_id]


async def test_nothing_is_stored_of_nothing(store):
    """Rasa saves an empty conversation first; a failed turn must not leave it."""
    await store.save(DialogueStateTracker(str(uuid.uuid4()), []))

    assert await store.keys() == []


async def test_turn_is_found_again(store):
    """The same turn id gives the same answer."""
    tracker, turn_id = conversation(store), uuid.uuid4()
    await store.save_turn(tracker, turn_id, ANSWER, None)
    opened = await store.open_turn(turn_id, uuid.UUID(tracker.sender_id))

    assert opened.answer == ANSWER
    assert opened.version is not None


async def test_turn_of_another_conversation_is_not_told(store):
    """A turn id is no key to somebody else's answer."""
    turn_id = uuid.uuid4()
    await store.save_turn(conversation(store), turn_id, ANSWER, None)

    assert (await store.open_turn(turn_id, uuid.uuid4())).answer is None


async def test_second_writer_is_refused(store):
    """Two processes that read the same state cannot both save over it."""
    tracker = conversation(store)
    await store.save_turn(tracker, uuid.uuid4(), ANSWER, None)
    place = uuid.UUID(tracker.sender_id)
    version = (await store.open_turn(uuid.uuid4(), place)).version
    await store.save_turn(tracker, uuid.uuid4(), ANSWER, version)

    with pytest.raises(ConversationMovedOn):
        await store.save_turn(tracker, uuid.uuid4(), ANSWER, version)


async def test_turn_and_conversation_are_saved_together(store):
    """If the turn cannot be kept, the conversation is as it was."""
    tracker, turn_id = conversation(store), uuid.uuid4()
    await store.save_turn(tracker, turn_id, ANSWER, None)
    place = uuid.UUID(tracker.sender_id)
    version = (await store.open_turn(turn_id, place)).version
    tracker.update(SlotSet("period", "1999"))
    with pytest.raises(ConversationMovedOn):
        await store.save_turn(tracker, turn_id, ANSWER, version)

    assert (await store.retrieve(tracker.sender_id)).get_slot("period") == "2026-03"


async def test_absent_database_is_loud():
    """A conversation that cannot be read must not begin anew."""
    store = PostgresTrackerStore(Domain.empty(), host="postgresql://127.0.0.1:1/none")
    try:
        with pytest.raises(StoreUnavailable):
            await store.retrieve(str(uuid.uuid4()))
    finally:
        await store.close()


async def test_stalled_database_freezes_nobody(bot_database, monkeypatch):
    """While one conversation waits for the database, the others go on."""
    monkeypatch.setattr(tracker_store, "STATEMENT_SECONDS", 0.5)
    store = PostgresTrackerStore(Domain.empty(), host=bot_database)
    with psycopg.connect(bot_database) as other:
        other.execute("LOCK TABLE bot.tracker IN ACCESS EXCLUSIVE MODE")
        stalled = asyncio.create_task(store.retrieve(str(uuid.uuid4())))
        longest = 0.0
        while not stalled.done():
            before = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - before)
        with pytest.raises(StoreUnavailable):
            stalled.result()
    await store.close()

    assert longest < 0.4


async def test_store_recovers_after_a_lost_connection(store, bot_database):
    """A database that was restarted serves again, without a failed turn."""
    await store.save(conversation(store))
    with psycopg.connect(bot_database, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert len(list(await store.keys())) == 1
