"""Where ThaID's endpoints and public keys are, asked of ThaID and remembered."""

from __future__ import annotations

import asyncio
import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from citizen.errors import ThaIDUnavailable
from citizen.secret import Clock

WELL_KNOWN = "/.well-known/openid-configuration"
REMEMBERED = datetime.timedelta(hours=1)
# An id_token with an invented key id must not make us hammer ThaID.
BETWEEN_KEY_FETCHES = datetime.timedelta(seconds=30)


@dataclass(frozen=True)
class Endpoints:
    """ThaID's name for itself and its addresses, all on the issuer's own origin."""

    issuer: str
    authorization: str
    token: str
    revocation: str | None
    jwks: str

    @classmethod
    def from_json(cls, answer: Any, issuer: str) -> Endpoints:
        """Read a discovery document (OpenID Connect Discovery 1.0, section 3).

        Raises:
            ThaIDUnavailable: it is another issuer's, lacks an endpoint, or leads away
                from the issuer's origin.
        """
        try:
            if answer["issuer"].rstrip("/") != issuer:
                raise ThaIDUnavailable("the discovery document is another issuer's")
            endpoints = cls(
                issuer=answer["issuer"],
                authorization=answer["authorization_endpoint"],
                token=answer["token_endpoint"],
                revocation=answer.get("revocation_endpoint"),
                jwks=answer["jwks_uri"],
            )
            endpoints.check_origin(issuer)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ThaIDUnavailable("the discovery document is not usable") from error
        return endpoints

    def check_origin(self, issuer: str) -> None:
        """Refuse endpoints elsewhere: they would get the codes and our secret."""
        expected = urlsplit(issuer)[:2]
        for url in (self.authorization, self.token, self.revocation, self.jwks):
            if url is not None and urlsplit(url)[:2] != expected:
                raise ThaIDUnavailable("the discovery document leads elsewhere")


class Discovery:
    """Remembers the endpoints for an hour and the keys until one is missing."""

    def __init__(self, issuer: str, http: httpx2.AsyncClient, clock: Clock) -> None:
        self._issuer = issuer
        self._http = http
        self._clock = clock
        self._lock = asyncio.Lock()
        self._endpoints: tuple[datetime.datetime, Endpoints] | None = None
        self._keys: tuple[datetime.datetime, KeySet] | None = None

    async def endpoints(self) -> Endpoints:
        """Return the endpoints, asking ThaID when what we remember is too old."""
        async with self._lock:
            known = self._endpoints
            if known is None or self._clock() - known[0] >= REMEMBERED:
                answer = await get_json(self._http, f"{self._issuer}{WELL_KNOWN}")
                known = (self._clock(), Endpoints.from_json(answer, self._issuer))
                self._endpoints = known
            return known[1]

    async def keys(self) -> KeySet:
        """Return ThaID's public keys, asking ThaID when what we remember is old."""
        known = self._keys
        if known is None or self._clock() - known[0] >= REMEMBERED:
            return await self.newer_keys()
        return known[1]

    async def newer_keys(self) -> KeySet:
        """Ask ThaID for its keys again, unless we just did."""
        url = (await self.endpoints()).jwks
        async with self._lock:
            known = self._keys
            if known is None or self._clock() - known[0] >= BETWEEN_KEY_FETCHES:
                answer = await get_json(self._http, url)
                known = (self._clock(), _key_set(answer))
                self._keys = known
            return known[1]


async def get_json(http: httpx2.AsyncClient, url: str) -> Any:
    """Return ThaID's JSON answer.

    Raises:
        ThaIDUnavailable: there is none.
    """
    try:
        response = await http.get(url)
    except httpx2.TransportError as error:
        raise ThaIDUnavailable("no answer from ThaID") from error
    if response.status_code != httpx2.codes.OK:
        raise ThaIDUnavailable(f"ThaID answered {response.status_code}")
    try:
        return response.json()
    except ValueError as error:
        raise ThaIDUnavailable("ThaID's answer is not JSON") from error


def _key_set(answer: Any) -> KeySet:
    """Return the elliptic-curve keys among ThaID's; others we never use."""
    try:
        keys = [key for key in answer["keys"] if key["kty"] == "EC"]
        if not keys:
            raise ThaIDUnavailable("ThaID has no key we can use")
        return KeySet.import_key_set({"keys": keys})
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise ThaIDUnavailable("ThaID's keys are not usable") from error
