"""The whole path in a real Chromium against the whole house, on phone and desktop."""

from __future__ import annotations

import json

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.talking import said, say

pytestmark = [pytest.mark.browser, pytest.mark.house]

QUESTION = "เงินสมทบของฉันปีนี้เท่าไหร่"
ANSWER_MILLISECONDS = 30_000
BLOCKED = "window.violations"


@pytest.fixture
def stranger(house):
    """Make nobody have agreed to anything yet."""
    with psycopg.connect(house.database_url) as database:
        database.execute("UPDATE citizen.consent SET withdrawn_at = now()")


@pytest.fixture
def page(house, browse, size, stranger):
    """Return the demo page with the chat open."""
    page = browse(size, reduced_motion="reduce").new_page()
    page.goto(f"{house.url}/")
    page.get_by_test_id("launcher").click()
    page.get_by_test_id("entry").first.wait_for()
    return page


def cards(page):
    """Return the cards in the chat."""
    return page.get_by_test_id("card")


def answer(page, locator):
    """Wait for something that Rasa and an agency have to answer first."""
    expect(locator).to_be_visible(timeout=ANSWER_MILLISECONDS)


def prove_who_she_is(page, slug):
    """Go through the sign-in pages, and back to the chat."""
    page.locator('button[value="continue"]').wait_for()
    check(page)
    page.locator('button[value="continue"]').click()
    page.get_by_test_id(f"person-{slug}").click()
    page.locator('button[value="agree"]').wait_for()
    check(page)
    page.locator('button[value="agree"]').click()
    page.get_by_test_id("panel").wait_for()


def check(page):
    """Fail on anything that keeps a citizen out, and on anything CSP had to block."""
    found = Axe().run(page).response["violations"]
    problems = [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]

    assert problems == [], json.dumps(problems, indent=1, ensure_ascii=False)
    assert page.evaluate(BLOCKED) == []


def test_citizen_walks_the_whole_path(page):
    """She asks, proves who she is, reads her card, asks on, reloads, and leaves."""
    say(page, QUESTION)
    answer(page, page.get_by_test_id("sign-in"))
    check(page)

    page.get_by_test_id("sign-in").click()
    prove_who_she_is(page, "regular")
    answer(page, cards(page))
    expect(cards(page)).to_contain_text("ข้อมูล ณ")
    expect(page.get_by_test_id("card-link")).to_contain_text("sso.go.th")
    check(page)

    say(page, "แล้วเดือนมีนาคมล่ะ")
    answer(page, cards(page).nth(1))
    expect(cards(page).nth(1)).to_contain_text("มีนาคม")

    page.reload()
    expect(cards(page)).to_have_count(2)
    expect(said(page, "citizen").first).to_contain_text(QUESTION)

    say(page, "ออกจากระบบ")
    expect(page.get_by_test_id("sign-out")).to_be_hidden(timeout=ANSWER_MILLISECONDS)
    say(page, QUESTION)
    answer(page, page.get_by_test_id("sign-in").last)
    expect(page.get_by_test_id("sign-in").last).to_be_enabled()
    expect(cards(page)).to_have_count(0)
    check(page)


def test_cancelled_sign_in_leaves_the_chat_going(page):
    """She changes her mind at ThaID; the chat says so and goes on."""
    say(page, QUESTION)
    answer(page, page.get_by_test_id("sign-in"))
    page.get_by_test_id("sign-in").click()
    page.locator('button[value="continue"]').click()
    page.get_by_test_id("cancel").click()

    page.get_by_test_id("panel").wait_for()
    expect(said(page, "assistant").last).to_contain_text(
        "ยกเลิกการยืนยันตัวตนแล้ว", timeout=ANSWER_MILLISECONDS
    )
