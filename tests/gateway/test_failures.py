"""Rasa may be down, slow or broken; nothing is lost and nothing is said twice."""

from __future__ import annotations

import asyncio

import httpx2
import procrastinate
import pytest

from gateway.patience import Patience
from gateway.words import all_words
from tests.gateway.fakes import refusal, until

NOTICES = all_words()["th"].notices
DOWN = httpx2.ConnectError("nobody listens")
HASTY = Patience(notice_after=0.2, slow_at_least=0.1)
SHORT = Patience(
    notice_after=0.2,
    slow_at_least=0.1,
    give_up_after=0.5,
    broken_after=0.5,
    attempts=2,
)


@pytest.mark.parametrize(
    "failure",
    [
        DOWN,
        httpx2.ReadTimeout("too slow"),
        refusal(503, "not_saved"),
        refusal(503, "failed"),
        refusal(409, "busy"),
        refusal(401, "bad bearer"),
        httpx2.Response(200, content=b"<html>"),
        httpx2.Response(502),
    ],
)
async def test_a_turn_without_an_answer_is_tried_again(houses, failure):
    """A question outlives whatever is wrong with Rasa, and is answered once."""
    async with houses.open() as house:
        tab = await house.open_chat()
        house.rasa.failure = failure
        await tab.say("one")
        await tab.say("two")
        await until(lambda: len(house.rasa.asked) >= 2)
        house.rasa.failure = None
        await tab.settled()

        assert await tab.said_by_assistant() == ["answer to one", "answer to two"]


async def test_a_long_failure_is_told_once(houses):
    """She learns once that her question is kept; then she gets the answer."""
    async with houses.open(patience=HASTY) as house:
        tab = await house.open_chat()
        house.rasa.failure = DOWN
        await tab.say("one")
        await tab.say("two")
        await until(lambda: len(house.rasa.asked) >= 4)
        house.rasa.failure = None
        await tab.settled()

        said = await tab.said_by_assistant()
        assert said == [NOTICES["delayed"], "answer to one", "answer to two"]


async def test_a_slow_answer_is_announced_while_it_is_awaited(houses):
    """The notice comes while Rasa still works, and the answer after it."""
    async with houses.open(patience=HASTY) as house:
        tab = await house.open_chat()
        house.rasa.open.clear()
        await tab.say("slow")

        async def told():
            return await tab.said_by_assistant() == [NOTICES["delayed"]]

        await until(told)
        house.rasa.open.set()
        await tab.settled()
        said = await tab.said_by_assistant()
        assert said == [NOTICES["delayed"], "answer to slow"]
        assert house.rasa.texts() == ["slow"]


async def test_a_failure_without_end_is_apologised_for(houses):
    """After long enough she is told whom to call, and later questions go on."""
    async with houses.open(patience=SHORT) as house:
        tab = await house.open_chat()
        house.rasa.failures["poison"] = refusal(503, "failed")
        await tab.say("poison")
        await tab.say("fine")
        entries = await tab.settled()

        said = await tab.said_by_assistant()
        assert said[-2:] == [NOTICES["failed"], "answer to fine"]
        assert said.count(NOTICES["failed"]) == 1
        assert entries[0]["status"] == "failed"


async def test_a_turn_that_rasa_refuses_is_apologised_for_at_once(house, tab):
    """Trying again would only keep her waiting."""
    house.rasa.failures["odd"] = refusal(422, "malformed")
    await tab.say("odd")
    await tab.settled()

    assert await tab.said_by_assistant() == [NOTICES["failed"]]
    assert house.rasa.texts() == ["odd"]


async def test_an_answer_lost_on_the_way_is_not_said_twice(house, tab):
    """Rasa saved the turn, the connection broke: the second try gets the same."""
    house.rasa.lost_answers = 2
    await tab.say("one")
    await tab.settled()

    assert len(house.rasa.asked) == 3
    assert {turn["turn_id"] for turn in house.rasa.asked} == set(house.rasa.answered)
    assert await tab.said_by_assistant() == ["answer to one"]


async def test_a_crash_before_the_replies_are_stored_says_nothing_twice(house, tab):
    """The outbox rows and the end of the turn are one transaction."""
    turns_end = "gateway.turns.signal"
    broken = iter([RuntimeError("killed here"), RuntimeError("and here")])

    async def crash_twice(*_arguments):
        for error in broken:
            raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns_end, crash_twice)
        await tab.say("one")
        await tab.settled()

    assert len(house.rasa.asked) == 3
    assert await tab.said_by_assistant() == ["answer to one"]


