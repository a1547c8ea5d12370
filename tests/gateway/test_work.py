"""Work beside the requests goes on, and ends when it is told to."""

from __future__ import annotations

import asyncio

import pytest

from gateway import work


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Start broken work again without a pause."""
    monkeypatch.setattr(work, "RESTART_SECONDS", 0)


async def test_broken_work_is_started_again():
    """One bad moment must not end the worker."""
    runs = []
    enough = asyncio.Event()

    async def breaks():
        runs.append("run")
        if len(runs) == 3:
            enough.set()
        raise ConnectionError

    async with work.running({"example": breaks}):
        await asyncio.wait_for(enough.wait(), 5)


async def test_work_that_breaks_while_it_stops_is_over():
    """A worker whose database went first must not keep the process from ending."""
    begun = asyncio.Event()

    async def breaks_when_cancelled():
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError as error:
            raise ConnectionError from error

    async def once():
        async with work.running({"example": breaks_when_cancelled}):
            await begun.wait()

    await asyncio.wait_for(once(), 5)
