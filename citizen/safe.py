"""Vault items as rows: put in, opened and wiped within the caller's transaction."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from citizen.tables import VaultItem
from citizen.vault import Label, Vault

CITIZEN_ID = "citizen_id"
CARD = "card"


@dataclass(frozen=True)
class Safe:
    """The rows of the vault."""

    vault: Vault

    async def put(
        self,
        db: AsyncSession,
        plaintext: bytes,
        label: Label,
        *,
        expires_at: datetime.datetime,
    ) -> None:
        """Keep something until `expires_at`; the same label again changes nothing."""
        sealed = self.vault.seal(plaintext, label, expires_at=expires_at)
        row = insert(VaultItem).values(
            id=label.item_id,
            owner_id=label.owner_id,
            kind=label.kind,
            ciphertext=sealed,
            expires_at=expires_at,
        )
        await db.execute(row.on_conflict_do_nothing(index_elements=[VaultItem.id]))

    async def open(self, db: AsyncSession, label: Label) -> bytes | None:
        """Return what was kept under a label, or None if it was wiped.

        Raises:
            VaultError: it is there and does not open.
        """
        sealed = await db.scalar(
            select(VaultItem.ciphertext).where(
                VaultItem.id == label.item_id,
                VaultItem.owner_id == label.owner_id,
                VaultItem.kind == label.kind,
            )
        )
        return None if sealed is None else self.vault.open(sealed, label)

    async def wipe(self, db: AsyncSession, owners: Collection[uuid.UUID]) -> None:
        """Delete everything some sign-ins or sessions own."""
        if owners:
            await db.execute(delete(VaultItem).where(VaultItem.owner_id.in_(owners)))


def citizen_id_of(owner_id: uuid.UUID) -> Label:
    """Return the label of the one citizen id a sign-in or a session owns."""
    return Label(uuid.uuid5(owner_id, CITIZEN_ID), owner_id, CITIZEN_ID)


def card_of(session_id: uuid.UUID, reference: uuid.UUID) -> Label:
    """Return the label of a card a session owns."""
    return Label(reference, session_id, CARD)
