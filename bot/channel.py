"""The private endpoint where the gateway posts one turn and gets its replies.

A turn has an id: posted twice it gives the same replies and acts once. A turn that
was not saved is never a 200. The stock channels answer 200 for lost messages.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import async_timeout
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.tracker_store import Answer, ConversationMovedOn, StoreUnavailable
from bot.turn import TurnFailed, UnknownIntent, loud_store, run_turn
from bot.turn_request import MalformedTurn, TurnRequest
from bot.turns_in_order import Busy, TurnsInOrder

log = logging.getLogger(__name__)

SHORTEST_SECRET = 32
PATIENCE_SECONDS = 5.0
# Longer than any action may take, shorter than the gateway's lease on the job.
TURN_SECONDS = 25.0


class TurnChannel(InputChannel):
    """`POST /webhooks/turns/`, for the gateway alone."""

    def __init__(
        self,
        secret: str,
        *,
        patience: float = PATIENCE_SECONDS,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        """Take the bearer secret that the gateway shares."""
        if len(secret) < SHORTEST_SECRET:
            raise RasaException("the turn endpoint needs a secret of 32 characters")
        self._bearer = f"Bearer {secret}".encode()
        self._in_order = TurnsInOrder(patience)
        self._turn_seconds = turn_seconds

    @classmethod
    def name(cls) -> str:
        """Return the last part of the endpoint's path."""
        return "turns"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TurnChannel:
        """Read `bot/credentials.yml`."""
        return cls(str((credentials or {}).get("secret", "")))

    def blueprint(
        self, on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> Blueprint:
        """Return the routes; Rasa's own handler is not used, it hides failures."""
        turns = Blueprint("turns")

        @turns.get("/")
        async def ready(request: Request) -> HTTPResponse:
            agent: Agent = request.app.ctx.agent
            return json_response({"ready": agent.is_ready()})

        @turns.post("/")
        async def turn(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return _refused(401, "unauthorized")
            return await self._answer(request)

        return turns

    def _is_gateway(self, request: Request) -> bool:
        """Tell whether the caller knows the secret, in constant time."""
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._bearer)

    async def _answer(self, request: Request) -> HTTPResponse:
        """Answer one call; each way of failing has a code of its own."""
        try:
            turn = TurnRequest.from_json(request.json)
            answer = await self.take(request.app.ctx.agent, turn)
        except (MalformedTurn, UnknownIntent, SanicException):
            return _refused(422, "malformed")
        except Busy:
            return _refused(409, "busy")
        except (StoreUnavailable, ConversationMovedOn):
            return _refused(503, "not_saved")
        except Exception:
            log.exception("a turn failed")
            return _refused(503, "failed")
        return json_response(_body(turn, answer), dumps=json.dumps)

    async def take(self, agent: Agent, turn: TurnRequest) -> Answer:
        """Return the answer of a turn, running it unless it was run before.

        Raises:
            Busy: the conversation's turn before this one still runs.
            StoreUnavailable: the turn was not saved.
            ConversationMovedOn: another process saved a turn meanwhile.
            TurnFailed: anything else in it went wrong.
        """
        store = loud_store(agent)
        async with self._in_order.turn(turn.conversation_id):
            opened = await store.open_turn(turn.turn_id, turn.conversation_id)
            if opened.answer is not None:
                return opened.answer
            began = time.monotonic()
            tracker, answer = await self._run(agent, turn)
            try:
                await store.save_turn(tracker, turn.turn_id, answer, opened.version)
            except ConversationMovedOn:
                again = await store.open_turn(turn.turn_id, turn.conversation_id)
                if again.answer is None:
                    raise
                return again.answer
            log.info(
                "turn %s: %s in %.0f ms",
                turn.turn_id,
                answer.intent,
                (time.monotonic() - began) * 1000,
            )
            return answer

    async def _run(self, agent: Agent, turn: TurnRequest) -> Any:
        """Run the turn in the time it has."""
        try:
            async with async_timeout.timeout(self._turn_seconds):
                return await run_turn(agent, turn)
        except asyncio.TimeoutError as error:
            raise TurnFailed("the turn took too long") from error


def _body(turn: TurnRequest, answer: Answer) -> dict[str, Any]:
    """Return the JSON of an answered turn."""
    return {
        "turn_id": str(turn.turn_id),
        "replies": answer.replies,
        "intent": answer.intent,
        "confidence": answer.confidence,
    }


def _refused(status: int, code: str) -> HTTPResponse:
    """Return the JSON of a refusal."""
    return json_response({"error": code}, status=status)
