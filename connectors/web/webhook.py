"""Reads what the web widget posts. Does no I/O.

The API is described in docs/chat-api.md.
"""

from __future__ import annotations

import unicodedata
import uuid
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

ZERO_WIDTH_JOINER = "\u200d"
VARIATION_SELECTOR = "\ufe0f"
_KEPT_CONTROLS = "\n"
_BLANKED_CONTROLS = "\t\v\f\r\x85"


class NotUnderstood(Exception):
    """The body was not JSON of the documented shape."""


class EmptyMessage(Exception):
    """Nothing was left to read after control and invisible characters."""


class MessageTooLong(Exception):
    """The text is longer than allowed."""


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


ClientMessageId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._:\-]{1,64}$", max_length=64)
]


class OfferedChoice(_Body):
    """A quick reply, named by the entry that offered it and its place there."""

    entry_id: Annotated[uuid.UUID, Field(strict=False)]
    index: Annotated[int, Field(ge=0, le=999)]


class TextMessage(_Body):
    """Something typed."""

    client_message_id: ClientMessageId
    text: str


class ChoiceMessage(_Body):
    """A quick reply pressed."""

    client_message_id: ClientMessageId
    choice: OfferedChoice


class ConversationRequest(_Body):
    """A request for a new conversation; `{}` is enough."""

    language: Literal["th", "en"] = "th"


_message = TypeAdapter[TextMessage | ChoiceMessage](TextMessage | ChoiceMessage)
_conversation_request = TypeAdapter(ConversationRequest)


def read_message(body: bytes, *, longest: int) -> TextMessage | ChoiceMessage:
    """Return the message in one call, its text cleaned.

    Raises:
        NotUnderstood: the body is not one of the two shapes, or not UTF-8 JSON.
        EmptyMessage: there is nothing in it to read.
        MessageTooLong: the text has more than `longest` characters.
    """
    message = _read(_message, body)
    if isinstance(message, ChoiceMessage):
        return message
    text = clean(message.text)
    if not text:
        raise EmptyMessage
    if len(text) > longest:
        raise MessageTooLong
    return message.model_copy(update={"text": text})


def read_conversation_request(body: bytes) -> ConversationRequest:
    """Return a request for a conversation; an empty body asks for the usual one.

    Raises:
        NotUnderstood: the body is not of the documented shape.
    """
    return _read(_conversation_request, body or b"{}")


def clean(text: str) -> str:
    """Return `text` without control, invisible and direction-changing characters.

    Line breaks stay, other spacing controls become blanks. A zero-width joiner
    stays only inside an emoji, which would fall apart without it.
    """
    if text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n")
    kept = [_cleaned(text, place) for place in range(len(text))]
    return "".join(kept).strip()


def _cleaned(text: str, place: int) -> str:
    character = text[place]
    if character in _KEPT_CONTROLS:
        return character
    if character in _BLANKED_CONTROLS:
        return " "
    if character == ZERO_WIDTH_JOINER and _joins_emoji(text, place):
        return character
    # Cc control, Cf format (zero-width, bidirectional), Cs lone surrogates.
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs"}
    return "" if hidden else character


def _joins_emoji(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return _is_emoji(before) and _is_emoji(after)


def _is_emoji(character: str) -> bool:
    return bool(character) and (
        character == VARIATION_SELECTOR
        or unicodedata.category(character) in {"So", "Sk"}
    )


def _read[Shape](shape: TypeAdapter[Shape], body: bytes) -> Shape:
    try:
        return shape.validate_json(body)
    except ValidationError:
        # pydantic's error quotes the input, so it is not kept as the cause.
        raise NotUnderstood from None
