"""Reads one turn the gateway sends. Does no I/O and imports no Rasa."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("text", "choice", "event")
LANGUAGES = ("th", "en")
IDENTITIES = ("none", "verified")
LONGEST_TEXT = 10_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
LEADING_SPACE_AND_SLASHES = re.compile(r"[\s/]*")
# PostgreSQL's jsonb takes neither NUL nor half a surrogate pair; the other control
# characters mean nothing in a message.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DIVISION_SLASH = "\u2215"


class MalformedTurn(Exception):
    """The request is not a turn. The message names fields, never values."""


@dataclass(frozen=True)
class TurnRequest:
    """One thing a citizen said, chose, or that happened to her."""

    turn_id: uuid.UUID
    conversation_id: uuid.UUID
    kind: str
    text: str
    intent: str | None
    language: str
    identity: str
    channel: str
    entities: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, body: object) -> TurnRequest:
        """Read the gateway's JSON.

        Raises:
            MalformedTurn: a field is missing or not what was agreed.
        """
        if not isinstance(body, dict):
            raise MalformedTurn("the body is not an object")
        kind = _one_of(body, "kind", KINDS)
        return cls(
            turn_id=_uuid(body, "turn_id"),
            conversation_id=_uuid(body, "conversation_id"),
            kind=kind,
            text=_text(body),
            intent=None if kind == "text" else _name(body, "intent"),
            entities=_entities(body),
            language=_one_of(body, "language", LANGUAGES),
            identity=_one_of(body, "identity", IDENTITIES),
            channel=_name(body, "channel"),
        )

    def metadata(self) -> dict[str, str]:
        """Return what actions may know of the turn besides its words."""
        return {
            "turn_id": str(self.turn_id),
            "language": self.language,
            "identity": self.identity,
            "channel": self.channel,
        }


def harmless(text: str) -> str:
    """Return typed text that Rasa can never take for a command, as long as before.

    Rasa strips a message and reads what starts with "/" as an intent with
    entities, so a slash among the first characters becomes a division slash.
    """
    start = LEADING_SPACE_AND_SLASHES.match(text)
    end = start.end() if start else 0
    return text[:end].replace("/", DIVISION_SLASH) + text[end:]


def storable(value: Any) -> Any:
    """Return a JSON value without the characters the store refuses."""
    if isinstance(value, str):
        return UNSTORABLE.sub(" ", value)
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


def _uuid(body: dict[str, Any], name: str) -> uuid.UUID:
    """Return a field that is a UUID."""
    try:
        return uuid.UUID(body[name])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise MalformedTurn(f"{name} is not a UUID") from error


def _one_of(body: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    """Return a field that is one of a few words."""
    value = body.get(name)
    if value not in allowed:
        raise MalformedTurn(f"{name} is none of {', '.join(allowed)}")
    return str(value)


def _name(body: dict[str, Any], name: str) -> str:
    """Return a field that is one lower-case name."""
    value = body.get(name)
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise MalformedTurn(f"{name} is not a name")
    return value


def _text(body: dict[str, Any]) -> str:
    """Return the words, which a choice or an event may lack."""
    text = body.get("text") or ""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise MalformedTurn("text is no text of a reasonable length")
    return str(storable(text))


def _entities(body: dict[str, Any]) -> dict[str, Any]:
    """Return the entities of a choice or an event."""
    entities = body.get("entities") or {}
    if not isinstance(entities, dict):
        raise MalformedTurn("entities is not an object")
    return dict(storable(entities))
