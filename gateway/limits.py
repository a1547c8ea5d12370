"""How often one client may call, counted in this process's memory.

Each gateway replica counts for itself; the limits protect the service, they are not
a promise of an exact number.
"""

from __future__ import annotations

import ipaddress
import math
import time
from dataclasses import dataclass

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from gateway.errors import TooMany


@dataclass(frozen=True)
class Limits:
    """The limits of one deployment."""

    messages_per_minute: int = 30
    conversations_per_minute: int = 20
    message_characters: int = 1000
    streams_per_conversation: int = 10


class RateLimits:
    """Counts calls and refuses those above the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._conversations = RateLimitItemPerMinute(limits.conversations_per_minute)
        self._messages = RateLimitItemPerMinute(limits.messages_per_minute)

    async def count_conversation(self, address: str) -> None:
        """Count a new conversation from a network address.

        Raises:
            TooMany: this address started too many.
        """
        await self._count(
            self._conversations, "too_many_conversations", network(address)
        )

    async def count_message(self, conversation: str) -> None:
        """Count a message of a conversation.

        Raises:
            TooMany: this conversation sent too many.
        """
        await self._count(self._messages, "too_many_messages", conversation)

    async def _count(
        self, item: RateLimitItemPerMinute, code: str, caller: str
    ) -> None:
        if await self._limiter.hit(item, code, caller):
            return
        stats = await self._limiter.get_window_stats(item, code, caller)
        raise TooMany(code, max(1, math.ceil(stats.reset_time - time.time())))


def network(address: str) -> str:
    """Return what counts as one client: an IPv4 address or an IPv6 /64.

    One household gets a whole /64 (RFC 6177), so single addresses in it mean nothing.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:  # noqa: PLR2004 - the protocol's own number
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
