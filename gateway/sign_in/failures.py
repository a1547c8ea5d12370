"""The one place where a failed sign-in becomes a page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError

from citizen.errors import (
    CitizenError,
    SignInNotYours,
    SignInOver,
    ThaIDError,
    ThaIDUnavailable,
)
from gateway.sign_in.drawing import Drawing, Message, known_language

log = logging.getLogger(__name__)


class NoCookie(Exception):
    """A form came back without the cookie or the token it was made with."""


class Ended(Exception):
    """A sign-in that ended, with the page to say so."""

    def __init__(self, message: Message, language: str) -> None:
        """Keep the page."""
        super().__init__(message.name)
        self.message = message
        self.language = language


def message_for(error: Exception) -> Message:
    """Return the page for a failure that no step has a better one for."""
    match error:
        case SignInNotYours():
            return Message("elsewhere", 403)
        case SignInOver() | RequestValidationError():
            return Message("over", 410)
        case NoCookie():
            return Message("no_cookie", 403)
        case ThaIDUnavailable():
            return Message("thaid_unavailable", 503)
        case ThaIDError():
            return Message("denied", 403)
        case _:
            return Message("broken", 503)


def page_route(drawing: Drawing) -> type[APIRoute]:
    """Return the kind of route whose failures are pages."""

    class PageRoute(APIRoute):
        """A route that answers a browser."""

        def get_route_handler(
            self,
        ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            """Return the handler, with its failures drawn."""
            handle = super().get_route_handler()

            async def drawn(request: Request) -> Response:
                try:
                    return await handle(request)
                except Ended as ended:
                    return drawing.message(ended.message, ended.language)
                except (
                    CitizenError,
                    NoCookie,
                    RequestValidationError,
                    SQLAlchemyError,
                ) as error:
                    message = message_for(error)
                    log.info("sign-in page: %s, %s", message.name, type(error).__name__)
                    language = known_language(request.query_params.get("lang"))
                    return drawing.message(message, language)

            return drawn

    return PageRoute
