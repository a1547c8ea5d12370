"""A real browser for the browser tests: Playwright's own, else the system's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserType

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
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_executable(playwright.chromium), args=QUIET
        )
        yield browser
        browser.close()
