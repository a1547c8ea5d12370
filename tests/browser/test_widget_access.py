"""Everybody can use the widget: keyboard, screen reader, zoom, dark, small."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.chat_stub import text_reply
from tests.browser.conftest import SIZES
from tests.browser.talking import focused, said, say, see
from tests.browser.widget_samples import CARD, GREETING, LINK, SIGN_IN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.chat_stub import ChatStub

    Chat = Callable[..., Page]

WIDER = """() => {
  const parts = [document.documentElement];
  const root = document.querySelector("tham-rat").shadowRoot;
  for (const part of root.querySelectorAll(".panel, .header, .scroller, .composer"))
    if (part.clientWidth) parts.push(part);
  return parts.filter((part) => part.scrollWidth > part.clientWidth)
    .map((part) => part.className || part.tagName);
}"""
PANEL_BOX = """() => {
  const root = document.querySelector("tham-rat").shadowRoot;
  const box = root.querySelector(".panel").getBoundingClientRect();
  return [box.x, box.y, box.width, box.height].map(Math.round);
}"""
SMALL_TARGETS = """() => {
  const root = document.querySelector("tham-rat").shadowRoot;
  return [...root.querySelectorAll("button, a.service, summary, textarea")]
    .filter((node) => node.checkVisibility())
    .map((node) => [node.className || node.tagName, node.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([name, box]) => `${name} ${box.width}x${box.height}`);
}"""


def full_chat(
    chat: Chat, stub: ChatStub, size: str | tuple[int, int], **opt: str
) -> Page:
    """Open a chat that shows everything the widget can draw."""
    stub.greeting = GREETING
    stub.answers = lambda _: [SIGN_IN, LINK, CARD]
    page = chat(size, **opt)
    say(page, "เงินสมทบของฉันปีนี้เท่าไหร่ " + "ยาว" * 60)
    page.get_by_test_id("card").wait_for()
    stub.session(signed_in=True)
    page.get_by_test_id("sign-out").wait_for()
    page.get_by_test_id("card").locator("summary").click()
    page.get_by_test_id("input").fill("ก" * 1_010)
    return page


def violations(page: Page) -> str:
    """Return what axe-core finds, readable; an empty string is good."""
    found = Axe().run(page).response["violations"]
    return json.dumps(
        [(v["id"], [node["html"] for node in v["nodes"]]) for v in found], indent=1
    ).replace("[]", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_full_chat(
    chat: Chat, stub: ChatStub, size: str, scheme: str
) -> None:
    """No violation with card, sign-in, link, quick replies and a warning in sight."""
    page = full_chat(chat, stub, size, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_demo_page(
    visit: Chat, size: str, scheme: str
) -> None:
    """The page around the closed widget is accessible too."""
    page = visit(size, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == ""


def test_axe_finds_nothing_while_waiting_offline(chat: Chat, stub: ChatStub) -> None:
    """The signs of trouble are readable as well."""
    page = chat(reduced_motion="reduce")
    stub.hold = True
    say(page, "one")
    page.get_by_test_id("typing").wait_for()
    page.context.set_offline(True)
    say(page, "two")
    expect(page.get_by_text("รอส่ง")).to_be_visible()
    found = violations(page)
    stub.hold = False
    assert found == ""


ZOOMED = [(width // 2, height // 2) for width, height in SIZES.values()]


@pytest.mark.parametrize("window", [(320, 568), *ZOOMED])
def test_nothing_is_cut_off_when_narrow_or_zoomed(
    chat: Chat, stub: ChatStub, window: tuple[int, int]
) -> None:
    """At 320 px and at 200 % zoom (half the pixels) nothing scrolls sideways."""
    page = full_chat(chat, stub, window)
    assert page.evaluate(WIDER) == []
    page.get_by_test_id("input").fill("")
    for part in ("send", "input", "sign-out"):
        expect(page.get_by_test_id(part)).to_be_in_viewport(ratio=1)
    assert page.get_by_test_id("log").evaluate("n => n.parentElement.clientHeight") > 90


@pytest.mark.parametrize("window", [(320, 568), *ZOOMED])
def test_the_demo_page_fits_when_narrow_or_zoomed(
    visit: Chat, window: tuple[int, int]
) -> None:
    """The page around the widget does not scroll sideways either."""
    assert visit(window).evaluate(WIDER) == []


def test_everything_to_press_is_large_enough(
    chat: Chat, stub: ChatStub, size: str
) -> None:
    """Every target is at least 44 by 44 pixels."""
    page = full_chat(chat, stub, size)
    assert page.evaluate(SMALL_TARGETS) == []


def test_on_a_phone_the_chat_is_the_whole_screen(chat: Chat) -> None:
    """390 x 844 belongs to the chat alone; a desktop gives it 400 x 640."""
    page = chat("phone", reduced_motion="reduce")
    assert page.evaluate(PANEL_BOX) == [0, 0, 390, 844]


def test_on_a_desktop_the_chat_is_a_panel(chat: Chat) -> None:
    """The page stays in sight beside it."""
    page = chat("desktop", reduced_motion="reduce")
    assert page.evaluate(PANEL_BOX) == [1280 - 400 - 24, 800 - 640 - 24, 400, 640]


def test_a_conversation_needs_only_a_keyboard(visit: Chat, size: str) -> None:
    """Open, write, choose, close: no pointer anywhere."""
    page = visit(size)
    for _ in range(30):
        page.keyboard.press("Tab")
        if focused(page) == "launcher":
            break
    page.keyboard.press("Enter")
    assert focused(page) == "input"
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    see(page, "assistant", "Good day", "echo one")
    page.keyboard.press("Tab")
    assert focused(page) == "send"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("panel")).to_be_hidden()
    assert focused(page) == "launcher"


def test_a_quick_reply_is_taken_with_the_keyboard(chat: Chat) -> None:
    """Shift+Tab leads from the text to the offers, and focus is never lost."""
    page = chat()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "quick-reply"
    page.keyboard.press("Enter")
    see(page, "assistant", "Good day", "echo Second")
    assert focused(page) == "input"


def test_focus_stays_in_a_chat_that_covers_the_page(chat: Chat) -> None:
    """On a phone Tab goes round inside, because the page behind is hidden."""
    page = chat("phone")
    expect(page.get_by_test_id("panel")).to_have_attribute("aria-modal", "true")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") == "tham-rat"


def test_focus_can_leave_a_panel_beside_the_page(chat: Chat) -> None:
    """On a desktop the page stays usable."""
    page = chat("desktop")
    expect(page.get_by_test_id("panel")).to_have_attribute("aria-modal", "false")
    left = False
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        left = left or page.evaluate("document.activeElement.localName") != "tham-rat"
    assert left


def test_focus_is_visible_everywhere(chat: Chat, stub: ChatStub) -> None:
    """Whatever has focus by keyboard is outlined, or its frame is."""
    stub.answers = lambda _: [CARD]
    page = chat("phone")
    say(page, "one")
    page.get_by_test_id("card").wait_for()
    for _ in range(8):
        page.keyboard.press("Tab")
        shown = page.evaluate("""() => {
          const node = document.querySelector("tham-rat").shadowRoot.activeElement;
          const frame = node.closest(".field");
          const style = getComputedStyle(node);
          if (frame && node.localName === "textarea")
            return getComputedStyle(frame).boxShadow !== "none";
          return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        }""")
        assert shown


def test_the_log_is_polite_and_only_grows(chat: Chat, stub: ChatStub) -> None:
    """Screen readers hear additions; what was said is never drawn again."""
    page = chat()
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    watch = """log => { window.removed = 0; new MutationObserver((changes) =>
      changes.forEach((one) => one.target === log
        && (window.removed += one.removedNodes.length))
    ).observe(log, {childList: true}); }"""
    log.evaluate(watch)
    say(page, "one")
    see(page, "assistant", "Good day", "echo one")
    stub.say(text_reply("two"))
    see(page, "assistant", "Good day", "echo one", "two")
    assert page.evaluate("window.removed") == 0


def test_names_say_who_speaks(chat: Chat) -> None:
    """Without colours and sides it is still clear who said what."""
    page = chat()
    say(page, "one")
    expect(said(page, "citizen")).to_contain_text("คุณ")
    expect(said(page, "assistant").first).to_contain_text("ถามรัฐ")


def test_the_panel_is_a_named_dialog(chat: Chat) -> None:
    """Assistive technology announces what was opened."""
    expect(chat().get_by_role("dialog", name="ถามรัฐ")).to_be_visible()


def test_a_still_screen_stays_still(chat: Chat, stub: ChatStub) -> None:
    """`prefers-reduced-motion` ends every animation."""
    page = chat(reduced_motion="reduce")
    stub.hold = True
    say(page, "one")
    page.get_by_test_id("typing").wait_for()
    running = "document.querySelector('tham-rat').shadowRoot.getAnimations().length"
    found = page.evaluate(running)
    stub.hold = False
    assert found == 0


def test_forced_colours_keep_the_frames(chat: Chat) -> None:
    """In high contrast the panel and the text field have visible borders."""
    page = chat(forced_colors="active")
    border = "node => getComputedStyle(node).borderTopStyle"
    assert page.get_by_test_id("panel").evaluate(border) == "solid"
