"""What ThaID signs and what it checks: codes, access tokens and id tokens."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import secrets
import uuid
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from sandbox.database import SEED_LOCK, AccessToken, Code, Records, SigningKey
from sandbox.people import Person

CODE_LIFE = datetime.timedelta(seconds=60)
TOKEN_LIFE = datetime.timedelta(minutes=5)
SCOPES = (
    "openid",
    "pid",
    "given_name",
    "family_name",
    "name",
    "title",
    "given_name_en",
    "family_name_en",
    "name_en",
    "ial",
)
IDENTITY_LEVEL = "2.3"
NAMESPACE = uuid.UUID("6d1f8f86-5e0e-4c1b-9f0c-9d7f6f1c0b17")


@dataclasses.dataclass(frozen=True)
class RelyingParty:
    """Who may ask ThaID, as registered with it."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...] = SCOPES


@dataclasses.dataclass(frozen=True)
class Grant:
    """What somebody agreed to hand over, to whom."""

    client_id: str
    redirect_uri: str
    citizen_id: str
    scope: str
    nonce: str


class CodeRefused(Exception):
    """The code is unknown, used, too old, or somebody else's."""


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Tokens:
    """ThaID's codes and tokens, in the sandbox's database."""

    def __init__(self, records: Records, issuer: str) -> None:
        self._records = records
        self._issuer = issuer

    async def key(self) -> ECKey:
        """Return the signing key, made when first needed."""
        async with self._records.session() as session:
            await session.execute(text(f"SELECT pg_advisory_xact_lock({SEED_LOCK})"))
            kept = await session.get(SigningKey, 1)
            if kept is None:
                fresh = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"})
                fresh.ensure_kid()
                kept = SigningKey(id=1, jwk=fresh.as_dict(private=True))
                session.add(kept)
        return ECKey.import_key(kept.jwk)

    async def issue_code(self, grant: Grant) -> str:
        """Return a fresh authorization code."""
        code = secrets.token_urlsafe(24)
        async with self._records.session() as session:
            session.add(
                Code(
                    digest=digest(code),
                    expires_at=self._records.now() + CODE_LIFE,
                    used_at=None,
                    **dataclasses.asdict(grant),
                )
            )
        return code

    async def redeem(self, code: str, client_id: str, redirect_uri: str) -> Code:
        """Use a code up, and return what was granted with it.

        A code that comes twice also takes back what its first use gave (RFC 6749
        section 4.1.2). Raises CodeRefused.
        """
        async with self._records.session() as session:
            kept = await session.scalar(
                select(Code).where(Code.digest == digest(code)).with_for_update()
            )
            refused = kept is None or not self._fits(kept, client_id, redirect_uri)
            if kept is not None and kept.used_at is not None:
                await self._take_back(session, kept.digest)
            if kept is not None:
                kept.used_at = kept.used_at or self._records.now()
        if refused or kept is None:
            raise CodeRefused
        return kept

    def _fits(self, kept: Code, client_id: str, redirect_uri: str) -> bool:
        return (
            kept.used_at is None
            and kept.expires_at > self._records.now()
            and kept.client_id == client_id
            and kept.redirect_uri == redirect_uri
        )

    async def _take_back(self, session: AsyncSession, code_digest: str) -> None:
        await session.execute(
            update(AccessToken)
            .where(AccessToken.code_digest == code_digest)
            .values(revoked_at=self._records.now())
        )

    async def issue_access_token(self, code: Code) -> str:
        """Return a fresh access token for a redeemed code."""
        token = secrets.token_urlsafe(32)
        async with self._records.session() as session:
            session.add(
                AccessToken(
                    digest=digest(token),
                    code_digest=code.digest,
                    client_id=code.client_id,
                    citizen_id=code.citizen_id,
                    scope=code.scope,
                    expires_at=self._records.now() + TOKEN_LIFE,
                    revoked_at=None,
                )
            )
        return token

    async def live_token(self, token: str) -> AccessToken | None:
        """Return an access token that is neither too old nor revoked."""
        async with self._records.session() as session:
            kept = await session.get(AccessToken, digest(token))
        if kept is None or kept.revoked_at or kept.expires_at <= self._records.now():
            return None
        return kept

    async def revoke(self, token: str, client_id: str) -> None:
        """Make one of a client's own tokens useless; an unknown one is no error."""
        async with self._records.session() as session:
            kept = await session.get(AccessToken, digest(token))
            if kept is not None and kept.client_id == client_id:
                kept.revoked_at = self._records.now()

    async def id_token(self, code: Code, fault: str) -> str:
        """Return a signed id token, spoiled when `fault` says so."""
        now = int(self._records.now().timestamp())
        if fault == "expired_token":
            now -= 2 * int(TOKEN_LIFE.total_seconds())
        person = self._records.people[code.citizen_id]
        claims = {
            "iss": self._issuer,
            "aud": code.client_id,
            "iat": now,
            "exp": now + int(TOKEN_LIFE.total_seconds()),
            "auth_time": now,
            "nonce": "another" if fault == "wrong_nonce" else code.nonce,
            **claims_of(person, code.scope),
        }
        key = await self.key()
        header = {"alg": "ES256", "typ": "JWT", "kid": key.kid}
        if fault == "bad_signature":
            key = ECKey.generate_key("P-256")
        return jwt.encode(header, claims, key, algorithms=["ES256"])


def claims_of(person: Person, scope: str) -> dict[str, Any]:
    """Return what ThaID tells about a person under the granted scopes."""
    every = {
        "pid": person.citizen_id,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "name": person.name,
        "title": person.title,
        "given_name_en": person.given_name_en,
        "family_name_en": person.family_name_en,
        "name_en": f"{person.given_name_en} {person.family_name_en}",
        "ial": IDENTITY_LEVEL,
    }
    granted = {name: every[name] for name in scope.split() if name in every}
    return {"sub": str(uuid.uuid5(NAMESPACE, person.citizen_id)), **granted}
