"""She sees what is kept of her, and who asked for it."""

import json
import re
import uuid

from actions.privacy import MOST_LOOKUPS, ActionPrivacyView
from catalogue.calendar import BANGKOK
from citizen.tables import VaultItem
from tests.actions.conftest import DAYS, looked_up
from tests.actions.fakes import CONVERSATION, run, tracker
from tests.citizen.conftest import OTHER_CHAT, count
from tests.citizen.fake_thaid import PID, SOMEBODY_ELSE


async def card_of(house, **turn):
    """Return the card of what is kept, from the vault."""
    action = ActionPrivacyView(house)
    (said,), _ = await run(action, tracker("privacy_view", **turn))
    reference = uuid.UUID(said["custom"]["reference"])
    return said, json.loads(await house.citizens.card(CONVERSATION, reference))


async def test_she_sees_what_is_kept_and_who_asked(house, citizens, sign_in, now):
    """When, for how long, what she agreed to, and each lookup with its reason."""
    session = await sign_in(CONVERSATION)
    await looked_up(citizens, session)
    await looked_up(citizens, await sign_in(OTHER_CHAT))
    said, card = await card_of(house)
    consents, lookups = card["sections"]
    until = session.expires_at.astimezone(BANGKOK)
    asked = "ถามรัฐขอดูเงินสมทบจากสำนักงานประกันสังคม เพื่อตอบคำถามของคุณ"

    assert said["custom"]["type"] == "card_reference"
    assert f"{until:%H.%M} น." in card["rows"][0]["value"]
    assert card["rows"][-1]["value"].startswith(f"เก็บ {DAYS} วัน")
    assert consents["rows"][0]["label"] == "ฉบับ 2026-1"
    assert [row["label"] for row in consents["rows"]].count("ใช้เพื่อ") == 2
    assert sorted(row["value"] for row in lookups["rows"]) == [
        f"{asked} ในแชทนี้ (ได้คำตอบ)",
        f"{asked} ในแชทอื่นที่ยืนยันตัวตนเป็นคุณ (ได้คำตอบ)",
    ]


async def test_what_is_kept_never_enters_rasa(house, citizens, sign_in):
    """The card lies in the vault; its reference is all that is said."""
    await looked_up(citizens, await sign_in(CONVERSATION))
    said, events = await run(ActionPrivacyView(house), tracker("privacy_view"))
    rasa_sees = json.dumps([said, events], ensure_ascii=False)

    assert not [p for p in (PID, "ฉบับ", "สำนักงาน") if p in rasa_sees]


async def test_somebody_elses_lookups_are_not_hers(house, citizens, sign_in):
    """And where nobody asked, the card says so."""
    await looked_up(citizens, await sign_in(OTHER_CHAT, SOMEBODY_ELSE))
    await sign_in(CONVERSATION)
    _, card = await card_of(house)

    assert len(card["sections"]) == 1
    assert card["notes"][0] == "ยังไม่มีการขอดูข้อมูลของคุณจากหน่วยงานใดค่ะ"


async def test_a_long_log_is_cut_and_says_so(house, citizens, sign_in):
    """The latest ones, and how many there are."""
    await looked_up(citizens, await sign_in(CONVERSATION), times=MOST_LOOKUPS + 1)
    _, card = await card_of(house)

    assert len(card["sections"][-1]["rows"]) == MOST_LOOKUPS
    assert "21" in card["notes"][0]


async def test_a_consent_withdrawn_before_is_shown_too(house, citizens, sign_in):
    """It is kept for a while, so it is told."""
    await citizens.withdraw_consent(await sign_in(CONVERSATION))
    await sign_in(CONVERSATION)
    _, card = await card_of(house)
    values = " ".join(row["value"] for row in card["sections"][0]["rows"])

    assert values.count("ให้ไว้เมื่อ") == 2
    assert values.count("ถอนแล้วเมื่อ") == 1


async def test_a_view_that_is_run_again_keeps_one_card(house, sessions, sign_in):
    """The same turn is the same card."""
    await sign_in(CONVERSATION)
    first, _ = await card_of(house)
    again, _ = await card_of(house)

    assert first == again
    assert await count(sessions, VaultItem) == 2  # her id, and the card


async def test_english_is_answered_in_english(house, citizens, sign_in):
    """Names of purposes and outcomes too."""
    await looked_up(citizens, await sign_in(CONVERSATION))
    said, card = await card_of(house, language="en")
    spoken = json.dumps([said, card], ensure_ascii=False)

    assert "to answer your question, in this chat (answered)" in spoken
    assert not re.search(r"[\u0e00-\u0e7f]", spoken)
