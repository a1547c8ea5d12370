"""The entry of each process of ours: put it together, then serve until stopped."""

from __future__ import annotations

import os

from ops.logs import log_as_json
from ops.settings import Settings

_LOOPBACK = "127.0.0.1"


def serve_gateway(settings: Settings) -> None:
    """Serve the public process: connectors, inbox, turns, outbox, sign-in."""
    from ops.serving.gateway import gateway_app
    from ops.serving.web import serve

    serve(
        gateway_app(settings),
        host=settings.gateway_host,
        port=settings.gateway_port,
        trusted_proxies=settings.trusted_proxies,
    )


def serve_sandbox(settings: Settings) -> None:
    """Serve the stand-ins of the agencies and ThaID."""
    from ops.serving.sandbox import sandbox_app
    from ops.serving.web import serve

    serve(sandbox_app(settings), host=_LOOPBACK, port=settings.sandbox_port)


def serve_actions(settings: Settings) -> None:
    """Serve the action server."""
    from ops.serving.actions import serve_actions as serve_actions_at

    serve_actions_at(settings, _LOOPBACK)


def serve_rasa(settings: Settings) -> None:
    """Become Rasa, in its own environment."""
    from ops.model import trained_model
    from ops.programs import rasa

    program = rasa(settings, trained_model(print))
    command = program.command
    os.execve(command[0], command, program.environment)  # noqa: S606 - no shell


_SERVERS = {
    "gateway": serve_gateway,
    "actions": serve_actions,
    "sandbox": serve_sandbox,
    "rasa": serve_rasa,
}


def serve(process: str, settings: Settings) -> None:
    """Serve one process by its name."""
    log_as_json(process, settings.log_level)
    _SERVERS[process](settings)
