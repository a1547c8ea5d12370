"""Reads an id_token: proves who signed in, or refuses. Does no I/O."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from citizen.errors import BadIdentityToken
from citizen.national_id import is_national_id

ALGORITHMS = ("ES256",)
LEEWAY = datetime.timedelta(seconds=60)
OLDEST = datetime.timedelta(minutes=10)
LEVEL_UNSTATED = "unstated"


@dataclass(frozen=True)
class Identity:
    """Who signed in; `pid` stays out of every representation."""

    pid: str = field(repr=False)
    identity_level: str


@dataclass(frozen=True)
class Expected:
    """What the id_token must say (OpenID Connect Core 1.0, section 3.1.3.7)."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)


class UnknownSigningKey(BadIdentityToken):
    """Signed with a key that is not in the set; a newer set may have it."""


def read_identity(
    id_token: str, keys: KeySet, expected: Expected, now: datetime.datetime
) -> Identity:
    """Return who an id_token proves to have signed in.

    Raises:
        UnknownSigningKey: the key set lacks its key.
        BadIdentityToken: anything else is wrong with it.
    """
    claims = _verified_claims(id_token, keys)
    try:
        _registry(expected, now).validate(claims)
        _check_party_and_age(claims, expected, now)
    except JoseError as error:
        raise BadIdentityToken(f"a claim is wrong: {type(error).__name__}") from error
    if not is_national_id(claims.get("pid")):
        raise BadIdentityToken("there is no citizen id in it")
    return Identity(claims["pid"], str(claims.get("ial") or LEVEL_UNSTATED))


def _verified_claims(id_token: str, keys: KeySet) -> dict[str, Any]:
    """Return the claims of a token whose signature holds."""
    try:
        return jwt.decode(id_token, keys, algorithms=list(ALGORITHMS)).claims
    except InvalidKeyIdError as error:
        raise UnknownSigningKey("signed with a key we do not know") from error
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        # What failed to parse may be quoted in the cause, so the cause stays here.
        raise BadIdentityToken("its signature does not hold") from None


def _registry(expected: Expected, now: datetime.datetime) -> jwt.JWTClaimsRegistry:
    """Return the checks of single claims."""
    return jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(LEEWAY.total_seconds()),
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        nonce={"essential": True, "value": expected.nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )


def _check_party_and_age(
    claims: dict[str, Any], expected: Expected, now: datetime.datetime
) -> None:
    """Refuse a token issued for several parties and used by another, or long ago."""
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    party = claims.get("azp", None if several else expected.client_id)
    if party != expected.client_id:
        raise BadIdentityToken("it was issued to another party")
    if not isinstance(claims["nonce"], str):
        raise BadIdentityToken("its nonce is not one value")
    if now.timestamp() - claims["iat"] > (OLDEST + LEEWAY).total_seconds():
        raise BadIdentityToken("it was issued long ago")
