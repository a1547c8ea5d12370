"""A conversation in the widget: writing, reading, quick replies, cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_stub import text_reply
from tests.browser.talking import focused, said, say, see, status
from tests.browser.widget_samples import CARD, GREETING, LINK

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.chat_stub import ChatStub

    Chat = Callable[..., Page]

PRESS_ENTER = """(input, options) => input.dispatchEvent(new KeyboardEvent("keydown",
  {key: "Enter", bubbles: true, cancelable: true, composed: true, ...options}))"""


def test_a_question_is_sent_and_answered(chat: Chat, size: str) -> None:
    """What is typed appears at once, and the answer is appended after it."""
    page = chat(size)
    say(page, "สวัสดี")
    see(page, "citizen", "สวัสดี")
    see(page, "assistant", "Good day", "echo สวัสดี")
    expect(page.get_by_test_id("input")).to_have_value("")


def test_the_send_button_sends(chat: Chat) -> None:
    """A citizen who does not know Enter can send too."""
    page = chat("phone")
    page.get_by_test_id("input").fill("one")
    page.get_by_test_id("send").click()
    see(page, "assistant", "Good day", "echo one")


@pytest.mark.parametrize("options", [{"isComposing": True}, {"keyCode": 229}])
def test_enter_during_composition_does_not_send(
    chat: Chat, stub: ChatStub, options: dict[str, object]
) -> None:
    """Enter that ends a Thai composition belongs to the keyboard, not to us."""
    page = chat()
    box = page.get_by_test_id("input")
    box.fill("เงินสม")
    box.evaluate(PRESS_ENTER, options)
    expect(box).to_have_value("เงินสม")
    box.evaluate(PRESS_ENTER, {})
    see(page, "citizen", "เงินสม")
    see(page, "assistant", "Good day", "echo เงินสม")
    assert [post["text"] for post in stub.posts] == ["เงินสม"]


def test_shift_enter_makes_a_line_and_the_box_grows(chat: Chat) -> None:
    """A message may have lines; they are shown as they were typed."""
    page = chat()
    box = page.get_by_test_id("input")
    before = box.bounding_box()
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    after = box.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"]
    box.press("Enter")
    expect(said(page, "citizen").locator(".bubble")).to_have_text("one\ntwo")


def test_nothing_is_not_sent(chat: Chat, stub: ChatStub) -> None:
    """An empty message never leaves."""
    page = chat()
    say(page, "   \n ")
    page.get_by_test_id("send").click()
    expect(said(page, "citizen")).to_have_count(0)
    assert stub.posts == []


def test_a_long_message_is_counted_and_kept(chat: Chat, stub: ChatStub) -> None:
    """Above 1,000 characters nothing is cut or sent; she is told what to do."""
    page = chat()
    page.get_by_test_id("input").fill("ก" * 950)
    expect(page.get_by_text("เหลือ 50 ตัวอักษร")).to_be_visible()
    say(page, "ก" * 10_000)
    expect(status(page)).to_contain_text("ข้อความยาวเกิน 1,000 ตัวอักษร")
    expect(page.get_by_test_id("input")).to_have_value("ก" * 10_000)
    assert stub.posts == []


def test_the_typing_sign_lasts_as_long_as_the_turn(chat: Chat, stub: ChatStub) -> None:
    """While a turn has no answer the citizen sees that somebody works on it."""
    page = chat()
    stub.hold = True
    say(page, "one")
    expect(page.get_by_test_id("typing")).to_be_visible()
    say(page, "two")
    stub.hold = False
    see(page, "assistant", "Good day", "echo one", "echo two")
    expect(page.get_by_test_id("typing")).to_have_count(0)


def test_many_messages_go_out_in_order(chat: Chat, stub: ChatStub) -> None:
    """Messages sent without waiting arrive once each, in the order of typing."""
    page = chat()
    for number in range(10):
        say(page, f"message {number}")
    expect(said(page, "citizen")).to_have_count(10)
    expect(said(page, "assistant")).to_have_count(11)
    assert [post["text"] for post in stub.posts] == [f"message {n}" for n in range(10)]


def test_only_the_newest_quick_replies_can_be_used(chat: Chat, stub: ChatStub) -> None:
    """An offer is taken once, and an old one not at all."""
    stub.answers = lambda _: [text_reply("Which one?", "This", "That")]
    page = chat()
    say(page, "one")
    page.get_by_test_id("quick-reply").get_by_text("This").wait_for()
    replies = page.get_by_test_id("quick-reply")
    expect(replies).to_have_text(["First", "Second", "This", "That"])
    expect(replies.nth(0)).to_be_disabled()
    replies.nth(3).click()
    expect(said(page, "citizen").last).to_contain_text("That")
    expect(replies).to_have_count(6)
    for number in (2, 3):
        expect(replies.nth(number)).to_be_disabled()
    expect(replies.nth(4)).to_be_enabled()
    assert stub.posts[-1]["choice"]["index"] == 1
    assert "text" not in stub.posts[-1]


def test_a_quick_reply_of_the_greeting_is_said_as_text(
    chat: Chat, stub: ChatStub
) -> None:
    """The greeting has no entry on the server, so its choices are words."""
    page = chat()
    page.get_by_test_id("quick-reply").first.click()
    see(page, "assistant", "Good day", "echo First")
    assert stub.posts[0]["text"] == "First"


def test_used_quick_replies_stay_used_after_a_reload(
    chat: Chat, stub: ChatStub
) -> None:
    """What can be used follows from the history, not from this page's memory."""
    stub.answers = lambda _: [text_reply("Which one?", "This", "That")]
    page = chat()
    say(page, "one")
    expect(page.get_by_test_id("quick-reply")).to_have_count(4)
    page.reload()
    replies = page.get_by_test_id("quick-reply")
    expect(replies).to_have_count(4)
    expect(replies.nth(0)).to_be_disabled()
    expect(replies.nth(2)).to_be_enabled()


