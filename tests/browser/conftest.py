"""A real browser for the browser tests, and the widget on a stub of its server."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, BrowserType, Page

    from tests.browser.chat_stub import ChatStub

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
SHOWN = '[data-testid="launcher"]:visible, [data-testid="panel"]:visible'
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
]


def _executable(chromium: BrowserType) -> str | None:
    """Return the browser to start: named, Playwright's own (None), or the system's."""
    named = os.environ.get("THAMRAT_BROWSER")
    if named:
        return named
    if Path(chromium.executable_path).exists():
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return a running Chromium; it ends with the module, and so does its loop."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_executable(playwright.chromium), args=QUIET
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served_stub() -> Iterator[ChatStub]:
    """Serve the stub of the web API while a module's tests run."""
    from tests.browser.chat_stub import ChatStub

    with ChatStub() as stub:
        yield stub


@pytest.fixture
def stub(served_stub: ChatStub) -> ChatStub:
    """Return the stub, with nothing in it."""
    served_stub.reset()
    return served_stub


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """Run the test on a phone and on a desktop."""
    return str(request.param)


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a way to start a browser profile of a size, closed after the test."""
    opened = []

    def start(size: str | tuple[int, int] = "desktop", **options: Any) -> Any:
        width, height = SIZES[size] if isinstance(size, str) else size
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, **options)
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH)
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def visit(stub: ChatStub, browse: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Return a way to open the demo page in a profile of its own."""

    def go(size: str | tuple[int, int] = "desktop", path: str = "/", **opt: Any) -> Any:
        page = browse(size, **opt).new_page()
        page.goto(stub.url + path)
        page.locator(SHOWN).first.wait_for()
        return page

    return go


@pytest.fixture
def chat(visit: Callable[..., Page]) -> Callable[..., Page]:
    """Return a way to open the demo page with the chat open and greeting."""

    def open_chat(size: str | tuple[int, int] = "desktop", **options: Any) -> Any:
        page = visit(size, **options)
        page.get_by_test_id("launcher").click()
        page.get_by_test_id("entry").first.wait_for()
        return page

    return open_chat
