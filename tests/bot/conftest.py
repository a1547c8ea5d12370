"""A store on a real PostgreSQL, and the trained model with actions of our own."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

os.environ |= {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

import psycopg
import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.model import get_latest_model
from rasa.shared.core.domain import Domain

from bot.tracker_store import PostgresTrackerStore
from bot.turn_request import TurnRequest
from tests.bot.fakes import FakeActions

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bot_database(empty_database_url):
    """Return the address of a database with the bot's tables alone."""
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute((ROOT / "bot/tables.sql").read_text("utf-8"))
    return empty_database_url


@pytest.fixture
async def store(bot_database):
    """Return a store of conversations with one slot."""
    slot = {"type": "text", "mappings": [{"type": "custom"}]}
    domain = Domain.from_dict({"slots": {"period": slot}})
    store = PostgresTrackerStore(domain, host=bot_database)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def model():
    """Return the newest trained model."""
    path = get_latest_model(str(ROOT / "models"))
    assert path, "there is no trained model: run `make train` first"
    return path


@pytest.fixture(scope="session")
def loaded(model):
    """Return the model in memory, read once."""
    return Agent.load(model)


@pytest.fixture
async def agent(loaded, bot_database):
    """Return the model over a real database, wrapped as Rasa always wraps it."""
    store = PostgresTrackerStore(loaded.domain, host=bot_database)
    loaded.tracker_store = FailSafeTrackerStore(store)
    loaded.processor.action_endpoint = FakeActions()
    yield loaded
    await store.close()


@pytest.fixture
def said():
    """Return a way to make the turns of one conversation."""
    conversation = uuid.uuid4()

    def turn(text="", **changes):
        body = {
            "turn_id": str(uuid.uuid4()),
            "conversation_id": str(conversation),
            "kind": "text",
            "text": text,
            "language": "th",
            "identity": "none",
            "channel": "web",
        }
        return TurnRequest.from_json(body | changes)

    return turn
