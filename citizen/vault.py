"""Seals what must not lie about in clear: citizen ids and private cards.

A sealed item is: key id (8 bytes), end (8 bytes, milliseconds since 1970), nonce (12
bytes), AES-256-GCM ciphertext. Item, owner, kind, key id and end are authenticated, so
neither a row moved to another owner nor a row given a longer life opens.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from citizen.errors import BrokenSeal, ItemExpired, UnknownKey
from citizen.secret import Clock, utc_now

KEY_BYTES = 32
KEY_ID_BYTES = 8
END_BYTES = 8
NONCE_BYTES = 12
HEADER_BYTES = KEY_ID_BYTES + END_BYTES
MILLISECOND = datetime.timedelta(milliseconds=1)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Label:
    """What a sealed item is, and whose."""

    item_id: uuid.UUID
    owner_id: uuid.UUID
    kind: str

    def as_bytes(self) -> bytes:
        """Return the bytes bound into the seal (two fixed lengths, then the kind)."""
        return self.item_id.bytes + self.owner_id.bytes + self.kind.encode()


class Vault:
    """Seals with the first key and opens with any of them.

    To rotate, put a new key first; drop the old one when its last item has expired.
    """

    def __init__(self, keys: Sequence[bytes], clock: Clock = utc_now) -> None:
        """Take 32-byte keys, newest first.

        Raises:
            ValueError: no key, or one that is not 32 bytes.
        """
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a vault needs 32-byte keys")
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._newest = _key_id(keys[0])
        self._clock = clock

    def seal(
        self, plaintext: bytes, label: Label, *, expires_at: datetime.datetime
    ) -> bytes:
        """Return `plaintext` sealed until `expires_at`."""
        end = (expires_at - EPOCH) // MILLISECOND
        header = self._newest + end.to_bytes(END_BYTES)
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self._newest]
        return header + nonce + cipher.encrypt(nonce, plaintext, _bound(header, label))

    def open(self, sealed: bytes, label: Label) -> bytes:
        """Return what was sealed under `label`.

        Raises:
            UnknownKey, BrokenSeal, ItemExpired: it does not open.
        """
        header, rest = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
        cipher = self._ciphers.get(header[:KEY_ID_BYTES])
        if cipher is None:
            raise UnknownKey("sealed with a key we do not have")
        nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        try:
            plaintext = cipher.decrypt(nonce, ciphertext, _bound(header, label))
        except (InvalidTag, ValueError) as error:
            raise BrokenSeal("changed, or moved to another owner") from error
        end = EPOCH + int.from_bytes(header[KEY_ID_BYTES:]) * MILLISECOND
        if self._clock() >= end:
            raise ItemExpired("its time is over")
        return plaintext


def _key_id(key: bytes) -> bytes:
    """Return a short name for a key that tells nothing about it."""
    return hashlib.sha256(b"thamrat vault key id" + key).digest()[:KEY_ID_BYTES]


def _bound(header: bytes, label: Label) -> bytes:
    """Return everything the seal covers besides the plaintext."""
    return header + label.as_bytes()
