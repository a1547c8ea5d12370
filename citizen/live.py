"""Sessions in force: one conversation, one person, until an end."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from citizen.safe import Safe
from citizen.tables import Session


@dataclass(frozen=True)
class LiveSession:
    """A session that was in force when it was read."""

    id: uuid.UUID
    sign_in_id: uuid.UUID
    conversation_id: uuid.UUID
    person_id: uuid.UUID
    consent_id: uuid.UUID
    identity_level: str
    expires_at: datetime.datetime


async def live_session(
    db: AsyncSession,
    conversation_id: uuid.UUID,
    now: datetime.datetime,
    *,
    held: bool = False,
) -> LiveSession | None:
    """Return the session in force; `held` keeps it from ending in this transaction."""
    query = select(Session).where(
        Session.conversation_id == conversation_id,
        Session.ended_at.is_(None),
        Session.expires_at > now,
    )
    row = await db.scalar(query.with_for_update(read=True) if held else query)
    if row is None:
        return None
    return LiveSession(
        row.id,
        row.sign_in_id,
        row.conversation_id,
        row.person_id,
        row.consent_id,
        row.identity_level,
        row.expires_at,
    )


async def end_sessions(
    db: AsyncSession,
    safe: Safe,
    which: ColumnElement[bool],
    now: datetime.datetime,
) -> bool:
    """End sessions and wipe what they own; tell whether one was in force."""
    ended = await db.execute(
        update(Session)
        .where(which, Session.ended_at.is_(None))
        .values(ended_at=now)
        .returning(Session.id, Session.expires_at)
    )
    rows = ended.all()
    await safe.wipe(db, [row.id for row in rows])
    return any(row.expires_at > now for row in rows)


async def lock_conversation(db: AsyncSession, conversation_id: uuid.UUID) -> None:
    """Let one transaction at a time begin or end a conversation's session."""
    number = int.from_bytes(conversation_id.bytes[:8], signed=True)
    await db.execute(select(func.pg_advisory_xact_lock(number)))
