"""Signing in and out, and the question that waited."""

import pytest

from actions.identity import (
    ActionIdentityContinue,
    ActionIdentityLogin,
    ActionIdentityLogout,
    ActionIdentityStatus,
)
from tests.actions.fakes import FakeCitizens, connections, run, slots, tracker

PENDING = {"identity_pending_action": "action_contribution_check"}


async def serve(action, *, signed_in, intent="identity_login", kept=None):
    citizens = FakeCitizens(signed_in=signed_in)
    (said,), events = await run(
        action(connections(citizens, None)), tracker(intent, slots=kept)
    )
    return said, events, citizens


@pytest.mark.parametrize(
    ("action", "signed_in", "response"),
    [
        (ActionIdentityLogin, False, "utter_identity_sign_in_asked"),
        (ActionIdentityLogin, True, "utter_identity_already_signed_in"),
        (ActionIdentityLogout, True, "utter_identity_signed_out"),
        (ActionIdentityLogout, False, "utter_identity_not_signed_in"),
        (ActionIdentityStatus, True, "utter_identity_signed_in_until"),
        (ActionIdentityStatus, False, "utter_identity_not_signed_in"),
        (ActionIdentityContinue, True, "utter_identity_signed_in_ready"),
        (ActionIdentityContinue, False, "utter_identity_sign_in"),
    ],
)
async def test_what_is_said(action, signed_in, response):
    """One response each, signed in or not."""
    said, _, _ = await serve(action, signed_in=signed_in)

    assert said["response"] == response


async def test_the_question_that_waited_goes_on():
    """And waits no longer."""
    said, events, _ = await serve(ActionIdentityContinue, signed_in=True, kept=PENDING)

    assert said["response"] == "utter_identity_signed_in"
    assert slots(events) == {"identity_pending_action": None}
    assert events[-1] == {
        "event": "followup",
        "timestamp": None,
        "name": "action_contribution_check",
    }


async def test_a_session_that_is_over_leaves_the_question_waiting():
    """The event may come late."""
    _, events, _ = await serve(ActionIdentityContinue, signed_in=False, kept=PENDING)

    assert events == []


async def test_asking_to_sign_in_keeps_the_question():
    """After a cancelled sign-in she may begin again."""
    _, events, _ = await serve(ActionIdentityLogin, signed_in=False, kept=PENDING)

    assert events == []


async def test_signing_out_ends_the_session_and_forgets_the_question():
    """The next person at this phone must not inherit it."""
    _, events, citizens = await serve(
        ActionIdentityLogout, signed_in=True, kept=PENDING
    )

    assert not citizens.signed_in
    assert slots(events) == {"identity_pending_action": None}


async def test_the_status_says_until_when_and_not_who():
    """The time is Bangkok's."""
    said, _, _ = await serve(ActionIdentityStatus, signed_in=True)

    assert said["time"] == "11.00 น."
