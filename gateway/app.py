"""Puts the gateway together from its parts."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import procrastinate
from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from pydantic import TypeAdapter

from connectors.web import webhook
from gateway.access import Access
from gateway.chat import Chat, chat_router
from gateway.citizens import Citizens
from gateway.conversations import Conversations
from gateway.database import Database
from gateway.errors import answer_errors
from gateway.guards import BodyLimit, SecurityHeaders
from gateway.health import health_router
from gateway.inbox import Intake
from gateway.limits import Limits, RateLimits
from gateway.metrics import Metrics
from gateway.patience import Patience
from gateway.rasa import RasaClient
from gateway.retention import Retention
from gateway.signals import Signals
from gateway.site import mount_site
from gateway.surroundings import Surroundings
from gateway.tokens import Tokens
from gateway.transcript import Transcript
from gateway.turns import Turns
from gateway.words import Words, all_words
from gateway.work import Rhythm, repeat, rescue_jobs, run_worker, running


def utc_now() -> datetime.datetime:
    """Return the present moment."""
    return datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a gateway is made of; `database` and `queue` are gateway/database.py's.

    `token_keys`: the first signs conversation tokens, all are accepted. `sign_in`
    makes the routers of the citizen's sign-in, given the way into the inbox.
    `web_origins` are the sites, besides our own, whose pages may call the API.
    """

    database: Database
    queue: procrastinate.App
    rasa: RasaClient
    citizens: Citizens
    token_keys: Sequence[bytes]
    public_url: str
    sign_in: Callable[[Intake], Sequence[APIRouter]] = lambda _: ()
    web_origins: Sequence[str] = ()
    conversation_days: int = 30
    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)
    rhythm: Rhythm = field(default_factory=Rhythm)
    words: dict[str, Words] = field(default_factory=all_words)
    clock: Callable[[], datetime.datetime] = utc_now


class Gateway:
    """The parts at work: what requests and background work share."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.metrics = Metrics()
        self.signals = Signals(
            parts.database.url, parts.limits.streams_per_conversation
        )
        self.transcript = Transcript(parts.database, parts.citizens)
        lifetime = datetime.timedelta(days=parts.conversation_days)
        self.tokens = Tokens(parts.token_keys, lifetime, parts.clock)
        self.intake = self._intake()
        self.retention = Retention(
            parts.database,
            parts.queue,
            parts.citizens,
            parts.clock,
            parts.conversation_days,
        )

    def _intake(self) -> Intake:
        parts = self.parts
        around = Surroundings(
            parts.database, parts.citizens, parts.words, self.metrics, parts.clock
        )
        turns = Turns(around, parts.rasa, parts.patience)
        return Intake(around, turns.task(parts.queue))

    def chat(self) -> Chat:
        """Return what the chat's routes use."""
        parts = self.parts
        return Chat(
            conversations=Conversations(
                parts.database, self.tokens, parts.words, parts.clock
            ),
            intake=self.intake,
            transcript=self.transcript,
            signals=self.signals,
            citizens=parts.citizens,
            rates=RateLimits(parts.limits),
            message_characters=parts.limits.message_characters,
            clock=parts.clock,
        )

    @contextlib.asynccontextmanager
    async def at_work(self, _app: FastAPI) -> AsyncIterator[None]:
        """Open what needs opening, work beside the requests, and close it again."""
        parts, rhythm = self.parts, self.parts.rhythm
        works = {
            "worker": lambda: run_worker(parts.queue, rhythm),
            "rescuer": lambda: rescue_jobs(parts.queue, rhythm, self.metrics),
            "listener": self.signals.listen,
            "sweeper": lambda: repeat(self.retention.sweep, rhythm.sweep_every),
        }
        try:
            async with parts.queue.open_async(), running(works):
                yield
                self.signals.close()
        finally:
            await parts.rasa.close()
            await parts.database.engine.dispose()


class DocumentedApp(FastAPI):
    """An app whose OpenAPI also has the shapes of bodies that are read as bytes."""

    def openapi(self) -> dict[str, Any]:
        """Return the description of the API."""
        schema = super().openapi()
        shapes = TypeAdapter(webhook.TextMessage | webhook.ChoiceMessage).json_schema(
            ref_template="#/components/schemas/{model}"
        )
        schema["components"]["schemas"].update(shapes["$defs"])
        return schema


def create_app(parts: Parts) -> FastAPI:
    """Return the gateway as an ASGI app."""
    gateway = Gateway(parts)
    app = DocumentedApp(
        title="ThamRat chat",
        summary="Ask the Thai government's services, from any web page.",
        version="1",
        lifespan=gateway.at_work,
        docs_url=None,
        redoc_url=None,
        # Spans and metrics would carry whole addresses, which hold one-time secrets.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "auto_configure": False,
        },
    )
    app.state.tokens = gateway.tokens
    app.state.gateway = gateway
    answer_errors(app, parts.words)
    _add_middleware(app, gateway)
    _add_routes(app, gateway)
    return app


def _add_middleware(app: FastAPI, gateway: Gateway) -> None:
    """Wrap the app; the last one added is the outermost."""
    parts = gateway.parts
    app.add_middleware(BodyLimit, words=parts.words)
    app.add_middleware(Access, metrics=gateway.metrics, words=parts.words)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(parts.web_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
        expose_headers=["Retry-After"],
        max_age=600,
    )
    app.add_middleware(SecurityHeaders, https=parts.public_url.startswith("https:"))


def _add_routes(app: FastAPI, gateway: Gateway) -> None:
    parts = gateway.parts
    app.include_router(chat_router(gateway.chat()))
    for router in parts.sign_in(gateway.intake):
        app.include_router(router)
    app.include_router(
        health_router(parts.database, parts.rasa, gateway.metrics, gateway.signals)
    )
    mount_site(app)
