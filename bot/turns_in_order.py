"""Lets one turn of a conversation run at a time in this process."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import async_timeout


class Busy(Exception):
    """Another turn of the conversation is still running."""


class TurnsInOrder:
    """One lock a conversation, kept only while somebody holds or awaits it."""

    def __init__(self, patience: float) -> None:
        """Take how many seconds a turn waits for the one before it."""
        self._patience = patience
        self._locks: dict[uuid.UUID, asyncio.Lock] = {}
        self._users: dict[uuid.UUID, int] = {}

    @asynccontextmanager
    async def turn(self, conversation_id: uuid.UUID) -> AsyncIterator[None]:
        """Hold the conversation.

        Raises:
            Busy: the turn before did not end in time.
        """
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._users[conversation_id] = self._users.get(conversation_id, 0) + 1
        try:
            await self._acquire(lock)
            try:
                yield
            finally:
                lock.release()
        finally:
            self._leave(conversation_id)

    async def _acquire(self, lock: asyncio.Lock) -> None:
        """Take the lock in time."""
        try:
            async with async_timeout.timeout(self._patience):
                await lock.acquire()
        except asyncio.TimeoutError as error:
            raise Busy from error

    def _leave(self, conversation_id: uuid.UUID) -> None:
        """Forget the lock with its last user."""
        self._users[conversation_id] -= 1
        if not self._users[conversation_id]:
            del self._users[conversation_id], self._locks[conversation_id]
