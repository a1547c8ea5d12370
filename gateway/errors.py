"""What the gateway refuses, and how a refusal becomes JSON with a next step."""

from __future__ import annotations

from typing import Any

import procrastinate
import psycopg
import sqlalchemy.exc
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from gateway.words import Words

log = structlog.get_logger(__name__)

DATABASE_ERRORS = (
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    psycopg.OperationalError,
    procrastinate.exceptions.ConnectorException,
)


class Refusal(Exception):
    """A request that is answered with an error the citizen can act on.

    `code` names the sentence under `errors` in gateway/words/*.yml; keyword
    arguments fill the sentence in.
    """

    code = "refused"
    status = 400

    def __init__(self, *, headers: dict[str, str] | None = None, **values: Any) -> None:
        """Keep what the sentence needs."""
        super().__init__(self.code)
        self.values = values
        self.headers = headers


class EmptyMessage(Refusal):
    """A message without anything to read."""

    code = "empty_message"
    status = 422


class MessageTooLong(Refusal):
    """A message above the limit of characters."""

    code = "message_too_long"
    status = 422


class NotUnderstood(Refusal):
    """A request that is not JSON of the documented shape."""

    code = "not_understood"
    status = 422


class BodyTooLarge(Refusal):
    """A request body above the limit of bytes."""

    code = "body_too_large"
    status = 413


class ChoiceNotOffered(Refusal):
    """A quick reply that this conversation was never offered."""

    code = "choice_not_offered"
    status = 422


class MessageIdReused(Refusal):
    """A client message id used again for another message."""

    code = "message_id_reused"
    status = 409


class TokenMissing(Refusal):
    """A call without a conversation token."""

    code = "token_missing"
    status = 401


class TokenInvalid(Refusal):
    """A token this server did not sign."""

    code = "token_invalid"
    status = 401


class TokenExpired(Refusal):
    """A token past its end."""

    code = "token_expired"
    status = 401


class ConversationGone(Refusal):
    """A conversation that was deleted."""

    code = "conversation_gone"
    status = 401


class TooMany(Refusal):
    """A caller above a rate limit; `Retry-After` says when to come back."""

    code = "too_many_requests"
    status = 429

    def __init__(self, code: str, seconds: int) -> None:
        """Name the limit and the seconds to wait."""
        self.code = code
        super().__init__(headers={"Retry-After": str(seconds)}, seconds=seconds)


class TooManyTabs(Refusal):
    """More open streams than one conversation may have."""

    code = "too_many_tabs"
    status = 429


class Unavailable(Refusal):
    """The database cannot be reached, so nothing was stored."""

    code = "unavailable"
    status = 503


class ErrorDetail(BaseModel):
    """What went wrong, for programs and for people."""

    code: str
    message: str
    message_en: str


class ErrorAnswer(BaseModel):
    """The JSON of every error."""

    error: ErrorDetail


def error_answer(
    words: dict[str, Words],
    code: str,
    status: int,
    values: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Return the JSON response for an error."""
    detail = ErrorDetail(
        code=code,
        message=words["th"].error(code, values or {}),
        message_en=words["en"].error(code, values or {}),
    )
    body = ErrorAnswer(error=detail).model_dump()
    return JSONResponse(body, status_code=status, headers=headers)


def answer_errors(app: FastAPI, words: dict[str, Words]) -> None:
    """Make the app answer every refusal with the documented JSON."""

    async def unavailable(_request: Request, error: Exception) -> JSONResponse:
        log.error("database_unavailable", error=type(error).__name__)
        return error_answer(words, Unavailable.code, Unavailable.status)

    @app.exception_handler(Refusal)
    async def refused(_request: Request, refusal: Refusal) -> JSONResponse:
        return error_answer(
            words, refusal.code, refusal.status, refusal.values, refusal.headers
        )

    for broken in DATABASE_ERRORS:
        app.add_exception_handler(broken, unavailable)

    @app.exception_handler(RequestValidationError)
    async def not_understood(
        _request: Request, _error: RequestValidationError
    ) -> JSONResponse:
        return error_answer(words, NotUnderstood.code, NotUnderstood.status)

    @app.exception_handler(HTTPException)
    async def by_status(_request: Request, error: HTTPException) -> JSONResponse:
        codes = {404: "not_found", 405: "method_not_allowed"}
        code = codes.get(error.status_code, "refused")
        return error_answer(words, code, error.status_code, headers=_of(error))


def _of(error: HTTPException) -> dict[str, str] | None:
    return dict(error.headers) if error.headers else None
