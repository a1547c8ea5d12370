"""What an action needs to know of the turn it serves."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping

from rasa_sdk import Tracker

UNNAMED = uuid.UUID("8b9d2c58-7a55-4e0a-9a0e-3d9b5a1f6c11")


@dataclasses.dataclass(frozen=True)
class Turn:
    """One message, as the gateway and Rasa describe it."""

    turn_id: uuid.UUID
    conversation_id: uuid.UUID
    language: str
    intent: str
    entities: Mapping[str, str]

    @classmethod
    def from_tracker(cls, tracker: Tracker) -> Turn:
        """Read the latest message.

        A terminal chat has neither turn ids nor conversation ids of ours; its
        names then stand for them.
        """
        message = tracker.latest_message or {}
        metadata = message.get("metadata") or {}
        turn_id = metadata.get("turn_id") or message.get("message_id") or ""
        language = tracker.get_slot("language") or metadata.get("language")
        return cls(
            turn_id=_uuid(str(turn_id)) if turn_id else uuid.uuid4(),
            conversation_id=_uuid(tracker.sender_id),
            language="en" if language == "en" else "th",
            intent=(message.get("intent") or {}).get("name") or "",
            entities={
                found["entity"]: str(found["value"])
                for found in message.get("entities") or ()
                if found.get("value") is not None
            },
        )

    def id_for(self, what: str) -> uuid.UUID:
        """Return the id of something this turn does, the same when it is run again."""
        return uuid.uuid5(self.turn_id, what)


def _uuid(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        return uuid.uuid5(UNNAMED, value)
