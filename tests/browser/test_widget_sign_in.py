"""Leaving for the sign-in page, coming back, and everything that may go wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_stub import refusal, text_reply
from tests.browser.talking import said, say, status
from tests.browser.widget_samples import CARD, SIGN_IN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.browser.chat_stub import ChatStub

    Chat = Callable[..., Page]


def ask_for_sign_in(page: Page, stub: ChatStub) -> None:
    """Ask something personal, and press the button that the answer shows."""
    stub.answers = lambda _: [SIGN_IN]
    say(page, "เงินสมทบของฉันปีนี้เท่าไหร่")
    page.get_by_test_id("sign-in").click()


def completions(stub: ChatStub) -> list[str]:
    """Return the attempts to finish a sign-in."""
    return [path for path, _ in stub.requests if path == "/chat/sign-in/complete"]


def test_a_sign_in_comes_back_to_the_same_chat(
    chat: Chat, stub: ChatStub, size: str
) -> None:
    """Same tab, same conversation, and no code left in the address bar."""
    page = chat(size)
    ask_for_sign_in(page, stub)
    page.get_by_role("link", name="Agree").click()
    expect(page.get_by_test_id("panel")).to_be_visible()
    expect(page.get_by_test_id("sign-out")).to_be_visible()
    expect(said(page, "citizen")).to_contain_text("เงินสมทบของฉันปีนี้เท่าไหร่")
    expect(page.get_by_test_id("sign-in")).to_be_disabled()
    expect(page.get_by_test_id("sign-in")).to_have_text("ยืนยันตัวตนแล้ว")
    assert page.url == f"{stub.url}/"
    assert len(stub.talks) == 1


def test_the_place_on_the_page_is_kept(chat: Chat, stub: ChatStub) -> None:
    """A page's own fragment is there again after the sign-in."""
    page = chat()
    page.evaluate("location.hash = '#services'")
    ask_for_sign_in(page, stub)
    page.get_by_role("link", name="Agree").click()
    expect(page.get_by_test_id("sign-out")).to_be_visible()
    assert page.url == f"{stub.url}/#services"


def test_a_cancelled_sign_in_is_said_and_can_be_tried_again(
    chat: Chat, stub: ChatStub
) -> None:
    """Cancelling is no dead end."""
    page = chat()
    ask_for_sign_in(page, stub)
    page.get_by_role("link", name="Cancel").click()
    expect(status(page)).to_contain_text("ยกเลิกการยืนยันตัวตนแล้ว")
    assert page.url == f"{stub.url}/"
    assert completions(stub) == []
    page.get_by_test_id("sign-in").click()
    page.get_by_role("link", name="Agree").click()
    expect(page.get_by_test_id("sign-out")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (403, "ลิงก์ยืนยันตัวตนนี้ไม่ได้เริ่มจากแชทนี้"),
        (404, "ลิงก์ยืนยันตัวตนหมดอายุหรือถูกใช้ไปแล้ว"),
        (410, "ลิงก์ยืนยันตัวตนหมดอายุหรือถูกใช้ไปแล้ว"),
        (422, "ยืนยันตัวตนไม่สำเร็จ"),
    ],
)
def test_a_refused_sign_in_is_explained(
    chat: Chat, stub: ChatStub, code: int, sentence: str
) -> None:
    """Each way of failing has its sentence, and nobody is signed in."""
    page = chat()
    stub.completion = refusal(code, "refused", "No")
    ask_for_sign_in(page, stub)
    page.get_by_role("link", name="Agree").click()
    expect(status(page)).to_contain_text(sentence)
    expect(page.get_by_test_id("sign-out")).to_be_hidden()
    expect(page.get_by_test_id("sign-in")).to_be_enabled()


def test_somebody_elses_link_binds_nothing(visit: Chat, stub: ChatStub) -> None:
    """A browser without this chat's token never even sends the code."""
    page = visit(path="/#thamrat-sign-in=stolen")
    expect(status(page)).to_contain_text("ลิงก์ยืนยันตัวตนนี้ไม่ได้เริ่มจากแชทนี้")
    assert page.url == f"{stub.url}/"
    assert completions(stub) == []


