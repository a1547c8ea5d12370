"""What we keep about a citizen: as little as we can, and nothing in clear."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import (
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Tables of the schema `citizen`."""

    metadata = MetaData(schema="citizen")
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime.datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[str]: JSONB,
        str: Text,
        bytes: LargeBinary,
        uuid.UUID: Uuid,
    }


class Person(Base):
    """Somebody who signed in, known only by a keyed hash of the citizen id."""

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    subject_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())


class Consent(Base):
    """What a person agreed to: version, time, channel, purposes (PDPA section 19)."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "consent_in_force",
            "person_id",
            "version",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE")
    )
    version: Mapped[str]
    channel: Mapped[str]
    purposes: Mapped[list[str]]
    given_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    withdrawn_at: Mapped[datetime.datetime | None]


class SignIn(Base):
    """One request to sign in, made by one conversation, usable once.

    `status` goes requested, opened (a browser is bound), returning (its answer from
    ThaID is being checked), returned, agreed (waiting for the chat that asked),
    completed. It ends early as replaced, cancelled, denied, failed or refused (somebody
    else's browser or chat had a hand in it). Secrets are stored as SHA-256 only.
    """

    __tablename__ = "sign_in"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(index=True)
    channel: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="th")
    status: Mapped[str] = mapped_column(server_default="requested")
    match_code: Mapped[str]
    return_url: Mapped[str]
    link_hash: Mapped[bytes] = mapped_column(unique=True)
    browser_hash: Mapped[bytes | None]
    state_hash: Mapped[bytes | None] = mapped_column(unique=True)
    nonce: Mapped[str | None]
    completion_hash: Mapped[bytes | None] = mapped_column(unique=True)
    identity_level: Mapped[str | None]
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE")
    )
    consent_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Consent.id, ondelete="CASCADE")
    )
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime.datetime] = mapped_column(index=True)


class Session(Base):
    """One conversation, signed in as one person, until it expires or is ended."""

    __tablename__ = "session"
    __table_args__ = (
        Index(
            "session_in_force",
            "conversation_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sign_in_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    conversation_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), index=True
    )
    consent_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Consent.id, ondelete="CASCADE")
    )
    identity_level: Mapped[str]
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime.datetime]
    ended_at: Mapped[datetime.datetime | None]


class VaultItem(Base):
    """One encrypted thing (a citizen id or a private card) with an end.

    `owner_id` is the sign-in or the session it belongs to; it is bound into the
    ciphertext, so a row copied to another owner does not open.
    """

    __tablename__ = "vault_item"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    owner_id: Mapped[uuid.UUID] = mapped_column(index=True)
    ciphertext: Mapped[bytes]
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime.datetime] = mapped_column(index=True)


class AccessLog(Base):
    """Who asked an agency for whose record, when and why; never what it said."""

    __tablename__ = "access_log"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), index=True
    )
    conversation_id: Mapped[uuid.UUID]
    agency: Mapped[str]
    operation: Mapped[str]
    purpose: Mapped[str]
    consent_id: Mapped[uuid.UUID]
    outcome: Mapped[str]
    asked_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
