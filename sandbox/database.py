"""The sandbox's own database: synthetic records, sign-ins in progress, faults."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, ForeignKey, Text, delete, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from sandbox.people import Month, Person, months_of, read_people

SEED_LOCK = 8_100
BANGKOK = ZoneInfo("Asia/Bangkok")

Clock = Callable[[], datetime.datetime]


class Base(DeclarativeBase):
    """Tables of the database `sandbox`."""

    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime.datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        str: Text,
    }


class Insured(Base):
    """Somebody the Social Security Office knows."""

    __tablename__ = "insured"

    citizen_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str]
    option: Mapped[int | None]


class Contribution(Base):
    """One insured month; money is satang."""

    __tablename__ = "contribution"

    citizen_id: Mapped[str] = mapped_column(
        ForeignKey(Insured.citizen_id, ondelete="CASCADE"), primary_key=True
    )
    period: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str]
    option: Mapped[int | None]
    employer: Mapped[str | None]
    wage_base: Mapped[int | None]
    employee: Mapped[int]
    employer_share: Mapped[int | None]
    government: Mapped[int | None]
    status: Mapped[str]
    paid_at: Mapped[datetime.date | None]


class Seeded(Base):
    """The day the records were made for; the present month moves with the day."""

    __tablename__ = "seeded"

    day: Mapped[datetime.date] = mapped_column(primary_key=True)


class Fault(Base):
    """What a service is told to do wrong, until it is told otherwise."""

    __tablename__ = "fault"

    service: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    seconds: Mapped[float]
    status: Mapped[int]


class SigningKey(Base):
    """The key ThaID signs with; kept so that a restart does not change it."""

    __tablename__ = "signing_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    jwk: Mapped[dict[str, Any]]


class Code(Base):
    """An authorization code, usable once; only its SHA-256 is kept."""

    __tablename__ = "code"

    digest: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    redirect_uri: Mapped[str]
    citizen_id: Mapped[str]
    scope: Mapped[str]
    nonce: Mapped[str]
    expires_at: Mapped[datetime.datetime]
    used_at: Mapped[datetime.datetime | None]


class AccessToken(Base):
    """An access token; only its SHA-256 is kept."""

    __tablename__ = "access_token"

    digest: Mapped[str] = mapped_column(primary_key=True)
    code_digest: Mapped[str]
    client_id: Mapped[str]
    citizen_id: Mapped[str]
    scope: Mapped[str]
    expires_at: Mapped[datetime.datetime]
    revoked_at: Mapped[datetime.datetime | None]


class Records:
    """Sessions on the sandbox's database, seeded for the present day."""

    def __init__(self, database_url: str, clock: Clock) -> None:
        url = make_url(database_url).set(drivername="postgresql+psycopg")
        self._engine = create_async_engine(
            url, pool_size=5, pool_pre_ping=True, hide_parameters=True
        )
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        self.people = {person.citizen_id: person for person in read_people()}
        self._clock = clock

    def now(self) -> datetime.datetime:
        """Return the present instant, in Bangkok."""
        return self._clock().astimezone(BANGKOK)

    async def start(self) -> None:
        """Make the tables that are not there; two processes may start at once."""
        async with self._engine.begin() as connection:
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({SEED_LOCK})"))
            await connection.run_sync(Base.metadata.create_all)
        async with self.session():
            pass

    async def stop(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Yield a transaction that sees the records of the present day."""
        async with self._sessions.begin() as session:
            await self._seed(session, self.now().date())
            yield session

    async def _seed(self, session: AsyncSession, today: datetime.date) -> None:
        if await _seeded_for(session, today):
            return
        await session.execute(text(f"SELECT pg_advisory_xact_lock({SEED_LOCK})"))
        if await _seeded_for(session, today):
            return
        for table in (Contribution, Insured, Seeded):
            await session.execute(delete(table))
        session.add(Seeded(day=today))
        for person in self.people.values():
            if person.spells:
                session.add(_insured(person))
        await session.flush()
        session.add_all(
            _contribution(person, month)
            for person in self.people.values()
            for month in months_of(person, today)
        )
        await session.flush()


async def _seeded_for(session: AsyncSession, today: datetime.date) -> bool:
    return await session.scalar(select(func.max(Seeded.day))) == today


def _insured(person: Person) -> Insured:
    latest = person.spells[-1]
    return Insured(
        citizen_id=person.citizen_id, section=latest.section, option=latest.option
    )


def _contribution(person: Person, month: Month) -> Contribution:
    return Contribution(
        citizen_id=person.citizen_id,
        period=month.period,
        section=month.section,
        option=month.option,
        employer=month.employer,
        wage_base=month.shares.wage_base,
        employee=month.shares.employee,
        employer_share=month.shares.employer_share,
        government=month.shares.government,
        status=month.status,
        paid_at=month.paid_at,
    )
