"""The Social Security Office of the sandbox, asked over HTTP."""

import pytest

from tests.sandbox.conftest import SSO_KEY, running

REGULAR = "1999900000013"
NOBODY = "1999900000072"


async def ask(sandbox, citizen_id=REGULAR, key=SSO_KEY, **changes):
    question = {
        "request_id": "r1",
        "citizen_id": citizen_id,
        "purpose": "contribution",
        "consent_id": "c1",
        "from": "2026-01",
        "to": "2026-12",
    }
    return await sandbox.post(
        "/sso/v1/contributions",
        json={**question, **changes},
        headers={"x-api-key": key, "X-Request-Id": "r1"},
    )


async def test_a_year_is_told_month_by_month(sandbox):
    """Money is integer satang; months that have not begun are not there."""
    answer = (await ask(sandbox)).json()

    assert answer["section"] == "33"
    assert answer["as_of"] == "2026-11-22T10:30:00+07:00"
    assert [month["period"][5:] for month in answer["months"]][-1] == "11"
    assert answer["months"][0]["employee"] == 875_00
    assert answer["months"][0]["paid_at"] == "2026-02-13"
    assert answer["months"][-1]["status"] == "pending"


async def test_the_ceiling_is_that_of_the_month(sandbox):
    """December 2025 had 750 baht, January 2026 has 875."""
    answer = (await ask(sandbox, **{"from": "2025-12", "to": "2026-01"})).json()

    assert [month["employee"] for month in answer["months"]] == [750_00, 875_00]


async def test_nobody_is_not_found(sandbox):
    """Not insured is 404, not an empty list."""
    assert (await ask(sandbox, NOBODY)).status_code == 404


async def test_calls_without_the_key_are_refused(sandbox):
    """Even before their form is looked at."""
    assert (await ask(sandbox, "x", key="wrong")).status_code == 401


@pytest.mark.parametrize(
    "change", [{"citizen_id": "12"}, {"from": "2026-13"}, {"purpose": ""}, {"x": 1}]
)
async def test_malformed_questions_are_refused(sandbox, change):
    """The agreed form is all there is."""
    assert (await ask(sandbox, **change)).status_code == 422


@pytest.mark.parametrize(
    ("switch", "status"),
    [
        ({"kind": "error"}, 500),
        ({"kind": "error", "status": 502}, 502),
        ({"kind": "unauthorized"}, 401),
        ({"kind": "maintenance"}, 503),
        ({"kind": "slow", "seconds": 0}, 200),
        ({"kind": "malformed"}, 200),
    ],
)
async def test_it_fails_as_it_is_told(sandbox, switch, status):
    """A switched fault holds until it is switched off."""
    await sandbox.put("/faults/sso", json=switch)
    broken = await ask(sandbox)
    await sandbox.put("/faults/sso", json={"kind": "none"})

    assert broken.status_code == status
    assert (await ask(sandbox)).json()["months"]


async def test_maintenance_says_when_to_come_back(sandbox):
    """Agencies say it with Retry-After."""
    await sandbox.put("/faults/sso", json={"kind": "maintenance"})

    assert (await ask(sandbox)).headers["Retry-After"] == "1800"


async def test_a_partial_answer_names_what_it_lacks(sandbox):
    """Months that could not be read are listed, not left out in silence."""
    await sandbox.put("/faults/sso", json={"kind": "partial"})
    answer = (await ask(sandbox)).json()

    assert answer["unavailable"] == [f"2026-0{month}" for month in range(1, 7)]
    assert answer["months"][0]["period"] == "2026-07"


async def test_faults_are_seen_by_other_processes(empty_database_url, day):
    """The switches lie in the database."""
    async with (
        running(empty_database_url, day) as one,
        running(empty_database_url, day) as other,
    ):
        await one.put("/faults/sso", json={"kind": "error"})

        assert (await other.get("/faults")).json()["sso"]["kind"] == "error"
        assert (await ask(other)).status_code == 500


async def test_unknown_faults_are_refused(sandbox):
    """A typing error must not look like a healthy service."""
    assert (await sandbox.put("/faults/sso", json={"kind": "x"})).status_code == 422
    assert (await sandbox.put("/faults/x", json={"kind": "slow"})).status_code == 422


async def test_records_move_with_the_day(sandbox, day):
    """A sandbox that runs for a month still has a present month."""
    day.pass_(days=30)
    answer = (await ask(sandbox)).json()

    assert answer["months"][-1]["period"] == "2026-12"


async def test_a_second_start_changes_nothing(empty_database_url, day):
    """Seeding is idempotent."""
    async with running(empty_database_url, day) as http:
        first = (await ask(http)).json()
    async with running(empty_database_url, day) as http:
        assert (await ask(http)).json() == first


async def test_it_says_that_it_is_well(sandbox):
    """The supervisor waits for this."""
    assert (await sandbox.get("/healthz")).json() == {"status": "ok"}
