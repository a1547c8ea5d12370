"""Answers one turn: asks Rasa, stores the replies, gives up politely.

A turn may run again at any point (a worker died, Rasa was down): Rasa answers the same
turn id with the same replies, and a turn leaves `waiting` in the transaction that
stores its replies, so nothing is said twice.
"""

from __future__ import annotations

import asyncio
import datetime
import time
import uuid
from dataclasses import dataclass
from typing import Any, cast

import procrastinate
import structlog
from procrastinate.tasks import Task
from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.reply import Reply, Text, from_rasa
from gateway.outbox import (
    DELAYED_NOTICE,
    FAILED_NOTICE,
    FIRST_REPLY,
    locked_conversation,
    post,
)
from gateway.patience import Backoff, Patience
from gateway.rasa import Answer, NoAnswer, RasaClient, Turn, TurnRefused
from gateway.signals import signal
from gateway.surroundings import Surroundings
from gateway.tables import Conversation, Inbox

log = structlog.get_logger(__name__)

TASK = "run_turn"
QUEUE = "turns"


@dataclass(frozen=True)
class Waiting:
    """A turn that has no answer yet."""

    turn: Turn
    received_at: datetime.datetime


class Turns:
    """The worker's side of the inbox."""

    def __init__(
        self, around: Surroundings, rasa: RasaClient, patience: Patience
    ) -> None:
        self._database = around.database
        self._citizens = around.citizens
        self._words = around.words
        self._metrics = around.metrics
        self._clock = around.clock
        self._rasa = rasa
        self._patience = patience

    def task(self, queue: procrastinate.App) -> Task[Any, None, Any]:
        """Return the job queue's task that runs a turn."""
        made = queue.task(name=TASK, queue=QUEUE, retry=Backoff(), pass_context=True)
        # procrastinate awaits coroutine functions; its types know only plain ones.
        return made(cast("Any", self.run))

    async def run(self, context: procrastinate.JobContext, /, turn_id: str) -> None:
        """Answer a turn that waits.

        Raises:
            NoAnswer: there is none yet; the job will be tried again.
        """
        waiting = await self._waiting(uuid.UUID(turn_id))
        if waiting is None:
            return
        try:
            replies = self._read(waiting.turn, await self._ask(waiting))
            await self._answer(waiting, replies)
        except TurnRefused:
            log.error("turn_refused", turn=turn_id)  # noqa: TRY400 - a refusal, no crash
            await self._give_up(waiting.turn)
        except Exception as error:
            if not await self._is_over(waiting, error, context.job.attempts + 1):
                raise

    async def _is_over(self, waiting: Waiting, error: Exception, attempts: int) -> bool:
        """Bear an attempt without an answer; True if it was the last."""
        turn, age = waiting.turn, self._age(waiting)
        self._note(turn, attempts, error)
        if self._patience.is_over(error, age, attempts):
            await self._give_up(turn)
            return True
        if age > self._patience.notice_after:
            await self._say_delayed(turn)
        return False

    async def _waiting(self, turn_id: uuid.UUID) -> Waiting | None:
        wanted = select(Inbox, Conversation.language).join(Conversation)
        async with self._database.sessions() as session:
            found = await session.execute(wanted.where(Inbox.id == turn_id))
            row = found.one_or_none()
        if row is None or row.Inbox.status != "waiting":
            return None
        turn = await self._turn(row.Inbox, row.language)
        return Waiting(turn, row.Inbox.received_at)

    async def _turn(self, inbox: Inbox, language: str) -> Turn:
        live = await self._citizens.live_session(inbox.conversation_id)
        payload = inbox.payload or {}
        return Turn(
            turn_id=inbox.id,
            conversation_id=inbox.conversation_id,
            kind=inbox.kind,
            text=inbox.text,
            language=language,
            identity="verified" if live else "none",
            intent=payload.get("intent"),
            entities=payload.get("entities") or {},
        )

    async def _ask(self, waiting: Waiting) -> Answer:
        """Ask Rasa; when that takes long, tell the citizen that we are still at it."""
        began = time.monotonic()
        asking = asyncio.ensure_future(self._rasa.answer(waiting.turn))
        try:
            quiet = self._patience.quiet_seconds(self._age(waiting))
            done, _ = await asyncio.wait({asking}, timeout=quiet)
            if not done:
                await self._say_delayed(waiting.turn)
            return await asking
        finally:
            asking.cancel()
            self._metrics.rasa_seconds.observe(time.monotonic() - began)

    def _read(self, turn: Turn, answer: Answer) -> list[Reply]:
        replies = []
        for place, message in enumerate(answer.replies):
            try:
                replies.append(from_rasa(message))
            except (ValidationError, KeyError, TypeError):
                log.error(  # noqa: TRY400 - the traceback quotes the reply
                    "reply_not_understood", turn=str(turn.turn_id), place=place
                )
        replies = [reply for reply in replies if not _is_blank(reply)]
        if not replies and turn.kind != "event":
            return [self._words[turn.language].notice("no_answer")]
        return replies

    async def _answer(self, waiting: Waiting, replies: list[Reply]) -> None:
        places = list(enumerate(replies, FIRST_REPLY))
        if await self._end(waiting.turn, "answered", places):
            self._metrics.turns.labels("answered").inc()
            self._metrics.turn_seconds.observe(self._age(waiting))

    def _note(self, turn: Turn, attempts: int, error: Exception) -> None:
        reason = error.reason if isinstance(error, NoAnswer) else "broken"
        self._metrics.attempts.labels(reason).inc()
        log.warning(
            "turn_unanswered",
            turn=str(turn.turn_id),
            reason=reason,
            error=type(error).__name__,
            attempts=attempts,
        )

    async def _give_up(self, turn: Turn) -> None:
        apology = self._words[turn.language].notice("failed")
        if await self._end(turn, "failed", [(FAILED_NOTICE, apology)]):
            self._metrics.turns.labels("failed").inc()

    async def _say_delayed(self, turn: Turn) -> None:
        """Tell once that a turn takes long, while it still waits."""
        reply = self._words[turn.language].notice("delayed")
        async with self._database.sessions.begin() as session:
            conversation = await locked_conversation(session, turn.conversation_id)
            if conversation is None or not await _waits(session, turn):
                return
            place = turn.turn_id, DELAYED_NOTICE
            if await post(session, conversation, *place, reply):
                await signal(session, conversation.id, (turn.turn_id, "running"))

    async def _end(
        self, turn: Turn, status: str, replies: list[tuple[int, Reply]]
    ) -> bool:
        """Store the last replies of a turn and its end; False if it had ended."""
        async with self._database.sessions.begin() as session:
            conversation = await locked_conversation(session, turn.conversation_id)
            if conversation is None or not await _waits(session, turn):
                return False
            for position, reply in replies:
                await post(session, conversation, turn.turn_id, position, reply)
            await session.execute(
                update(Inbox)
                .where(Inbox.id == turn.turn_id)
                .values(status=status, answered_at=self._clock())
                .execution_options(synchronize_session=False)
            )
            await signal(session, conversation.id, (turn.turn_id, status))
        return True

    def _age(self, waiting: Waiting) -> float:
        return (self._clock() - waiting.received_at).total_seconds()


async def _waits(session: AsyncSession, turn: Turn) -> bool:
    status = select(Inbox.status).where(Inbox.id == turn.turn_id)
    return await session.scalar(status) == "waiting"


def _is_blank(reply: Reply) -> bool:
    return isinstance(reply, Text) and not reply.text.strip() and not reply.choices
