"""Tells operators and their tools how the gateway does."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from gateway.answers import Health
from gateway.database import Database
from gateway.metrics import Metrics
from gateway.rasa import RasaClient
from gateway.signals import Signals
from gateway.tables import Inbox


def health_router(
    database: Database, rasa: RasaClient, metrics: Metrics, signals: Signals
) -> APIRouter:
    """Return /healthz and /metrics."""
    router = APIRouter(tags=["operations"])

    @router.get("/healthz", response_model=Health, responses={503: {"model": Health}})
    async def get_health(response: Response) -> Health:
        """Return 200 while messages can be taken in, with or without Rasa."""
        database_up = await _is_up(database)
        rasa_up = await rasa.is_up()
        if not database_up:
            response.status_code = 503
        return _health(database_up=database_up, rasa_up=rasa_up)

    @router.get("/metrics", include_in_schema=False)
    async def get_metrics() -> Response:
        metrics.streams.set(signals.streams())
        await _measure_waiting(database, metrics)
        return Response(
            generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST
        )

    return router


def _health(*, database_up: bool, rasa_up: bool) -> Health:
    status = "ok" if rasa_up else "degraded"
    return Health.model_validate(
        {
            "status": status if database_up else "down",
            "ready": database_up and rasa_up,
            "database": "ok" if database_up else "down",
            "rasa": "ok" if rasa_up else "down",
        }
    )


async def _is_up(database: Database) -> bool:
    try:
        async with database.sessions() as session:
            await session.execute(select(1))
    except (SQLAlchemyError, OSError):
        return False
    return True


async def _measure_waiting(database: Database, metrics: Metrics) -> None:
    """Read the queue's length; without a database the last one stands."""
    age = func.extract("epoch", func.now() - func.min(Inbox.received_at))
    waiting = select(func.count(), age).where(Inbox.status == "waiting")
    try:
        async with database.sessions() as session:
            count, oldest = (await session.execute(waiting)).one()
    except (SQLAlchemyError, OSError):
        return
    metrics.waiting.set(count)
    metrics.oldest.set(max(float(oldest or 0), 0.0))
