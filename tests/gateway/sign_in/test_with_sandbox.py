"""The same way against the sandbox's ThaID, which nobody wrote for these tests."""

import httpx2
import pytest

from citizen.thaid import Registration, ThaID
from gateway.sign_in.parts import CANCELLED, SIGNED_IN
from sandbox.app import create_app
from sandbox.thaid_tokens import RelyingParty
from tests.citizen.fake_thaid import Now
from tests.gateway.sign_in.conftest import CALLBACK, Browser, Chat, House, form_fields
from tests.gateway.sign_in.conftest import code_in as code_of

SANDBOX = "http://sandbox.test"
ISSUER = f"{SANDBOX}/thaid"
PERSON = "1999900000013"


@pytest.fixture
async def sandbox(empty_database_url):
    app = create_app(
        database_url=empty_database_url,
        thaid_issuer=ISSUER,
        relying_party=RelyingParty("thamrat", "a-secret", (CALLBACK,)),
        sso_api_key="unused",
        clock=Now(),
    )
    async with app.router.lifespan_context(app):
        yield httpx2.ASGITransport(app)


@pytest.fixture
def house(sandbox, sessions):
    now = Now()
    registration = Registration(ISSUER, "thamrat", "a-secret", CALLBACK)
    return House(sessions, now, ThaID(registration, transport=sandbox, clock=now))


async def at_thaid(sandbox, url, **pressed):
    """Press a button on the sandbox's page; return where it sends the browser."""
    async with httpx2.AsyncClient(transport=sandbox, base_url=SANDBOX) as http:
        page = await http.get(url)
        assert page.status_code == 200, page.text
        action = f"{ISSUER}/api/v2/oauth2/auth/"
        answer = await http.post(action, data=form_fields(page.text) | pressed)
    return answer.headers["location"]


async def test_a_synthetic_citizen_signs_in(house, sandbox):
    """Discovery, code, ES256 id_token, keys and the id number's shape all fit."""
    chat, browser = Chat(house), Browser(house)
    there = await browser.to_thaid(await chat.link())
    back = await browser.open(await at_thaid(sandbox, there, person=PERSON))
    consent = await browser.open(back.headers["location"])
    code = code_of(await browser.press(consent, "agree"))

    assert (await chat.fetch(code)).status_code == 200
    session = await house.citizens.live_session(chat.id)
    assert await house.citizens.citizen_id(session) == PERSON
    assert house.heard(chat) == [SIGNED_IN]


async def test_a_synthetic_citizen_cancels(house, sandbox):
    """The sandbox's cancel is OAuth's `access_denied`."""
    chat, browser = Chat(house), Browser(house)
    there = await browser.to_thaid(await chat.link())
    back = await browser.open(await at_thaid(sandbox, there, cancel="yes"))

    assert code_of(back) == "cancelled"
    assert house.heard(chat) == [CANCELLED]
