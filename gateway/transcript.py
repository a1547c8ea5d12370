"""Reads what was said in a conversation, in order, as the widget sees it."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row, Select, Text, Uuid, cast, literal, null, select, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.reply import read_reply
from connectors.web.render import render
from gateway.answers import AssistantEntry, CitizenEntry, Entry, TurnStatus
from gateway.citizens import Citizens, opened_card
from gateway.database import Database
from gateway.tables import Conversation, Inbox, Outbox

LONGEST_HISTORY = 500
REMEMBERED_TURNS = 20
STATUS = {"waiting": "running", "answered": "answered", "failed": "failed"}


class Transcript:
    """The conversations in the database, read only."""

    def __init__(self, database: Database, citizens: Citizens) -> None:
        self._database = database
        self._citizens = citizens

    async def entries(self, conversation_id: uuid.UUID, after: int) -> list[Entry]:
        """Return what was said after a place, oldest first.

        From the very beginning, only the newest `LONGEST_HISTORY` are returned.
        """
        async with self._database.sessions() as session:
            rows = await _rows(session, conversation_id, after)
        return [await self._entry(conversation_id, row) for row in rows]

    async def conversation(self, conversation_id: uuid.UUID) -> Conversation | None:
        """Return a conversation that still exists."""
        async with self._database.sessions() as session:
            return await session.get(Conversation, conversation_id)

    async def is_pending(self, conversation_id: uuid.UUID) -> bool:
        """Return whether something is waiting for its answer."""
        waiting = select(Inbox.id).where(
            Inbox.conversation_id == conversation_id, Inbox.status == "waiting"
        )
        async with self._database.sessions() as session:
            return await session.scalar(waiting.limit(1)) is not None

    async def turns(self, conversation_id: uuid.UUID) -> list[TurnStatus]:
        """Return how the newest turns stand, oldest first."""
        newest = (
            select(Inbox.id, Inbox.status)
            .where(Inbox.conversation_id == conversation_id)
            .order_by(Inbox.seq.desc())
            .limit(REMEMBERED_TURNS)
        )
        async with self._database.sessions() as session:
            rows = (await session.execute(newest)).all()
        return [
            TurnStatus.model_validate({"entry_id": id_, "status": STATUS[status]})
            for id_, status in reversed(rows)
        ]

    async def _entry(self, conversation_id: uuid.UUID, row: Row[Any]) -> Entry:
        if row.sender == "citizen":
            return citizen_entry(row)
        reply = read_reply(row.reply)
        card = await opened_card(self._citizens, conversation_id, reply)
        return AssistantEntry(
            seq=row.seq,
            id=row.id,
            at=row.at,
            in_reply_to=row.turn_id,
            reply=render(reply, card),
        )


def citizen_entry(row: Any) -> CitizenEntry:
    """Return the entry of an inbox row, or of a row of `_rows`."""
    at = row.received_at if isinstance(row, Inbox) else row.at
    return CitizenEntry(
        seq=row.seq,
        id=row.id,
        at=at,
        text=row.text,
        client_message_id=row.client_message_id,
        masked=row.masked,
        status=row.status,
    )


async def _rows(
    session: AsyncSession, conversation_id: uuid.UUID, after: int
) -> list[Row[Any]]:
    # One statement is one snapshot: in two, a row committed between them could be
    # passed by a reader that then continues after it.
    said = union_all(
        _came_in(conversation_id, after), _went_out(conversation_id, after)
    )
    newest = said.order_by(said.selected_columns.seq.desc())
    if after <= 0:
        newest = newest.limit(LONGEST_HISTORY)
    return list(reversed((await session.execute(newest)).all()))


def _came_in(conversation_id: uuid.UUID, after: int) -> Select[Any]:
    return select(
        Inbox.seq,
        Inbox.id,
        literal("citizen", Text).label("sender"),
        Inbox.received_at.label("at"),
        Inbox.text,
        Inbox.client_message_id,
        Inbox.masked,
        Inbox.status,
        cast(null(), JSONB).label("reply"),
        cast(null(), Uuid).label("turn_id"),
    ).where(
        Inbox.conversation_id == conversation_id,
        Inbox.seq > after,
        Inbox.kind != "event",
    )


def _went_out(conversation_id: uuid.UUID, after: int) -> Select[Any]:
    return select(
        Outbox.seq,
        Outbox.id,
        literal("assistant", Text),
        Outbox.created_at,
        literal("", Text),
        literal("", Text),
        literal(value=False),
        literal("", Text),
        Outbox.reply,
        Outbox.turn_id,
    ).where(Outbox.conversation_id == conversation_id, Outbox.seq > after)
