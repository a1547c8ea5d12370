"""The migrated database is the one that the code describes."""

from __future__ import annotations

from pathlib import Path

import procrastinate
import psycopg
import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import citizen.tables
import gateway.tables
import ops.migrations
from ops.database import sqlalchemy_url
from ops.migrate import migrate
from ops.settings import ROOT

SQL = Path(ops.migrations.__file__).parent / "sql"
QUEUE_COPY = SQL / "procrastinate_3_10.sql"
BOT_COPY = SQL / "bot_1.sql"


@pytest.mark.parametrize(
    ("schema", "metadata"),
    [
        ("gateway", gateway.tables.Base.metadata),
        ("citizen", citizen.tables.Base.metadata),
    ],
)
def test_tables_are_as_the_models_say(database_url, schema, metadata):
    """A model that changes without a migration fails here, not in production."""
    engine = sqlalchemy.create_engine(sqlalchemy_url(database_url))
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, parents: kind != "schema" or name == schema,
        "compare_server_default": True,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(database_url):
    """`make up` migrates at every start."""
    migrate(database_url)

    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert row is not None


def test_the_queue_s_tables_are_those_of_its_library():
    """When procrastinate moves, a migration must move with it."""
    shipped = Path(procrastinate.__file__).parent / "sql" / "schema.sql"

    assert QUEUE_COPY.read_text("utf-8").endswith(shipped.read_text("utf-8"))


def test_the_bot_s_tables_are_those_of_the_bot():
    """When bot/tables.sql changes, a migration must change the tables that exist."""
    written = (ROOT / "bot" / "tables.sql").read_text("utf-8")

    assert BOT_COPY.read_text("utf-8").endswith(written)
