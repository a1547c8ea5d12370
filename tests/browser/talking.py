"""What the widget tests do and see again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def say(page: Page, text: str) -> None:
    """Type a message and send it with Enter."""
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("input").press("Enter")


def said(page: Page, who: str) -> Locator:
    """Return the entries of the citizen or of the assistant."""
    return page.locator(f'[data-testid="entry"][data-from="{who}"]')


def see(page: Page, who: str, *texts: str) -> None:
    """Expect exactly these words in the entries of one side, in order."""
    expect(said(page, who).locator(".bubble")).to_have_text(list(texts))


def status(page: Page) -> Locator:
    """Return the line above the composer."""
    return page.get_by_test_id("status")


def focused(page: Page) -> str | None:
    """Return the test id of what has focus inside the widget."""
    found = page.evaluate(
        "document.querySelector('tham-rat').shadowRoot.activeElement?.dataset.testid"
    )
    return str(found) if found else None
