"""Logs and counts requests, and answers when something breaks.

Only the pattern of an address is written (`/sign-in/{secret}`), never the address: it
may carry a one-time secret. Queries, headers and bodies are not written at all.
"""

from __future__ import annotations

import time
import traceback

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import error_answer
from gateway.metrics import Metrics
from gateway.words import Words

log = structlog.get_logger(__name__)

KEPT_FRAMES = 5
QUIET_PATHS = {"/healthz", "/metrics"}


class Access:
    """The outermost part of the app that knows of requests."""

    def __init__(
        self, app: ASGIApp, *, metrics: Metrics, words: dict[str, Words]
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._words = words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:  # noqa: BLE001 - the last place to stop it
            _log_crash(scope, error)
            if not status:
                await error_answer(self._words, "broken", 500)(scope, receive, noting)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method, path = scope["method"], path_pattern(scope)
        self._metrics.requests.labels(method, path, str(status)).observe(seconds)
        if path not in QUIET_PATHS:
            log.info(
                "request",
                method=method,
                path=path,
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )


def path_pattern(scope: Scope) -> str:
    """Return the pattern of the route that served a request."""
    route = scope.get("route")
    pattern = getattr(route, "path", None) or getattr(route, "path_format", None)
    if pattern:
        return str(pattern)
    mounted = str(scope.get("root_path", ""))
    return f"{mounted}/*" if "endpoint" in scope else "unknown"


def _log_crash(scope: Scope, error: Exception) -> None:
    """Log where something broke; its message could quote a citizen."""
    frames = traceback.extract_tb(error.__traceback__)[-KEPT_FRAMES:]
    log.error(
        "request_broke",
        path=path_pattern(scope),
        error=type(error).__name__,
        way=[f"{frame.name}:{frame.lineno}" for frame in frames],
    )
