"""Puts replies into a conversation, each once, whatever is retried."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.reply import Reply
from gateway.tables import Conversation, Outbox

# A turn's places: a notice beside the message, Rasa's replies, then our own words
# about a turn that takes long or fails. The unique place keeps a retry from
# sending anything twice; `seq` alone says in which order things were said.
MASKED_NOTICE = 0
FIRST_REPLY = 1
DELAYED_NOTICE = 1000
FAILED_NOTICE = 1001


async def locked_conversation(
    session: AsyncSession, conversation_id: uuid.UUID
) -> Conversation | None:
    """Return a conversation that nobody else can add to until we commit."""
    wanted = select(Conversation).where(Conversation.id == conversation_id)
    return await session.scalar(wanted.with_for_update())


def next_seq(conversation: Conversation) -> int:
    """Return the next place in a locked conversation."""
    conversation.last_seq += 1
    return conversation.last_seq


async def post(
    session: AsyncSession,
    conversation: Conversation,
    turn_id: uuid.UUID,
    position: int,
    reply: Reply,
) -> bool:
    """Add a reply to a locked conversation; False if its place is taken already."""
    taken = select(Outbox.id).where(
        Outbox.turn_id == turn_id, Outbox.position == position
    )
    if await session.scalar(taken):
        return False
    session.add(
        Outbox(
            id=uuid.uuid4(),
            conversation_id=conversation.id,
            turn_id=turn_id,
            position=position,
            reply=reply.model_dump(mode="json"),
            seq=next_seq(conversation),
        )
    )
    return True
