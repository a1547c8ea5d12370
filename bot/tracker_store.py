"""Stores conversations in PostgreSQL: one row each, saved together with the turn.

Rasa's own SQL store blocks the event loop and, behind its fail-safe wrapper, answers
as if a turn were saved when it was not. This one waits without blocking and fails
loudly; the tables are in `tables.sql`.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
import uuid
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import async_timeout
import psycopg
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.snapshot import snapshot

log = logging.getLogger(__name__)

Connection = psycopg.AsyncConnection[TupleRow]

CONNECT_SECONDS = 3
STATEMENT_SECONDS = 5.0
OPERATION_SECONDS = 6.0

OPEN_TURN = """
    SELECT tracker.saved_at, turn.replies, turn.intent, turn.confidence
      FROM (VALUES (%s::uuid, %s::uuid)) AS asked (conversation_id, turn_id)
      LEFT JOIN bot.tracker USING (conversation_id)
      LEFT JOIN bot.turn ON turn.turn_id = asked.turn_id
                        AND turn.conversation_id = asked.conversation_id
"""
READ_TRACKER = "SELECT events FROM bot.tracker WHERE conversation_id = %s"
PUT_TRACKER = """
    INSERT INTO bot.tracker (conversation_id, events, saved_at)
    VALUES (%s, %s, clock_timestamp())
    ON CONFLICT (conversation_id) DO UPDATE
       SET events = excluded.events, saved_at = excluded.saved_at
"""
ADD_TRACKER = """
    INSERT INTO bot.tracker (events, conversation_id, saved_at)
    VALUES (%s, %s, clock_timestamp())
    ON CONFLICT DO NOTHING
"""
REPLACE_TRACKER = """
    UPDATE bot.tracker SET events = %s, saved_at = clock_timestamp()
     WHERE conversation_id = %s AND saved_at = %s
"""
ADD_TURN = """
    INSERT INTO bot.turn (turn_id, conversation_id, replies, intent, confidence)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""


class StoreUnavailable(Exception):
    """The database did not answer in time, or refused."""


class ConversationMovedOn(Exception):
    """Somebody else saved a turn of this conversation since we read it."""


@dataclass(frozen=True)
class Answer:
    """What one turn came to."""

    replies: list[dict[str, Any]]
    intent: str | None
    confidence: float | None


@dataclass(frozen=True)
class OpenedTurn:
    """What the store knows when a turn begins: its answer, if it had one before."""

    answer: Answer | None
    version: datetime.datetime | None


class PostgresTrackerStore(TrackerStore):
    """Keep each conversation's bounded snapshot, and each turn's answer."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str = "",
        **_settings: Any,
    ) -> None:
        """Take the database's address as `host`: Rasa names `url` so."""
        super().__init__(domain, event_broker)
        self._url = host
        self._pool: AsyncConnectionPool[Connection] | None = None

    async def open_turn(
        self, turn_id: uuid.UUID, conversation_id: uuid.UUID
    ) -> OpenedTurn:
        """Return the version to save over, and the answer of a turn already done."""
        async with self._connection() as connection:
            found = await connection.execute(OPEN_TURN, (conversation_id, turn_id))
            row = await found.fetchone()
        version, replies, intent, confidence = row or (None, None, None, None)
        answer = None if replies is None else Answer(replies, intent, confidence)
        return OpenedTurn(answer, version)

    async def save_turn(
        self,
        tracker: DialogueStateTracker,
        turn_id: uuid.UUID,
        answer: Answer,
        version: datetime.datetime | None,
    ) -> None:
        """Save the conversation and the turn's answer, both or neither.

        Raises:
            ConversationMovedOn: another turn was saved since `version`.
            StoreUnavailable: nothing is known to be saved.
        """
        events = Jsonb(snapshot(tracker, self.domain.slots))
        place = (events, tracker.sender_id)
        turn = (
            turn_id,
            tracker.sender_id,
            Jsonb(answer.replies),
            answer.intent,
            answer.confidence,
        )
        async with self._connection() as connection, connection.transaction():
            if version is None:
                saved = await connection.execute(ADD_TRACKER, place)
            else:
                saved = await connection.execute(REPLACE_TRACKER, (*place, version))
            if saved.rowcount == 1:
                saved = await connection.execute(ADD_TURN, turn)
            if saved.rowcount != 1:
                raise ConversationMovedOn

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save a conversation outside a turn; one without events is not stored."""
        if not tracker.events:
            return
        events = Jsonb(snapshot(tracker, self.domain.slots))
        async with self._connection() as connection:
            await connection.execute(PUT_TRACKER, (tracker.sender_id, events))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation, or None if it has not begun."""
        async with self._connection() as connection:
            found = await connection.execute(READ_TRACKER, (sender_id,))
            row = await found.fetchone()
        if row is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, row[0], self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        async with self._connection() as connection:
            found = await connection.execute("SELECT conversation_id FROM bot.tracker")
            return [str(conversation) for (conversation,) in await found.fetchall()]

    async def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            await self._pool.close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        """Lend a connection for one operation that must end in time."""
        try:
            async with async_timeout.timeout(OPERATION_SECONDS):
                pool = await self._opened_pool()
                async with pool.connection() as connection:
                    yield connection
        except (psycopg.Error, asyncio.TimeoutError) as error:
            # The driver's message may quote a row, so only its kind is told.
            log.error("the store failed: %s", type(error).__name__)  # noqa: TRY400
            raise StoreUnavailable(type(error).__name__) from error

    async def _opened_pool(self) -> AsyncConnectionPool[Connection]:
        """Return the pool, opened in the loop that uses it."""
        if self._pool is None:
            self._pool = AsyncConnectionPool(
                self._url,
                min_size=1,
                max_size=8,
                timeout=CONNECT_SECONDS,
                open=False,
                # A restarted database must not cost a turn for each old connection.
                check=AsyncConnectionPool.check_connection,
                kwargs={
                    "autocommit": True,
                    "connect_timeout": CONNECT_SECONDS,
                    "options": f"-c statement_timeout={STATEMENT_SECONDS * 1000:.0f}",
                },
            )
        await self._pool.open()
        return self._pool
