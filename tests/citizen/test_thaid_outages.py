"""What we remember of ThaID, and what it is when ThaID does not answer properly."""

import asyncio

import httpx2
import pytest
from joserfc.jwk import ECKey

from citizen.errors import BadIdentityToken, ThaIDUnavailable
from tests.citizen.conftest import finish
from tests.citizen.fake_thaid import ISSUER, PID

DISCOVERY = "/.well-known/openid-configuration"
TOKEN = "/api/v2/oauth2/token/"


async def test_a_new_key_of_thaid_is_fetched(thaid, fake, now):
    """ThaID changes keys without telling us."""
    await finish(thaid, fake)
    fake.key = ECKey.generate_key("P-256", {"kid": "second"})
    now.pass_by(minutes=1)

    assert (await finish(thaid, fake)).pid == PID


async def test_invented_key_ids_do_not_hammer_thaid(thaid, fake):
    """A stream of bad tokens must not become a stream of requests."""
    fake.header = {"kid": "invented"}
    for _ in range(5):
        with pytest.raises(BadIdentityToken):
            await finish(thaid, fake)

    assert fake.asked.count("/jwks/") == 1


async def test_discovery_is_remembered_for_an_hour(thaid, fake, now):
    """Endpoints seldom move."""
    for _ in range(3):
        await finish(thaid, fake)
    assert fake.asked.count(DISCOVERY) == 1

    now.pass_by(hours=1)
    await finish(thaid, fake)
    assert fake.asked.count(DISCOVERY) == 2


ELSEWHERE = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth/",
    "token_endpoint": "https://evil.test/token/",
    "jwks_uri": f"{ISSUER}/jwks/",
}


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ConnectError("down"),
        httpx2.ReadTimeout("slow"),
        httpx2.Response(503),
        httpx2.Response(404),
        httpx2.Response(302, headers={"location": "https://evil.test/"}),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json=[]),
        httpx2.Response(200, json={"issuer": ISSUER}),
        httpx2.Response(200, json={"issuer": 7}),
        httpx2.Response(200, json=ELSEWHERE | {"issuer": "https://evil.test"}),
        httpx2.Response(200, json=ELSEWHERE),
    ],
    ids=lambda answer: type(answer).__name__,
)
async def test_without_discovery_thaid_is_unavailable(thaid, fake, answer):
    """Also when its answer would send codes and our secret elsewhere."""
    fake.answers[DISCOVERY] = answer

    with pytest.raises(ThaIDUnavailable):
        await thaid.authorization_url("s", "n")


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ConnectError("down"),
        httpx2.ReadTimeout("slow"),
        httpx2.Response(500),
        httpx2.Response(429, text="<html>slow down</html>"),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json=[]),
    ],
    ids=lambda answer: type(answer).__name__,
)
@pytest.mark.parametrize("path", [TOKEN, "/jwks/"])
async def test_without_tokens_or_keys_thaid_is_unavailable(thaid, fake, path, answer):
    """It is ThaID's trouble, and says nothing about the citizen."""
    fake.answers[path] = answer

    with pytest.raises(ThaIDUnavailable):
        await finish(thaid, fake)


async def test_a_thaid_that_drips_is_given_up(thaid, fake, monkeypatch):
    """A timeout per read is not enough against one byte a second."""
    monkeypatch.setattr("citizen.thaid.PATIENCE_SECONDS", 0.05)
    never = fake.handle_async_request

    async def drip(request):
        if request.url.path == TOKEN:
            await asyncio.Event().wait()
        return await never(request)

    fake.handle_async_request = drip

    with pytest.raises(ThaIDUnavailable):
        await finish(thaid, fake)
