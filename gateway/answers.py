"""The JSON that the chat API answers with, documented for OpenAPI."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from connectors.web.shapes import WebReply, WebText


class _Answer(BaseModel):
    model_config = ConfigDict(
        frozen=True, validate_by_name=True, serialize_by_alias=True
    )


class CitizenEntry(_Answer):
    """Something the citizen said."""

    seq: int = Field(description="Place in the conversation; later is larger.")
    id: uuid.UUID
    sender: Literal["citizen"] = Field("citizen", alias="from")
    at: datetime.datetime
    text: str = Field(description="The text after id numbers were hidden.")
    client_message_id: str
    masked: bool = Field(description="Whether an id number was hidden in the text.")
    status: Literal["waiting", "answered", "failed"]


class AssistantEntry(_Answer):
    """Something the assistant said."""

    seq: int = Field(description="Place in the conversation; later is larger.")
    id: uuid.UUID
    sender: Literal["assistant"] = Field("assistant", alias="from")
    at: datetime.datetime
    in_reply_to: uuid.UUID = Field(description="The id of the turn it answers.")
    masked: Literal[False] = False
    reply: WebReply


Entry = Annotated[CitizenEntry | AssistantEntry, Field(discriminator="sender")]


class TurnStatus(_Answer):
    """How the answer to one entry stands."""

    entry_id: uuid.UUID
    status: Literal["running", "answered", "failed"]


class SessionStatus(_Answer):
    """Whether the conversation is signed in."""

    signed_in: bool
    expires_at: datetime.datetime | None = None


class NewConversation(_Answer):
    """A conversation that was started."""

    token: str = Field(description="Send it as `Authorization: Bearer <token>`.")
    expires_at: datetime.datetime
    greeting: tuple[WebText, ...]


class AcceptedMessage(_Answer):
    """A message that is stored and will be answered."""

    entry: CitizenEntry


class History(_Answer):
    """What was said, and how the conversation stands."""

    greeting: tuple[WebText, ...] = Field(
        description="What the assistant says above the first entry."
    )
    entries: tuple[Entry, ...]
    pending: bool = Field(description="Whether an answer is on its way.")
    signed_in: bool
    session_expires_at: datetime.datetime | None


class Health(_Answer):
    """Whether the gateway and what it needs work."""

    status: Literal["ok", "degraded", "down"]
    ready: bool = Field(description="Whether everything works.")
    database: Literal["ok", "down"]
    rasa: Literal["ok", "down"]
