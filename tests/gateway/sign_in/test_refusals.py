"""What is used, expired, forged or down gets a clear page with the next step."""

import httpx2
import pytest
from sqlalchemy.exc import OperationalError

from gateway.sign_in.parts import DENIED
from tests.citizen.fake_thaid import PID
from tests.gateway.sign_in.conftest import PAGE, PUBLIC, SITE, Browser

DISCOVERY = "/.well-known/openid-configuration"
TOKEN = "/api/v2/oauth2/token/"


async def test_a_state_works_once(house, chat, browser):
    """A replayed address of the way back is a page, not a second sign-in."""
    back = house.fake.log_in(await browser.to_thaid(await chat.link()))
    first, second = await browser.open(back), await browser.open(back)

    assert (first.status_code, second.status_code) == (303, 410)
    assert "ใช้ไม่ได้แล้ว" in second.text


async def test_a_way_back_without_a_cookie_is_refused(house, chat, browser):
    """A browser that forgot us may not finish what it began."""
    back = house.fake.log_in(await browser.to_thaid(await chat.link()))
    browser.http.cookies.clear()

    assert (await browser.open(back)).status_code == 403
    assert not await chat.is_signed_in()


@pytest.mark.parametrize(
    "query", ["", "?state=x", "?state=x&code=y", "?code=y", "?error=access_denied"]
)
async def test_a_made_up_way_back_is_over(browser, query):
    """Anybody may call the callback; nothing comes of it."""
    assert (await browser.open(f"/sign-in/callback{query}")).status_code == 410


async def test_a_used_link_is_over(chat, browser):
    """A link signs in once."""
    link = await chat.link()
    await chat.fetch(await browser.to_the_end(link))

    assert (await browser.open(link)).status_code == 410


async def test_an_old_link_is_over(house, chat, browser):
    """After ten minutes nobody should find a working link in a history."""
    link = await chat.link()
    page = await browser.open(link)
    house.now.pass_by(minutes=10)

    assert (await browser.open(link)).status_code == 410
    assert (await browser.press(page, "continue")).status_code == 410


async def test_a_newer_link_replaces_an_unopened_one(chat, browser):
    """One button, one link: older ones that nobody opened stop working."""
    first, second = await chat.link(), await chat.link()

    assert (await browser.open(first)).status_code == 410
    assert (await browser.open(second)).status_code == 200


async def test_a_sign_in_left_open_at_thaid_ends(house, chat, browser):
    """Coming back an hour later is too late."""
    back = house.fake.log_in(await browser.to_thaid(await chat.link()))
    house.now.pass_by(minutes=10)

    assert (await browser.open(back)).status_code == 410


async def test_a_consent_page_left_open_ends(house, chat, browser):
    """And the id number that waited for it no longer opens."""
    page = await browser.to_consent(await chat.link())
    house.now.pass_by(minutes=10)

    assert (await browser.press(page, "agree")).status_code == 410


async def test_made_up_links_and_consents_are_over(browser):
    """Guessing gets the same page as being late."""
    somewhere = "/sign-in/consent/00000000-0000-0000-0000-000000000000"

    assert (await browser.open("/sign-in/guess")).status_code == 410
    assert (await browser.open(somewhere)).status_code == 410
    assert (await browser.open("/sign-in/consent/x")).status_code == 410


async def test_without_cookies_the_page_says_so(house, chat):
    """Else she would press the button for ever."""
    page = await Browser(house).open(await chat.link())
    answer = await Browser(house).press(page, "continue")

    assert answer.status_code == 403
    assert "คุกกี้" in answer.text


@pytest.mark.parametrize("error", ["invalid_scope", "login_required", "<b>"])
async def test_a_refusal_by_thaid_is_told_to_the_chat(house, chat, browser, error):
    """The page leads back, and the bot can say what to do."""
    page = await browser.through_thaid(await chat.link(), error=error)

    assert page.status_code == 403
    assert PAGE in page.text
    assert "<b>" not in page.text
    assert house.heard(chat) == [DENIED]


