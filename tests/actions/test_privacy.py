"""What the consent page promises comes true when it is said in the chat."""

import pytest
from sqlalchemy import select

from actions.privacy import (
    ActionPrivacyErase,
    ActionPrivacyView,
    ActionPrivacyWithdraw,
)
from citizen.tables import AccessLog, Consent, Person, Session, VaultItem
from tests.actions.conftest import DAYS, looked_up
from tests.actions.fakes import CONVERSATION, run, slots, tracker
from tests.citizen.conftest import OTHER_CHAT, count
from tests.citizen.fake_thaid import SOMEBODY_ELSE

NOTHING_ASKED = {"privacy_question": None, "privacy_consent": None}
CONFIRMED = [
    (ActionPrivacyErase, "privacy_erase", "erase"),
    (ActionPrivacyWithdraw, "privacy_withdraw", "withdraw"),
]
KEPT_OF_HER = (Person, Consent, Session, VaultItem, AccessLog)


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
