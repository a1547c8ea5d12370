"""Signed tokens that let one browser continue one conversation.

A token is a JWT (RFC 7519) signed with HS256. It names the conversation, whose random
id the server chose; a client can neither choose nor guess another one.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from gateway.errors import TokenExpired, TokenInvalid

ALGORITHM = "HS256"
AUDIENCE = "thamrat-web-chat"


class Tokens:
    """Issues and reads tokens; the first key signs, every key is accepted."""

    def __init__(
        self,
        keys: Sequence[bytes],
        lifetime: datetime.timedelta,
        clock: Callable[[], datetime.datetime],
    ) -> None:
        self._keys = [OctKey.import_key(key) for key in keys]
        self._lifetime = lifetime
        self._clock = clock

    def issue(self, conversation_id: uuid.UUID) -> tuple[str, datetime.datetime]:
        """Return a token for a conversation and the moment it ends."""
        now = self._clock().replace(microsecond=0)
        end = now + self._lifetime
        claims = {
            "sub": str(conversation_id),
            "aud": AUDIENCE,
            "iat": int(now.timestamp()),
            "exp": int(end.timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._keys[0]), end

    def conversation(self, token: str) -> uuid.UUID:
        """Return the conversation a token is for.

        Raises:
            TokenInvalid: we did not sign it, or not for this.
            TokenExpired: its time is over.
        """
        claims = self._claims(token)
        try:
            conversation_id, end = uuid.UUID(str(claims["sub"])), int(claims["exp"])
        except (KeyError, TypeError, ValueError):
            raise TokenInvalid from None
        if claims.get("aud") != AUDIENCE:
            raise TokenInvalid
        if end <= self._clock().timestamp():
            raise TokenExpired
        return conversation_id

    def _claims(self, token: str) -> dict[str, Any]:
        for key in self._keys:
            try:
                return jwt.decode(token, key, algorithms=[ALGORITHM]).claims
            except (JoseError, ValueError):
                continue
        raise TokenInvalid
