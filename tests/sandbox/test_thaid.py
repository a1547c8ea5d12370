"""ThaID of the sandbox: the whole code flow, and each way it refuses."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from tests.sandbox.conftest import CALLBACK, ISSUER, PARTY, running

REGULAR = "1999900000013"
LINK = {
    "client_id": PARTY.client_id,
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid pid ial",
    "state": "st-1",
    "nonce": "no-1",
}
BASIC = (PARTY.client_id, PARTY.client_secret)
AUTH = "/thaid/api/v2/oauth2/auth/"
TOKEN = "/thaid/api/v2/oauth2/token/"


async def choose(sandbox, **form):
    return await sandbox.post(AUTH, data={**LINK, **form})


def answer_of(response):
    assert response.status_code == 303
    address = urlsplit(response.headers["location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == CALLBACK
    return {name: values[0] for name, values in parse_qs(address.query).items()}


async def code_of(sandbox, **link):
    return answer_of(await choose(sandbox, person=REGULAR, **link))["code"]


async def exchange(sandbox, code, auth=BASIC, **changes):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
    }
    return await sandbox.post(TOKEN, data={**form, **changes}, auth=auth)


async def claims_of(sandbox, id_token):
    keys = KeySet.import_key_set((await sandbox.get("/thaid/jwks/")).json())
    return jwt.decode(id_token, keys, algorithms=["ES256"]).claims


async def test_discovery_names_every_endpoint(sandbox):
    """Under the issuer, at the paths ThaID has."""
    found = (await sandbox.get("/thaid/.well-known/openid-configuration")).json()

    assert found["issuer"] == ISSUER
    assert found["token_endpoint"] == f"{ISSUER}/api/v2/oauth2/token/"
    assert found["id_token_signing_alg_values_supported"] == ["ES256"]


async def test_a_person_signs_in(sandbox, day):
    """Code, token, verified id token: state and nonce come back unchanged."""
    answer = answer_of(await choose(sandbox, person=REGULAR))
    tokens = (await exchange(sandbox, answer["code"])).json()
    claims = await claims_of(sandbox, tokens["id_token"])

    assert answer["state"] == "st-1"
    assert claims["iss"] == ISSUER
    assert claims["aud"] == PARTY.client_id
    assert claims["nonce"] == "no-1"
    assert claims["exp"] > day.now.timestamp()
    assert claims["pid"] == tokens["pid"] == REGULAR
    assert claims["ial"] == "2.3"


async def test_only_granted_scopes_are_told(sandbox):
    """A name that was not asked for does not travel."""
    tokens = (await exchange(sandbox, await code_of(sandbox))).json()

    assert "name" not in tokens
    assert "name" not in await claims_of(sandbox, tokens["id_token"])


async def test_the_secret_may_come_in_the_form(sandbox):
    """client_secret_post is announced, so it works."""
    answer = await exchange(
        sandbox,
        await code_of(sandbox),
        auth=None,
        client_id=PARTY.client_id,
        client_secret=PARTY.client_secret,
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("auth", [None, (PARTY.client_id, "x"), ("x", "y")])
async def test_strangers_get_no_token(sandbox, auth):
    """Neither without a secret nor with a wrong one."""
    answer = await exchange(sandbox, await code_of(sandbox), auth=auth)

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_a_code_works_once(sandbox):
    """The second use takes back what the first one gave."""
    code = await code_of(sandbox)
    token = (await exchange(sandbox, code)).json()["access_token"]
    again = await exchange(sandbox, code)

    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})
    assert (await userinfo(sandbox, token)).status_code == 401


async def test_a_code_ends_after_a_minute(sandbox, day):
    """Codes are for the redirect only."""
    code = await code_of(sandbox)
    day.pass_(seconds=61)

    assert (await exchange(sandbox, code)).json() == {"error": "invalid_grant"}


async def test_a_code_belongs_to_its_callback(sandbox):
    """RFC 6749 section 4.1.3."""
    answer = await exchange(
        sandbox, await code_of(sandbox), redirect_uri=f"{CALLBACK}/x"
    )

    assert answer.json() == {"error": "invalid_grant"}


async def test_other_grants_are_not_offered(sandbox):
    """Only codes are exchanged."""
    answer = await exchange(sandbox, "x", grant_type="password")

    assert answer.json() == {"error": "unsupported_grant_type"}


async def test_cancelling_says_access_denied(sandbox):
    """The relying party must be able to tell its citizen."""
    answer = answer_of(await choose(sandbox, cancel="yes"))

    assert answer == {"error": "access_denied", "state": "st-1"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"scope": "openid house_address"}, "invalid_scope"),
        ({"scope": "pid"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"nonce": ""}, "invalid_request"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_wrong_requests_go_back_with_an_error(sandbox, method, change, error):
    """Where the callback is known, the error is told there."""
    asked = {**LINK, **change}
    where = {"params": asked} if method == "GET" else {"data": asked}
    answer = answer_of(await sandbox.request(method, AUTH, **where))

    assert answer["error"] == error


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"redirect_uri": f"{CALLBACK}?x=1"}, "invalid_request"),
        ({"redirect_uri": "https://evil.test/"}, "invalid_request"),
        ({"client_id": "x"}, "invalid_client"),
    ],
)
async def test_strangers_are_sent_nowhere(sandbox, change, error):
    """An unregistered callback gets a page, never a redirect."""
    answer = await sandbox.get(AUTH, params={**LINK, **change})

    assert answer.status_code == 400
    assert error in answer.text


async def test_the_page_offers_everybody_and_a_way_out(sandbox):
    """Tests and citizens find each person and the cancel button."""
    page = await sandbox.get(AUTH, params=LINK)
    slugs = re.findall(r'data-testid="person-([\w-]+)"', page.text)

    assert slugs[0] == "regular"
    assert "nobody" in slugs
    assert 'data-testid="cancel"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert "style=" not in page.text


async def test_what_the_link_carries_is_escaped(sandbox):
    """A state that looks like HTML stays text."""
    page = await sandbox.get(AUTH, params={**LINK, "state": '"><b>x</b>'})

    assert "<b>x</b>" not in page.text


async def userinfo(sandbox, token):
    return await sandbox.get(
        "/thaid/api/v2/oauth2/userinfo/", headers={"Authorization": f"Bearer {token}"}
    )


async def introspect(sandbox, token, auth=BASIC):
    return await sandbox.post(
        "/thaid/api/v2/oauth2/introspect/", data={"token": token}, auth=auth
    )


async def test_a_revoked_token_is_useless(sandbox):
    """Relying parties revoke what they no longer need."""
    token = (await exchange(sandbox, await code_of(sandbox))).json()["access_token"]
    before = await userinfo(sandbox, token)
    await sandbox.post(
        "/thaid/api/v2/oauth2/revoke/", data={"token": token}, auth=BASIC
    )

    assert before.json()["pid"] == REGULAR
    assert (await userinfo(sandbox, token)).status_code == 401
    assert (await introspect(sandbox, token)).json() == {"active": False}


async def test_a_live_token_is_active(sandbox):
    """To its own client only."""
    token = (await exchange(sandbox, await code_of(sandbox))).json()["access_token"]

    assert (await introspect(sandbox, token)).json()["active"] is True
    assert (await introspect(sandbox, token, auth=None)).status_code == 401


async def test_the_key_survives_a_restart(empty_database_url, day):
    """Clients cache the JWKS."""
    async with running(empty_database_url, day) as http:
        before = (await http.get("/thaid/jwks/")).json()
    async with running(empty_database_url, day) as http:
        assert (await http.get("/thaid/jwks/")).json() == before
    assert "d" not in before["keys"][0]


async def spoiled(sandbox, kind):
    await sandbox.put("/faults/thaid", json={"kind": kind})
    return (await exchange(sandbox, await code_of(sandbox))).json()["id_token"]


async def test_a_bad_signature_can_be_had(sandbox):
    """So that clients can prove they look."""
    token = await spoiled(sandbox, "bad_signature")

    with pytest.raises(BadSignatureError):
        await claims_of(sandbox, token)


async def test_a_wrong_nonce_can_be_had(sandbox):
    """So that clients can prove they compare."""
    claims = await claims_of(sandbox, await spoiled(sandbox, "wrong_nonce"))

    assert claims["nonce"] != "no-1"


async def test_an_expired_token_can_be_had(sandbox, day):
    """So that clients can prove they read the time."""
    claims = await claims_of(sandbox, await spoiled(sandbox, "expired_token"))

    assert claims["exp"] < day.now.timestamp()


async def test_thaid_can_be_down(sandbox):
    """The sign-in then says so, and nothing else."""
    await sandbox.put("/faults/thaid", json={"kind": "maintenance"})

    assert (await sandbox.get("/thaid/jwks/")).status_code == 503
