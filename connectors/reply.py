"""The channel-neutral reply: what the assistant says, before a channel draws it.

Services speak in these shapes (Rasa carries them as `text`, `buttons` and `custom`),
the outbox stores them, and each channel renders them with a pure function.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Part(BaseModel):
    """A reply is a value: it never changes, and it has no field we did not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Part):
    """A quick reply. `payload` is `/intent{...}`; without one the title is said."""

    title: str
    payload: str | None = None


class ServiceLink(_Part):
    """A way to an agency's own e-service; its domain is shown to the citizen."""

    label: str
    url: str


class CardRow(_Part):
    """One line of a card."""

    label: str
    value: str
    emphasis: bool = False


class CardSection(_Part):
    """A titled group of lines, folded when there are many."""

    title: str
    rows: tuple[CardRow, ...]


class Text(_Part):
    """A message, with quick replies under it."""

    type: Literal["text"] = "text"
    text: str
    choices: tuple[Choice, ...] = ()


class Link(_Part):
    """A hand-over to an e-service, with the reason in `text`."""

    type: Literal["link"] = "link"
    text: str
    link: ServiceLink
    choices: tuple[Choice, ...] = ()


class SignIn(_Part):
    """A request to sign in; the channel makes the button that starts it."""

    type: Literal["sign_in"] = "sign_in"
    text: str
    label: str


class CardReference(_Part):
    """A private card that lies encrypted in the vault until it is sent."""

    type: Literal["card_reference"] = "card_reference"
    reference: uuid.UUID
    expired_text: str
    choices: tuple[Choice, ...] = ()


class Card(_Part):
    """A looked-up result. `summary` says it in one sentence, for notifications."""

    type: Literal["card"] = "card"
    title: str
    summary: str
    rows: tuple[CardRow, ...]
    sections: tuple[CardSection, ...] = ()
    notes: tuple[str, ...] = ()
    as_of: datetime.datetime
    as_of_text: str
    source: str
    link: ServiceLink | None = None
    choices: tuple[Choice, ...] = ()


Reply = Annotated[
    Text | Link | SignIn | CardReference | Card, Field(discriminator="type")
]

_reply = TypeAdapter[Reply](Reply)


def read_reply(value: object) -> Reply:
    """Return a stored reply.

    Raises:
        pydantic.ValidationError: the value is not one of the shapes above.
    """
    return _reply.validate_python(value)


def from_rasa(message: dict[str, Any]) -> Reply:
    """Return the reply in one of Rasa's messages.

    `custom` holds a reply in our own shape; otherwise `text` and `buttons`
    (https://rasa.com/docs/rasa/responses) make a `Text`.

    Raises:
        pydantic.ValidationError: the message is neither.
    """
    custom = message.get("custom")
    if custom:
        return read_reply(custom)
    choices = [
        Choice(title=button["title"], payload=button.get("payload"))
        for button in message.get("buttons") or ()
    ]
    return Text(text=message.get("text") or "", choices=tuple(choices))
