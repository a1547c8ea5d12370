"""What we keep about one person, as she may see it (PDPA section 30)."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from citizen.live import LiveSession
from citizen.tables import AccessLog, Consent, Session


@dataclass(frozen=True)
class Agreed:
    """One consent; `withdrawn_at` is None while it is in force."""

    version: str
    purposes: tuple[str, ...]
    given_at: datetime.datetime
    withdrawn_at: datetime.datetime | None


@dataclass(frozen=True)
class Lookup:
    """An agency was asked about her, in this conversation or in another."""

    at: datetime.datetime
    agency: str
    operation: str
    purpose: str
    outcome: str
    here: bool


@dataclass(frozen=True)
class Kept:
    """All there is of her; consents and lookups are newest first."""

    since: datetime.datetime
    until: datetime.datetime
    consents: tuple[Agreed, ...]
    lookups: tuple[Lookup, ...]
    lookups_in_all: int


async def read_kept(db: AsyncSession, session: LiveSession, most: int) -> Kept:
    """Return what is kept about the person of a session in force."""
    since = select(Session.created_at).where(Session.id == session.id)
    in_all = select(func.count()).where(AccessLog.person_id == session.person_id)
    return Kept(
        since=(await db.execute(since)).scalar_one(),
        until=session.expires_at,
        consents=await _consents(db, session.person_id),
        lookups=await _lookups(db, session, most),
        lookups_in_all=(await db.execute(in_all)).scalar_one(),
    )


async def is_in_force(db: AsyncSession, consent_id: uuid.UUID) -> bool:
    """Tell whether a consent is neither withdrawn nor erased."""
    there = select(Consent.id).where(
        Consent.id == consent_id, Consent.withdrawn_at.is_(None)
    )
    return await db.scalar(there) is not None


async def _consents(db: AsyncSession, person_id: uuid.UUID) -> tuple[Agreed, ...]:
    """Return a person's consents, withdrawn ones too: they are kept for a while."""
    theirs = (
        select(Consent)
        .where(Consent.person_id == person_id)
        .order_by(Consent.given_at.desc())
    )
    return tuple(
        Agreed(row.version, tuple(row.purposes), row.given_at, row.withdrawn_at)
        for row in await db.scalars(theirs)
    )


async def _lookups(
    db: AsyncSession, session: LiveSession, most: int
) -> tuple[Lookup, ...]:
    """Return the latest entries of a person's access log."""
    latest = (
        select(AccessLog)
        .where(AccessLog.person_id == session.person_id)
        .order_by(AccessLog.asked_at.desc())
        .limit(most)
    )
    return tuple(
        Lookup(
            at=row.asked_at,
            agency=row.agency,
            operation=row.operation,
            purpose=row.purpose,
            outcome=row.outcome,
            here=row.conversation_id == session.conversation_id,
        )
        for row in await db.scalars(latest)
    )
