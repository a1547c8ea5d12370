"""The chat's two calls: ask for a sign-in, and fetch the one that was asked for."""

import datetime
import uuid
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from citizen.errors import SignInNotYours, SignInOver
from gateway.errors import ErrorAnswer, Refusal
from gateway.sign_in.addresses import ReturnUrlRefused, checked_return_url
from gateway.sign_in.parts import SIGNED_IN, SignInParts

# This module leaves annotations as they are: FastAPI could not look up names that
# belong to the function below.


class ReturnUrlRefusal(Refusal):
    """A sign-in that would lead back to a page we do not know."""

    code = "return_url_refused"
    status = 422


class SignInOverRefusal(Refusal):
    """A code that is unknown, used up or expired."""

    code = "sign_in_over"
    status = 410


class SignInNotYoursRefusal(Refusal):
    """A code for a sign-in that another chat started."""

    code = "sign_in_not_yours"
    status = 403


class SignInWanted(BaseModel):
    """Where the citizen comes from, and goes back to."""

    return_url: str = Field(max_length=20_000)


class SignInOffered(BaseModel):
    """Where to send the citizen, and the digits the page there will show."""

    url: str
    match_code: str
    expires_at: datetime.datetime


class SignInReturned(BaseModel):
    """The code that came back in the page's fragment."""

    code: str = Field(max_length=200)


class SignedIn(BaseModel):
    """The conversation is signed in."""

    status: Literal["signed_in"] = "signed_in"
    session_expires_at: datetime.datetime


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": ErrorAnswer} for status in statuses}


def add_chat_calls(router: APIRouter, parts: SignInParts) -> None:
    """Add the calls to a router."""
    Asking = Annotated[uuid.UUID, Depends(parts.conversation_of)]  # noqa: N806 - a type

    @router.post("/chat/sign-in", status_code=201, responses=_errors(401, 422))
    async def start_sign_in(asking: Asking, wanted: SignInWanted) -> SignInOffered:
        """Return a single-use address at which the citizen signs in with ThaID."""
        try:
            return_url = checked_return_url(wanted.return_url, parts.return_origins)
        except ReturnUrlRefused:
            raise ReturnUrlRefusal from None
        link = await parts.citizens.sign_ins.start(
            asking, channel="web", return_url=return_url
        )
        return SignInOffered(
            url=f"{parts.public_url.rstrip('/')}/sign-in/{link.secret}",
            match_code=link.match_code,
            expires_at=link.expires_at,
        )

    @router.post("/chat/sign-in/complete", responses=_errors(401, 403, 410, 422))
    async def complete_sign_in(asking: Asking, returned: SignInReturned) -> SignedIn:
        """Sign in the conversation that asked; any other conversation is refused."""
        try:
            session = await parts.citizens.agreements.complete(
                asking, returned.code, parts.tell_chat(SIGNED_IN)
            )
        except SignInNotYours:
            raise SignInNotYoursRefusal from None
        except SignInOver:
            raise SignInOverRefusal from None
        return SignedIn(session_expires_at=session.expires_at)
