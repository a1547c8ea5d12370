"""The sign-in pages in a real Chromium, between a gateway and the sandbox's ThaID.

The gateway is `localhost` and ThaID is `127.0.0.1`, which browsers take for two sites:
what SameSite and form-action forbid between sites, they forbid here.
"""

import asyncio
import socket
import threading
import uuid
from urllib.parse import urlsplit

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
PERSON = "person-regular"
SIZES = {"phone": (390, 844), "desktop": (1280, 800), "narrow": (320, 640)}


class Servers:
    """A gateway with nothing but the sign-in, and the sandbox, in a thread."""

    def __init__(self, database_url, sandbox_url):
        self._sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
        here, there = (each.getsockname()[1] for each in self._sockets)
        self.gateway = f"http://localhost:{here}"
        self.issuer = f"http://127.0.0.1:{there}/thaid"
        self._urls = (database_url, sandbox_url)
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self):
        """Start the thread; return when both answer."""
        self._thread.start()
        assert self._up.wait(20)
        return self

    def __exit__(self, *_):
        """Stop both."""
        for server in self._servers:
            server.should_exit = True
        self._thread.join()

    async def _serve(self):
        import uvicorn

        from tests.gateway.fakes import until

        apps = (self._gateway_app(), self._sandbox_app())
        configs = [uvicorn.Config(app, log_config=None) for app in apps]
        self._servers = [uvicorn.Server(config) for config in configs]
        for server in self._servers:
            server.install_signal_handlers = lambda: None
        serving = [
            asyncio.create_task(server.serve([each]))
            for server, each in zip(self._servers, self._sockets, strict=True)
        ]
        await until(lambda: all(server.started for server in self._servers))
        self._up.set()
        await asyncio.gather(*serving)

    def _gateway_app(self):
        from fastapi.responses import HTMLResponse
        from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
        from sqlalchemy.pool import NullPool

        from citizen.secret import utc_now
        from citizen.thaid import Registration, ThaID
        from gateway.sign_in import CALLBACK_PATH
        from ops.database import sqlalchemy_url
        from tests.gateway.sign_in.conftest import House

        engine = create_async_engine(sqlalchemy_url(self._urls[0]), poolclass=NullPool)
        callback = self.gateway + CALLBACK_PATH
        registration = Registration(self.issuer, "thamrat", "a-secret", callback)
        sessions = async_sessionmaker(engine, expire_on_commit=False)
        house = House(sessions, utc_now, ThaID(registration), public_url=self.gateway)

        @house.app.get("/chat-page")
        async def chat_page():
            return HTMLResponse("<title>chat</title><p>the chat</p>")

        return house.app

    def _sandbox_app(self):
        from gateway.sign_in import CALLBACK_PATH
        from sandbox.app import create_app
        from sandbox.thaid_tokens import RelyingParty

        callback = self.gateway + CALLBACK_PATH
        return create_app(
            database_url=self._urls[1],
            thaid_issuer=self.issuer,
            relying_party=RelyingParty("thamrat", "a-secret", (callback,)),
            sso_api_key="unused",
        )


class Asking:
    """The chat that asks."""

    def __init__(self, gateway):
        headers = {"Authorization": f"Bearer {uuid.uuid4()}"}
        self.http = httpx2.Client(base_url=gateway, headers=headers)
        self.page = f"{gateway}/chat-page"

    def link(self):
        answer = self.http.post("/chat/sign-in", json={"return_url": self.page})
        return answer.json()["url"]

    def fetch(self, code):
        return self.http.post("/chat/sign-in/complete", json={"code": code}).status_code


@pytest.fixture
def servers(database_url, empty_database_url):
    with Servers(database_url, empty_database_url) as servers:
        yield servers


@pytest.fixture
def asking(servers):
    return Asking(servers.gateway)


@pytest.fixture
def opened(browse):
    """Return a way to open a page in a browser of its own."""

    def new_page(size="phone", **options):
        return browse(SIZES[size], locale="th-TH", **options).new_page()

    return new_page


def outcome(page):
    """Return what the fragment tells the widget."""
    page.wait_for_url("**/chat-page#*")
    return urlsplit(page.url).fragment.removeprefix("thamrat-sign-in=")


def to_consent(page, link):
    """Sign in at the sandbox's ThaID."""
    page.goto(link)
    page.get_by_role("button", name="แชทของฉัน ไปที่ ThaID").click()
    page.get_by_test_id(PERSON).click()
    page.wait_for_url("**/sign-in/consent/*")


def test_the_way_there_and_back_crosses_sites(opened, asking):
    """No policy of ours stops our own redirects, and the cookie comes along."""
    page = opened()
    to_consent(page, asking.link())
    page.get_by_role("button", name="ยินยอม และกลับไปที่แชท").click()

    assert asking.fetch(outcome(page)) == 200

    page.goto(asking.link())
    page.get_by_role("button", name="แชทของฉัน ไปที่ ThaID").click()
    page.get_by_test_id(PERSON).click()

    assert asking.fetch(outcome(page)) == 200


def test_declining_and_cancelling_come_back(opened, asking):
    """Each `no` leads back to the chat."""
    page = opened()
    to_consent(page, asking.link())
    page.get_by_role("button", name="ไม่ยินยอม").click()
    declined = outcome(page)
    page.goto(asking.link())
    page.get_by_role("button", name="แชทของฉัน ไปที่ ThaID").click()
    page.get_by_test_id("cancel").click()

    assert declined == outcome(page) == "cancelled"


def test_a_forwarded_link_is_refused_in_a_second_browser(opened, asking):
    """Real cookies of two real browsers."""
    link = asking.link()
    first, second = opened(), opened()
    first.goto(link)
    first.get_by_role("button", name="แชทของฉัน ไปที่ ThaID").click()
    first.wait_for_url("**/thaid/**")

    assert second.goto(link).status == 403
    assert second.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_are_accessible(opened, asking, size, scheme):
    """No axe violation, no sideways scrolling, targets a thumb can hit."""
    page = opened(size, color_scheme=scheme)
    link = asking.link()
    page.goto(link)
    check(page)
    page.goto(f"{link}?lang=en")
    check(page)
    page.goto(link)
    to_consent(page, link)
    check(page)
    page.goto(f"{urlsplit(link).scheme}://{urlsplit(link).netloc}/sign-in/guess")
    check(page)


def check(page):
    """Check one page."""
    report = Axe().run(page)
    wider = "document.documentElement.scrollWidth > innerWidth"
    small = [
        box["height"]
        for box in (each.bounding_box() for each in page.locator("button").all())
        if box["height"] < 44
    ]

    assert report.violations_count == 0, report.generate_report()
    assert not page.evaluate(wider)
    assert small == []
    assert page.locator("script").count() == 0


def test_the_keyboard_is_enough(opened, asking):
    """Tab to the button, see the focus, press Enter."""
    page = opened("desktop")
    page.goto(asking.link())
    for _ in range(3):
        page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"

    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/thaid/**")
