"""Everything privacy needs to say has words."""

import pytest
import yaml

from ops.settings import ROOT
from tests.actions.fakes import CATALOGUE


def responses():
    """Return what the bot says about privacy."""
    file = ROOT / "bot" / "responses" / "privacy.yml"
    return yaml.safe_load(file.read_text("utf-8"))["responses"]


@pytest.mark.parametrize("intent", ["privacy_erase", "privacy_withdraw"])
def test_each_button_answers_its_own_question(intent):
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


def test_every_purpose_she_agrees_to_has_words(citizens):
    """The consent page names them; the card must too."""
    words = CATALOGUE.cards["privacy"].words["th"]

    for purpose in citizens.consent_texts["th"].purposes:
        assert f"purpose_{purpose}" in words


def test_every_choice_under_the_card_is_an_intent():
    """The gateway sends the payload's intent, so it must be ours."""
    payloads = [choice.payload for choice in CATALOGUE.cards["privacy"].choices]

    assert payloads == ["/privacy_withdraw", "/privacy_erase", "/identity_logout"]