async def test_a_job_that_runs_twice_answers_once(house, tab):
    """A worker that was thought dead may still finish."""
    entry = await tab.say("one")
    await tab.settled()
    queue = house.app.state.gateway.parts.queue
    await queue.configure_task("run_turn", queue="turns").defer_async(
        turn_id=entry["id"]
    )

    def all_done():
        return house.rows("SELECT 1 FROM procrastinate_jobs") == []

    await until(all_done)
    assert await tab.said_by_assistant() == ["answer to one"]
    assert house.rasa.texts() == ["one"]


async def test_the_job_of_a_dead_worker_is_rescued(house, tab):
    """`kill -9` of a gateway in mid-turn loses nothing."""
    conversation = str(house.app.state.tokens.conversation(tab.token))
    gone = house.rows(
        "INSERT INTO procrastinate_workers (last_heartbeat) "
        "VALUES (now() - interval '1 hour') RETURNING id"
    )
    assert gone == [(gone[0][0],)]
    house.rasa.failure = DOWN
    await tab.say("one")
    await until(lambda: house.rasa.asked)

    def taken_by_the_dead():
        return house.rows(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL "
            "WHERE lock = %s AND status = 'todo' RETURNING id",
            conversation,
        )

    await until(taken_by_the_dead)
    house.rasa.failure = None
    await tab.settled()

    assert await tab.said_by_assistant() == ["answer to one"]
    metrics = (await house.http.get("/metrics")).text
    assert "thamrat_jobs_rescued_total 0.0" not in metrics


async def test_a_second_gateway_takes_over(houses):
    """What one gateway had accepted, another one answers."""
    async with houses.open() as first:
        first.rasa.open.clear()
        tab = await first.open_chat()
        await tab.say("one")
        await until(lambda: first.rasa.asked)
    houses.rasa.open.set()
    async with houses.open() as second:
        tab.http = second.http
        await tab.settled()

        assert await tab.said_by_assistant() == ["answer to one"]


async def test_the_worker_starts_again_after_a_database_failure(house, tab):
    """A database that restarts cuts every connection; then work goes on."""
    house.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async def accepted():
        return (await tab.post("one", "same")).status_code in {200, 202}

    await until(accepted)
    await tab.settled()

    assert await tab.said_by_assistant() == ["answer to one"]


async def test_replies_we_cannot_read_are_left_out(house, tab):
    """One odd reply does not keep the others from her, and silence is no answer."""
    odd = {"custom": {"type": "hologram"}}
    house.rasa.replies = {"half": [odd, {"text": "fine"}], "none": [odd], "mute": []}
    for text in house.rasa.replies:
        await tab.say(text)
    await tab.settled()

    no_answer = NOTICES["no_answer"]
    assert await tab.said_by_assistant() == ["fine", no_answer, no_answer]


async def test_messages_wait_out_a_stop_of_everything(houses):
    """After a long stop the first failed try is not the end."""
    async with houses.open() as house:
        tab = await house.open_chat()
        house.rasa.failure = DOWN
        await tab.say("one")
        house.clock.forward(hours=1)
        await until(lambda: len(house.rasa.asked) >= 2)
        house.rasa.failure = None
        await tab.settled()

        assert "answer to one" in await tab.said_by_assistant()


def test_retries_come_soon_and_then_steadily():
    """Fast enough for a restart, slow enough for an outage."""
    backoff = procrastinate.BaseRetryStrategy
    assert issubclass(type(_backoff()), backoff)
    assert [_seconds(attempts) for attempts in (0, 1, 2, 3, 4, 50)] == [
        pytest.approx(seconds, abs=0.2) for seconds in (0.5, 1, 2, 4, 5, 5)
    ]


def _backoff():
    from gateway.patience import Backoff

    return Backoff()


def _seconds(attempts):
    import datetime

    from procrastinate.jobs import Job

    job = Job(
        id=1,
        lock=None,
        queueing_lock=None,
        task_name="run_turn",
        attempts=attempts,
        queue="turns",
    )
    decision = _backoff().get_retry_decision(
        exception=asyncio.CancelledError(), job=job
    )
    return (decision.retry_at - datetime.datetime.now(datetime.UTC)).total_seconds()