@pytest.mark.parametrize(
    "claims", [{"nonce": "another"}, {"aud": "another"}, {"pid": None}, {"exp": 1}]
)
async def test_an_answer_that_proves_nothing_signs_nobody_in(
    house, chat, browser, claims
):
    """ThaID's page said yes, its token does not."""
    house.fake.claims = claims
    page = await browser.through_thaid(await chat.link())

    assert page.status_code == 403
    assert PID not in page.text
    assert house.heard(chat) == [DENIED]


@pytest.mark.parametrize(
    "answer",
    [httpx2.ConnectError("x"), httpx2.ReadTimeout("x"), httpx2.Response(500)],
    ids=lambda answer: type(answer).__name__,
)
async def test_thaid_down_on_the_way_back_leads_to_the_chat(
    house, chat, browser, answer
):
    """The question still waits there, so the chat is told nothing."""
    house.fake.answers[TOKEN] = answer
    page = await browser.through_thaid(await chat.link())

    assert page.status_code == 503
    assert "ติดต่อ ThaID ไม่ได้" in page.text
    assert PAGE in page.text
    assert house.heard(chat) == []


async def test_thaid_down_on_the_way_there_can_be_tried_again(house, chat, browser):
    """The link is not used up by somebody else's outage."""
    house.fake.answers[DISCOVERY] = httpx2.Response(200, text="<html>")
    link = await chat.link()
    page = await browser.press(await browser.open(link), "continue")

    assert page.status_code == 503
    assert link.removeprefix(PUBLIC) in page.text

    house.fake.answers.clear()
    assert (await chat.fetch(await browser.to_the_end(link))).status_code == 200


async def test_a_broken_database_is_a_page(house, chat, browser, monkeypatch):
    """A stack trace helps no citizen."""

    async def broken(secret, who):
        raise OperationalError("SELECT", {}, OSError())

    link = await chat.link()
    monkeypatch.setattr(house.citizens.sign_ins, "look", broken)
    page = await browser.open(link)

    assert page.status_code == 503
    assert "ขัดข้องชั่วคราว" in page.text


@pytest.mark.parametrize(
    "return_url",
    [
        "https://evil.test/",
        "http://www.agency.test/chat",
        "https://www.agency.test.evil.test/",
        "https://www.agency.test@evil.test/",
        "https://user:pw@www.agency.test/",
        "https://www.agency.test:8443/",
        "//evil.test/",
        "/chat",
        "javascript:alert(1)",
        "data:text/html,x",
        "",
        f"{SITE}/go?to=https://evil.test/",
        f"{SITE}/go?to=//evil.test",
        f"{SITE}/go?to=https%3A%2F%2Fevil.test",
        f"{SITE}/go?to=%252F%252Fevil.test",
        f"{SITE}//evil.test",
        f"{SITE}/\\evil.test",
        f"{SITE}/a b",
        f"{SITE}/\r\nSet-Cookie: x=y",
        "https://[::1",
        "https://www.agency.test:port/",
        f"{SITE}/" + "x" * 1990,
    ],
)
async def test_a_way_back_to_elsewhere_is_refused(chat, return_url):
    """The completion code must not be carried off by an open redirect."""
    answer = await chat.ask(return_url)

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "return_url_refused"


@pytest.mark.parametrize(
    "return_url", [PAGE, f"{SITE}/", f"{PUBLIC}/", "HTTPS://WWW.AGENCY.TEST:443/x#y"]
)
async def test_a_way_back_to_a_page_of_ours_is_fine(chat, return_url):
    """Our own demo page and the sites in the settings."""
    assert (await chat.ask(return_url)).status_code == 201


@pytest.mark.parametrize("path", ["/chat/sign-in", "/chat/sign-in/complete"])
async def test_a_call_without_a_token_is_refused(browser, path):
    """Only a conversation can ask for a sign-in or fetch one."""
    body = {"return_url": PAGE, "code": "x"}

    assert (await browser.http.post(path, json=body)).status_code == 401


async def test_an_unknown_code_says_what_to_do(chat):
    """Press the button again."""
    answer = await chat.fetch("x" * 43)

    assert answer.status_code == 410
    assert "กดปุ่มยืนยันตัวตนในแชทอีกครั้ง" in answer.json()["error"]["message"]
