"""Things that go wrong on purpose, switched over HTTP and seen by every process."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from starlette.middleware.base import RequestResponseEndpoint

from sandbox.database import Fault, Records

Service = Literal["sso", "thaid"]
Kind = Literal[
    "none",
    "slow",
    "error",
    "unauthorized",
    "malformed",
    "partial",
    "maintenance",
    "bad_signature",
    "wrong_nonce",
    "expired_token",
]
RETRY_AFTER = 1_800


class Switch(BaseModel):
    """What a service shall do wrong; `seconds` is for slow, `status` for error."""

    kind: Kind
    seconds: float = Field(10, ge=0, le=120)
    status: int = Field(500, ge=400, le=599)


@dataclasses.dataclass(frozen=True)
class Faults:
    """The switches, kept in the database."""

    records: Records

    async def current(self, service: str) -> Switch:
        """Return what a service is told to do wrong, kind `none` when nothing."""
        async with self.records.session() as session:
            fault = await session.get(Fault, service)
        if fault is None:
            return Switch(kind="none")
        return Switch.model_validate(fault, from_attributes=True)

    async def every(self) -> dict[str, Switch]:
        """Return the switches that were ever set."""
        async with self.records.session() as session:
            faults = (await session.scalars(select(Fault))).all()
        return {
            fault.service: Switch.model_validate(fault, from_attributes=True)
            for fault in faults
        }

    async def switch(self, service: str, switch: Switch) -> None:
        """Tell a service what to do wrong from now on."""
        values = switch.model_dump()
        statement = insert(Fault).values(service=service, **values)
        async with self.records.session() as session:
            await session.execute(
                statement.on_conflict_do_update(index_elements=["service"], set_=values)
            )

    async def __call__(
        self, request: Request, call_next: RequestResponseEndpoint
    ) -> Response:
        """Let a service fail before it is reached, when it is told to."""
        service = request.url.path.split("/")[1]
        if service not in {"sso", "thaid"} or "/static/" in request.url.path:
            return await call_next(request)
        switch = await self.current(service)
        if switch.kind == "slow":
            await asyncio.sleep(switch.seconds)
        return _broken(switch) or await call_next(request)


def _broken(switch: Switch) -> Response | None:
    """Return the answer of a service that is broken throughout, else None."""
    if switch.kind == "error":
        return JSONResponse({"error": "INTERNAL"}, switch.status)
    if switch.kind == "unauthorized":
        return JSONResponse({"error": "UNAUTHENTICATED"}, 401)
    if switch.kind == "malformed":
        return Response("<html><body>It works!", 200, media_type="text/html")
    if switch.kind == "maintenance":
        wait = {"Retry-After": str(RETRY_AFTER)}
        return JSONResponse({"error": "MAINTENANCE"}, 503, headers=wait)
    return None


def faults_router(faults: Faults) -> APIRouter:
    """Return the switchboard."""
    router = APIRouter(prefix="/faults", tags=["faults"])

    @router.get("")
    async def read_faults() -> dict[str, Switch]:
        """Return every switch."""
        return await faults.every()

    @router.put("/{service}")
    async def switch_fault(service: Service, switch: Switch) -> Switch:
        """Tell a service what to do wrong; kind `none` puts it right."""
        await faults.switch(service, switch)
        return switch

    return router
