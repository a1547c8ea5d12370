"""What the gateway keeps: conversations, what came in, what goes out."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Tables of the schema `gateway`."""

    metadata = MetaData(schema="gateway")
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime.datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        str: Text,
        uuid.UUID: Uuid,
    }


class Conversation(Base):
    """One citizen's conversation on one channel.

    Whoever adds an inbox or outbox row locks this row first and takes the next
    `last_seq`, so that the order of rows is the order in which they became visible.
    """

    __tablename__ = "conversation"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="th")
    last_seq: Mapped[int] = mapped_column(BigInteger, server_default=sql("0"))
    created_at: Mapped[datetime.datetime] = mapped_column(
        server_default=func.now(), index=True
    )
    last_seen_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())


class Inbox(Base):
    """One thing that came in; its id is the turn's id everywhere.

    `kind` is `text` (typed), `choice` (a quick reply we had offered: `intent`,
    `entities` and the `choice` itself in `payload`) or `event` (something happened,
    never shown as a message). `status` is `waiting`, `answered` or `failed`. `text`
    has passed the PII shield.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),
        UniqueConstraint("conversation_id", "seq"),
        Index(
            "inbox_waiting",
            "conversation_id",
            "received_at",
            postgresql_where=sql("status = 'waiting'"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE")
    )
    client_message_id: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    payload: Mapped[dict[str, Any] | None]
    masked: Mapped[bool] = mapped_column(server_default=sql("false"))
    seq: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(server_default="waiting")
    received_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    answered_at: Mapped[datetime.datetime | None]


class Outbox(Base):
    """One reply to send; a turn writes each position once, whatever is retried."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("turn_id", "position"),
        UniqueConstraint("conversation_id", "seq"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE")
    )
    turn_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inbox.id, ondelete="CASCADE"))
    position: Mapped[int]
    reply: Mapped[dict[str, Any]]
    seq: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    delivered_at: Mapped[datetime.datetime | None]
