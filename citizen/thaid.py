"""ThaID, the state's digital identity, over OpenID Connect.

Endpoints, scopes and claims as in the relying party sample of ETDA
(https://github.com/ETDA/ThaiD-CSharp-RP). PKCE is not announced by ThaID; the browser
cookie, `state` and `nonce` carry the binding.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from citizen.discovery import Discovery
from citizen.errors import (
    BadIdentityToken,
    SignInRefused,
    ThaIDError,
    ThaIDUnavailable,
)
from citizen.identity_token import (
    Expected,
    Identity,
    UnknownSigningKey,
    read_identity,
)
from citizen.secret import Clock, utc_now

SCOPE = "openid pid ial"
TIMEOUT = httpx2.Timeout(5.0, connect=3.0)
PATIENCE_SECONDS = 12.0
NOT_THE_CITIZEN = frozenset({"server_error", "temporarily_unavailable"})
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Registration:
    """What DOPA gave us when this deployment was registered as a relying party."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str


class ThaID:
    """Sends citizens to ThaID and reads what it says about them."""

    def __init__(
        self,
        registration: Registration,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._us = registration
        self.issuer = registration.issuer.rstrip("/")
        self._transport = transport or httpx2.AsyncHTTPTransport()
        self._clock = clock
        self._http = httpx2.AsyncClient(transport=self._transport, timeout=TIMEOUT)
        self._discovery = Discovery(self.issuer, self._http, clock)

    @property
    def issuer_origin(self) -> str:
        """Return the origin a citizen's browser is sent to."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    async def authorization_url(self, state: str, nonce: str) -> str:
        """Return where to send the citizen's browser.

        Raises:
            ThaIDUnavailable: ThaID does not say where.
        """
        endpoints = await self._discovery.endpoints()
        url, _ = self._client().create_authorization_url(
            endpoints.authorization, state=state, nonce=nonce
        )
        return str(url)

    async def finish(self, code: str, nonce: str) -> Identity:
        """Return who signed in; the tokens are checked, used once and revoked.

        Raises:
            ThaIDUnavailable, SignInRefused, BadIdentityToken: nobody is known.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                token = await self._exchange(code)
                try:
                    return await self._identity(token, nonce)
                finally:
                    await self._revoke(token)
        except TimeoutError as error:
            raise ThaIDUnavailable("ThaID took too long") from error

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _client(self) -> AsyncOAuth2Client:
        """Return a client of one sign-in's own: Authlib keeps the token in it.

        It shares our transport, and so is never closed itself.
        """
        return AsyncOAuth2Client(
            self._us.client_id,
            self._us.client_secret,
            token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - a method
            revocation_endpoint_auth_method="client_secret_basic",
            redirect_uri=self._us.redirect_uri,
            scope=SCOPE,
            transport=self._transport,
            timeout=TIMEOUT,
        )

    async def _exchange(self, code: str) -> dict[str, Any]:
        """Return the token response for an authorization code."""
        endpoints = await self._discovery.endpoints()
        try:
            token = await self._client().fetch_token(
                endpoints.token,
                grant_type="authorization_code",
                code=code,
                redirect_uri=self._us.redirect_uri,
            )
        except OAuthError as error:
            # The description is ThaID's free text: it goes nowhere.
            raise _refusal(str(error.error)) from None
        except httpx2.HTTPStatusError as error:
            status = error.response.status_code
            raise ThaIDUnavailable(f"ThaID answered {status}") from None
        except httpx2.TransportError as error:
            raise ThaIDUnavailable("no answer from ThaID") from error
        except (TypeError, ValueError):
            raise ThaIDUnavailable("ThaID's answer is not usable") from None
        return dict(token)

    async def _identity(self, token: dict[str, Any], nonce: str) -> Identity:
        """Return who the id_token proves, fetching newer keys once if need be."""
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise BadIdentityToken("there is no id_token")
        issuer = (await self._discovery.endpoints()).issuer
        expected = Expected(issuer, self._us.client_id, nonce)
        keys = await self._discovery.keys()
        try:
            return read_identity(id_token, keys, expected, self._clock())
        except UnknownSigningKey:
            keys = await self._discovery.newer_keys()
            return read_identity(id_token, keys, expected, self._clock())

    async def _revoke(self, token: dict[str, Any]) -> None:
        """Revoke the access token; we keep none, so a failure costs the citizen little.

        RFC 7009.
        """
        access_token = token.get("access_token")
        try:
            url = (await self._discovery.endpoints()).revocation
            if url and isinstance(access_token, str):
                await self._client().revoke_token(
                    url,
                    token=access_token,
                    token_type_hint="access_token",  # noqa: S106 - a kind
                )
        except (httpx2.HTTPError, OAuthError, ThaIDError, TypeError, ValueError):
            log.warning("a ThaID token could not be revoked")


def _refusal(code: str) -> ThaIDError:
    """Return the error for one of OAuth's codes."""
    if code in NOT_THE_CITIZEN:
        return ThaIDUnavailable(f"ThaID answered {code}")
    return SignInRefused(_plain(code))


def _plain(code: str) -> str:
    """Return an error code if it looks like one; anything else stays unsaid."""
    usual = code.isascii() and code.replace("_", "").isalpha()
    return code if usual and len(code) <= len("temporarily_unavailable") + 8 else "?"


def read_refusal(code: str) -> ThaIDError:
    """Return the error for the `error` that came back with the citizen's browser."""
    return _refusal(code)
