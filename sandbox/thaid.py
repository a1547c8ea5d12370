"""ThaID as a relying party sees it: OpenID Connect with the paths ThaID has.

Paths, scopes and refusals follow ETDA's ThaID sample for relying parties.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlencode

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict

from sandbox.database import Records
from sandbox.faults import Faults
from sandbox.thaid_tokens import (
    SCOPES,
    TOKEN_LIFE,
    CodeRefused,
    Grant,
    RelyingParty,
    Tokens,
    claims_of,
)

PAGES = Path(__file__).with_name("pages")
OAUTH = "/api/v2/oauth2"
# No form-action: browsers apply it to every redirect after the form as well, and
# where the relying party sends its citizen next is not ours to know.
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class AuthorizationRequest(BaseModel):
    """What a relying party's link asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    client_id: str = ""
    redirect_uri: str = ""
    response_type: str = ""
    scope: str = ""
    state: str = ""
    nonce: str = ""


class TokenQuestion(BaseModel):
    """A client's question about one of its tokens."""

    token: str = ""
    client_id: str = ""
    client_secret: str = ""


class TokenRequest(BaseModel):
    """A client's wish to exchange its code (RFC 6749 section 4.1.3)."""

    grant_type: str = ""
    code: str = ""
    redirect_uri: str = ""
    client_id: str = ""
    client_secret: str = ""


class ThaIDSandbox:
    """The provider: one relying party, the synthetic people, the tokens."""

    def __init__(
        self, records: Records, faults: Faults, issuer: str, party: RelyingParty
    ) -> None:
        self.records = records
        self.faults = faults
        self.issuer = issuer
        self.party = party
        self.tokens = Tokens(records, issuer)
        self.pages = Jinja2Templates(directory=PAGES)

    def page(self, request: Request, name: str, status: int, **words: Any) -> Response:
        """Return one of the pages."""
        return self.pages.TemplateResponse(
            request, name, words, status_code=status, headers=PAGE_HEADERS
        )

    def refusal(self, request: Request, asked: AuthorizationRequest) -> Response | None:
        """Return why a request cannot be served, or None when it can.

        Where the callback is not the registered one nothing is sent there.
        """
        party = self.party
        if asked.client_id != party.client_id:
            return self.page(request, "refused.html", 400, error="invalid_client")
        if asked.redirect_uri not in party.redirect_uris:
            return self.page(request, "refused.html", 400, error="invalid_request")
        if asked.response_type != "code":
            return self.back(asked, error="unsupported_response_type")
        if not asked.state or not asked.nonce:
            return self.back(asked, error="invalid_request")
        scopes = asked.scope.split()
        if "openid" not in scopes or not set(scopes) <= set(party.scopes):
            return self.back(asked, error="invalid_scope")
        return None

    def back(self, asked: AuthorizationRequest, **answer: str) -> Response:
        """Return the citizen to the relying party."""
        query = urlencode({**answer, "state": asked.state})
        joint = "&" if "?" in asked.redirect_uri else "?"
        return RedirectResponse(f"{asked.redirect_uri}{joint}{query}", 303)

    def check_client(self, request: Request, client_id: str, secret: str) -> None:
        """Accept client_secret_basic and client_secret_post; raise 401 otherwise."""
        basic = request.headers.get("authorization", "")
        if basic.lower().startswith("basic "):
            client_id, secret = _read_basic(basic[6:])
        if client_id != self.party.client_id or not hmac.compare_digest(
            secret.encode(), self.party.client_secret.encode()
        ):
            raise HTTPException(
                401, "invalid_client", headers={"WWW-Authenticate": "Basic"}
            )


def thaid_router(thaid: ThaIDSandbox) -> APIRouter:
    """Return ThaID's interface."""
    router = APIRouter(prefix="/thaid", tags=["thaid"])
    _add_metadata(router, thaid)
    _add_sign_in(router, thaid)
    _add_token(router, thaid)
    _add_token_checks(router, thaid)
    return router


def _add_metadata(router: APIRouter, thaid: ThaIDSandbox) -> None:
    @router.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        """Return the provider's metadata."""
        return _discovery(thaid.issuer)

    @router.get("/jwks/")
    async def jwks() -> dict[str, Any]:
        """Return the public keys."""
        key = await thaid.tokens.key()
        return {"keys": [key.as_dict(private=False)]}

    @router.get("/static/page.css", include_in_schema=False)
    async def style() -> Response:
        """Return the pages' style sheet."""
        return FileResponse(PAGES / "page.css", media_type="text/css")


