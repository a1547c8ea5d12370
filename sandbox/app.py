"""The sandbox: agencies and ThaID to run against, over real HTTP, with nobody real."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware

from sandbox.database import Clock, Records
from sandbox.faults import Faults, faults_router
from sandbox.sso import sso_router
from sandbox.thaid import ThaIDSandbox, thaid_router
from sandbox.thaid_tokens import RelyingParty


def read_clock() -> datetime.datetime:
    """Return the present instant."""
    return datetime.datetime.now(datetime.UTC)


def create_app(
    *,
    database_url: str,
    thaid_issuer: str,
    relying_party: RelyingParty,
    sso_api_key: str,
    clock: Clock = read_clock,
) -> FastAPI:
    """Return the sandbox's app.

    `database_url` names a database of its own; its tables and people are made at
    start. `thaid_issuer` is the address at which browsers and clients reach
    `/thaid`, without a slash at the end.
    """
    records = Records(database_url, clock)
    faults = Faults(records)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await records.start()
        yield
        await records.stop()

    app = FastAPI(title="ThamRat sandbox", lifespan=lifespan)
    app.add_middleware(BaseHTTPMiddleware, dispatch=faults)
    app.add_exception_handler(HTTPException, _say_error)
    app.include_router(faults_router(faults))
    app.include_router(sso_router(records, faults, sso_api_key))
    app.include_router(
        thaid_router(ThaIDSandbox(records, faults, thaid_issuer, relying_party))
    )

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Say that the sandbox and its database answer."""
        async with records.session() as session:
            await session.execute(text("SELECT 1"))
        return {"status": "ok"}

    return app


async def _say_error(_: Request, error: Exception) -> JSONResponse:
    """Answer `{"error": code}`, as agencies and OAuth do."""
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse(
        {"error": error.detail}, error.status_code, headers=error.headers
    )
