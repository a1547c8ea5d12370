"""Runs the actions for Rasa: private, behind a bearer secret.

The server is rasa-sdk's (https://rasa.com/docs/rasa/action-server); what it lacks for
a private network of untrusting neighbours is added here.
"""

from __future__ import annotations

import hmac
import importlib
import inspect
import logging
import pkgutil
import traceback
import warnings
from collections.abc import Iterator
from types import ModuleType
from typing import Any, TypeGuard

from rasa_sdk.endpoint import create_app as create_rasa_app
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import (
    ActionExecutionRejection,
    ActionMissingDomainException,
    ActionNotFoundException,
)
from sanic import Request, Sanic
from sanic.response import HTTPResponse
from sanic.response import json as json_response

import actions
from actions.connections import Connections
from actions.service_action import ServiceAction

log = logging.getLogger(__name__)

SHORTEST_BEARER = 32
FIRST = 99
RASA_KNOWS = (
    ActionExecutionRejection,
    ActionMissingDomainException,
    ActionNotFoundException,
)


class TwoActionsWithOneName(Exception):
    """Rasa's SDK would silently keep the last one."""


class ActionFailed(Exception):
    """An action raised what nobody foresaw; the turn fails and is run again."""


class Actions(ActionExecutor):
    """The house's actions, each with the connections it needs."""

    def register_service(self, action: ServiceAction) -> None:
        """Add an action under a name that no other has."""
        if action.name() in self.actions:
            raise TwoActionsWithOneName(action.name())
        self.register_action(action)

    def update_and_return_domain(
        self, payload: dict[str, Any], action_name: str
    ) -> dict[str, Any]:
        """Do without the domain: Rasa 3.6 with a selective domain sends none.

        rasa-sdk 3.21 would answer 449 to that, which Rasa 3.6 does not know.
        """
        return payload.get("domain") or {}

    async def run(self, action_call: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Run an action; what it raised is logged without its message.

        Raises:
            ActionFailed: the action raised.
        """
        try:
            return await super().run(action_call, *args, **kwargs)
        except RASA_KNOWS:
            raise
        except Exception as error:  # noqa: BLE001 - the one place for surprises
            where = "".join(traceback.format_tb(error.__traceback__))
            kind = type(error).__name__
            log.error("%s: %s\n%s", action_call.get("next_action"), kind, where)  # noqa: TRY400 - its message may hold what citizens wrote
            raise ActionFailed(kind) from None


def create_app(*, bearer: str, connections: Connections) -> Sanic:
    """Return the action server's app.

    Raises:
        TwoActionsWithOneName: two classes claim one action.
        ValueError: the bearer secret is too short to be one.
    """
    if len(bearer) < SHORTEST_BEARER:
        raise ValueError("the action server needs a secret of 32 characters")
    executor = Actions()
    for action in find_actions(actions):
        executor.register_service(action(connections))
    # The SDK warns of any Rasa that is not 3.21; 3.6 speaks the same to it.
    warnings.filterwarnings("ignore", message="Your versions of rasa")
    app = create_rasa_app(executor, cors_origins=[])
    app.exception(ActionFailed)(_say_failed)
    app.register_middleware(_check(bearer), "request", priority=FIRST)
    return app


def serve(*, host: str, port: int, bearer: str, connections: Connections) -> None:
    """Run the action server in this process until it is told to stop."""
    app = create_app(bearer=bearer, connections=connections)
    app.run(host=host, port=port, single_process=True, access_log=False, motd=False)


def find_actions(package: ModuleType) -> Iterator[type[ServiceAction]]:
    """Yield the actions in a package's own modules; agencies have none."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if module.ispkg:
            continue
        loaded = importlib.import_module(module.name)
        for found in vars(loaded).values():
            if _is_action(found) and found.__module__ == module.name:
                yield found


def _is_action(found: object) -> TypeGuard[type[ServiceAction]]:
    return (
        isinstance(found, type)
        and issubclass(found, ServiceAction)
        and not inspect.isabstract(found)
    )


def _check(bearer: str) -> Any:
    expected = f"Bearer {bearer}".encode()

    async def check(request: Request) -> HTTPResponse | None:
        """Refuse whoever does not know the secret; health may be asked by all."""
        given = request.headers.get("authorization", "").encode("utf-8", "replace")
        if request.path == "/health" or hmac.compare_digest(given, expected):
            return None
        return json_response({"error": "unauthorized"}, status=401)

    return check


async def _say_failed(request: Request, error: Exception) -> HTTPResponse:
    return json_response({"error": "failed"}, status=500)
