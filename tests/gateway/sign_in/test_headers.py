"""The pages leave nothing open: no script, no frame, no cache, no referrer."""

import re
from pathlib import Path

import pytest
import yaml

from tests.gateway.sign_in.conftest import SITE

PAGES = Path("gateway/pages")


def form_action(page):
    """Return where a page's forms may lead."""
    return re.search(
        r"form-action ([^;]+)", page.headers["Content-Security-Policy"]
    ).group(1)


async def every_page(chat, browser):
    """Return one of each."""
    link = await chat.link()
    consent = await browser.to_consent(link)
    return [
        await browser.open(await chat.link()),
        consent,
        await browser.open("/sign-in/guess"),
        await browser.press(consent, "agree"),
    ]


async def test_every_page_is_closed(chat, browser):
    """Redirects too: they carry the code."""
    for page in await every_page(chat, browser):
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["X-Frame-Options"] == "DENY"


async def test_forms_may_lead_where_they_end(chat, browser):
    """Chrome holds form-action against the redirects after the form as well."""
    start = await browser.open(await chat.link())
    consent = await browser.to_consent(await chat.link())

    assert form_action(start) == f"'self' https://thaid.test {SITE}"
    assert form_action(consent) == f"'self' {SITE}"


async def test_the_cookie_is_bound_to_this_host(chat, browser):
    """Not readable by scripts, not set by sub-domains, not sent by other sites."""
    cookie = (await browser.open(await chat.link())).headers["set-cookie"]

    assert cookie.startswith("__Host-thamrat-browser=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


async def test_the_style_is_served_and_may_be_kept(browser):
    """It is the one thing the pages load."""
    style = await browser.open("/sign-in/style.css")

    assert style.headers["Content-Type"].startswith("text/css")
    assert "max-age" in style.headers["Cache-Control"]


@pytest.mark.parametrize("template", sorted(PAGES.glob("*.html")), ids=lambda p: p.name)
def test_templates_hold_no_words_scripts_or_styles(template):
    """Words live in words/*.yml; anything inline would be blocked anyway."""
    html = template.read_text("utf-8")

    assert not re.search(r"[\u0e00-\u0e7f]", html)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)


def test_both_languages_say_the_same_things():
    """A key that one language lacks is a page that breaks for its readers."""
    thai, english = (
        yaml.safe_load((PAGES / "words" / f"{language}.yml").read_text("utf-8"))
        for language in ("th", "en")
    )

    assert keys(thai) == keys(english)


def keys(words, path=""):
    """Return every path in a tree of words."""
    if not isinstance(words, dict):
        return {path}
    return {k for name, inner in words.items() for k in keys(inner, f"{path}.{name}")}
