"""What runs beside the requests: the worker, its rescuer, the listener, the sweeper."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import procrastinate
import structlog
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from gateway.metrics import Metrics
from gateway.turns import QUEUE

log = structlog.get_logger(__name__)

RESTART_SECONDS = 1.0


@dataclass(frozen=True)
class Rhythm:
    """How often things are looked at, in seconds, and how many turns run at once."""

    turns_at_once: int = 8
    poll: float = 1.0
    heartbeat: float = 2.0
    stalled_after: float = 6.0
    rescue_every: float = 2.0
    sweep_every: float = 60.0
    shutdown: float = 5.0


async def run_worker(queue: procrastinate.App, rhythm: Rhythm) -> None:
    """Run turns until cancelled; then let those running finish for a moment."""
    await queue.run_worker_async(
        queues=[QUEUE],
        name="gateway",
        concurrency=rhythm.turns_at_once,
        fetch_job_polling_interval=rhythm.poll,
        update_heartbeat_interval=rhythm.heartbeat,
        stalled_worker_timeout=rhythm.stalled_after,
        shutdown_graceful_timeout=rhythm.shutdown,
        delete_jobs="successful",
        worker_middleware=[look_for_the_next],
        install_signal_handlers=False,
    )


async def look_for_the_next(
    job: AsyncCallNext, _context: procrastinate.JobContext, worker: Worker
) -> Any:
    """Run a job, and look for the next one of its conversation right after it.

    procrastinate looks when a job is added, else only at its next poll; a job that
    waited for this one's lock would wait for that.
    """

    def look(_ended: asyncio.Task[Any]) -> None:
        worker._new_job_event.set()  # noqa: SLF001 - it has no public way to be woken

    current = asyncio.current_task()
    if current:  # always; it stores the job's end before it is done
        current.add_done_callback(look)
    return await job()


async def rescue_jobs(
    queue: procrastinate.App, rhythm: Rhythm, metrics: Metrics
) -> None:
    """Give the jobs of workers that died to those that live, until cancelled."""
    while True:
        await rescue_once(queue, rhythm, metrics)
        await asyncio.sleep(rhythm.rescue_every)


async def rescue_once(
    queue: procrastinate.App, rhythm: Rhythm, metrics: Metrics
) -> None:
    """Put every job back whose worker shows no sign of life."""
    stalled = await queue.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=rhythm.stalled_after
    )
    for job in stalled:
        with contextlib.suppress(procrastinate.exceptions.ConnectorException):
            # Raised as well when another rescuer was faster.
            now = datetime.datetime.now(datetime.UTC)
            await queue.job_manager.retry_job(job, retry_at=now)
            metrics.rescued.inc()
            log.warning("job_rescued", job=job.id)


async def repeat(work: Callable[[], Awaitable[object]], seconds: float) -> None:
    """Do something again and again, until cancelled."""
    while True:
        await work()
        await asyncio.sleep(seconds)


async def keep_running(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Run something that should never end, again if it does, until cancelled.

    Work may end in another way than cancelled when it is: a worker that stops while
    its database is gone breaks. It is over all the same.
    """
    while not _is_cancelled():
        try:
            await work()
            log.warning("work_ended", work=name)
        except Exception as error:  # noqa: BLE001 - whatever it was, work goes on
            log.warning("work_broke", work=name, error=type(error).__name__)
        if not _is_cancelled():
            await asyncio.sleep(RESTART_SECONDS)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


@contextlib.asynccontextmanager
async def running(
    works: Mapping[str, Callable[[], Awaitable[object]]],
) -> AsyncIterator[None]:
    """Keep things running inside the block."""
    tasks = [
        asyncio.create_task(keep_running(name, work), name=name)
        for name, work in works.items()
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
