"""Puts the sign-in's calls and pages on addresses."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from gateway.sign_in.browser import Browsers
from gateway.sign_in.chat import add_chat_calls
from gateway.sign_in.drawing import Drawing
from gateway.sign_in.failures import page_route
from gateway.sign_in.parts import CALLBACK_PATH, SignInParts
from gateway.sign_in.steps import Steps

STYLE_SECONDS = 3600
Returned = Annotated[str | None, Query(max_length=2000)]


def sign_in_router(parts: SignInParts) -> APIRouter:
    """Return the router of everything about signing in."""
    drawing = Drawing()
    router = APIRouter(tags=["sign-in"])
    add_chat_calls(router, parts)
    browsers = Browsers(parts.public_url.startswith("https:"))
    steps = Steps(parts, drawing, browsers)
    pages = APIRouter(route_class=page_route(drawing), include_in_schema=False)
    _add_style(pages, drawing)
    _add_return(pages, steps)
    _add_start(pages, steps)
    router.include_router(pages)
    return router


def _add_style(pages: APIRouter, drawing: Drawing) -> None:
    @pages.get("/sign-in/style.css")
    async def style() -> Response:
        headers = {"Cache-Control": f"public, max-age={STYLE_SECONDS}"}
        return Response(drawing.style, media_type="text/css", headers=headers)


def _add_return(pages: APIRouter, steps: Steps) -> None:
    @pages.get(CALLBACK_PATH)
    async def come_back(
        request: Request,
        state: Returned = None,
        code: Returned = None,
        error: Returned = None,
    ) -> Response:
        return await steps.come_back(request, state or "", code, error)

    @pages.get("/sign-in/consent/{sign_in_id}")
    async def show_consent(request: Request, sign_in_id: uuid.UUID) -> Response:
        return await steps.show_consent(request, sign_in_id)

    @pages.post("/sign-in/consent/{sign_in_id}")
    async def leave_consent(request: Request, sign_in_id: uuid.UUID) -> Response:
        return await steps.leave_consent(request, sign_in_id)


def _add_start(pages: APIRouter, steps: Steps) -> None:
    @pages.get("/sign-in/{secret}")
    async def show_start(request: Request, secret: str) -> Response:
        return await steps.show_start(request, secret)

    @pages.post("/sign-in/{secret}")
    async def leave_start(request: Request, secret: str) -> Response:
        return await steps.leave_start(request, secret)
