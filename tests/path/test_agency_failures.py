"""An agency that is slow, down, refusing or talking nonsense."""

from __future__ import annotations

import pytest

from tests.path.citizen import words

pytestmark = pytest.mark.house

THAI_HOTLINE = "1506"
FAULTS = {
    "slow": {"seconds": 30},
    "error": {"status": 500},
    "unauthorized": {},
    "malformed": {},
    "maintenance": {},
}


@pytest.mark.parametrize("kind", FAULTS)
def test_failure_is_said_with_the_next_step(citizen, people, fault, kind):
    """She hears what happened and what she can do; never an error code."""
    citizen.sign_in(people["regular"])
    fault("sso", kind, **FAULTS[kind])

    replies = citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")

    assert replies
    assert not [reply for reply in replies if reply["type"] == "card"]
    assert THAI_HOTLINE in words(replies) or "ลองใหม่" in words(replies)


def test_agency_that_is_well_again_answers(citizen, people, fault):
    """A failure leaves nothing behind."""
    citizen.sign_in(people["regular"])
    fault("sso", "error")
    citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")
    fault("sso", "none")

    (card,) = citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")

    assert card["type"] == "card"


def test_half_an_answer_is_a_card_that_says_so(citizen, people, fault):
    """What is known is shown, and nobody takes a part for the whole."""
    citizen.sign_in(people["regular"])
    fault("sso", "partial")

    (card,) = citizen.say("เงินสมทบของฉันปีนี้เท่าไหร่")

    assert "ยังไม่ครบ" in " ".join(card["notes"])
