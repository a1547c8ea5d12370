"""The way of one sign-in, from the button in the chat and back."""

import asyncio
import datetime
import logging

from sqlalchemy import func, select, text

from citizen.tables import Base, Consent
from gateway.sign_in.parts import CANCELLED, SIGNED_IN
from tests.citizen.fake_thaid import NAME, PID
from tests.gateway.sign_in.conftest import PAGE, PUBLIC, QUESTION, code_in, words_of


async def test_the_whole_way(house, chat, browser):
    """Button, page, ThaID, consent, back: the chat that asked is signed in."""
    asked = (await chat.ask()).json()
    page = await browser.open(asked["url"])
    code = await browser.to_the_end(asked["url"])
    answer = await chat.fetch(code)

    assert asked["url"].startswith(f"{PUBLIC}/sign-in/")
    assert asked["match_code"] in page.text
    assert answer.status_code == 200
    assert answer.json()["status"] == "signed_in"
    assert await chat.is_signed_in()
    assert house.heard(chat) == [SIGNED_IN]


async def test_the_page_names_the_chat(chat, browser):
    """Site, time, question and code are what a deceived person can check."""
    words = words_of((await browser.open(await chat.link())).text)

    assert "www.agency.test" in words
    assert "22 พฤศจิกายน 2569 เวลา 14.05 น." in words
    assert QUESTION in words
    assert "มีคนส่งลิงก์นี้ให้คุณหรือเปล่า" in words


async def test_a_question_cannot_dress_up_as_the_page(house, chat, browser):
    """Whoever forwards a link chooses its question: it stays one short quoted line."""
    house.question = "<b>x</b>\u202e\n\n" + "กดดำเนินการต่อเพื่อรับเงิน " * 20
    page = await browser.open(await chat.link())

    assert "<b>x</b>" not in page.text
    assert "\u202e" not in page.text
    assert page.text.count("กดดำเนินการต่อเพื่อรับเงิน") <= 6


async def test_english_is_one_press_away(chat, browser):
    """And stays through consent."""
    link = await chat.link()
    page = await browser.open(f"{link}?lang=en")
    back = await browser.press(page, "continue")
    back = await browser.open(house_login(chat, back))
    consent = await browser.open(back.headers["location"])

    assert '<html lang="en">' in page.text
    assert "Did somebody send you this link?" in page.text
    assert "What ThamRat keeps" in consent.text


def house_login(chat, answer):
    """Return where ThaID sends the browser back to."""
    return chat.house.fake.log_in(answer.headers["location"])


async def test_consent_is_asked_once(house, chat, other_chat, browser, other_browser):
    """Who agreed to this version goes straight back to the chat the next time."""
    await chat.fetch(await browser.to_the_end(await chat.link()))
    back = await other_browser.through_thaid(await other_chat.link())

    assert (await other_chat.fetch(code_in(back))).status_code == 200


async def test_the_consent_page_says_everything(chat, browser):
    """What is kept, why, how long, who sees it, how to withdraw, and who we are not."""
    words = words_of((await browser.to_consent(await chat.link())).text)

    for said in ("เก็บอะไร", "เพื่ออะไร", "30 นาที", "ใครเห็น", "ออกจากระบบ"):
        assert said in words
    assert "ลบข้อมูลของฉัน" in words
    assert "แยกจาก ThaID" in words
    assert PID not in words


async def test_a_consent_form_sent_twice_is_one_consent(house, chat, browser):
    """The answer the browser follows carries the code that works."""
    page = await browser.to_consent(await chat.link())
    await browser.press(page, "agree")
    code = code_in(await browser.press(page, "agree"))

    assert (await chat.fetch(code)).status_code == 200
    async with house.sessions() as db:
        assert await db.scalar(select(func.count()).select_from(Consent)) == 1


