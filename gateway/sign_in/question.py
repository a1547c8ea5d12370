"""Finds the question that waits for a sign-in, as its citizen wrote it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.tables import Inbox

SAID = ("text", "choice")


@dataclass(frozen=True)
class PendingQuestion:
    """Reads the inbox, whose texts have passed the PII shield."""

    sessions: async_sessionmaker[AsyncSession]

    async def __call__(self, conversation_id: uuid.UUID) -> str | None:
        """Return the last thing the citizen wrote or pressed."""
        last = (
            select(Inbox.text)
            .where(Inbox.conversation_id == conversation_id, Inbox.kind.in_(SAID))
            .order_by(Inbox.seq.desc())
            .limit(1)
        )
        async with self.sessions() as db:
            return await db.scalar(last)
