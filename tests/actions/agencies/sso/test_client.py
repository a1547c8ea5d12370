"""The Social Security Office's client: what it sends, and each way it is failed."""

import json
import uuid

import httpx2
import pytest

from actions.agencies.asking import AgencyAddress, connect
from actions.agencies.errors import (
    AgencyRefused,
    AgencyUnavailable,
    AgencyUnderMaintenance,
    AnswerNotUnderstood,
)
from actions.agencies.sso.client import Asker, SocialSecurity
from tests.actions.fakes import CITIZEN_ID, agency, month, record

ASKER = Asker(CITIZEN_ID, uuid.uuid4(), "contribution", uuid.uuid4())


async def ask(answer):
    http, _ = agency(answer)
    return await SocialSecurity(http).contributions(ASKER, "2026-01", "2026-11")


def ok(body):
    return httpx2.Response(200, json=body)


async def test_the_question_says_who_why_and_by_which_consent():
    """And carries one request id, in the body and in the header."""
    http, questions = agency(ok(record()))
    await SocialSecurity(http).contributions(ASKER, "2026-01", "2026-11")
    body = json.loads(questions[0].content)

    assert body == {
        "request_id": str(ASKER.request_id),
        "citizen_id": CITIZEN_ID,
        "purpose": "contribution",
        "consent_id": str(ASKER.consent_id),
        "from": "2026-01",
        "to": "2026-11",
    }
    assert questions[0].headers["x-request-id"] == body["request_id"]


async def test_months_come_in_order():
    """Whatever order the agency sends them in."""
    found = await ask(ok(record(month("2026-02"), month("2026-01"))))

    assert [m.period for m in found.months] == ["2026-01", "2026-02"]
    assert found.months[0].total == 2_231_00


async def test_nobody_is_none():
    """Somebody who is not insured is an answer, not an error."""
    assert await ask(httpx2.Response(404)) is None


def without(field):
    answer = record(month("2026-01"))
    (answer if field in answer else answer["months"][0]).pop(field)
    return ok(answer)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx2.ReadTimeout("slow"), AgencyUnavailable),
        (httpx2.ConnectError("down"), AgencyUnavailable),
        (httpx2.RemoteProtocolError("cut"), AgencyUnavailable),
        (httpx2.Response(500), AgencyUnavailable),
        (httpx2.Response(502), AgencyUnavailable),
        (httpx2.Response(503), AgencyUnavailable),
        (httpx2.Response(429), AgencyUnavailable),
        (httpx2.Response(503, headers={"Retry-After": "9"}), AgencyUnderMaintenance),
        (httpx2.Response(400), AgencyRefused),
        (httpx2.Response(401), AgencyRefused),
        (httpx2.Response(403), AgencyRefused),
        (httpx2.Response(422), AgencyRefused),
        (httpx2.Response(302, headers={"Location": "/x"}), AnswerNotUnderstood),
        (httpx2.Response(200, text="<html>"), AnswerNotUnderstood),
        (httpx2.Response(200, text="1" * 1_000_001), AnswerNotUnderstood),
        (httpx2.Response(200, content=b"\xff\xfe\x00"), AnswerNotUnderstood),
        (ok([]), AnswerNotUnderstood),
        (ok(record("2026-01")), AnswerNotUnderstood),
        (ok(record(month("2026-13"))), AnswerNotUnderstood),
        (ok(record(month("2026-01", employee="875"))), AnswerNotUnderstood),
        (ok(record(month("2026-01", employee=875.5))), AnswerNotUnderstood),
        (ok(record(month("2026-01", employee=-1))), AnswerNotUnderstood),
        (ok(record(month("2026-01", employee=None))), AnswerNotUnderstood),
        (ok(record(month("2026-01", status="late"))), AnswerNotUnderstood),
        (ok(record(month("2026-01", paid_at="2569-01-01x"))), AnswerNotUnderstood),
        (ok(record(month("2026-01", employer=7))), AnswerNotUnderstood),
        (ok(record(as_of="2026-11-22T10:30:00")), AnswerNotUnderstood),
        (ok(record(section="38")), AnswerNotUnderstood),
        *[
            (without(field), AnswerNotUnderstood)
            for field in (*record(), *month("2026-01"))
            if field not in {"request_id", "unavailable"}
        ],
    ],
)
async def test_failures_are_told_apart(answer, error):
    """Each way of failing has its own name, so each can get its own words."""
    with pytest.raises(error) as caught:
        await ask(answer)

    assert type(caught.value) is error
    assert CITIZEN_ID not in str(caught.value)


async def test_errors_hold_no_value_of_the_answer():
    """They are logged, so they name fields only."""
    with pytest.raises(AnswerNotUnderstood) as caught:
        await ask(ok(record(month("2026-01", paid_at="secret"))))

    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


async def test_a_partial_answer_names_the_months_it_lacks():
    """What could not be read is known, and is not the same as unpaid."""
    found = await ask(ok(record(month("2026-02"), unavailable=["2026-01"])))

    assert found.unavailable == ("2026-01",)


async def test_nothing_waits_longer_than_it_was_told():
    """The timeout is set where the connection is made."""
    http = connect(AgencyAddress("https://sso.test/x", "key"), 4.0)

    assert http.timeout == httpx2.Timeout(4.0)
    assert http.headers["x-api-key"] == "key"
    assert "key" not in repr(AgencyAddress("https://sso.test", "key"))
    await http.aclose()


def test_an_asker_does_not_show_who_it_is():
    """A repr ends up in a log sooner or later."""
    assert CITIZEN_ID not in repr(ASKER)
