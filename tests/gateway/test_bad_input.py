"""Whatever is sent gets a clear sentence, and never a 500."""

from __future__ import annotations

import json

import pytest

from gateway.guards import BIGGEST_BODY

ID_NUMBER = "1-1037-02071-81-1"


def typed(text, key="k1"):
    """Return the body of a typed message."""
    return {"client_message_id": key, "text": text}


async def refused(tab, body):
    """Return the status and error of a message that is refused."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = tab.headers | {"Content-Type": "application/json"}
    response = await tab.http.post("/chat/messages", content=content, headers=headers)
    return response.status_code, response.json()["error"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\u200b\ufeff", "\x00\x07\u202e"])
async def test_a_message_without_anything_to_read_is_refused(tab, text):
    """Blanks and invisible characters say nothing."""
    status, error = await refused(tab, typed(text))

    assert (status, error["code"]) == (422, "empty_message")


async def test_a_message_that_is_too_long_names_the_limit(tab):
    """She learns how long it may be."""
    status, error = await refused(tab, typed("ก" * 10_000))

    assert (status, error["code"]) == (422, "message_too_long")
    assert "1000" in error["message"]
    assert "1000" in error["message_en"]


async def test_a_message_of_the_longest_length_is_taken(tab):
    """The limit itself is allowed."""
    assert (await tab.post("ก" * 1000)).status_code == 202


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b'"text"',
        b"{",
        b"[" * 20_000,
        b'{"client_message_id": "k", "text": "\xff\xfe"}',
        b'{"client_message_id": "k", "text": "\\ud800"}',
        {"text": "no id"},
        {"client_message_id": "k"},
        {"client_message_id": "", "text": "hi"},
        {"client_message_id": "k" * 65, "text": "hi"},
        {"client_message_id": "event/identity_signed_in/1", "text": "hi"},
        {"client_message_id": "k\x00", "text": "hi"},
        {"client_message_id": 7, "text": "hi"},
        {"client_message_id": "k", "text": 7},
        {"client_message_id": "k", "text": None},
        {"client_message_id": "k", "text": "hi", "sender": "somebody"},
        {"client_message_id": "k", "text": "hi", "choice": {}},
        {"client_message_id": "k", "choice": {"entry_id": "x", "index": 0}},
        {
            "client_message_id": "k",
            "choice": {"entry_id": "0" * 32, "index": -1},
        },
        {
            "client_message_id": "k",
            "choice": {"entry_id": "0" * 32, "index": 10**30},
        },
    ],
)
async def test_a_body_of_another_shape_is_refused(tab, body):
    """A fault of the client is told apart from a message."""
    status, error = await refused(tab, body)

    assert (status, error["code"]) == (422, "not_understood")
    assert error["message"]
    assert error["message_en"]


async def test_a_huge_body_is_refused_before_it_is_read(tab):
    """Nobody fills our memory."""
    status, error = await refused(tab, b"x" * (BIGGEST_BODY + 1))

    assert (status, error["code"]) == (413, "body_too_large")


async def test_a_huge_body_of_unknown_length_is_refused_while_it_comes(tab):
    """A body that does not announce its length is counted."""

    async def pieces():
        for _ in range(40):
            yield b"x" * 4096

    response = await tab.http.post(
        "/chat/messages", content=pieces(), headers=tab.headers
    )

    assert response.status_code == 413
    assert response.json()["error"]["code"] == "body_too_large"


async def test_only_emoji_goes_through_whole(house, tab):
    """The bot decides what a smile means; joiners inside an emoji stay."""
    family = (
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f\U0001f44d\U0001f3fd"
    )
    entry = await tab.say(family)
    await tab.settled()

    assert entry["text"] == family
    assert house.rasa.texts() == [family]


async def test_control_and_invisible_characters_are_taken_out(house, tab):
    """What cannot be seen must not change what is understood."""
    entry = await tab.say("\u202eเงิน\u200bสมทบ\x00\x1b[31m\tปีนี้\r\nนะ\ufeff")

    assert entry["text"] == "เงินสมทบ[31m ปีนี้\nนะ"


async def test_a_typed_command_is_only_text(house, tab):
    """Nobody acts as Rasa by typing a slash."""
    command = '/contribution_check{"citizen_id":"x"}'
    entry = await tab.say(command)
    await tab.settled()

    (turn,) = house.rasa.asked
    assert entry["text"] == command
    assert (turn["kind"], turn["text"], turn["intent"]) == ("text", command, None)
    assert turn["entities"] == {}


async def test_an_id_number_is_masked_before_it_is_kept(house, tab):
    """It is in no table and reaches no bot, and she is told not to send it."""
    entry = await tab.say(f"เลขบัตร {ID_NUMBER} ค่ะ")
    entries = await tab.settled()

    assert entry["masked"] is True
    assert len(entry["text"]) == len(f"เลขบัตร {ID_NUMBER} ค่ะ")
    notice, answer = [e["reply"]["text"] for e in entries if e["from"] == "assistant"]
    assert "ThaID" in notice
    assert answer.startswith("answer to")
    assert "037" not in house.rasa.texts()[0]
    reads = house.rows(
        "SELECT format('SELECT t::text FROM %I.%I t', table_schema, table_name) "
        "FROM information_schema.tables WHERE table_schema "
        "NOT IN ('pg_catalog', 'information_schema')"
    )
    for (read,) in reads:
        assert "02071" not in str(house.rows(read)), read


async def test_the_same_id_number_resent_is_the_same_message(tab):
    """A resend of a masked message is recognised."""
    first = await tab.say(f"เลข {ID_NUMBER}", "same")
    again = await tab.post(f"เลข {ID_NUMBER}", "same")

    assert again.status_code == 200
    assert again.json()["entry"]["id"] == first["id"]


@pytest.mark.parametrize(
    "body", [b"{", b'{"language": "xx"}', b'{"id": "mine"}', b"\xff"]
)
async def test_a_conversation_is_not_started_from_nonsense(house, body):
    """A client can choose the language and nothing else."""
    response = await house.http.post("/chat/conversations", content=body)

    assert response.status_code == 422
    assert response.json()["error"]["code"] == "not_understood"


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30, ""])
async def test_a_place_that_is_no_number_is_refused(tab, after):
    """The history's one argument is a number."""
    where = f"/chat/history?after={after}"
    response = await tab.http.get(where, headers=tab.headers)

    assert response.status_code == 422
    assert response.json()["error"]["code"] == "not_understood"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/chat/nowhere", 404, "not_found"),
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/%00", 404, "not_found"),
        ("GET", "/../../etc/passwd", 404, "not_found"),
        ("DELETE", "/chat/messages", 405, "method_not_allowed"),
    ],
)
async def test_wrong_addresses_are_answered_in_words(house, method, path, status, code):
    """Even a lost call gets the documented JSON."""
    response = await house.http.request(method, path)

    assert response.status_code == status
    assert response.json()["error"]["code"] == code
