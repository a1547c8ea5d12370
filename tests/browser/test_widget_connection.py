"""The widget when the network or the server fails: nothing lost, nothing twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_stub import refusal, text_reply
from tests.browser.talking import said, say, see, status

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.chat_stub import ChatStub

    Chat = Callable[..., Page]


def opened_streams(stub: ChatStub) -> list[str]:
    """Return the Last-Event-ID of every stream that was opened."""
    return [
        headers.get("last-event-id", "")
        for path, headers in stub.requests
        if path == "/chat/events"
    ]


def wait_for_streams(page: Page, stub: ChatStub, count: int) -> None:
    """Wait until so many streams were opened since the start."""
    for _ in range(100):
        if len(opened_streams(stub)) >= count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(opened_streams(stub))


def test_a_message_written_offline_waits_and_is_sent_once(
    chat: Chat, stub: ChatStub, size: str
) -> None:
    """Offline she keeps writing; back online it goes out by itself, once each."""
    page = chat(size)
    page.context.set_offline(True)
    say(page, "one")
    say(page, "two")
    expect(said(page, "citizen").first).to_contain_text("รอส่ง")
    page.context.set_offline(False)
    see(page, "assistant", "Good day", "echo one", "echo two")
    see(page, "citizen", "one", "two")
    expect(page.get_by_text("รอส่ง")).to_have_count(0)
    assert [post["text"] for post in stub.posts] == ["one", "two"]


def test_a_waiting_message_survives_a_reload(chat: Chat, stub: ChatStub) -> None:
    """A message the server never saw is sent by the next page load."""
    page = chat()
    page.route("**/chat/messages", lambda route: route.abort())
    say(page, "one")
    expect(said(page, "citizen")).to_contain_text("รอส่ง")
    page.reload()
    expect(said(page, "citizen")).to_contain_text("one")
    page.unroute("**/chat/messages")
    see(page, "assistant", "Good day", "echo one")
    see(page, "citizen", "one")
    assert len(stub.posts) == 1


def test_a_lost_confirmation_does_not_double_a_message(
    chat: Chat, stub: ChatStub
) -> None:
    """The same client message id goes out again, so the server knows it."""
    page = chat()
    stub.lose_confirmations = 1
    say(page, "one")
    see(page, "assistant", "Good day", "echo one")
    see(page, "citizen", "one")
    expect(status(page)).to_have_text("Please wait a moment")
    for _ in range(60):
        if len(stub.posts) == 2:
            break
        page.wait_for_timeout(50)
    first, second = stub.posts
    assert first == second
    expect(status(page)).to_be_empty()
    see(page, "citizen", "one")


def test_a_server_that_is_away_is_awaited(visit: Chat, stub: ChatStub) -> None:
    """The first message may be written before the server can be reached at all."""
    page = visit()
    page.route("**/chat/**", lambda route: route.abort())
    page.get_by_test_id("launcher").click()
    say(page, "one")
    expect(status(page)).to_contain_text("ยังเชื่อมต่อไม่ได้")
    page.unroute("**/chat/**")
    see(page, "assistant", "Good day", "echo one")
    expect(status(page)).to_be_empty()
    assert len(stub.talks) == 1


def test_two_tabs_show_one_conversation(chat: Chat, stub: ChatStub) -> None:
    """What is said in one tab is seen in the other, once and in the same order."""
    one = chat()
    other = one.context.new_page()
    other.goto(stub.url)
    other.get_by_test_id("launcher").click()
    see(other, "assistant", "Good day")
    say(one, "from one")
    see(other, "citizen", "from one")
    see(other, "assistant", "Good day", "echo from one")
    say(other, "from other")
    for page in (one, other):
        see(page, "citizen", "from one", "from other")
        see(page, "assistant", "Good day", "echo from one", "echo from other")
    assert len(stub.talks) == 1


def test_two_tabs_opened_at_once_start_one_conversation(
    visit: Chat, stub: ChatStub
) -> None:
    """The tabs agree on who starts; the other follows."""
    one = visit()
    other = one.context.new_page()
    other.goto(stub.url)
    for page in (one, other):
        page.evaluate("document.querySelector('tham-rat').open()")
    for page in (one, other):
        see(page, "assistant", "Good day")
    assert len(stub.talks) == 1


def test_a_cut_stream_goes_on_where_it_ended(chat: Chat, stub: ChatStub) -> None:
    """After a cut the widget asks for what came after the last event it saw."""
    page = chat()
    say(page, "one")
    see(page, "assistant", "Good day", "echo one")
    wait_for_streams(page, stub, 1)
    stub.cut()
    stub.say(text_reply("while away"))
    see(page, "assistant", "Good day", "echo one", "while away")
    wait_for_streams(page, stub, 2)
    assert opened_streams(stub)[-1] in {"2", "3"}
    stub.say(text_reply("after"))
    see(page, "assistant", "Good day", "echo one", "while away", "after")


def test_a_silent_stream_is_given_up(visit: Chat, stub: ChatStub) -> None:
    """Without a heartbeat for 40 s the connection counts as dead."""
    page = visit()
    page.clock.install()
    page.reload()
    page.get_by_test_id("launcher").click()
    see(page, "assistant", "Good day")
    wait_for_streams(page, stub, 1)
    page.clock.fast_forward(39_000)
    assert len(opened_streams(stub)) == 1
    page.clock.fast_forward(2_000)
    page.clock.fast_forward(2_000)
    wait_for_streams(page, stub, 2)
    stub.say(text_reply("still here"))
    see(page, "assistant", "Good day", "still here")


@pytest.mark.parametrize("token", ["forged", "expired.token"])
def test_a_refused_token_starts_a_new_conversation(
    chat: Chat, stub: ChatStub, token: str
) -> None:
    """She is told, and may simply go on."""
    page = chat()
    kept = json.dumps({"token": token, "expires_at": "", "greeting": []})
    page.evaluate("kept => localStorage.setItem('thamrat.conversation', kept)", kept)
    page.reload()
    expect(status(page)).to_contain_text("เริ่มการสนทนาใหม่")
    see(page, "assistant", "Good day")
    say(page, "one")
    see(page, "assistant", "Good day", "echo one")
    assert len(stub.talks) == 2


def test_what_was_typed_moves_to_the_new_conversation(
    chat: Chat, stub: ChatStub
) -> None:
    """A token refused while sending loses neither the message nor the draft."""
    page = chat()
    stub.do(stub.talks.clear)
    say(page, "one")
    page.get_by_test_id("input").fill("draft")
    expect(said(page, "assistant").last).to_contain_text("echo one")
    see(page, "citizen", "one")
    expect(page.get_by_test_id("input")).to_have_value("draft")
    assert len(stub.talks) == 1


def test_tokens_refused_again_and_again_do_not_start_a_flood(
    chat: Chat, stub: ChatStub
) -> None:
    """A server that refuses its own tokens is asked patiently."""
    page = chat()
    page.route(
        "**/chat/history*",
        lambda route: route.fulfill(status=401, json={"error": {"code": "x"}}),
    )
    page.reload()
    page.wait_for_timeout(1_500)
    assert len(stub.talks) <= 2


def test_a_rate_limit_is_explained_and_waited_out(chat: Chat, stub: ChatStub) -> None:
    """The server's sentence is shown and the message follows when it may."""
    page = chat()
    words = "ส่งข้อความเร็วเกินไปค่ะ กรุณารอ 1 วินาที"
    stub.refusals = [refusal(429, "too_many_messages", words, **{"Retry-After": "1"})]
    say(page, "one")
    expect(status(page)).to_have_text(words)
    see(page, "assistant", "Good day", "echo one")
    see(page, "citizen", "one")


