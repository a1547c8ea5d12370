"""Nobody who sends somebody a sign-in link gets that person's record.

The attacks are those of docs/adr/0006-a-forwarded-sign-in-link.md. In each, `chat` is
the attacker's conversation and the victim uses the other browser.
"""

import pytest

from tests.gateway.sign_in.conftest import PAGE, code_in


@pytest.fixture
def victim(other_browser):
    return other_browser


@pytest.fixture
def victims_chat(other_chat):
    return other_chat


@pytest.fixture
def attacker(browser):
    return browser


async def nothing_happened(house, *chats):
    """Check that no conversation is signed in or was told that it is."""
    for chat in chats:
        assert not await chat.is_signed_in()
        assert house.heard(chat) == []


async def test_a_victim_who_signs_in_gives_the_sender_nothing(
    house, chat, victim, victims_chat
):
    """Her browser brings the code to her own widget, and there the sign-in ends."""
    code = await victim.to_the_end(await chat.link())
    answer = await victims_chat.fetch(code)

    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "sign_in_not_yours"
    assert "ไม่ได้เริ่มจากแชทนี้" in answer.json()["error"]["message"]
    await nothing_happened(house, chat, victims_chat)


async def test_the_code_is_burnt_by_the_victims_widget(
    house, chat, victim, victims_chat
):
    """Should it leak afterwards, it is worth nothing to the sender either."""
    code = await victim.to_the_end(await chat.link())
    await victims_chat.fetch(code)

    assert (await chat.fetch(code)).status_code == 410
    await nothing_happened(house, chat, victims_chat)


async def test_the_senders_token_without_the_code_is_worth_nothing(house, chat, victim):
    """The sender knows the link, the match code and his own token."""
    asked = (await chat.ask()).json()
    await victim.to_the_end(asked["url"])
    secret = asked["url"].rpartition("/")[2]

    for guess in (secret, asked["match_code"], "", "cancelled", "x" * 43):
        assert (await chat.fetch(guess)).status_code == 410
    await nothing_happened(house, chat)


async def test_the_sender_cannot_look_at_the_victims_pages(
    house, chat, attacker, victim
):
    """The link is bound to the browser that went on; another one sees nothing."""
    link = await chat.link()
    early = await attacker.open(link)
    consent = await victim.to_consent(link)

    assert (await attacker.open(link)).status_code == 410
    assert (await attacker.press(early, "continue")).status_code == 410
    assert (await attacker.open(consent.url)).status_code == 403
    await nothing_happened(house, chat)


async def test_a_link_opened_by_the_sender_does_not_open_for_the_victim(
    chat, attacker, victim
):
    """It is bound to his browser before she has it."""
    link = await chat.link()
    early = await victim.open(link)
    await attacker.to_thaid(link)

    assert (await victim.open(link)).status_code == 403
    assert (await victim.press(early, "continue")).status_code == 403


async def test_a_forwarded_thaid_address_is_refused_and_burnt(
    house, chat, attacker, victim
):
    """He sends not our link but ThaID's: she comes back without his cookie."""
    at_thaid = await attacker.to_thaid(await chat.link())
    back = house.fake.log_in(at_thaid)
    refused = await victim.open(back)

    assert refused.status_code == 403
    assert PAGE not in refused.text
    assert (await attacker.open(back)).status_code == 410
    assert house.fake.codes == len(house.fake.nonces)  # the code was never exchanged
    await nothing_happened(house, chat)


async def test_a_code_planted_in_the_victims_widget_is_refused(
    house, chat, attacker, victims_chat
):
    """Else she would talk about her affairs while signed in as him."""
    code = await attacker.to_the_end(await chat.link())

    assert (await victims_chat.fetch(code)).status_code == 403
    await nothing_happened(house, chat, victims_chat)


async def test_another_sites_form_cannot_go_on_for_her(chat, victim):
    """A form from elsewhere lacks the token that belongs to her cookie."""
    page = await victim.open(await chat.link())

    assert (await victim.press(page, "continue", token="")).status_code == 403
    assert (await victim.press(page, "continue", token="f" * 64)).status_code == 403


async def test_another_sites_form_cannot_agree_for_her(house, chat, attacker, victim):
    """Not with the sender's own token either."""
    consent = await victim.to_consent(await chat.link())
    token = "0" * 64

    assert (await victim.press(consent, "agree", token=token)).status_code == 403
    assert (await attacker.press(consent, "agree")).status_code == 403
    await nothing_happened(house, chat)


async def test_a_citizen_with_a_link_of_her_own_is_not_in_the_way(
    house, chat, victims_chat, victim
):
    """One browser may have two sign-ins open; each goes to the chat that asked."""
    hers = await victims_chat.link()
    await victim.to_thaid(hers)
    forwarded = await victim.to_the_end(await chat.link())
    mine = code_in(await victim.through_thaid(hers))

    assert (await victims_chat.fetch(mine)).status_code == 200
    assert (await victims_chat.fetch(forwarded)).status_code == 403
    assert await victims_chat.is_signed_in()
    await nothing_happened(house, chat)
