"""Asks Rasa for the answer to one turn.

The private turn endpoint is bot/channel.py: a turn has an id, the same id twice gives
the same replies and no second side effect, and a turn not saved is never a 200.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any

import httpx2
from pydantic import BaseModel, ConfigDict, ValidationError

HEALTH_SECONDS = 2.0


class NoAnswer(Exception):
    """The turn got no answer; trying again may help."""

    reason = "no_answer"


class RasaUnreachable(NoAnswer):
    """Rasa did not answer, or not in time."""

    reason = "unreachable"


class TurnNotSaved(NoAnswer):
    """Rasa could not store the turn, or its conversation is busy."""

    reason = "not_saved"


class TurnFailed(NoAnswer):
    """Something broke inside Rasa or the action server during this turn."""

    reason = "failed"


class BearerRefused(NoAnswer):
    """Rasa does not know our bearer secret: the two are configured differently."""

    reason = "bearer_refused"


class AnswerNotUnderstood(NoAnswer):
    """Rasa answered in a shape we do not know."""

    reason = "not_understood"


class TurnRefused(Exception):
    """Rasa refuses this turn for good."""


@dataclass(frozen=True)
class Turn:
    """One turn, in the fields of the turn endpoint."""

    turn_id: uuid.UUID
    conversation_id: uuid.UUID
    kind: str
    text: str
    language: str
    identity: str
    intent: str | None = None
    entities: dict[str, Any] = field(default_factory=dict)
    channel: str = "web"

    def as_json(self) -> dict[str, Any]:
        """Return the body to post."""
        ids = {"turn_id": self.turn_id, "conversation_id": self.conversation_id}
        return asdict(self) | {name: str(value) for name, value in ids.items()}


class Answer(BaseModel):
    """What Rasa said to one turn."""

    model_config = ConfigDict(frozen=True)

    turn_id: uuid.UUID
    replies: tuple[dict[str, Any], ...]
    intent: str | None = None
    confidence: float | None = None


class RasaClient:
    """The turn endpoint of one Rasa.

    `seconds` has to be more than Rasa lets an action run, or a slow agency would
    look like a broken Rasa.
    """

    def __init__(
        self,
        base_url: str,
        bearer: str,
        *,
        seconds: float = 30.0,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx2.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {bearer}"},
            timeout=httpx2.Timeout(seconds, connect=2.0),
            limits=httpx2.Limits(max_connections=64, keepalive_expiry=30.0),
            transport=transport,
            trust_env=False,
        )

    async def answer(self, turn: Turn) -> Answer:
        """Return Rasa's answer to a turn.

        Raises:
            NoAnswer: there is none now; its subclasses say why.
            TurnRefused: there will never be one.
        """
        try:
            response = await self._http.post("/webhooks/turns/", json=turn.as_json())
        except httpx2.TransportError as error:
            raise RasaUnreachable(type(error).__name__) from error
        _check(response)
        try:
            return Answer.model_validate_json(response.content)
        except ValidationError:
            # pydantic's error quotes the answer, so it is not kept as the cause.
            raise AnswerNotUnderstood from None

    async def is_up(self) -> bool:
        """Return whether Rasa answers at all."""
        try:
            response = await self._http.get("/", timeout=HEALTH_SECONDS)
        except httpx2.TransportError:
            return False
        return response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _check(response: httpx2.Response) -> None:
    status = response.status_code
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        raise TurnRefused
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise BearerRefused
    if status == HTTPStatus.CONFLICT:
        raise TurnNotSaved
    if status == HTTPStatus.SERVICE_UNAVAILABLE and _code(response) == "failed":
        raise TurnFailed
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        raise TurnNotSaved
    raise TurnFailed if status == HTTPStatus.INTERNAL_SERVER_ERROR else RasaUnreachable


def _code(response: httpx2.Response) -> str | None:
    try:
        return str(response.json().get("error"))
    except (ValueError, AttributeError):
        return None
