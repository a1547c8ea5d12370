"""A token continues one conversation, and only as long as it is ours and valid."""

from __future__ import annotations

import datetime
import uuid

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.errors import TokenExpired, TokenInvalid
from gateway.tokens import AUDIENCE, Tokens
from tests.gateway.fakes import Tab

NOW = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
KEY, OLD_KEY, OTHER_KEY = b"k" * 32, b"o" * 32, b"x" * 32
CONVERSATION = uuid.UUID(int=7)
CALLS = [
    ("GET", "/chat/history"),
    ("GET", "/chat/events"),
    ("POST", "/chat/messages"),
]


def tokens(*keys, now=NOW):
    """Return tokens of one day."""
    return Tokens(keys or [KEY], DAY, lambda: now)


def signed(claims, key=KEY, **header):
    """Return a token with any claims."""
    return jwt.encode({"alg": "HS256"} | header, claims, OctKey.import_key(key))


def test_a_token_names_its_conversation_until_its_end():
    """What was issued is read back."""
    token, end = tokens().issue(CONVERSATION)

    assert tokens().conversation(token) == CONVERSATION
    assert end == NOW + DAY


def test_tokens_of_the_previous_key_stay_valid():
    """Changing the secret does not throw everybody out."""
    token, _ = tokens(OLD_KEY).issue(CONVERSATION)

    assert tokens(KEY, OLD_KEY).conversation(token) == CONVERSATION


def test_an_expired_token_is_told_apart():
    """The widget starts over either way; operators see why."""
    token, _ = tokens().issue(CONVERSATION)

    with pytest.raises(TokenExpired):
        tokens(now=NOW + DAY).conversation(token)


def good_claims():
    """Return claims of a token we would accept."""
    return {
        "sub": str(CONVERSATION),
        "aud": AUDIENCE,
        "exp": int((NOW + DAY).timestamp()),
    }


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "a.b.c",
        "\u0e01.\u0e02.\u0e03",
        signed(good_claims(), key=OTHER_KEY),
        signed(good_claims())[:-2],
        signed(good_claims() | {"aud": "somebody-else"}),
        signed(good_claims() | {"sub": "not-an-id"}),
        signed(good_claims() | {"sub": 7}),
        signed(good_claims() | {"exp": "soon"}),
        signed({"sub": str(CONVERSATION), "aud": AUDIENCE}),
        # {"alg":"none"} over good claims, unsigned
        "eyJhbGciOiJub25lIn0." + signed(good_claims()).split(".")[1] + ".",
    ],
)
def test_a_token_that_is_not_ours_is_invalid(token):
    """Forged, cut, or signed for something else: all the same to us."""
    with pytest.raises(TokenInvalid):
        tokens().conversation(token)


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "token_missing"),
        ({"Authorization": "Basic eDp5"}, "token_missing"),
        ({"Authorization": "Bearer forged"}, "token_invalid"),
    ],
)
async def test_calls_without_a_valid_token_are_refused(
    house, method, path, headers, code
):
    """401 tells the widget to start over, in words for the citizen."""
    response = await house.http.request(method, path, headers=headers)

    assert response.status_code == 401
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"]


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_calls_with_an_expired_token_are_refused(house, tab, method, path):
    """A conversation's time is over with its token's."""
    house.clock.forward(days=31)
    response = await house.http.request(method, path, headers=tab.headers)

    assert response.status_code == 401
    assert response.json()["error"]["code"] == "token_expired"


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_a_deleted_conversation_is_gone(house, tab, method, path):
    """A token may outlive its conversation by a little."""
    house.rows("DELETE FROM gateway.conversation RETURNING 1")
    body = {"client_message_id": "k", "text": "hi"} if method == "POST" else None
    response = await house.http.request(method, path, headers=tab.headers, json=body)

    assert response.status_code == 401
    assert response.json()["error"]["code"] == "conversation_gone"


async def test_a_conversation_sees_only_itself(house):
    """No token opens another's entries."""
    mine, hers = await house.open_chat(), await house.open_chat()
    await hers.say("private")
    await hers.settled()
    async with mine.listening() as events:
        await mine.say("mine")
        await mine.settled()

        heard = str([event.data for event in events])
        assert "private" not in heard
    assert "private" not in str(await mine.entries())


async def test_the_server_chooses_the_conversation(house):
    """Two chats never share an id, whatever they send."""
    first, second = await house.open_chat(), await house.open_chat()

    read = house.app.state.tokens.conversation
    assert read(first.token) != read(second.token)


async def test_a_signed_token_of_an_unknown_conversation_opens_nothing(house):
    """Even our own signature does not make a conversation."""
    token, _ = house.app.state.tokens.issue(uuid.uuid4())
    response = await Tab(house.http, token).post("hi")

    assert response.status_code == 401
    assert response.json()["error"]["code"] == "conversation_gone"
