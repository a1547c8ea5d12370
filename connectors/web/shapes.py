"""The JSON the web widget reads for one reply."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from connectors.reply import CardRow, CardSection


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WebChoice(_Shape):
    """A quick reply: send its entry's id and this index to press it."""

    index: int
    title: str


class WebServiceLink(_Shape):
    """A button to an e-service, with the domain the citizen will go to."""

    label: str
    url: str
    domain: str


class WebText(_Shape):
    """A message."""

    type: Literal["text"] = "text"
    text: str
    choices: tuple[WebChoice, ...] = ()


class WebLink(_Shape):
    """A message with a button to an e-service."""

    type: Literal["link"] = "link"
    text: str
    link: WebServiceLink | None
    choices: tuple[WebChoice, ...] = ()


class WebSignIn(_Shape):
    """A message with a button that starts `POST /chat/sign-in`."""

    type: Literal["sign_in"] = "sign_in"
    text: str
    label: str


class WebCard(_Shape):
    """A looked-up result."""

    type: Literal["card"] = "card"
    title: str
    summary: str
    rows: tuple[CardRow, ...]
    sections: tuple[CardSection, ...] = ()
    notes: tuple[str, ...] = ()
    as_of: datetime.datetime
    as_of_text: str
    source: str
    link: WebServiceLink | None
    choices: tuple[WebChoice, ...] = ()


WebReply = Annotated[
    WebText | WebLink | WebSignIn | WebCard, Field(discriminator="type")
]
