"""The web chat's HTTP API; docs/chat-api.md describes it for people."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, TypeAdapter
from sse_starlette import EventSourceResponse, ServerSentEvent

from connectors.web import webhook
from gateway.answers import AcceptedMessage, History, NewConversation
from gateway.citizens import Citizens
from gateway.conversations import Conversations, current_conversation
from gateway.errors import (
    ConversationGone,
    EmptyMessage,
    ErrorAnswer,
    MessageTooLong,
    NotUnderstood,
)
from gateway.inbox import Intake
from gateway.limits import RateLimits
from gateway.signals import Signals
from gateway.stream import Stream
from gateway.tables import Conversation
from gateway.transcript import Transcript

HEARTBEAT_SECONDS = 15
SEND_SECONDS = 30.0
GRACE_SECONDS = 1.0
BIGGEST_SEQ = 2**63 - 1

ConversationId = Annotated[uuid.UUID, Depends(current_conversation)]


@dataclass(frozen=True)
class Chat:
    """What the routes below use."""

    conversations: Conversations
    intake: Intake
    transcript: Transcript
    signals: Signals
    citizens: Citizens
    rates: RateLimits
    message_characters: int
    clock: Callable[[], datetime.datetime]


def chat_router(chat: Chat) -> APIRouter:
    """Return the routes under /chat."""
    router = APIRouter(prefix="/chat", tags=["chat"])
    _add_conversations(router, chat)
    _add_messages(router, chat)
    _add_reading(router, chat)
    return router


def _add_conversations(router: APIRouter, chat: Chat) -> None:
    @router.post(
        "/conversations",
        status_code=201,
        response_model=NewConversation,
        responses=_errors(413, 422, 429, 503),
        openapi_extra=_body(webhook.ConversationRequest, {"language": "th"}),
    )
    async def start_conversation(request: Request) -> NewConversation:
        """Start a conversation and get the token that continues it."""
        await chat.rates.count_conversation(client_address(request))
        try:
            wanted = webhook.read_conversation_request(await request.body())
        except webhook.NotUnderstood:
            raise NotUnderstood from None
        return await chat.conversations.start(wanted.language)


def _add_messages(router: APIRouter, chat: Chat) -> None:
    @router.post(
        "/messages",
        status_code=202,
        response_model=AcceptedMessage,
        responses={
            200: {
                "model": AcceptedMessage,
                "description": "The same message was accepted before.",
            },
            **_errors(401, 409, 413, 422, 429, 503),
        },
        openapi_extra=_body(
            webhook.TextMessage | webhook.ChoiceMessage,
            {"client_message_id": "5f0c2b1e", "text": "..."},
        ),
    )
    async def post_message(
        request: Request, response: Response, conversation_id: ConversationId
    ) -> AcceptedMessage:
        """Send a typed message or press a quick reply; safe to repeat."""
        await chat.rates.count_message(str(conversation_id))
        message = _message(await request.body(), chat.message_characters)
        accepted = await chat.intake.accept_message(conversation_id, message)
        if not accepted.is_new:
            response.status_code = 200
        return AcceptedMessage(entry=accepted.entry)


def _add_reading(router: APIRouter, chat: Chat) -> None:
    @router.get(
        "/history", response_model=History, responses=_errors(401, 422, 429, 503)
    )
    async def get_history(
        conversation_id: ConversationId,
        after: Annotated[int, Query(ge=0, le=BIGGEST_SEQ)] = 0,
    ) -> History:
        """Return what was said after a place, and how the conversation stands."""
        conversation = await _existing(chat, conversation_id)
        # Asked first: a turn that ends between the two reads is still said to wait,
        # never said to be done with its answer missing.
        pending = await chat.transcript.is_pending(conversation_id)
        entries = await chat.transcript.entries(conversation_id, after)
        live = await chat.citizens.live_session(conversation_id)
        return History(
            greeting=chat.conversations.greeting(conversation.language),
            entries=tuple(entries),
            pending=pending,
            signed_in=live is not None,
            session_expires_at=live.expires_at if live else None,
        )

    @router.get(
        "/events",
        response_class=EventSourceResponse,
        responses={
            200: {
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
                "description": "Events `entry`, `turn` and `session`, until closed.",
            },
            **_errors(401, 429, 503),
        },
    )
    async def stream_events(
        conversation_id: ConversationId,
        last_event_id: Annotated[str | None, Header()] = None,
    ) -> EventSourceResponse:
        """Stream what was said after `Last-Event-ID`, then everything as it happens."""
        conversation = await _existing(chat, conversation_id)
        chat.signals.check_room(conversation_id)
        stream = Stream(conversation_id, chat.transcript, chat.citizens, chat.clock)
        return EventSourceResponse(
            stream.events(chat.signals, _place(last_event_id, conversation)),
            ping=HEARTBEAT_SECONDS,
            ping_message_factory=lambda: ServerSentEvent(comment="alive", sep="\n"),
            send_timeout=SEND_SECONDS,
            shutdown_event=(stopping := anyio.Event()),
            shutdown_grace_period=GRACE_SECONDS,
            data_sender_callable=lambda: chat.signals.close_at(stopping),
            sep="\n",
        )


def client_address(request: Request) -> str:
    """Return the caller's network address; the server knows which proxies to trust."""
    return request.client.host if request.client else ""


def _message(body: bytes, longest: int) -> webhook.TextMessage | webhook.ChoiceMessage:
    try:
        return webhook.read_message(body, longest=longest)
    except webhook.EmptyMessage:
        raise EmptyMessage from None
    except webhook.MessageTooLong:
        raise MessageTooLong(longest=longest) from None
    except webhook.NotUnderstood:
        raise NotUnderstood from None


async def _existing(chat: Chat, conversation_id: uuid.UUID) -> Conversation:
    conversation = await chat.transcript.conversation(conversation_id)
    if conversation is None:
        raise ConversationGone
    return conversation


def _place(last_event_id: str | None, conversation: Conversation) -> int:
    """Return where to go on; a place that never was means from the beginning."""
    given = last_event_id or "0"
    if not (given.isascii() and given.isdecimal() and len(given) <= len("9" * 19)):
        return 0
    seq = int(given)
    return seq if seq <= conversation.last_seq else 0


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": ErrorAnswer} for status in statuses}


def _body(shape: Any, example: dict[str, str]) -> dict[str, Any]:
    """Document a body that is read as bytes, so that every error is ours."""
    adapter = TypeAdapter[BaseModel](shape)
    schema = adapter.json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    content = {"application/json": {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}