def _add_sign_in(router: APIRouter, thaid: ThaIDSandbox) -> None:
    @router.get(f"{OAUTH}/auth/")
    async def choose_person(request: Request) -> Response:
        """Show the synthetic people to sign in as."""
        asked = AuthorizationRequest.model_validate(dict(request.query_params))
        return thaid.refusal(request, asked) or thaid.page(
            request,
            "authorize.html",
            200,
            asked=asked.model_dump(),
            people=thaid.records.people.values(),
        )

    @router.post(f"{OAUTH}/auth/")
    async def sign_in(request: Request) -> Response:
        """Sign in as the chosen person, or cancel."""
        form = await request.form()
        asked = AuthorizationRequest.model_validate(dict(form))
        refusal = thaid.refusal(request, asked)
        if refusal:
            return refusal
        person = thaid.records.people.get(str(form.get("person", "")))
        if person is None:
            return thaid.back(asked, error="access_denied")
        grant = Grant(
            client_id=asked.client_id,
            redirect_uri=asked.redirect_uri,
            citizen_id=person.citizen_id,
            scope=asked.scope,
            nonce=asked.nonce,
        )
        return thaid.back(asked, code=await thaid.tokens.issue_code(grant))


def _add_token(router: APIRouter, thaid: ThaIDSandbox) -> None:
    @router.post(f"{OAUTH}/token/")
    async def exchange(
        request: Request, form: Annotated[TokenRequest, Form()]
    ) -> Response:
        """Exchange a code for tokens; claims come beside them, as ThaID's do."""
        thaid.check_client(request, form.client_id, form.client_secret)
        if form.grant_type != "authorization_code":
            raise HTTPException(400, "unsupported_grant_type")
        tokens = thaid.tokens
        try:
            kept = await tokens.redeem(
                form.code, thaid.party.client_id, form.redirect_uri
            )
        except CodeRefused as error:
            raise HTTPException(400, "invalid_grant") from error
        fault = (await thaid.faults.current("thaid")).kind
        person = thaid.records.people[kept.citizen_id]
        answer = {
            **claims_of(person, kept.scope),
            "access_token": await tokens.issue_access_token(kept),
            "token_type": "Bearer",
            "expires_in": int(TOKEN_LIFE.total_seconds()),
            "scope": kept.scope,
            "id_token": await tokens.id_token(kept, fault),
        }
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _add_token_checks(router: APIRouter, thaid: ThaIDSandbox) -> None:
    @router.get(f"{OAUTH}/userinfo/")
    async def userinfo(request: Request) -> dict[str, Any]:
        """Return the granted claims to the bearer of an access token."""
        bearer = request.headers.get("authorization", "").partition(" ")[2]
        token = await thaid.tokens.live_token(bearer)
        if token is None:
            raise HTTPException(
                401, "invalid_token", headers={"WWW-Authenticate": "Bearer"}
            )
        return claims_of(thaid.records.people[token.citizen_id], token.scope)

    @router.post(f"{OAUTH}/introspect/")
    async def introspect(
        request: Request, form: Annotated[TokenQuestion, Form()]
    ) -> dict[str, Any]:
        """Say whether a token still works (RFC 7662)."""
        thaid.check_client(request, form.client_id, form.client_secret)
        kept = await thaid.tokens.live_token(form.token)
        if kept is None:
            return {"active": False}
        expiry = int(kept.expires_at.timestamp())
        return {"active": True, "scope": kept.scope, "exp": expiry}

    @router.post(f"{OAUTH}/revoke/")
    async def revoke(
        request: Request, form: Annotated[TokenQuestion, Form()]
    ) -> dict[str, Any]:
        """Make a token useless (RFC 7009)."""
        thaid.check_client(request, form.client_id, form.client_secret)
        await thaid.tokens.revoke(form.token, thaid.party.client_id)
        return {}


def _discovery(issuer: str) -> dict[str, Any]:
    oauth = f"{issuer}{OAUTH}"
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{oauth}/auth/",
        "token_endpoint": f"{oauth}/token/",
        "userinfo_endpoint": f"{oauth}/userinfo/",
        "introspection_endpoint": f"{oauth}/introspect/",
        "revocation_endpoint": f"{oauth}/revoke/",
        "jwks_uri": f"{issuer}/jwks/",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": [
            "client_secret_basic",
            "client_secret_post",
        ],
        "scopes_supported": list(SCOPES),
    }


def _read_basic(value: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    client_id, _, secret = text.partition(":")
    return unquote(client_id), unquote(secret)
