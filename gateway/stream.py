"""Streams a conversation to one open page, as server-sent events.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import AsyncIterator, Callable

import structlog
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import ServerSentEvent

from gateway.answers import SessionStatus, TurnStatus
from gateway.citizens import Citizens
from gateway.signals import Signals, Subscription
from gateway.transcript import Transcript

log = structlog.get_logger(__name__)

RECONNECT_MILLISECONDS = 2000
SESSION_MARGIN_SECONDS = 0.5


class Stream:
    """Follows one conversation for one page.

    Entries are always read from the database, after the last one that was sent, so
    there is nothing to lose or to repeat between the past and what happens live.
    """

    def __init__(
        self,
        conversation_id: uuid.UUID,
        transcript: Transcript,
        citizens: Citizens,
        clock: Callable[[], datetime.datetime],
    ) -> None:
        self._conversation_id = conversation_id
        self._transcript = transcript
        self._citizens = citizens
        self._clock = clock
        self._session: SessionStatus | None = None

    async def events(
        self, signals: Signals, last_seq: int
    ) -> AsyncIterator[ServerSentEvent]:
        """Yield what was said after a place, then everything as it happens."""
        with signals.subscribed(self._conversation_id) as subscription:
            yield ServerSentEvent(
                comment="open", retry=RECONNECT_MILLISECONDS, sep="\n"
            )
            try:
                async for event in self._follow(subscription, last_seq):
                    yield event
            except SQLAlchemyError as error:
                # The page reconnects with the last place it has seen.
                log.warning("stream_cut", error=type(error).__name__)

    async def _follow(
        self, subscription: Subscription, last_seq: int
    ) -> AsyncIterator[ServerSentEvent]:
        turns = await self._transcript.turns(self._conversation_id)
        while not subscription.closed:
            # Statuses are taken before entries are read: whoever hears that a turn
            # is answered has its replies already.
            turns += _statuses(subscription.take())
            for entry in await self._transcript.entries(
                self._conversation_id, last_seq
            ):
                yield _event("entry", entry, entry.seq)
                last_seq = entry.seq
            for turn in turns:
                yield _event("turn", turn)
            turns = []
            if session := await self._new_session():
                yield _event("session", session)
            await subscription.wait(self._seconds_left())

    async def _new_session(self) -> SessionStatus | None:
        live = await self._citizens.live_session(self._conversation_id)
        end = live.expires_at if live else None
        session = SessionStatus(signed_in=live is not None, expires_at=end)
        if session == self._session:
            return None
        self._session = session
        return session

    def _seconds_left(self) -> float | None:
        """Return when the session ends by itself, if there is one."""
        if self._session is None or self._session.expires_at is None:
            return None
        left = (self._session.expires_at - self._clock()).total_seconds()
        return max(left, 0.0) + SESSION_MARGIN_SECONDS


def _statuses(statuses: dict[uuid.UUID, str]) -> list[TurnStatus]:
    return [
        TurnStatus.model_validate({"entry_id": entry_id, "status": status})
        for entry_id, status in statuses.items()
    ]


def _event(name: str, content: BaseModel, seq: int | None = None) -> ServerSentEvent:
    return ServerSentEvent(
        data=content.model_dump_json(),
        event=name,
        id=None if seq is None else str(seq),
        sep="\n",
    )
