"""A whole gateway over a real database, with Rasa and the citizens played."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import dataclass, field

import httpx2
import psycopg
import pytest
import uvicorn

from gateway.app import Parts, create_app
from gateway.database import open_database, open_queue
from gateway.limits import Limits
from gateway.patience import Patience
from gateway.rasa import RasaClient
from gateway.work import Rhythm
from tests.gateway.fakes import FakeCitizens, FakeClock, FakeRasa, Tab, until

QUICK = Rhythm(
    poll=0.1, heartbeat=0.3, stalled_after=1.0, rescue_every=0.3, shutdown=1.0
)
GENEROUS = Limits(messages_per_minute=1000, conversations_per_minute=1000)


class QuietServer(uvicorn.Server):
    """A server that leaves the signals to pytest."""

    @contextlib.contextmanager
    def capture_signals(self):
        yield


@dataclass
class House:
    """A gateway that runs, and what it runs on."""

    database_url: str
    url: str
    http: httpx2.AsyncClient
    rasa: FakeRasa
    citizens: FakeCitizens
    clock: FakeClock
    app: object

    async def open_chat(self, **body):
        """Start a conversation."""
        response = await self.http.post("/chat/conversations", json=body)
        assert response.status_code == 201, response.text
        return Tab(self.http, response.json()["token"])

    def rows(self, query, *arguments):
        """Return what is in the database."""
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query, arguments or None).fetchall()


@dataclass
class Houses:
    """Opens gateways over one database."""

    database_url: str
    rasa: FakeRasa = field(default_factory=FakeRasa)
    citizens: FakeCitizens = field(default_factory=FakeCitizens)
    clock: FakeClock = field(default_factory=FakeClock)

    def parts(self, **changes):
        """Return the parts of a gateway, some of them changed."""
        parts = {
            "database": open_database(self.database_url),
            "queue": open_queue(self.database_url),
            "rasa": RasaClient(
                "http://rasa.test", "secret", transport=self.rasa.transport
            ),
            "citizens": self.citizens,
            "token_keys": [b"k" * 32],
            "public_url": "http://127.0.0.1",
            "web_origins": ["https://agency.test"],
            "rhythm": QUICK,
            "limits": GENEROUS,
            "patience": Patience(),
            "clock": self.clock,
        }
        return Parts(**parts | changes)

    @contextlib.asynccontextmanager
    async def open(self, **changes):
        """Serve a gateway on a free port inside the block."""
        app = create_app(self.parts(**changes))
        listening = socket.create_server(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            app, log_config=None, access_log=False, timeout_graceful_shutdown=2
        )
        server = QuietServer(config)
        serving = asyncio.create_task(server.serve([listening]))
        await until(lambda: server.started or serving.done())
        limits = httpx2.Limits(max_connections=None)
        client = httpx2.AsyncClient(base_url=url, timeout=30, limits=limits)
        async with client as http:
            yield House(
                self.database_url, url, http, self.rasa, self.citizens, self.clock, app
            )
        app.state.gateway.signals.close()
        server.should_exit = True
        await serving


@pytest.fixture
def houses(database_url):
    """Return what opens gateways over this test's database."""
    return Houses(database_url)


@pytest.fixture
async def house(houses):
    """Return a gateway that runs."""
    async with houses.open() as opened:
        yield opened


@pytest.fixture
async def tab(house):
    """Return a browser tab with a conversation."""
    return await house.open_chat()
