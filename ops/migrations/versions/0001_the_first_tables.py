"""The first tables: the gateway's, the bot's and the queue's.

Revision ID: 0001
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

_SQL = Path(__file__).resolve().parents[1] / "sql"


def upgrade() -> None:
    """Create them."""
    op.execute("CREATE SCHEMA IF NOT EXISTS gateway")
    _create_conversation()
    _create_inbox()
    _create_outbox()
    _run(_SQL / "bot_1.sql")
    _run(_SQL / "procrastinate_3_10.sql")


def _run(script: Path) -> None:
    """Run a file of SQL as it stands: `%` and `:` in it mean themselves."""
    driver = op.get_bind().connection.driver_connection
    driver.execute(script.read_text("utf-8"))


def _create_conversation() -> None:
    """Create `gateway.conversation`."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), server_default="th", nullable=False),
        sa.Column(
            "last_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="gateway",
    )
    op.create_index(
        op.f("ix_gateway_conversation_created_at"),
        "conversation",
        ["created_at"],
        unique=False,
        schema="gateway",
    )


def _create_inbox() -> None:
    """Create `gateway.inbox`."""
    op.create_table(
        "inbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("client_message_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "masked", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["gateway.conversation.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "client_message_id"),
        sa.UniqueConstraint("conversation_id", "seq"),
        schema="gateway",
    )
    op.create_index(
        "inbox_waiting",
        "inbox",
        ["conversation_id", "received_at"],
        unique=False,
        schema="gateway",
        postgresql_where=sa.text("status = 'waiting'"),
    )


def _create_outbox() -> None:
    """Create `gateway.outbox`."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("turn_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reply", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["gateway.conversation.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["gateway.inbox.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "seq"),
        sa.UniqueConstraint("turn_id", "position"),
        schema="gateway",
    )
