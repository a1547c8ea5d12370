"""The sign-in inside the whole gateway: its token, its inbox, its worker, its logs."""

import uuid

import httpx2
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker

from citizen.citizens import Citizens
from citizen.thaid import ThaID
from citizen.vault import Vault
from gateway.database import open_database
from gateway.sign_in import (
    CALLBACK_PATH,
    PendingQuestion,
    SignInParts,
    sign_in_router,
)
from tests.citizen.fake_thaid import NAME, PID, FakeThaID
from tests.gateway.sign_in.conftest import PAGE, SITE, code_in, form_fields

PUBLIC = "http://thamrat.test"
QUESTION = "เงินสมทบของฉันปีนี้เท่าไหร่"


@pytest.fixture
async def sessions(database_url):
    database = open_database(database_url)
    yield database.sessions
    await database.engine.dispose()


@pytest.fixture
def fake(houses):
    return FakeThaID(houses.clock)


@pytest.fixture
async def signing_house(houses, fake, sessions: async_sessionmaker):
    """Return a gateway that runs, with real citizens and a fake ThaID."""
    citizens = Citizens(
        sessions, Vault([b"v" * 32], houses.clock), b"s" * 32, clock=houses.clock
    )
    thaid = ThaID(
        fake.registration(PUBLIC + CALLBACK_PATH), transport=fake, clock=houses.clock
    )

    def routers(intake):
        parts = SignInParts(
            citizens=citizens,
            thaid=thaid,
            accept_event=intake.accept_event,
            pending_question=PendingQuestion(sessions),
            public_url=PUBLIC,
            web_origins=[SITE],
        )
        return [sign_in_router(parts)]

    async with houses.open(citizens=citizens, sign_in=routers) as house:
        yield house


def path_of(url):
    """Return an address as the test reaches it: the public name is nobody's."""
    return url.removeprefix(PUBLIC)


async def to_the_end(house, fake, tab):
    """Sign in from a tab; return the start page and the completion code."""
    asked = await tab.http.post(
        "/chat/sign-in", json={"return_url": PAGE}, headers=tab.headers
    )
    link = path_of(asked.json()["url"])
    async with httpx2.AsyncClient(base_url=house.url) as browser:
        start = await browser.get(link)
        fields = form_fields(start.text) | {"decision": "continue"}
        there = await browser.post(link, data=fields)
        back = await browser.get(path_of(fake.log_in(there.headers["location"])))
        consent = await browser.get(back.headers["location"])
        fields = form_fields(consent.text) | {"decision": "agree"}
        end = await browser.post(back.headers["location"], data=fields)
    return start, code_in(end)


async def fetch(tab, code):
    """Post the code that came back in the fragment."""
    return await tab.http.post(
        "/chat/sign-in/complete", json={"code": code}, headers=tab.headers
    )


async def test_the_pending_question_is_taken_up_again(signing_house, fake):
    """The event reaches the bot in order, once, however often the code is posted."""
    tab = await signing_house.open_chat()
    await tab.say(QUESTION)
    await tab.settled()
    start, code = await to_the_end(signing_house, fake, tab)
    answers = [(await fetch(tab, code)).status_code for _ in range(2)]
    await tab.settled()

    assert QUESTION in start.text
    assert answers == [200, 200]
    assert (await tab.history())["signed_in"] is True
    intents = [turn["intent"] for turn in signing_house.rasa.asked]
    assert intents == [None, "identity_signed_in"]
    assert signing_house.rasa.asked[-1]["identity"] == "verified"


async def test_another_conversation_of_the_gateway_is_refused(signing_house, fake):
    """With the gateway's own tokens too."""
    tab, other = await signing_house.open_chat(), await signing_house.open_chat()
    _, code = await to_the_end(signing_house, fake, tab)

    assert (await fetch(other, code)).status_code == 403
    assert (await fetch(tab, code)).status_code == 410
    assert (await tab.history())["signed_in"] is False


async def test_the_whole_gateway_logs_and_stores_nothing_of_hers(
    signing_house, fake, capfd, caplog
):
    """No secret of a link, no code, no id number, no name."""
    caplog.set_level("INFO")
    tab = await signing_house.open_chat()
    _, code = await to_the_end(signing_house, fake, tab)
    await fetch(tab, code)
    await tab.settled()

    out = "".join(capfd.readouterr()) + caplog.text
    tables = signing_house.rows(
        "SELECT schemaname || '.' || tablename FROM pg_tables"
        " WHERE schemaname IN ('gateway', 'citizen', 'public')"
    )
    stored = "".join(
        str(signing_house.rows(f"SELECT t::text FROM {table} t"))  # noqa: S608 - the catalogue's names
        for (table,) in tables
    )
    for secret in (PID, NAME, code):
        assert secret not in out
        assert secret not in stored


async def test_a_token_of_nobody_starts_no_sign_in(signing_house):
    """The gateway's own errors answer, in Thai."""
    headers = {"Authorization": f"Bearer {uuid.uuid4()}"}
    answer = await signing_house.http.post(
        "/chat/sign-in", json={"return_url": PAGE}, headers=headers
    )

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "token_invalid"