def test_too_many_open_pages_are_explained(visit: Chat, stub: ChatStub) -> None:
    """A refused stream shows the server's sentence and is tried again."""
    page = visit()
    words = "เปิดการสนทนานี้ไว้หลายหน้าเกินไปค่ะ"
    error = {"code": "too_many_tabs", "message": words}
    page.route(
        "**/chat/events",
        lambda route: route.fulfill(status=429, json={"error": error}),
    )
    page.get_by_test_id("launcher").click()
    expect(status(page)).to_have_text(words)
    page.unroute("**/chat/events")
    expect(status(page)).to_be_empty(timeout=15_000)


def test_a_refused_message_is_given_back(chat: Chat, stub: ChatStub) -> None:
    """What the server will never take is explained and can be edited."""
    page = chat()
    words = "ข้อความยาวเกินไปค่ะ กรุณาย่อให้สั้นลง"
    stub.refusals = [refusal(422, "message_too_long", words)]
    say(page, "too long")
    expect(status(page)).to_have_text(words)
    expect(said(page, "citizen")).to_contain_text("ส่งไม่สำเร็จ")
    expect(page.get_by_test_id("input")).to_have_value("too long")
    say(page, "short")
    see(page, "assistant", "Good day", "echo short")
    expect(status(page)).to_be_empty()
