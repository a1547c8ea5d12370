"""Which database we use, and the forms of its address that each library wants."""

from __future__ import annotations

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from ops.postgres import EmbeddedPostgres
from ops.settings import Settings

EMBEDDED_NAME = "thamrat"
SANDBOX_SUFFIX = "_sandbox"


def embedded_server(settings: Settings) -> EmbeddedPostgres | None:
    """Return the server we run ourselves; None where `DATABASE_URL` names another."""
    if settings.database_url.get_secret_value():
        return None
    return EmbeddedPostgres(settings.state_folder / "postgres")


def libpq_url(settings: Settings) -> str:
    """Return the address as libpq, psycopg and procrastinate take it."""
    server = embedded_server(settings)
    if server is not None:
        return server.url(EMBEDDED_NAME)
    return _with_driver(settings.database_url.get_secret_value(), "postgresql")


def sqlalchemy_url(libpq: str) -> str:
    """Return the address as SQLAlchemy takes it, over psycopg 3."""
    return _with_driver(libpq, "postgresql+psycopg")


def sandbox_database_url(settings: Settings) -> str:
    """Return the address of the sandbox's own database, on the same server."""
    url = make_url(libpq_url(settings))
    return _text(url.set(database=f"{url.database}{SANDBOX_SUFFIX}"))


def create_if_missing(libpq: str) -> None:
    """Create the database an address names, unless it exists."""
    url = make_url(libpq)
    if _exists(libpq):
        return
    with psycopg.connect(
        _text(url.set(database="postgres")), autocommit=True
    ) as server:
        name = sql.Identifier(url.database or "")
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _exists(libpq: str) -> bool:
    """Tell whether the database can be opened."""
    try:
        psycopg.connect(libpq).close()
    except psycopg.OperationalError as error:
        if "does not exist" in str(error):
            return False
        raise
    return True


def _with_driver(address: str, driver: str) -> str:
    """Return the same address for another library."""
    return _text(make_url(address).set(drivername=driver))


def _text(url: URL) -> str:
    """Return an address with its password, which `str()` would hide."""
    return url.render_as_string(hide_password=False)
