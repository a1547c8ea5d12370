"""The first tables: the gateway's, the citizen's, the bot's and the queue's.

Revision ID: 0001
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

import citizen.tables
import gateway.tables

revision = "0001"
down_revision = None

_ROOT = Path(__file__).resolve().parents[3]
_QUEUE = _ROOT / "ops" / "migrations" / "sql" / "procrastinate_3_10.sql"
_BOT = _ROOT / "bot" / "tables.sql"


def upgrade() -> None:
    """Create everything."""
    for schema in ("gateway", "citizen", "bot"):
        op.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    gateway.tables.Base.metadata.create_all(op.get_bind())
    citizen.tables.Base.metadata.create_all(op.get_bind())
    _run(_QUEUE)
    if _BOT.exists():
        _run(_BOT)


def _run(script: Path) -> None:
    """Run a file of SQL as it stands: `%` and `:` in it mean themselves."""
    driver = op.get_bind().connection.driver_connection
    driver.execute(script.read_text("utf-8"))
