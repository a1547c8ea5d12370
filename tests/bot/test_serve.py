"""The server as it runs: one private endpoint, and nothing else of Rasa's."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import uuid

import aiohttp
import psycopg
import pytest

from bot.importer import HOUSE

pytestmark = pytest.mark.model
SECRET = "c2VjcmV0" * 8
PATIENCE_SECONDS = 120


@pytest.fixture
def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def process(model, bot_database, free_port, tmp_path):
    """Run the server; what it logs goes to a file."""
    environment = {
        **os.environ,
        "DATABASE_URL": bot_database,
        "RASA_TURN_SECRET": SECRET,
        "ACTIONS_URL": "http://127.0.0.1:1/webhook",
        "ACTIONS_SECRET": "none",
    }
    command = [sys.executable, "-m", "bot.serve", "--model", model]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", str(free_port)],
            cwd=HOUSE,
            env=environment,
            stdout=log,
            stderr=log,
        )
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(20)


@pytest.fixture
async def server(process, free_port, tmp_path):
    """Return the server's address, and where it logs."""
    url = f"http://127.0.0.1:{free_port}"
    await until_ready(process, url)
    return url, tmp_path / "log"


async def until_ready(process, url):
    """Wait until the server answers."""
    async with aiohttp.ClientSession() as http:
        for _ in range(PATIENCE_SECONDS * 5):
            assert process.poll() is None, "the server ended"
            try:
                async with http.get(f"{url}/webhooks/turns/") as answer:
                    if (await answer.json())["ready"]:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.2)
    raise TimeoutError


def turn(text="สวัสดี", **changes):
    """Return the JSON of a turn."""
    return {
        "turn_id": str(uuid.uuid4()),
        "conversation_id": str(uuid.uuid4()),
        "kind": "text",
        "text": text,
        "intent": None,
        "entities": {},
        "language": "th",
        "identity": "none",
        "channel": "web",
    } | changes


async def post(url, body, bearer=f"Bearer {SECRET}", path="/webhooks/turns/"):
    """Return the status and JSON of one call."""
    headers = {"Authorization": bearer} if bearer else {}
    data = body if isinstance(body, bytes) else json.dumps(body)
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{url}{path}", data=data, headers=headers) as answer,
    ):
        text = await answer.text()
    return answer.status, json.loads(text) if text.startswith("{") else text


async def test_the_server_keeps_its_promises(server, bot_database):
    """One start serves all questions of this file, for a start takes seconds."""
    url, log = server
    await strangers_are_refused(url)
    await malformed_turns_are_refused(url)
    await stock_endpoints_do_not_exist(url)
    await answers_are_repeated(url)
    await failures_are_told(url, bot_database)
    await nothing_private_is_logged(url, log)


async def strangers_are_refused(url):
    """The bearer is asked before anything is read."""
    for bearer in (None, "", "Bearer", f"Bearer {SECRET}x", SECRET, "Bearer \u0e01"):
        status, body = await post(
            url, b"nonsense", bearer and bearer.encode("utf-8").decode("latin-1")
        )
        assert (status, body) == (401, {"error": "unauthorized"})


async def malformed_turns_are_refused(url):
    """A malformed message is an error of the caller, never a 200."""
    for body in (
        b"",
        b"{",
        b"[]",
        b"\xff",
        {},
        turn(kind="command"),
        turn(turn_id="1"),
    ):
        assert await post(url, body) == (422, {"error": "malformed"})
    unknown = turn(kind="choice", intent="order_pizza")
    assert await post(url, unknown) == (422, {"error": "malformed"})


async def stock_endpoints_do_not_exist(url):
    """No HTTP API and no stock channel faces anybody."""
    for path in (
        "/webhooks/rest/webhook",
        "/model/parse",
        "/model",
        "/conversations/x/messages",
    ):
        status, _ = await post(url, {"sender": "x", "message": "hi"}, path=path)
        assert status in {404, 405}


async def answers_are_repeated(url):
    """The same turn gives the same bytes, at once or later."""
    body = turn()
    first, *others = await asyncio.gather(*(post(url, body) for _ in range(4)))
    assert first[0] == 200
    assert set(first[1]) == {"turn_id", "replies", "intent", "confidence"}
    assert first[1]["turn_id"] == body["turn_id"]
    assert first[1]["intent"] == "small_talk_greet"
    assert others == [first] * 3
    assert await post(url, body) == first


async def failures_are_told(url, bot_database):
    """An action server that is down, and a database that refuses, are no answers."""
    asked = turn("เงินสมทบของฉันปีนี้เท่าไหร่")
    assert await post(url, asked) == (503, {"error": "failed"})
    with psycopg.connect(bot_database, autocommit=True) as connection:
        connection.execute("ALTER TABLE bot.tracker RENAME TO tracker_away")
        assert await post(url, turn()) == (503, {"error": "not_saved"})
        connection.execute("ALTER TABLE bot.tracker_away RENAME TO tracker")
    assert (await post(url, turn()))[0] == 200


async def nothing_private_is_logged(url, log):
    """The log tells that a turn was served, and never what was said in it."""
    await post(url, turn("ลับเฉพาะสมใจ 1101700230708"))
    lines = log.read_text("utf-8").splitlines()
    ours = [json.loads(line) for line in lines if line.startswith("{")]

    assert "สมใจ" not in "".join(lines)
    assert "1101700230708" not in "".join(lines)
    assert any(line["message"].startswith("turn ") for line in ours)
