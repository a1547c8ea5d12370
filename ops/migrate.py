"""Brings a database to the tables that this version of the house needs."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config

from ops.database import create_if_missing, sqlalchemy_url

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x7468616D726174  # "thamrat": two replicas that start at once take turns


def migrate(libpq_url: str) -> None:
    """Create the database if it is missing, then apply what it lacks."""
    create_if_missing(libpq_url)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    engine = sqlalchemy.create_engine(sqlalchemy_url(libpq_url))
    with engine.connect() as lock, engine.connect() as connection:
        lock.execute(sqlalchemy.select(sqlalchemy.func.pg_advisory_lock(_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    engine.dispose()
