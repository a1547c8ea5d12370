"""What the consent page promises comes true when it is said in the chat."""

import json
import re
import uuid

import pytest
import yaml
from sqlalchemy import select

from actions.connections import Connections
from actions.privacy import (
    MOST_LOOKUPS,
    ActionPrivacyErase,
    ActionPrivacyView,
    ActionPrivacyWithdraw,
)
from catalogue.calendar import BANGKOK
from citizen.tables import AccessLog, Consent, Person, Session, VaultItem
from ops.settings import ROOT
from tests.actions.fakes import CATALOGUE, CONVERSATION, run, slots, tracker
from tests.citizen.conftest import OTHER_CHAT, count
from tests.citizen.fake_thaid import PID, SOMEBODY_ELSE

DAYS = 12
NOTHING_ASKED = {"privacy_question": None, "privacy_consent": None}
CONFIRMED = [
    (ActionPrivacyErase, "privacy_erase", "erase"),
    (ActionPrivacyWithdraw, "privacy_withdraw", "withdraw"),
]
KEPT_OF_HER = (Person, Consent, Session, VaultItem, AccessLog)


@pytest.fixture
def house(citizens, now):
    return Connections(
        citizens=citizens,
        agencies={},
        catalogue=CATALOGUE,
        clock=now,
        conversation_days=DAYS,
    )


def after(action_name, conversation):
    """Return the conversation as it is when an action was the last thing said."""
    conversation.events = [
        {"event": "user"},
        {"event": "action", "name": action_name},
        {"event": "bot"},
        {"event": "action", "name": "action_listen"},
        {"event": "user"},
    ]
    return conversation


async def asked(action, intent, **more):
    """Return what is said when she asks, and the slots it leaves."""
    (said,), events = await run(action, tracker(intent, **more))
    return said, slots(events)


async def answered(action, answer, intent, kept):
    """Return what is said to an answer, typed or chosen, and the slots it leaves."""
    chosen = {"privacy_confirmed": answer} if intent.startswith("privacy") else {}
    conversation = after(action.name(), tracker(intent, slots=kept, **chosen))
    (said,), events = await run(action, conversation)
    return said, slots(events)


async def looked_up(citizens, session, times=1):
    for _ in range(times):
        await citizens.log_access(
            session,
            agency="sso",
            operation="contributions",
            purpose="ask_agencies_about_own_record",
            outcome="answered",
        )


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


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        (ActionPrivacyView, "privacy_view"),
        (ActionPrivacyErase, "privacy_erase"),
        (ActionPrivacyWithdraw, "privacy_withdraw"),
    ],
)
async def test_who_is_not_signed_in_is_told_what_is_kept(house, action, intent):
    """With the days of the settings; the question waits for a sign-in."""
    said, kept = await asked(action(house), intent)

    assert said["response"] == f"utter_{intent}_sign_in"
    assert said["conversation_days"] == DAYS
    assert kept == {**NOTHING_ASKED, "identity_pending_action": f"action_{intent}"}


@pytest.mark.parametrize(("action", "intent", "question"), CONFIRMED)
async def test_it_is_asked_before_it_is_done(house, sign_in, action, intent, question):
    """Also when the question waited for the sign-in."""
    session = await sign_in(CONVERSATION)
    for asking in (intent, "identity_signed_in"):
        said, kept = await asked(action(house), asking)

        assert said["response"] == f"utter_{intent}_question"
        assert kept == {
            "privacy_question": question,
            "privacy_consent": str(session.consent_id),
        }
    assert await house.citizens.live_session(CONVERSATION)


@pytest.mark.parametrize("typed", [True, False])
async def test_a_yes_erases_everything(house, sessions, citizens, sign_in, typed):
    """Chosen or typed: person, consent, sessions, vault and log, in every chat."""
    await looked_up(citizens, await sign_in(CONVERSATION))
    await sign_in(OTHER_CHAT)
    action = ActionPrivacyErase(house)
    _, kept = await asked(action, "privacy_erase")
    intent = "control_affirm" if typed else "privacy_erase"
    said, left = await answered(action, "yes", intent, kept)

    assert said["response"] == "utter_privacy_erase_done"
    assert said["conversation_days"] == DAYS
    assert left == {**NOTHING_ASKED, "identity_pending_action": None}
    assert [await count(sessions, table) for table in KEPT_OF_HER] == [0] * 5


@pytest.mark.parametrize("typed", [True, False])
async def test_a_yes_withdraws(house, sessions, sign_in, typed):
    """Signed out everywhere; the record of the consent stays, as withdrawn."""
    await sign_in(CONVERSATION)
    await sign_in(OTHER_CHAT)
    action = ActionPrivacyWithdraw(house)
    _, kept = await asked(action, "privacy_withdraw")
    intent = "control_affirm" if typed else "privacy_withdraw"
    said, _ = await answered(action, "yes", intent, kept)
    async with sessions() as db:
        consent = (await db.scalars(select(Consent))).one()

    assert said["response"] == "utter_privacy_withdraw_done"
    assert said["log_days"] == 90
    assert consent.withdrawn_at is not None
    assert await count(sessions, VaultItem) == 0
    for chat in (CONVERSATION, OTHER_CHAT):
        assert await house.citizens.live_session(chat) is None