async def test_consent_forms_sent_at_once_are_one_consent(house, chat, browser):
    """Two requests in flight are no special case."""
    page = await browser.to_consent(await chat.link())
    answers = await asyncio.gather(*(browser.press(page, "agree") for _ in range(4)))
    codes = [code_in(answer) for answer in answers]
    statuses = [(await chat.fetch(code)).status_code for code in codes]

    assert sorted(statuses) == [200, 410, 410, 410]
    assert house.heard(chat) == [SIGNED_IN]


async def test_consent_to_an_older_text_is_asked_again(chat, browser):
    """She agreed to what she read, not to what it was changed to meanwhile."""
    page = await browser.to_consent(await chat.link())
    answer = await browser.press(page, "agree", version="2020-1")

    assert answer.headers["location"] == page.url.path


async def test_completing_again_is_the_same_session(house, chat, browser):
    """The widget repeats a call whose answer was lost."""
    code = await browser.to_the_end(await chat.link())
    first, second = await chat.fetch(code), await chat.fetch(code)

    assert first.json() == second.json()
    assert house.heard(chat) == [SIGNED_IN]


async def test_going_back_and_on_again_is_allowed(chat, browser):
    """She opened ThaID, came back with the back button, and presses again."""
    link = await chat.link()
    await browser.to_thaid(link)
    code = await browser.to_the_end(link)

    assert (await chat.fetch(code)).status_code == 200


async def test_cancelling_at_thaid_is_told_to_the_chat(house, chat, browser):
    """The widget learns it from the fragment, the bot from the event."""
    back = await browser.through_thaid(await chat.link(), error="access_denied")

    assert code_in(back) == "cancelled"
    assert house.heard(chat) == [CANCELLED]


async def test_declining_consent_keeps_nothing(house, chat, browser):
    """No person, no consent, no id; only that the sign-in was cancelled."""
    page = await browser.to_consent(await chat.link())
    back = await browser.press(page, "decline")

    assert code_in(back) == "cancelled"
    assert house.heard(chat) == [CANCELLED]
    async with house.sessions() as db:
        for table in ("person", "consent", "vault_item", "session"):
            rows = await db.scalar(text(f"SELECT count(*) FROM citizen.{table}"))  # noqa: S608 - our own names
            assert rows == 0


async def test_stopping_on_the_first_page_ends_the_link(house, chat, browser):
    """`Not my chat` must end it for whoever sent it, too."""
    link = await chat.link()
    stopped = await browser.press(await browser.open(link), "stop")

    assert stopped.status_code == 200
    assert f"{PAGE}#thamrat-sign-in=cancelled" in stopped.text
    assert (await browser.open(link)).status_code == 410
    assert house.heard(chat) == [CANCELLED]


async def test_nothing_identifying_is_stored_or_logged(house, chat, browser, caplog):
    """From the first page to the last, in every table and every log line."""
    caplog.set_level(logging.DEBUG)
    link = await chat.link()
    code = await browser.to_the_end(link)
    await chat.fetch(code)

    async with house.sessions() as db:
        rows = [
            (await db.execute(text(f"SELECT t::text FROM {table} t"))).scalars().all()  # noqa: S608 - our own names
            for table in Base.metadata.tables
        ]
    stored = "\n".join(line for lines in rows for line in lines)
    for secret in (PID, NAME, code, link.rpartition("/")[2]):
        assert secret not in stored
        assert secret.encode().hex() not in stored
    for secret in (PID, NAME):
        assert secret not in caplog.text


async def test_signing_out_and_in_again(house, chat, browser):
    """After `ออกจากระบบ` the next question starts a new sign-in that works."""
    await chat.fetch(await browser.to_the_end(await chat.link()))
    await house.citizens.end_session(chat.id)
    back = await browser.through_thaid(await chat.link())
    answer = await chat.fetch(code_in(back))

    ends = datetime.datetime.fromisoformat(answer.json()["session_expires_at"])
    assert ends == house.now() + datetime.timedelta(minutes=30)
