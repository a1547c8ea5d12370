"""What the gateway asks about a citizen; the room `citizen` answers."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, Protocol

from pydantic import ValidationError

from connectors.reply import Card, CardReference, Reply


class LiveSession(Protocol):
    """A conversation that is signed in now."""

    @property
    def expires_at(self) -> datetime.datetime:
        """Return when it ends by itself."""


class Citizens(Protocol):
    """Sessions and private cards, by conversation."""

    async def live_session(self, conversation_id: uuid.UUID, /) -> LiveSession | None:
        """Return the session of a conversation that is signed in."""

    async def card(
        self, conversation_id: uuid.UUID, reference: uuid.UUID, /
    ) -> bytes | None:
        """Return the JSON of a card that still opens."""

    async def sweep(self) -> Any:
        """Delete what is past its end."""


async def opened_card(
    citizens: Citizens, conversation_id: uuid.UUID, reply: Reply
) -> Card | None:
    """Return the card a reply refers to, or None if there is none that opens."""
    if not isinstance(reply, CardReference):
        return None
    content = await citizens.card(conversation_id, reply.reference)
    if content is None:
        return None
    try:
        return Card.model_validate_json(content)
    except ValidationError:
        # A card sealed by an older release: its citizen asks again.
        return None
