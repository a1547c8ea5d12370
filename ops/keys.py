"""One master key, and a key of its own for every purpose derived from it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ops.settings import Settings

_KEY_BYTES = 32
_SHORTEST_SECRET = 32  # characters; `openssl rand -hex 32` gives 64


class SecretTooShort(Exception):
    """The master key could be guessed."""


class Keys:
    """The keys that grow from one master key (HKDF-SHA256, RFC 5869)."""

    def __init__(self, master: str) -> None:
        """Take the master key.

        Raises:
            SecretTooShort: it has fewer than 32 characters.
        """
        if len(master) < _SHORTEST_SECRET:
            raise SecretTooShort("THAMRAT_SECRET_KEY needs 32 characters or more")
        self._master = master.encode()

    def derive(self, label: str) -> bytes:
        """Return the 32-byte key for one purpose."""
        info = f"thamrat/{label}".encode()
        return HKDF(SHA256(), _KEY_BYTES, salt=None, info=info).derive(self._master)

    def bearer(self, label: str) -> str:
        """Return the secret that one of our processes shows another."""
        return self.derive(label).hex()


def read_keys(settings: Settings) -> list[Keys]:
    """Return the keys to use, the current one first, then those being retired.

    Where no master key is set, one is made at the first run and kept in the state
    folder, readable by its owner only.
    """
    current = settings.secret_key.get_secret_value()
    retired = settings.previous_secret_keys.get_secret_value().split(",")
    masters = [current or _kept(settings.state_folder / "secret"), *retired]
    return [Keys(master.strip()) for master in masters if master.strip()]


def _kept(path: Path) -> str:
    """Return the master key in a file, made the first time it is asked for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_KEY_BYTES))
    return path.read_text("ascii").strip()