def test_a_card_shows_rows_total_months_and_source(
    chat: Chat, stub: ChatStub, size: str
) -> None:
    """A card says what, as of when and from whom, and folds the months away."""
    stub.answers = lambda _: [CARD]
    page = chat(size)
    say(page, "เงินสมทบ")
    card = page.get_by_test_id("card")
    expect(card.get_by_role("heading")).to_have_text(CARD["title"])
    expect(card.locator(".row-total")).to_contain_text("15,618.75 บาท")
    expect(card).to_contain_text("ข้อมูล ณ วันที่ 20 สิงหาคม 2569")
    expect(card).to_contain_text("สำนักงานประกันสังคม")
    month = card.get_by_text("มีนาคม 2569")
    expect(month).to_be_hidden()
    card.locator("summary").click()
    expect(month).to_be_visible()


def test_a_link_shows_its_domain_and_opens_beside_the_chat(
    chat: Chat, stub: ChatStub
) -> None:
    """She sees where a button leads, and the chat stays."""
    stub.answers = lambda _: [LINK]
    page = chat()
    say(page, "link")
    link = page.get_by_test_id("card-link")
    expect(link).to_contain_text("www.sso.go.th")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", re.compile("noopener"))


def test_times_and_days_are_those_of_bangkok(chat: Chat, stub: ChatStub) -> None:
    """A browser elsewhere still shows Thai time and the Buddhist year."""
    page = chat(timezone_id="America/New_York")
    said_at = {"at": "2026-03-31T18:30:00+00:00"}
    entry = {"from": "assistant", "reply": text_reply("late")}
    stub.do(lambda: stub.talk.add(entry | said_at))
    expect(page.get_by_text("1 เมษายน 2569")).to_be_visible()
    expect(page.get_by_text("01:30 น.")).to_be_visible()


def test_a_reload_keeps_the_conversation(chat: Chat, size: str) -> None:
    """After a reload the panel is open with all that was said, once."""
    page = chat(size)
    say(page, "one")
    see(page, "assistant", "Good day", "echo one")
    page.reload()
    see(page, "assistant", "Good day", "echo one")
    see(page, "citizen", "one")


def test_a_greeting_that_history_holds_is_shown_once(
    chat: Chat, stub: ChatStub
) -> None:
    """A server that stores its greeting does not greet twice."""
    stub.greeting = GREETING
    page = chat()
    stub.say(GREETING[0], text_reply("more"))
    expect(page.get_by_text("more")).to_be_visible()
    expect(said(page, "assistant")).to_have_count(2)
    page.reload()
    expect(page.get_by_text("more")).to_be_visible()
    expect(said(page, "assistant")).to_have_count(2)


def test_what_is_typed_survives_a_reload(chat: Chat) -> None:
    """A question half written is not lost."""
    page = chat()
    page.get_by_test_id("input").fill("half a que")
    page.reload()
    expect(page.get_by_test_id("input")).to_have_value("half a que")


def test_answers_to_a_closed_panel_are_counted(chat: Chat, stub: ChatStub) -> None:
    """The launcher says how many answers wait, and forgets them when seen."""
    page = chat()
    page.keyboard.press("Escape")
    stub.say(text_reply("one"), text_reply("two"))
    launcher = page.get_by_test_id("launcher")
    expect(launcher).to_have_accessible_name("เปิดแชทถามรัฐ มีข้อความใหม่ 2 ข้อความ")
    launcher.click()
    page.keyboard.press("Escape")
    expect(launcher).to_have_accessible_name("เปิดแชทถามรัฐ")


def test_a_masked_message_replaces_what_was_typed(chat: Chat, stub: ChatStub) -> None:
    """What the server hid is hidden here too, as soon as it answers."""
    page = chat()
    say(page, "one")
    see(page, "citizen", "one")
    masked = {"from": "citizen", "text": "my id is x-xxxx", "masked": True}
    stub.do(lambda: stub.talk.add(masked | {"client_message_id": "other"}))
    see(page, "citizen", "one", "my id is x-xxxx")


def test_a_page_can_offer_questions(visit: Chat, stub: ChatStub) -> None:
    """`data-thamrat-open` opens the chat with a question, which she sends herself."""
    page = visit()
    page.get_by_role("button", name="เงินสมทบของฉันปีนี้เท่าไหร่").click()
    expect(page.get_by_test_id("input")).to_have_value("เงินสมทบของฉันปีนี้เท่าไหร่")
    assert focused(page) == "input"
    assert stub.posts == []


def test_the_widget_speaks_english_when_asked(visit: Chat, stub: ChatStub) -> None:
    """`data-lang="en"` changes the words, and `data-open` opens the panel."""
    page = visit(path="/host?options=data-lang=en+data-open")
    expect(page.get_by_test_id("panel")).to_be_visible()
    expect(page.get_by_test_id("input")).to_have_accessible_name("Your question")
    expect(said(page, "assistant").first).to_be_visible()
    started = [head for path, head in stub.requests if path == "/chat/conversations"]
    assert started[0]["accept-language"] == "en"
