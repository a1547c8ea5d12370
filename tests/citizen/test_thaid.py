"""ThaID's word is taken only when it proves who signed in; every failure is named."""

import json
import logging

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from citizen.errors import BadIdentityToken, SignInRefused, ThaIDUnavailable
from citizen.thaid import read_refusal
from tests.citizen.conftest import CALLBACK, finish
from tests.citizen.fake_thaid import CLIENT, NAME, PID

REVOKE = "/api/v2/oauth2/revoke/"


async def test_a_proven_citizen_is_known(thaid, fake):
    """Discovery, code, token, keys and claims all agree."""
    identity = await finish(thaid, fake)

    assert (identity.pid, identity.identity_level) == (PID, "2.3")
    assert PID not in repr(identity)


async def test_the_browser_is_asked_for_no_more_than_needed(thaid):
    """The id number and how sure ThaID is; no name, address or birth date."""
    url = httpx2.URL(await thaid.authorization_url("s", "n"))

    assert dict(url.params) == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": CALLBACK,
        "scope": "openid pid ial",
        "state": "s",
        "nonce": "n",
    }


async def test_the_token_is_revoked_after_use(thaid, fake):
    """We keep no token, so none of ours may keep working."""
    await finish(thaid, fake)

    assert fake.revoked == ["token-for-code-1"]


async def test_a_token_that_proves_nothing_is_revoked_too(thaid, fake):
    """Whatever we were given ends with us."""
    fake.claims = {"nonce": "another"}
    with pytest.raises(BadIdentityToken):
        await finish(thaid, fake)

    assert fake.revoked == ["token-for-code-1"]


async def test_a_failing_revocation_does_not_cost_the_sign_in(thaid, fake):
    """The citizen is not to suffer for our tidiness."""
    fake.answers[REVOKE] = httpx2.ConnectError("down")

    assert (await finish(thaid, fake)).pid == PID


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ["the-nonce"]},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"aud": None},
        {"azp": "another-client"},
        {"iss": "https://thaid.evil"},
        {"iss": None},
        {"sub": None},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"exp": "soon"},
        {"iat": 1_000_000_000},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"pid": None},
        {"pid": "1234567890123"},
        {"pid": 1999900000005},
        {"pid": "19999"},
    ],
    ids=json.dumps,
)
async def test_a_wrong_claim_proves_nothing(thaid, fake, wrong):
    """Each is a token made for somebody, somewhere or some time else."""
    fake.claims = wrong

    with pytest.raises(BadIdentityToken):
        await finish(thaid, fake)


async def test_an_audience_list_with_our_own_azp_is_fine(thaid, fake):
    """OpenID Connect Core allows a list when `azp` names us."""
    fake.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}

    assert (await finish(thaid, fake)).pid == PID


async def test_a_minute_of_clock_skew_is_forgiven(thaid, fake, now):
    """Servers' clocks differ by seconds, not by hours."""
    now_there = int(now().timestamp())
    fake.claims = {"iat": now_there + 50, "exp": now_there - 50}

    assert (await finish(thaid, fake)).pid == PID


async def test_a_signature_by_another_key_proves_nothing(thaid, fake):
    """Even when it claims to be by a key we know."""
    fake.signing_key = ECKey.generate_key("P-256", {"kid": "first"})

    with pytest.raises(BadIdentityToken):
        await finish(thaid, fake)


async def test_a_shared_secret_proves_nothing(thaid, fake):
    """HS256 with the public key as the secret is the classic forgery."""
    public = json.dumps(fake.key.as_dict(private=False)).encode()
    fake.header = {"alg": "HS256"}
    fake.signing_key = OctKey.import_key(public)

    with pytest.raises(BadIdentityToken):
        await finish(thaid, fake)


@pytest.mark.filterwarnings("ignore:JWS algorithm")
@pytest.mark.parametrize("kid", [{}, {"kid": "first"}])
async def test_no_signature_proves_nothing(thaid, fake, kid):
    """`alg: none` is the other classic."""
    claims = jwt.decode(fake.id_token("the-nonce"), fake.key).claims
    header = {"alg": "none", **kid}
    unsigned = jwt.encode(header, claims, OctKey.generate_key(), algorithms=["none"])
    fake.id_token = lambda nonce: unsigned

    with pytest.raises(BadIdentityToken):
        await finish(thaid, fake)


@pytest.mark.parametrize("id_token", [None, 7, "", "a.b.c", "a.b", "ไทย", "..", {}])
async def test_nonsense_proves_nothing(thaid, fake, id_token):
    """Whatever stands where the id_token should be, the error has a name."""
    fake.id_token = lambda nonce: id_token

    with pytest.raises(BadIdentityToken):
        await finish(thaid, fake)


async def test_a_code_used_twice_is_refused(thaid, fake):
    """ThaID says so, and we pass the code of its refusal on, not its words."""
    with pytest.raises(SignInRefused) as refused:
        await thaid.finish("never-issued", "n")

    assert refused.value.code == "invalid_grant"
    assert PID not in f"{refused.value!r}{refused.value.__cause__!r}"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("invalid_scope", SignInRefused),
        ("server_error", ThaIDUnavailable),
        ("temporarily_unavailable", ThaIDUnavailable),
        ("<script>", SignInRefused),
        ("", SignInRefused),
    ],
)
def test_the_browsers_error_is_read(code, error):
    """What comes in an address is anybody's; only codes that look like one stay."""
    failure = read_refusal(code)

    assert isinstance(failure, error)
    assert "<" not in str(failure)


async def test_nothing_identifying_is_logged(thaid, fake, caplog):
    """Neither when it works nor when it fails."""
    caplog.set_level(logging.DEBUG)
    await finish(thaid, fake)
    fake.claims = {"nonce": "another"}
    fake.answers[REVOKE] = httpx2.ConnectError("down")
    with pytest.raises(BadIdentityToken):
        await finish(thaid, fake)

    for secret in (PID, NAME, "token-for-code", "code-1", "the-registered-secret"):
        assert secret not in caplog.text
