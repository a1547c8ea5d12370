"""Runs the action server over fakes, for tests that speak HTTP to it."""

import sys

import httpx2

from actions.server import serve
from tests.actions.fakes import FakeCitizens, agency, connections, month, record

BEARER = "b" * 64


class BrokenCitizens(FakeCitizens):
    """A database that is down, with a message that must not get out."""

    async def live_session(self, conversation_id):
        raise RuntimeError(self._citizen_id)


def main(port, kind):
    citizens = BrokenCitizens() if kind == "broken" else FakeCitizens()
    http, _ = agency(httpx2.Response(200, json=record(month("2026-01"))))
    serve(
        host="127.0.0.1",
        port=port,
        bearer=BEARER,
        connections=connections(citizens, http),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
