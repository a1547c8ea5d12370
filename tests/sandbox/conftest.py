"""A sandbox on a database of its own, on a day that does not move by itself."""

from __future__ import annotations

import dataclasses
import datetime
from contextlib import asynccontextmanager

import httpx2
import pytest

from sandbox.app import create_app
from sandbox.thaid_tokens import RelyingParty

ISSUER = "http://sandbox.test/thaid"
CALLBACK = "http://chat.test/sign-in/callback"
SSO_KEY = "key-of-the-chat"
PARTY = RelyingParty("chat", "secret-of-the-chat", (CALLBACK,))


@dataclasses.dataclass
class Day:
    """A clock that a test moves."""

    now: datetime.datetime

    def __call__(self) -> datetime.datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += datetime.timedelta(**time)


@pytest.fixture
def day():
    """22 November 2026, half past ten in Bangkok."""
    return Day(datetime.datetime(2026, 11, 22, 3, 30, tzinfo=datetime.UTC))


@asynccontextmanager
async def running(database_url, day):
    app = create_app(
        database_url=database_url,
        thaid_issuer=ISSUER,
        relying_party=PARTY,
        sso_api_key=SSO_KEY,
        clock=day,
    )
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://sandbox.test") as http,
    ):
        yield http


@pytest.fixture
async def sandbox(empty_database_url, day):
    """Return a client of a running sandbox."""
    async with running(empty_database_url, day) as http:
        yield http
