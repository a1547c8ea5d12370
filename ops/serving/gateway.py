"""Puts the gateway together."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from citizen.thaid import Registration, ThaID
from gateway.app import Parts, create_app
from gateway.conversations import current_conversation
from gateway.database import open_database, open_queue
from gateway.inbox import Intake
from gateway.limits import Limits
from gateway.rasa import RasaClient
from gateway.sign_in.parts import SignInParts
from gateway.sign_in.question import PendingQuestion
from gateway.sign_in.router import sign_in_router
from ops.database import libpq_url
from ops.keys import read_keys
from ops.serving.citizen import citizens
from ops.settings import Settings


def gateway_app(settings: Settings) -> FastAPI:
    """Return the gateway, with the web channel and the citizen's sign-in."""
    keys = read_keys(settings)
    database = open_database(libpq_url(settings))
    known = citizens(settings, database.sessions)
    thaid = ThaID(_registration(settings))

    def sign_in(intake: Intake) -> Sequence[APIRouter]:
        parts = SignInParts(
            citizens=known,
            thaid=thaid,
            conversation_of=current_conversation,
            accept_event=intake.accept_event,
            pending_question=PendingQuestion(database.sessions),
            public_url=settings.page_url,
            web_origins=settings.origins,
        )
        return [sign_in_router(parts)]

    return create_app(
        Parts(
            database=database,
            queue=open_queue(libpq_url(settings)),
            rasa=RasaClient(settings.rasa_url, keys[0].bearer("rasa")),
            citizens=known,
            token_keys=[key.derive("token") for key in keys],
            public_url=settings.page_url,
            sign_in=sign_in,
            web_origins=settings.origins,
            conversation_days=settings.conversation_days,
            limits=_limits(settings),
        )
    )


def _registration(settings: Settings) -> Registration:
    """Return what ThaID knows this deployment as."""
    return Registration(
        issuer=settings.issuer,
        client_id=settings.thaid_client_id,
        client_secret=settings.thaid_client_secret.get_secret_value(),
        redirect_uri=settings.sign_in_callback,
    )


def _limits(settings: Settings) -> Limits:
    """Return how much one client may ask."""
    return Limits(
        messages_per_minute=settings.messages_per_minute,
        conversations_per_minute=settings.conversations_per_minute,
        message_characters=settings.message_characters,
    )
