"""What a message means, whether it was typed or chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from bot.turn_request import harmless

FALLBACK = "nlu_fallback"


async def understand(processor: MessageProcessor, text: str) -> dict[str, Any]:
    """Return Rasa's parse of typed text, which is never a command.

    Entity spans are offsets into `text` as typed, though Rasa strips a message.
    """
    if not text.strip():
        return _parse("", FALLBACK, [])
    parse = await processor.parse_message(UserMessage(harmless(text)))
    stripped = len(text) - len(text.lstrip())
    for entity in parse["entities"]:
        entity["start"] += stripped
        entity["end"] += stripped
    return parse


def chosen(intent: str, entities: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parse of a quick reply or an event: it means what it says."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return _parse(f"/{intent}", intent, found)


def _parse(text: str, intent: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a parse as Rasa would give it."""
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": entities,
    }
