"""Serves the model on a private port: `bot/.venv/bin/python -m bot.serve`.

Only our own turn endpoint exists: no HTTP API of Rasa's, no stock channel, no CORS.
Needs DATABASE_URL, RASA_TURN_SECRET, ACTIONS_URL and ACTIONS_SECRET.
"""

from __future__ import annotations

import argparse
import os
import sys
from asyncio import AbstractEventLoop
from functools import partial
from pathlib import Path

os.environ |= {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

from rasa.core.agent import load_agent
from rasa.core.channels.channel import register
from rasa.core.run import create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from rasa.model import get_latest_model
from sanic import Sanic

from bot.logs import log_as_json
from bot.turn import loud_store
from bot.understanding import understand

CREDENTIALS = "bot/credentials.yml"
ENDPOINTS = "bot/endpoints.yml"
MODELS = "models"
WARM_UP = "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 hello"


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="the newest in models/ if not given")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    given = parser.parse_args()
    log_as_json()
    path = str(given.model) if given.model else get_latest_model(MODELS)
    if not path or not Path(path).is_file():
        sys.exit("there is no trained model: run `make train` first")
    app = create_app(path)
    app.run(host=given.host, port=given.port, access_log=False, motd=False)


def create_app(model: str) -> Sanic:
    """Return the server of one model, with the turn endpoint alone."""
    app = Sanic("thamrat_bot", configure_logging=False)
    app.config.RESPONSE_TIMEOUT = 60
    app.config.REQUEST_MAX_SIZE = 200_000
    register(create_http_input_channels(None, CREDENTIALS), app, route="/webhooks/")
    app.register_listener(partial(_load, model), "before_server_start")
    app.register_listener(_close, "after_server_stop")
    return app


async def _load(model: str, app: Sanic, loop: AbstractEventLoop) -> None:
    """Load the model before the first turn is let in."""
    endpoints = AvailableEndpoints.read_endpoints(ENDPOINTS)
    app.ctx.agent = await load_agent(model, endpoints=endpoints, loop=loop)
    if not app.ctx.agent.is_ready():
        raise RuntimeError(f"{model} could not be loaded")
    loud_store(app.ctx.agent)
    # The dictionary is read with the first word; no citizen should wait for that.
    await understand(app.ctx.agent.processor, WARM_UP)


async def _close(app: Sanic, loop: AbstractEventLoop) -> None:
    """Give the database its connections back."""
    agent = getattr(app.ctx, "agent", None)
    if agent is not None:
        await loud_store(agent).close()


if __name__ == "__main__":
    main()
