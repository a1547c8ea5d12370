"""A ThaID of a few lines, with a knob for everything that can be wrong with one."""

from __future__ import annotations

import base64
import datetime
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey

from citizen.thaid import Registration

ISSUER = "https://thaid.test"
CLIENT = "thamrat-test"
SECRET = "the-registered-secret"
PID = "0000000000019"
SOMEBODY_ELSE = "0000000000027"
NAME = "สมหญิง ทดสอบ"


class FakeThaID(httpx2.AsyncBaseTransport):
    """Serves discovery, keys, token and revocation; keeps what it was asked."""

    def __init__(self, now):
        self.now = now
        self.key = ECKey.generate_key("P-256", {"kid": "first"})
        self.pid = PID
        self.claims = {}
        self.header = {}
        self.signing_key = None
        self.answers = {}
        self.asked = []
        self.revoked = []
        self.nonces = {}
        self.codes = 0

    def registration(self, redirect_uri):
        """Return what a relying party is given."""
        return Registration(ISSUER, CLIENT, SECRET, redirect_uri)

    def log_in(self, authorization_url, **answer):
        """Return the address ThaID sends a citizen's browser back to."""
        asked = dict(parse_qsl(urlsplit(authorization_url).query))
        if "error" not in answer:
            self.codes += 1
            code = f"code-{self.codes}"
            self.nonces[code] = asked["nonce"]
            answer = {"code": code}
        query = urlencode({"state": asked["state"], **answer})
        return f"{asked['redirect_uri']}?{query}"

    async def handle_async_request(self, request):
        """Answer one request."""
        await request.aread()
        path = request.url.path
        self.asked.append(path)
        answer = self.answers.get(path)
        if isinstance(answer, Exception):
            raise answer
        if answer is not None:
            return answer
        return {
            "/.well-known/openid-configuration": self._discovery,
            "/jwks/": self._jwks,
            "/api/v2/oauth2/token/": self._token,
            "/api/v2/oauth2/revoke/": self._revoke,
        }[path](request)

    def _discovery(self, request):
        oauth = f"{ISSUER}/api/v2/oauth2"
        return httpx2.Response(
            200,
            json={
                "issuer": ISSUER,
                "authorization_endpoint": f"{oauth}/auth/",
                "token_endpoint": f"{oauth}/token/",
                "revocation_endpoint": f"{oauth}/revoke/",
                "jwks_uri": f"{ISSUER}/jwks/",
            },
        )

    def _jwks(self, request):
        return httpx2.Response(200, json={"keys": [self.key.as_dict(private=False)]})

    def _token(self, request):
        credentials = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        assert request.headers["Authorization"] == f"Basic {credentials}"
        code = parse_qs(request.content.decode())["code"][0]
        nonce = self.nonces.pop(code, None)
        if nonce is None:
            words = {"error": "invalid_grant", "error_description": f"about {PID}"}
            return httpx2.Response(400, json=words)
        answer = {
            "access_token": f"token-for-{code}",
            "token_type": "Bearer",
            "expires_in": 300,
            "pid": self.pid,
            "id_token": self.id_token(nonce),
        }
        return httpx2.Response(200, json=answer)

    def id_token(self, nonce):
        """Return an id_token, with whatever is set wrong."""
        now = int(self.now().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": "an-opaque-subject",
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
            "pid": self.pid,
            "name": NAME,
            "ial": "2.3",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "ES256", "kid": self.key.kid} | self.header
        key = self.signing_key or self.key
        return jwt.encode(header, claims, key, algorithms=[header["alg"]])

    def _revoke(self, request):
        self.revoked.append(parse_qs(request.content.decode())["token"][0])
        return httpx2.Response(200)


class Now:
    """A clock that goes on only when told."""

    def __init__(self):
        self.instant = datetime.datetime(2026, 11, 22, 7, 5, tzinfo=datetime.UTC)

    def __call__(self):
        return self.instant

    def pass_by(self, **duration):
        """Let time pass."""
        self.instant += datetime.timedelta(**duration)
