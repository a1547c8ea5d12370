"""Takes in what citizens send: masked, in order, once, with the job that answers it.

The row and its job are one transaction, so a message that was accepted is answered
even if every process dies right after.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from procrastinate.tasks import Task
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.reply import Choice, read_reply
from connectors.web.render import offered_choices
from connectors.web.webhook import ChoiceMessage, OfferedChoice, TextMessage
from gateway.answers import CitizenEntry
from gateway.citizens import opened_card
from gateway.errors import ChoiceNotOffered, ConversationGone, MessageIdReused
from gateway.outbox import MASKED_NOTICE, locked_conversation, next_seq, post
from gateway.signals import signal
from gateway.surroundings import Surroundings
from gateway.tables import Conversation, Inbox, Outbox
from gateway.transcript import citizen_entry
from nlu.thai.shield import mask_ids


@dataclass(frozen=True)
class Accepted:
    """A message in the inbox; `is_new` is False if it was there before."""

    entry: CitizenEntry
    is_new: bool


@dataclass(frozen=True)
class _Incoming:
    client_message_id: str
    kind: str
    text: str
    payload: dict[str, Any] | None = None
    masked: bool = False


class Intake:
    """The one way into the inbox."""

    def __init__(self, around: Surroundings, run_turn: Task[Any, Any, Any]) -> None:
        self._database = around.database
        self._citizens = around.citizens
        self._words = around.words
        self._metrics = around.metrics
        self._clock = around.clock
        self._run_turn = run_turn

    async def accept_message(
        self, conversation_id: uuid.UUID, message: TextMessage | ChoiceMessage
    ) -> Accepted:
        """Store a message and the job that answers it.

        Raises:
            ConversationGone: there is no such conversation any more.
            MessageIdReused: another message had this client message id.
            ChoiceNotOffered: the quick reply was never offered here.
        """
        incoming = await self._read(conversation_id, message)
        async with self._database.sessions.begin() as session:
            return await self._accept(session, conversation_id, incoming)

    async def accept_event(
        self,
        conversation_id: uuid.UUID,
        name: str,
        key: str,
        session: AsyncSession | None = None,
    ) -> bool:
        """Store an event that the bot answers, once per key; False if it was there.

        With a session, it becomes part of that session's transaction.

        Raises:
            ConversationGone: there is no such conversation any more.
        """
        # A citizen's message ids have no slash, so none can stand for an event.
        payload = {"intent": name, "entities": {}}
        incoming = _Incoming(f"event/{name}/{key}", "event", "", payload)
        if session:
            return (await self._accept(session, conversation_id, incoming)).is_new
        async with self._database.sessions.begin() as own:
            return (await self._accept(own, conversation_id, incoming)).is_new

    async def _read(
        self, conversation_id: uuid.UUID, message: TextMessage | ChoiceMessage
    ) -> _Incoming:
        key = message.client_message_id
        if isinstance(message, TextMessage):
            masked = mask_ids(message.text)
            return _Incoming(key, "text", masked.text, masked=masked.found)
        choice = await self._offered(conversation_id, message.choice)
        pressed = message.choice.model_dump(mode="json")
        if choice.payload is None or not choice.payload.startswith("/"):
            said = choice.payload or choice.title
            return _Incoming(key, "text", said, {"choice": pressed})
        payload = read_payload(choice.payload) | {"choice": pressed}
        return _Incoming(key, "choice", choice.title, payload)

    async def _offered(
        self, conversation_id: uuid.UUID, wanted: OfferedChoice
    ) -> Choice:
        stored = select(Outbox.reply).where(
            Outbox.id == wanted.entry_id, Outbox.conversation_id == conversation_id
        )
        async with self._database.sessions() as session:
            content = await session.scalar(stored)
        if content is None:
            raise ChoiceNotOffered
        reply = read_reply(content)
        choices = offered_choices(reply)
        if wanted.index >= len(choices):
            card = await opened_card(self._citizens, conversation_id, reply)
            choices = offered_choices(reply, card)
        if wanted.index >= len(choices):
            raise ChoiceNotOffered
        return choices[wanted.index]

    async def _accept(
        self, session: AsyncSession, conversation_id: uuid.UUID, incoming: _Incoming
    ) -> Accepted:
        conversation = await locked_conversation(session, conversation_id)
        if conversation is None:
            raise ConversationGone
        before = await _same_id(session, conversation_id, incoming.client_message_id)
        if before:
            if not _same_content(before, incoming):
                raise MessageIdReused
            return Accepted(citizen_entry(before), is_new=False)
        row = await self._store(session, conversation, incoming)
        return Accepted(citizen_entry(row), is_new=True)

    async def _store(
        self, session: AsyncSession, conversation: Conversation, incoming: _Incoming
    ) -> Inbox:
        now = self._clock()
        conversation.last_seen_at = now
        row = Inbox(
            id=uuid.uuid4(),
            conversation_id=conversation.id,
            client_message_id=incoming.client_message_id,
            kind=incoming.kind,
            text=incoming.text,
            payload=incoming.payload,
            masked=incoming.masked,
            seq=next_seq(conversation),
            status="waiting",
            received_at=now,
        )
        session.add(row)
        await session.flush()
        if incoming.masked:
            notice = self._words[conversation.language].notice("masked")
            await post(session, conversation, row.id, MASKED_NOTICE, notice)
        await self._defer(session, row)
        await signal(session, conversation.id, (row.id, "running"))
        self._count(incoming)
        return row

    async def _defer(self, session: AsyncSession, row: Inbox) -> None:
        connection = await (await session.connection()).get_raw_connection()
        job = self._run_turn.configure(
            lock=str(row.conversation_id), connection=connection.driver_connection
        )
        await job.defer_async(turn_id=str(row.id))

    def _count(self, incoming: _Incoming) -> None:
        self._metrics.accepted.labels(incoming.kind).inc()
        if incoming.masked:
            self._metrics.masked.inc()


def read_payload(payload: str) -> dict[str, Any]:
    """Return the intent and entities of a quick reply's `/intent{...}`.

    Raises:
        ChoiceNotOffered: it cannot be read; an action built it wrongly.
    """
    name, brace, rest = payload.removeprefix("/").partition("{")
    try:
        entities = json.loads(brace + rest) if brace else {}
    except json.JSONDecodeError:
        raise ChoiceNotOffered from None
    return {"intent": name.strip(), "entities": entities}


async def _same_id(
    session: AsyncSession, conversation_id: uuid.UUID, client_message_id: str
) -> Inbox | None:
    wanted = select(Inbox).where(
        Inbox.conversation_id == conversation_id,
        Inbox.client_message_id == client_message_id,
    )
    return await session.scalar(wanted)


def _same_content(before: Inbox, incoming: _Incoming) -> bool:
    return (before.kind, before.text, before.payload) == (
        incoming.kind,
        incoming.text,
        incoming.payload,
    )
