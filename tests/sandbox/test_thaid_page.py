"""The page to sign in as somebody synthetic, in a real browser."""

from __future__ import annotations

import datetime
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe

from sandbox.app import create_app
from sandbox.thaid_tokens import RelyingParty
from tests.browser.conftest import browse, chromium  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser
PATIENCE_SECONDS = 20
NOW = datetime.datetime(2026, 11, 22, 3, 30, tzinfo=datetime.UTC)
CALLBACK = "http://127.0.0.1:1/callback"


@contextmanager
def listening(database_url):
    """Serve the sandbox from a thread, and yield its address."""
    app = create_app(
        database_url=database_url,
        thaid_issuer="http://127.0.0.1/thaid",
        relying_party=RelyingParty("chat", "secret", (CALLBACK,)),
        sso_api_key="key",
        clock=lambda: NOW,
    )
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + PATIENCE_SECONDS
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(PATIENCE_SECONDS)


@pytest.fixture
def link(empty_database_url):
    """Return a relying party's link to the page."""
    asked = {
        "client_id": "chat",
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "openid pid ial",
        "state": "st",
        "nonce": "no",
    }
    with listening(empty_database_url) as url:
        yield f"{url}/thaid/api/v2/oauth2/auth/?{urlencode(asked)}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_everybody_can_use_the_page(browse, link, width, scheme):  # noqa: F811
    """No barrier that axe knows, nothing to scroll sideways, style applied."""
    page = browse((width, 844), color_scheme=scheme).new_page()
    page.goto(link)
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.violations") == []
    assert page.get_by_test_id("person-regular").bounding_box()["height"] >= 48


@pytest.mark.parametrize(
    ("button", "answer"), [("person-regular", "code="), ("cancel", "access_denied")]
)
def test_a_button_sends_the_browser_back(browse, link, button, answer):  # noqa: F811
    """With a code or a refusal, and the state; by the keyboard alone."""
    page = browse("phone" if button == "cancel" else "desktop").new_page()
    page.goto(link)
    with page.expect_request(lambda request: request.url.startswith(CALLBACK)) as sent:
        page.get_by_test_id(button).focus()
        page.keyboard.press("Enter")

    assert answer in sent.value.url
    assert "state=st" in sent.value.url
