"""The widget as a guest on other pages: strict CSP, inert text, small files."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_stub import WEB, ChatStub, text_reply
from tests.browser.talking import said, say, see
from tests.browser.widget_samples import CARD, LINK, SIGN_IN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    Chat = Callable[..., Page]

FILES = sorted(path for path in (WEB / "widget").rglob("*") if path.is_file())
CODE = [path for path in FILES if path.suffix == ".js"]
BUDGET = 50_000
NASTY = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
IN_SHADOW = "document.querySelector('tham-rat').shadowRoot.querySelectorAll"


def test_all_files_together_are_small() -> None:
    """A phone on a slow network loads the whole widget in under 50 kB."""
    packed = sum(len(gzip.compress(path.read_bytes(), 9)) for path in FILES)
    assert packed < BUDGET


def test_code_holds_no_thai_and_no_way_to_parse_markup() -> None:
    """Words live in words.*.json, and no string ever becomes markup or code."""
    for path in CODE:
        code = path.read_text()
        assert not re.search(r"[\u0e00-\u0e7f]", code), path
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(",
            code,
        ), path


def test_every_module_says_what_it_is_for() -> None:
    """A module opens with one sentence."""
    for path in CODE:
        assert path.read_text().startswith("/** "), path


@pytest.mark.parametrize("path", ["/", "/host"])
def test_a_strict_policy_has_nothing_to_report(
    stub: ChatStub, browse: Callable[..., BrowserContext], path: str
) -> None:
    """No inline script or style, no eval, nothing from elsewhere."""
    stub.answers = lambda _: [SIGN_IN, LINK, CARD]
    page = browse().new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    response = page.goto(stub.url + path)
    assert response
    assert "default-src 'none'" in response.headers["content-security-policy"]
    page.get_by_test_id("launcher").click()
    say(page, "one\ntwo\nthree")
    page.get_by_test_id("card").wait_for()
    page.get_by_test_id("quick-reply").last.click()
    expect(page.get_by_test_id("card")).to_have_count(2)
    assert page.evaluate("window.violations") == []
    assert trouble == []


def test_one_script_tag_works_on_somebody_elses_page(
    stub: ChatStub, browse: Callable[..., BrowserContext]
) -> None:
    """From another origin a page must allow our scripts and requests, no styles."""
    with ChatStub() as other:
        page = browse("phone").new_page()
        page.goto(f"{other.url}/host?script={stub.url}")
        page.get_by_test_id("launcher").click()
        say(page, "from afar")
        see(page, "assistant", "Good day", "echo from afar")
        assert page.evaluate("window.violations") == []
        panel = page.get_by_test_id("panel")
        colour = "node => getComputedStyle(node).position"
        assert panel.evaluate(colour) == "fixed"
        assert other.talks == {}


def test_a_pages_own_styles_do_not_reach_the_widget(visit: Chat) -> None:
    """A page that styles every element leaves ours alone."""
    page = visit(path="/host")
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* {font: 8px serif; color: red} button {display: none}");
      document.adoptedStyleSheets = [sheet];
    }""")
    launcher = page.get_by_test_id("launcher")
    expect(launcher).to_be_visible()
    assert launcher.evaluate("node => getComputedStyle(node).fontSize") == "16px"


def test_hostile_words_stay_words(chat: Chat, stub: ChatStub) -> None:
    """Markup in any field of any reply is shown, not run."""
    row = {"label": NASTY, "value": NASTY, "emphasis": True}
    card = CARD | {
        "title": NASTY,
        "source": NASTY,
        "as_of_text": NASTY,
        "notes": [NASTY],
        "rows": [row],
        "sections": [{"title": NASTY, "rows": [row]}],
        "link": {"label": NASTY, "url": "javascript:window.hacked=1", "domain": "x"},
    }
    sign_in = SIGN_IN | {"text": NASTY, "label": NASTY}
    stub.answers = lambda _: [text_reply(NASTY, NASTY), sign_in, card]
    page = chat()
    say(page, NASTY)
    page.get_by_test_id("card").wait_for()
    assert page.evaluate(f"{IN_SHADOW}('img, script, iframe').length") == 0
    assert page.evaluate("window.hacked") is None
    expect(page.get_by_test_id("card-link")).to_have_count(0)
    expect(said(page, "citizen").locator(".bubble")).to_have_text(NASTY)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://www.sso.go.th/",
        "https://www.sso.go.th@evil.example/",
        "data:text/html,hi",
        "//evil.example",
        "nonsense",
    ],
)
def test_a_link_that_is_not_plain_https_is_no_link(
    chat: Chat, stub: ChatStub, url: str
) -> None:
    """Only https without a disguise becomes something to press."""
    link = LINK | {"link": {"label": "Go", "url": url, "domain": "www.sso.go.th"}}
    stub.answers = lambda _: [link, text_reply(f"see {url} now")]
    page = chat()
    say(page, "one")
    expect(said(page, "assistant")).to_have_count(3)
    expect(said(page, "assistant").last).to_contain_text(url)
    assert page.evaluate(f"{IN_SHADOW}('a').length") == 0


def test_a_link_shows_the_true_domain_whatever_was_claimed(
    chat: Chat, stub: ChatStub
) -> None:
    """The domain comes from the address itself."""
    link = {"label": "Go", "url": "https://evil.example/", "domain": "www.sso.go.th"}
    stub.answers = lambda _: [LINK | {"link": link}]
    page = chat()
    say(page, "one")
    expect(page.get_by_test_id("card-link")).to_contain_text("evil.example")
    expect(page.get_by_test_id("card-link")).not_to_contain_text("sso.go.th")


def test_an_address_in_a_sentence_becomes_a_link(chat: Chat, stub: ChatStub) -> None:
    """Thai follows an address without a space, and full stops are not part of it."""
    words = "ดูที่ https://www.sso.go.th/wpr/main?a=1ค่ะ หรือ (https://www.dga.or.th)."
    stub.answers = lambda _: [text_reply(words)]
    page = chat()
    say(page, "one")
    links = said(page, "assistant").last.get_by_role("link")
    expect(links).to_have_text(["www.sso.go.th/wpr/main?a=1", "www.dga.or.th"])
    expect(links.first).to_have_attribute("href", "https://www.sso.go.th/wpr/main?a=1")


def test_a_browser_that_forbids_storing_can_still_chat(
    stub: ChatStub, browse: Callable[..., BrowserContext]
) -> None:
    """Without storage the chat lasts as long as the page."""
    context = browse()
    context.add_init_script("""
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, {get() { throw new Error("forbidden"); }});
    """)
    page = context.new_page()
    page.goto(stub.url)
    page.get_by_test_id("launcher").click()
    say(page, "one")
    see(page, "assistant", "Good day", "echo one")


def test_a_page_served_without_tls_can_still_chat(
    stub: ChatStub, browse: Callable[..., BrowserContext]
) -> None:
    """On plain http browsers offer neither locks nor random UUIDs."""
    context = browse()
    context.add_init_script("""
      Object.defineProperty(Navigator.prototype, "locks", {value: undefined});
      Object.defineProperty(Crypto.prototype, "randomUUID", {value: undefined});
    """)
    page = context.new_page()
    page.goto(stub.url)
    page.get_by_test_id("launcher").click()
    say(page, "one")
    see(page, "assistant", "Good day", "echo one")
