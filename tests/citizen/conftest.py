"""A citizen's room of a test's own, on real PostgreSQL."""

import uuid

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

from citizen.citizens import Citizens
from citizen.identity_token import Identity
from citizen.thaid import ThaID
from citizen.vault import Vault
from ops.database import sqlalchemy_url
from tests.citizen.fake_thaid import PID, FakeThaID, Now

CHAT, OTHER_CHAT = uuid.UUID(int=1), uuid.UUID(int=2)
CALLBACK = "https://thamrat.test/sign-in/callback"
VAULT_KEY = b"v" * 32
SUBJECT_KEY = b"s" * 32


@pytest.fixture
def now():
    return Now()


@pytest.fixture
async def sessions(database_url):
    engine = create_async_engine(sqlalchemy_url(database_url), poolclass=NullPool)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


@pytest.fixture
def citizens(sessions, now):
    return Citizens(sessions, Vault([VAULT_KEY], now), SUBJECT_KEY, clock=now)


@pytest.fixture
def sign_in(citizens):
    """Return a function that signs a conversation in, all the way."""

    async def agreed(conversation_id, pid=PID, browser="b" * 43):
        sign_ins, agreements = citizens.sign_ins, citizens.agreements
        link = await sign_ins.start(
            conversation_id, channel="web", return_url="https://site.test/"
        )
        departure = await sign_ins.open(link.secret, browser, "th")
        arrival = await sign_ins.arrive(departure.state, browser)
        await sign_ins.identify(arrival.asked.id, Identity(pid, "2.3"))
        return await agreements.agree(arrival.asked.id, browser)

    async def signed_in(conversation_id, pid=PID):
        code = await agreed(conversation_id, pid)
        return await citizens.agreements.complete(conversation_id, code)

    signed_in.agreed = agreed
    return signed_in


async def count(sessions, table):
    """Return how many rows a table has."""
    async with sessions() as db:
        return await db.scalar(select(func.count()).select_from(table))


@pytest.fixture
def fake(now):
    return FakeThaID(now)


@pytest.fixture
async def thaid(fake, now):
    thaid = ThaID(fake.registration(CALLBACK), transport=fake, clock=now)
    yield thaid
    await thaid.close()


async def finish(thaid, fake):
    """Sign in at the fake and return what the client reads from it."""
    url = await thaid.authorization_url("the-state", "the-nonce")
    back = httpx2.URL(fake.log_in(url))
    assert back.params["state"] == "the-state"
    return await thaid.finish(back.params["code"], "the-nonce")
