"""The command lines of the house's processes, and how to ask each if it serves."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import httpx2

from ops.child import Program
from ops.database import libpq_url
from ops.keys import read_keys
from ops.model import BOT_ENVIRONMENT, BOT_PYTHON
from ops.postgres import EmbeddedPostgres
from ops.settings import Settings

_PROBE_SECONDS = 1.0


def postgres(server: EmbeddedPostgres) -> Program:
    """Return the embedded database server."""
    return Program(
        name="postgres",
        command=server.command(),
        is_ready=server.is_running,
        environment=dict(os.environ),
        stop_signal=signal.SIGINT,  # PostgreSQL's "fast" shutdown
        leashes_itself=True,
    )


def ours(name: str, settings: Settings, ready_url: str) -> Program:
    """Return one of the processes of the root environment: `thamrat serve <name>`."""
    return Program(
        name=name,
        command=[sys.executable, "-m", "ops.command", "serve", name],
        is_ready=lambda: answers(ready_url),
        environment=_environment(settings),
    )


def rasa(settings: Settings, model: Path) -> Program:
    """Return Rasa, in its own environment, with what its YAML files refer to."""
    keys = read_keys(settings)[0]
    return Program(
        name="rasa",
        command=rasa_command(settings, model),
        is_ready=lambda: has_loaded(f"{settings.rasa_url}/webhooks/turns/"),
        environment=_environment(settings)
        | BOT_ENVIRONMENT
        | {
            "DATABASE_URL": libpq_url(settings),
            "RASA_TURN_SECRET": keys.bearer("rasa"),
            "ACTIONS_URL": f"{settings.actions_url}/webhook",
            "ACTIONS_SECRET": keys.bearer("actions"),
        },
    )


def rasa_command(settings: Settings, model: Path) -> list[str]:
    """Return the command line that serves a model."""
    where = ["--model", str(model), "--port", str(settings.rasa_port)]
    return [str(BOT_PYTHON), "-m", "bot.serve", *where]


def answers(url: str) -> bool:
    """Tell whether a health page says that all is well."""
    try:
        return httpx2.get(url, timeout=_PROBE_SECONDS, trust_env=False).is_success
    except httpx2.TransportError:
        return False


def has_loaded(url: str) -> bool:
    """Tell whether Rasa has a model to answer with."""
    try:
        answer = httpx2.get(url, timeout=_PROBE_SECONDS, trust_env=False)
        return bool(answer.json()["ready"])
    except (httpx2.TransportError, ValueError, KeyError):
        return False


def _environment(settings: Settings) -> dict[str, str]:
    """Return what a process of ours needs to read the same settings."""
    return {**os.environ, **settings.as_environment(), "PYTHONUNBUFFERED": "1"}
