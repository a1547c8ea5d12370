"""What every test may ask for: a PostgreSQL server, a database, the whole house.

The imports are inside the fixtures because Rasa's own environment, where `tests/bot`
runs, reads this file too and has none of these packages.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres():
    """Return the libpq address of an empty server's `postgres` database."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    from ops.postgres import EmbeddedPostgres
    from ops.suite import QUICK_AND_FORGETFUL

    with tempfile.TemporaryDirectory(prefix="thamrat-test-") as folder:
        server = EmbeddedPostgres(Path(folder) / "pg", QUICK_AND_FORGETFUL)
        with server.running():
            yield server.url("postgres")


@pytest.fixture(scope="session")
def template_database(postgres):
    """Return the name of a migrated database that others are copied from."""
    from ops.migrate import migrate

    name = f"template_{uuid.uuid4().hex[:12]}"
    migrate(_named(postgres, name))
    yield name
    _execute(postgres, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def database_url(postgres, template_database):
    """Return the libpq address of a migrated database of this test's own."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    _execute(postgres, f"CREATE DATABASE {name} TEMPLATE {template_database}")
    yield _named(postgres, name)
    _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def house():
    """Return the whole house, up, on ports and with data of its own.

    `house.url` is the page, `house.kill("rasa")` what a crash does,
    `house.wait_ready()` waits until all is well again.
    """
    from tests.house import running_house

    with (
        tempfile.TemporaryDirectory(prefix="thamrat-house-") as folder,
        running_house(Path(folder)) as up,
    ):
        yield up


@pytest.fixture
def empty_database_url(postgres):
    """Return the libpq address of a database of this test's own without any table."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    _execute(postgres, f"CREATE DATABASE {name}")
    yield _named(postgres, name)
    _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def _named(url, name):
    """Return the address of another database on the same server."""
    from sqlalchemy.engine import make_url

    address = make_url(url).set(database=name)
    return address.render_as_string(hide_password=False)


def _execute(url, statement):
    """Run one statement outside a transaction."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
