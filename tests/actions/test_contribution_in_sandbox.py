"""Every history of the sandbox, asked over its HTTP interface, gives its card."""

import asyncio
from contextlib import asynccontextmanager

import httpx2
import pytest
import uvicorn

from actions.agencies.asking import AgencyAddress, connect
from actions.contribution import ActionContributionCheck
from tests.actions.fakes import (
    FakeCitizens,
    connections,
    only_card,
    rows,
    run,
    tracker,
)
from tests.sandbox.conftest import SSO_KEY, day, sandbox  # noqa: F401 - fixtures

PEOPLE = {
    "regular": "1999900000013",
    "changed-employer": "1999900000021",
    "gap": "1999900000030",
    "section-39": "1999900000048",
    "section-40": "1999900000056",
    "low-wage": "1999900000064",
    "nobody": "1999900000072",
}


@pytest.fixture
def office(sandbox):  # noqa: F811 - a fixture, not the import
    """Return the agency's connection, onto the sandbox."""
    return httpx2.AsyncClient(
        transport=sandbox._transport,
        base_url="http://sandbox.test/sso",
        headers={"x-api-key": SSO_KEY},
    )


async def card_of(office, slug, **entities):
    citizens = FakeCitizens(citizen_id=PEOPLE[slug])
    said, _ = await run(
        ActionContributionCheck(connections(citizens, office)), tracker(**entities)
    )
    assert said[0]["custom"]["type"] == "card_reference"
    return only_card(citizens)


@pytest.mark.parametrize(
    ("slug", "section", "months", "person"),
    [
        ("regular", "มาตรา 33", "10 เดือน", "8,750 บาท"),
        ("changed-employer", "มาตรา 33", "10 เดือน", "8,000 บาท"),
        ("gap", "มาตรา 33", "8 เดือน", "5,280 บาท"),
        ("section-39", "มาตรา 39", "10 เดือน", "4,320 บาท"),
        ("section-40", "มาตรา 40 ทางเลือกที่ 2", "10 เดือน", "1,000 บาท"),
        ("low-wage", "มาตรา 33", "10 เดือน", "830 บาท"),
    ],
)
async def test_this_year_of_everybody(office, slug, section, months, person):
    """By the rates of 2026, to the baht."""
    card = rows(await card_of(office, slug))

    assert card["สถานะผู้ประกันตน"] == section
    assert card["นำส่งแล้ว"] == months
    assert card["ส่วนของคุณ"] == person


async def test_march_of_last_year_has_the_old_ceiling(office):
    """750 baht, where this year has 875."""
    old = rows(await card_of(office, "regular", period="2025-03"))
    new = rows(await card_of(office, "regular", period="--03"))

    assert (old["ส่วนของคุณ"], new["ส่วนของคุณ"]) == ("750 บาท", "875 บาท")


async def test_a_gap_is_named(office):
    """June and July were not sent."""
    card = await card_of(office, "gap")

    assert "มิถุนายน ถึง กรกฎาคม 2569" in card.notes[0]


async def test_nobody_is_told_so(office):
    """On a card."""
    card = await card_of(office, "nobody")

    assert card.summary == "ไม่พบข้อมูลผู้ประกันตนของคุณ"


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        ("error", "utter_agency_unavailable"),
        ("unauthorized", "utter_agency_refused"),
        ("malformed", "utter_agency_not_understood"),
        ("maintenance", "utter_agency_maintenance"),
    ],
)
async def test_each_fault_has_its_words(sandbox, office, kind, response):  # noqa: F811
    """Switched at the sandbox, heard by the citizen."""
    await sandbox.put("/faults/sso", json={"kind": kind})
    action = ActionContributionCheck(connections(FakeCitizens(), office))
    (said,), _ = await run(action, tracker())

    assert said["response"] == response


async def test_a_partial_answer_is_a_partial_card(sandbox, office):  # noqa: F811
    """The card says which months it lacks."""
    await sandbox.put("/faults/sso", json={"kind": "partial"})
    card = await card_of(office, "regular")

    assert "มกราคม ถึง มิถุนายน 2569" in card.notes[-1]
    assert rows(card)["นำส่งแล้ว"] == "4 เดือน"


async def test_a_slow_office_is_given_up(sandbox):  # noqa: F811
    """Over a real socket, after the time that the connection was given."""
    await sandbox.put("/faults/sso", json={"kind": "slow", "seconds": 2})
    async with listening(sandbox._transport.app) as url:
        office = connect(AgencyAddress(f"{url}/sso", SSO_KEY), 0.3)
        action = ActionContributionCheck(connections(FakeCitizens(), office))
        (said,), _ = await run(action, tracker())
        await office.aclose()

    assert said["response"] == "utter_agency_unavailable"


async def test_the_sandbox_answers_over_a_real_socket(sandbox):  # noqa: F811
    """As `make up` runs it."""
    async with listening(sandbox._transport.app) as url:
        office = connect(AgencyAddress(f"{url}/sso", SSO_KEY), 10)
        card = await card_of(office, "regular")
        await office.aclose()

    assert rows(card)["ส่วนของคุณ"] == "8,750 บาท"


@asynccontextmanager
async def listening(app):
    """Yield the address of a running app, whose lifespan another holds."""
    config = uvicorn.Config(app, port=0, lifespan="off", log_level="warning")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving
