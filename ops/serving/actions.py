"""Puts the action server together."""

from __future__ import annotations

import datetime

from actions.agencies.asking import AgencyAddress
from actions.connections import Connections, configure
from actions.server import serve
from gateway.database import open_database
from ops.database import libpq_url
from ops.keys import read_keys
from ops.serving.citizen import citizens
from ops.settings import Settings


def serve_actions(settings: Settings, host: str) -> None:
    """Run the action server until it is told to stop."""
    serve(
        host=host,
        port=settings.actions_port,
        bearer=read_keys(settings)[0].bearer("actions"),
        connections=_connections(settings),
    )


def _connections(settings: Settings) -> Connections:
    """Return what actions may reach."""
    database = open_database(libpq_url(settings))
    return configure(
        citizens(settings, database.sessions),
        {"sso": _social_security(settings)},
        timeout_seconds=settings.agency_timeout_seconds,
        clock=_now,
        conversation_days=settings.conversation_days,
    )


def _social_security(settings: Settings) -> AgencyAddress:
    """Return where the Social Security Office answers: the sandbox by default."""
    return AgencyAddress(
        url=settings.agency_sso_url or f"{settings.sandbox_url}/sso",
        api_key=settings.agency_sso_key.get_secret_value(),
    )


def _now() -> datetime.datetime:
    """Return the present moment."""
    return datetime.datetime.now(datetime.UTC)
