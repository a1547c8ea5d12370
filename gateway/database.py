"""Opens the database the way the gateway needs it."""

from __future__ import annotations

from dataclasses import dataclass

import procrastinate
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

CONNECT_SECONDS = 5
POOL_SECONDS = 5


@dataclass(frozen=True)
class Database:
    """One PostgreSQL database: its libpq URL, its engine and its sessions."""

    url: str
    engine: AsyncEngine
    sessions: async_sessionmaker[AsyncSession]


def open_database(url: str, *, connections: int = 10) -> Database:
    """Return the database at a libpq URL; nothing connects before it is used.

    Statements in errors carry no parameters, which could be a citizen's words.
    """
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS},
    )
    return Database(url, engine, async_sessionmaker(engine, expire_on_commit=False))


def open_queue(url: str, *, connections: int = 6) -> procrastinate.App:
    """Return the job queue in the database at a libpq URL, not yet opened."""
    connector = procrastinate.PsycopgConnector(
        conninfo=url,
        min_size=1,
        max_size=connections,
        timeout=POOL_SECONDS,
        kwargs={"connect_timeout": CONNECT_SECONDS},
    )
    return procrastinate.App(connector=connector)
