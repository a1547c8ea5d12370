"""Sign-ins that are cancelled, refused, replayed, forged, or finished by another."""

from __future__ import annotations

import httpx2
import pytest

from tests.path.citizen import words

pytestmark = pytest.mark.house


def test_link_sent_to_somebody_else_shows_its_sender_nothing(citizen, another, people):
    """He asks for the link, she signs in with it: he must not see her record."""
    citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")
    link = citizen.ask_for_sign_in()["url"]
    code = another.agree(another.prove(link, people["regular"]))

    refused = another.complete(code)
    card = [reply for reply in citizen.replies() if reply["type"] == "card"]

    assert refused.status_code == httpx2.codes.FORBIDDEN
    assert "ไม่ได้เริ่มจากแชทนี้" in refused.json()["error"]["message"]
    assert not citizen.history()["signed_in"]
    assert not another.history()["signed_in"]
    assert card == []


def test_code_is_good_once(citizen, people):
    """A code in the browser's history opens nothing."""
    code = citizen.agree(
        citizen.prove(citizen.ask_for_sign_in()["url"], people["regular"])
    )
    citizen.complete(code)
    citizen.replies()
    citizen.say("ออกจากระบบ")

    assert citizen.complete(code).status_code == httpx2.codes.GONE
    assert not citizen.history()["signed_in"]


def test_return_from_thaid_is_good_once(citizen, people):
    """A reloaded or stolen return address ends in a page that says so."""
    thaid = citizen.arrive_at_thaid(citizen.ask_for_sign_in()["url"])
    back = citizen.press(thaid, person=people["regular"].citizen_id)
    citizen.browser.get(back.headers["location"])

    again = citizen.browser.get(back.headers["location"])

    assert again.status_code == httpx2.codes.GONE


def test_return_from_thaid_needs_the_browser_that_left(citizen, another, people):
    """Somebody who got hold of the address has not the cookie."""
    thaid = citizen.arrive_at_thaid(citizen.ask_for_sign_in()["url"])
    back = citizen.press(thaid, person=people["regular"].citizen_id)

    stolen = another.browser.get(back.headers["location"])

    assert stolen.is_client_error


def test_cancelled_sign_in_is_said_in_the_chat(citizen):
    """Cancelling is no dead end."""
    citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")
    thaid = citizen.arrive_at_thaid(citizen.ask_for_sign_in()["url"])
    back = citizen.press(thaid, cancel="yes")

    citizen.browser.get(back.headers["location"])

    assert "ยกเลิกการยืนยันตัวตนแล้ว" in words(citizen.replies())


@pytest.mark.parametrize("kind", ["bad_signature", "wrong_nonce", "expired_token"])
def test_identity_that_does_not_check_is_refused(citizen, people, fault, kind):
    """What ThaID did not sign for this sign-in proves nothing."""
    fault("thaid", kind)

    answer = citizen.prove(citizen.ask_for_sign_in()["url"], people["regular"])

    assert answer.is_error
    assert "ThaID" in answer.text
    assert not citizen.history()["signed_in"]


@pytest.mark.parametrize("kind", ["error", "malformed", "maintenance"])
def test_thaid_out_of_order_is_a_page_with_the_next_step(citizen, fault, kind):
    """Her question stays; she can try again."""
    link = citizen.ask_for_sign_in()["url"]
    start = citizen.browser.get(link)
    fault("thaid", kind)

    answer = citizen.press(start, decision="continue")

    assert answer.status_code in {httpx2.codes.SEE_OTHER, 503}
    assert not citizen.history()["signed_in"]


@pytest.mark.parametrize("token", ["no-token", "eyJhbGciOiJub25lIn0.e30."])
def test_forged_token_opens_no_conversation(citizen, token):
    """Only the server says whose conversation it is."""
    citizen.http.headers["Authorization"] = f"Bearer {token}"

    answer = citizen.http.get("/chat/history")

    assert answer.status_code == httpx2.codes.UNAUTHORIZED
    assert answer.json()["error"]["message"]


def test_token_of_one_conversation_shows_no_other(citizen, another):
    """A token is bound to the conversation it was made for."""
    citizen.say("สวัสดี")

    assert another.history()["entries"] == []
