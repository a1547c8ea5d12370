"""Tells every gateway process at once what changed in a conversation.

PostgreSQL's NOTIFY is part of the transaction that made the change, so nobody hears
of a row before it can be read (https://www.postgresql.org/docs/18/sql-notify.html).
A signal says only that something changed; what changed is always read from the tables.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator

import anyio
import psycopg
import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.errors import TooManyTabs

log = structlog.get_logger(__name__)

CHANNEL = "gateway_chat"
QUIET_SECONDS = 20.0
RECONNECT_SECONDS = 0.5


async def signal(
    session: AsyncSession,
    conversation_id: uuid.UUID,
    turn: tuple[uuid.UUID, str] | None = None,
) -> None:
    """Signal a change, with a turn's new status if it has one, at commit."""
    payload = {"conversation": str(conversation_id)}
    if turn:
        payload |= {"turn": str(turn[0]), "status": turn[1]}
    await session.execute(select(func.pg_notify(CHANNEL, json.dumps(payload))))


class Subscription:
    """What one open stream has not looked at yet."""

    def __init__(self) -> None:
        self.closed = False
        self._changed = asyncio.Event()
        self._statuses: dict[uuid.UUID, str] = {}

    def put(self, turn: tuple[uuid.UUID, str] | None) -> None:
        """Note a change; only the newest status of a turn is kept."""
        if turn:
            self._statuses.pop(turn[0], None)
            self._statuses[turn[0]] = turn[1]
        self._changed.set()

    def take(self) -> dict[uuid.UUID, str]:
        """Return the statuses noted, and start noting anew."""
        self._changed.clear()
        statuses, self._statuses = self._statuses, {}
        return statuses

    async def wait(self, seconds: float | None) -> None:
        """Return at the next change, or after some seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()

    def close(self) -> None:
        """End the stream."""
        self.closed = True
        self._changed.set()


class Signals:
    """The open streams of this process, and the one connection that feeds them."""

    def __init__(self, database_url: str, streams_per_conversation: int) -> None:
        self._url = database_url
        self._most = streams_per_conversation
        self._open: dict[uuid.UUID, set[Subscription]] = defaultdict(set)

    @contextlib.contextmanager
    def subscribed(self, conversation_id: uuid.UUID) -> Iterator[Subscription]:
        """Subscribe to a conversation.

        Raises:
            TooManyTabs: it has as many streams as one may have.
        """
        self.check_room(conversation_id)
        subscription = Subscription()
        self._open[conversation_id].add(subscription)
        try:
            yield subscription
        finally:
            self._open[conversation_id].discard(subscription)
            if not self._open[conversation_id]:
                del self._open[conversation_id]

    def check_room(self, conversation_id: uuid.UUID) -> None:
        """Refuse one stream too many.

        Raises:
            TooManyTabs: the conversation has as many streams as one may have.
        """
        if len(self._open.get(conversation_id, ())) >= self._most:
            raise TooManyTabs

    def streams(self) -> int:
        """Return how many streams are open."""
        return sum(len(subscriptions) for subscriptions in self._open.values())

    def close(self) -> None:
        """End every stream."""
        for subscription in self._all():
            subscription.close()

    async def close_at(self, stopping: anyio.Event) -> None:
        """End every stream in good order when the server stops."""
        await stopping.wait()
        self.close()

    async def listen(self) -> None:
        """Feed the streams until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen_once()
            except (psycopg.Error, OSError) as error:
                log.warning("signals_lost", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_once(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            # What was signalled while nobody listened is found by reading again.
            for subscription in self._all():
                subscription.put(None)
            while True:
                async for notice in connection.notifies(timeout=QUIET_SECONDS):
                    self._hand_out(notice.payload)
                await connection.execute("SELECT 1")

    def _hand_out(self, payload: str) -> None:
        content = json.loads(payload)
        turn = None
        if "turn" in content:
            turn = (uuid.UUID(content["turn"]), content["status"])
        conversation_id = uuid.UUID(content["conversation"])
        for subscription in self._open.get(conversation_id, ()):
            subscription.put(turn)

    def _all(self) -> list[Subscription]:
        return [each for group in self._open.values() for each in group]