@pytest.mark.parametrize(("action", "intent", "_"), CONFIRMED)
@pytest.mark.parametrize("typed", [True, False])
async def test_a_no_leaves_all_as_it_is(house, sign_in, action, intent, _, typed):
    """And asks nothing any longer."""
    session = await sign_in(CONVERSATION)
    _, kept = await asked(action(house), intent)
    said_as = "control_deny" if typed else intent
    said, left = await answered(action(house), "no", said_as, kept)

    assert said["response"] == f"utter_{intent}_left"
    assert left == NOTHING_ASKED
    assert await house.citizens.live_session(CONVERSATION) == session


@pytest.mark.parametrize(("action", "intent", "_"), CONFIRMED)
async def test_a_turn_that_is_run_again_says_the_same(
    house,
    sign_in,
    action,
    intent,
    _,
):
    """It is done once; she must not read that there was nothing to do."""
    await sign_in(CONVERSATION)
    _, kept = await asked(action(house), intent)
    first = await answered(action(house), "yes", intent, kept)
    again = await answered(action(house), "yes", intent, kept)

    assert first == again


@pytest.mark.parametrize(("action", "intent", "_"), CONFIRMED)
async def test_a_yes_after_the_session_ended_does_not_pretend(
    house,
    citizens,
    sign_in,
    action,
    intent,
    _,
):
    """Her consent is still there, so she signs in and is asked again."""
    session = await sign_in(CONVERSATION)
    _, kept = await asked(action(house), intent)
    await citizens.end_session(CONVERSATION)
    said, left = await answered(action(house), "yes", intent, kept)

    assert said["response"] == f"utter_{intent}_sign_in"
    assert left["identity_pending_action"] == f"action_{intent}"
    assert await citizens.is_consent_in_force(session.consent_id)


@pytest.mark.parametrize(("action", "intent", "_"), CONFIRMED)
async def test_a_yes_holds_only_for_who_was_asked(house, sign_in, action, intent, _):
    """The next person at the same phone is asked anew."""
    await sign_in(CONVERSATION)
    _, kept = await asked(action(house), intent)
    other = await sign_in(CONVERSATION, SOMEBODY_ELSE)
    said, left = await answered(action(house), "yes", intent, kept)

    assert said["response"] == f"utter_{intent}_question"
    assert left["privacy_consent"] == str(other.consent_id)
    assert await house.citizens.live_session(CONVERSATION) == other


@pytest.mark.parametrize(("action", "intent", "_"), CONFIRMED)
@pytest.mark.parametrize("word", ["affirm", "deny"])
async def test_a_word_said_about_something_else_does_nothing(
    house,
    sign_in,
    action,
    intent,
    _,
    word,
):
    """After another answer, "ค่ะ" is not about erasing any more."""
    session = await sign_in(CONVERSATION)
    _, kept = await asked(action(house), intent)
    later = after("action_contribution_check", tracker(f"control_{word}", slots=kept))
    (said,), events = await run(action(house), later)

    assert said["response"] == f"utter_control_{word}"
    assert slots(events) == NOTHING_ASKED
    assert await house.citizens.live_session(CONVERSATION) == session


def responses():
    """Return what the bot says about privacy."""
    file = ROOT / "bot" / "responses" / "privacy.yml"
    return yaml.safe_load(file.read_text("utf-8"))["responses"]


@pytest.mark.parametrize(("_", "intent", "question"), CONFIRMED)
def test_each_button_answers_its_own_question(_, intent, question):
    """In both languages; Rasa turns the doubled braces into single ones."""
    for variation in responses()[f"utter_{intent}_question"]:
        payloads = [button["payload"] for button in variation["buttons"]]
        assert payloads == [
            f'/{intent}{{{{"privacy_confirmed":"{answer}"}}}}'
            for answer in ("yes", "no")
        ]


def test_every_operation_we_log_has_words():
    """She reads what was asked, not the name of a function."""
    words = CATALOGUE.cards["privacy"].words["th"]
    files = (ROOT / "actions" / "agencies").glob("*/agency.yml")
    agencies = [yaml.safe_load(file.read_text("utf-8")) for file in files]

    assert [
        f"operation_{agency['agency']}_{operation}"
        for agency in agencies
        for operation in agency["operations"]
        if f"operation_{agency['agency']}_{operation}" not in words
    ] == []


def test_every_purpose_she_agrees_to_has_words(house):
    """The consent page names them; the card must too."""
    words = CATALOGUE.cards["privacy"].words["th"]

    for purpose in house.citizens.consent_texts["th"].purposes:
        assert f"purpose_{purpose}" in words


def test_every_choice_under_the_card_is_an_intent():
    """The gateway sends the payload's intent, so it must be ours."""
    payloads = [choice.payload for choice in CATALOGUE.cards["privacy"].choices]

    assert payloads == ["/privacy_withdraw", "/privacy_erase", "/identity_logout"]
