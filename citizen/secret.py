"""Random secrets, of which the database sees only the digest."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from collections.abc import Callable

Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """Return the present instant."""
    return datetime.datetime.now(datetime.UTC)


def new_secret() -> str:
    """Return 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def new_match_code() -> str:
    """Return four digits to compare by eye; they protect nothing by themselves."""
    return f"{secrets.randbelow(10_000):04}"


def digest(secret: str) -> bytes:
    """Return the SHA-256 of a secret.

    No salt and no stretching: there is nothing to guess in 256 random bits.
    """
    return hashlib.sha256(secret.encode()).digest()


def subject_hash(key: bytes, citizen_id: str) -> bytes:
    """Return the keyed hash that stands for a citizen in our records.

    Without the key it cannot be undone by trying all 10^12 numbers.
    """
    return hmac.digest(key, citizen_id.encode(), "sha256")
