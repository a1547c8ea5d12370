"""Deletes what was kept long enough."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Sequence

import procrastinate
from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.citizens import Citizens
from gateway.database import Database
from gateway.tables import Conversation

# Any number: it keeps two gateways from sweeping at once.
SWEEPER = 7_428_261
FAILED_JOB_HOURS = 24
AT_ONCE = 500
# What Rasa keeps of a conversation (bot/tracker_store.py), deleted with it.
BOT_TABLES = ("bot.tracker", "bot.turn")


class Retention:
    """The end of conversations, sign-ins, cards and jobs."""

    def __init__(
        self,
        database: Database,
        queue: procrastinate.App,
        citizens: Citizens,
        clock: Callable[[], datetime.datetime],
        days: int,
    ) -> None:
        self._database = database
        self._queue = queue
        self._citizens = citizens
        self._clock = clock
        self._lifetime = datetime.timedelta(days=days)

    async def sweep(self) -> int:
        """Delete what is past its end; return how many conversations that was."""
        await self._citizens.sweep()
        async with self._database.sessions.begin() as session:
            mine = select(func.pg_try_advisory_xact_lock(SWEEPER))
            if not await session.scalar(mine):
                return 0
            deleted = await self._delete_conversations(session)
        await self._queue.job_manager.delete_old_jobs(
            FAILED_JOB_HOURS,
            include_failed=True,
            include_cancelled=True,
            include_aborted=True,
        )
        return deleted

    async def _delete_conversations(self, session: AsyncSession) -> int:
        oldest = self._clock() - self._lifetime
        old = select(Conversation.id).where(Conversation.created_at < oldest)
        ids = (await session.scalars(old.limit(AT_ONCE))).all()
        if ids:
            await session.execute(delete(Conversation).where(Conversation.id.in_(ids)))
            await _delete_from_bot(session, ids)
        return len(ids)


async def _delete_from_bot(session: AsyncSession, ids: Sequence[uuid.UUID]) -> None:
    for table in BOT_TABLES:
        if await session.scalar(select(func.to_regclass(table))) is not None:
            statement = f"DELETE FROM {table} WHERE conversation_id = ANY(:ids)"  # noqa: S608 - the table names above
            await session.execute(text(statement), {"ids": list(ids)})