def test_a_sign_in_that_cannot_start_is_explained(chat: Chat, stub: ChatStub) -> None:
    """The server's sentence is shown and the button can be used again."""
    page = chat()
    error = {"code": "unavailable", "message": "ThaID ขัดข้องค่ะ"}
    page.route(
        "**/chat/sign-in",
        lambda route: route.fulfill(status=503, body=json.dumps({"error": error})),
    )
    ask_for_sign_in(page, stub)
    expect(status(page)).to_have_text("ThaID ขัดข้องค่ะ")
    expect(page.get_by_test_id("sign-in")).to_be_enabled()


def test_a_query_that_may_not_come_back_is_left_behind(
    visit: Chat, stub: ChatStub
) -> None:
    """The server refuses an address inside an address; the page alone will do."""
    page = visit(path="/?next=https://elsewhere.example/")
    page.get_by_test_id("launcher").click()
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data_json["return_url"])
        if len(asked) == 2:
            route.continue_()
            return
        error = {"code": "return_url_refused", "message": "No"}
        route.fulfill(status=422, json={"error": error})

    page.route("**/chat/sign-in", answer)
    ask_for_sign_in(page, stub)
    page.get_by_role("link", name="Agree").click()
    expect(page.get_by_test_id("sign-out")).to_be_visible()
    assert asked == [f"{stub.url}/?next=https://elsewhere.example/", f"{stub.url}/"]


def test_a_completion_is_tried_again_while_the_server_is_away(
    chat: Chat, stub: ChatStub
) -> None:
    """A short failure at the last step does not waste the sign-in."""
    page = chat()
    failures = ["once"]

    def answer(route: Route) -> None:
        if failures:
            failures.pop()
            route.abort()
        else:
            route.continue_()

    page.route("**/chat/sign-in/complete", answer)
    ask_for_sign_in(page, stub)
    page.get_by_role("link", name="Agree").click()
    expect(page.get_by_test_id("sign-out")).to_be_visible()
    expect(status(page)).to_be_empty()


def test_only_the_newest_sign_in_button_works(chat: Chat, stub: ChatStub) -> None:
    """Old requests are not a second way in."""
    page = chat()
    stub.answers = lambda _: [SIGN_IN]
    say(page, "one")
    say(page, "two")
    buttons = page.get_by_test_id("sign-in")
    expect(buttons).to_have_count(2)
    expect(buttons.nth(0)).to_be_disabled()
    expect(buttons.nth(1)).to_be_enabled()


def test_the_header_shows_the_session_and_ends_it(chat: Chat, stub: ChatStub) -> None:
    """Signing out is one press, and says what she could have typed."""
    page = chat()
    expect(page.get_by_test_id("sign-out")).to_be_hidden()
    stub.session(signed_in=True)
    page.get_by_test_id("sign-out").click()
    expect(said(page, "citizen")).to_contain_text("ออกจากระบบ")
    stub.session(signed_in=False)
    expect(page.get_by_test_id("sign-out")).to_be_hidden()


def test_private_cards_leave_the_screen_with_the_session(
    chat: Chat, stub: ChatStub
) -> None:
    """On a shared computer nothing private stays in sight after signing out."""
    page = chat()
    stub.session(signed_in=True)
    stub.say(CARD)
    expect(page.get_by_test_id("card")).to_be_visible()
    expired = text_reply("ข้อมูลนี้หมดเวลาแสดงแล้วค่ะ")
    stub.do(lambda: stub.talk.entries[-1].update(reply=expired))
    stub.session(signed_in=False)
    expect(page.get_by_text("ข้อมูลนี้หมดเวลาแสดงแล้วค่ะ")).to_be_visible()
    expect(page.get_by_test_id("card")).to_have_count(0)
    expect(page.get_by_text("15,618.75")).to_have_count(0)
