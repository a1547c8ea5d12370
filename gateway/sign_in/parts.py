"""What the sign-in pages are made of, handed in by whoever builds the app."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from citizen.citizens import Citizens
from citizen.sign_ins import Also
from citizen.thaid import ThaID
from gateway.conversations import current_conversation
from gateway.errors import ConversationGone
from gateway.sign_in.addresses import origin_of

CALLBACK_PATH = "/sign-in/callback"
SIGNED_IN = "identity_signed_in"
CANCELLED = "identity_sign_in_cancelled"
DENIED = "identity_sign_in_denied"


class AcceptEvent(Protocol):
    """Puts an event into a conversation's inbox, once per key."""

    async def __call__(
        self,
        conversation_id: uuid.UUID,
        name: str,
        key: str,
        session: AsyncSession | None = None,
    ) -> bool:
        """Store the event within the session's transaction."""


@dataclass(frozen=True)
class SignInParts:
    """The parts.

    `accept_event` is the gateway's way into the inbox, `pending_question` returns the
    last thing the citizen wrote in a conversation, `public_url` is the gateway as
    browsers see it. `conversation_of` is a FastAPI dependency that returns the id of
    the conversation whose token a request carries.
    """

    citizens: Citizens
    thaid: ThaID
    accept_event: AcceptEvent
    pending_question: Callable[[uuid.UUID], Awaitable[str | None]]
    public_url: str
    web_origins: Collection[str] = ()
    conversation_of: Callable[..., Any] = current_conversation

    @property
    def return_origins(self) -> frozenset[str]:
        """Return the origins whose pages may carry the chat."""
        return frozenset(map(origin_of, (self.public_url, *self.web_origins)))

    def tell_chat(self, event: str) -> Also:
        """Return what tells the conversation that asked how its sign-in went."""

        async def tell(
            db: AsyncSession, conversation_id: uuid.UUID, sign_in_id: uuid.UUID
        ) -> None:
            await self.accept_event(conversation_id, event, str(sign_in_id), db)

        return tell

    def tell_chat_if_there(self, event: str) -> Also:
        """Return the same for a page: a deleted conversation is no concern of hers."""
        tell = self.tell_chat(event)

        async def tell_if_there(
            db: AsyncSession, conversation_id: uuid.UUID, sign_in_id: uuid.UUID
        ) -> None:
            try:
                await tell(db, conversation_id, sign_in_id)
            except ConversationGone:
                return

        return tell_if_there
