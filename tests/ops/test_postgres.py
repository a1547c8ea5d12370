"""The embedded server, wherever the project's folder is."""

from __future__ import annotations

import psycopg
import pytest

from ops.migrate import migrate
from ops.postgres import EmbeddedPostgres


@pytest.mark.parametrize(
    "folder", ["plain", "with spaces", "ถามรัฐ", "long" * 40], ids=str.__len__
)
def test_any_folder_will_do(tmp_path, folder):
    """A socket's address is short and knows no spaces; folders are what they are."""
    server = EmbeddedPostgres(tmp_path / folder / "postgres")

    with server.running():
        migrate(server.url("thamrat"))
        with psycopg.connect(server.url("thamrat")) as database:
            assert database.execute("SELECT 1 FROM citizen.person").fetchall() == []


def test_server_stops_with_whoever_started_it(tmp_path):
    """`thamrat migrate` leaves nothing running."""
    server = EmbeddedPostgres(tmp_path / "postgres")

    with server.running():
        assert server.is_running()

    assert not server.is_running()
