"""What is kept of citizens: persons, consents, sign-ins, sessions, the vault, the log.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create them."""
    op.execute("CREATE SCHEMA IF NOT EXISTS citizen")
    _create_person()
    _create_vault_item()
    _create_access_log()
    _create_consent()
    _create_session()
    _create_sign_in()


def _create_person() -> None:
    """Create `citizen.person`."""
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject_hash"),
        schema="citizen",
    )


def _create_vault_item() -> None:
    """Create `citizen.vault_item`."""
    op.create_table(
        "vault_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        schema="citizen",
    )
    op.create_index(
        op.f("ix_citizen_vault_item_expires_at"),
        "vault_item",
        ["expires_at"],
        unique=False,
        schema="citizen",
    )
    op.create_index(
        op.f("ix_citizen_vault_item_owner_id"),
        "vault_item",
        ["owner_id"],
        unique=False,
        schema="citizen",
    )


def _create_access_log() -> None:
    """Create `citizen.access_log`."""
    op.create_table(
        "access_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column(
            "asked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["citizen.person.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="citizen",
    )
    op.create_index(
        op.f("ix_citizen_access_log_person_id"),
        "access_log",
        ["person_id"],
        unique=False,
        schema="citizen",
    )


def _create_consent() -> None:
    """Create `citizen.consent`."""
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("purposes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "given_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["citizen.person.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="citizen",
    )
    op.create_index(
        "consent_in_force",
        "consent",
        ["person_id", "version"],
        unique=True,
        schema="citizen",
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _create_session() -> None:
    """Create `citizen.session`."""
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("identity_level", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["citizen.consent.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["citizen.person.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sign_in_id"),
        schema="citizen",
    )
    op.create_index(
        op.f("ix_citizen_session_person_id"),
        "session",
        ["person_id"],
        unique=False,
        schema="citizen",
    )
    op.create_index(
        "session_in_force",
        "session",
        ["conversation_id"],
        unique=True,
        schema="citizen",
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _create_sign_in() -> None:
    """Create `citizen.sign_in`."""
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), server_default="th", nullable=False),
        sa.Column("status", sa.Text(), server_default="requested", nullable=False),
        sa.Column("match_code", sa.Text(), nullable=False),
        sa.Column("return_url", sa.Text(), nullable=False),
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=True),
        sa.Column("state_hash", sa.LargeBinary(), nullable=True),
        sa.Column("nonce", sa.Text(), nullable=True),
        sa.Column("completion_hash", sa.LargeBinary(), nullable=True),
        sa.Column("identity_level", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["citizen.consent.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["citizen.person.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("completion_hash"),
        sa.UniqueConstraint("link_hash"),
        sa.UniqueConstraint("state_hash"),
        schema="citizen",
    )
    op.create_index(
        op.f("ix_citizen_sign_in_conversation_id"),
        "sign_in",
        ["conversation_id"],
        unique=False,
        schema="citizen",
    )
    op.create_index(
        op.f("ix_citizen_sign_in_expires_at"),
        "sign_in",
        ["expires_at"],
        unique=False,
        schema="citizen",
    )
