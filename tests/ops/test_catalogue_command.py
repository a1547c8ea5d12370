"""Whoever keeps the catalogue sees at the terminal what citizens will see."""

import pytest
from typer.testing import CliRunner

from ops.catalogue_command import catalogue, understood_questions
from tests.rules.test_services import NAMES


def run(*arguments):
    return CliRunner().invoke(catalogue, arguments)


def preview(*arguments):
    return run("preview", *arguments, "--today", "2026-11-22")


def test_a_catalogue_in_order_passes():
    """On the day it was last looked over; every later day has a check of its own."""
    checked = run("check", "--day", "2026-11-22")

    assert checked.exit_code == 0
    assert "past their review, not spoken: 0" in checked.output
    assert "sso_claim_deadline" in checked.output


def test_what_is_overdue_fails():
    """And is named, with the day it was due."""
    checked = run("check", "--brief", "--day", "2027-02-01")

    assert checked.exit_code == 1
    assert "SSO-H01.from (review by 2026-12-31)" in checked.output
    assert "unconfirmed" not in checked.output


def test_an_answer_is_shown_as_every_channel_shows_it():
    """The web's JSON with the domain, and the plain text with the buttons."""
    shown = preview("sso_m33_ceiling", "--day", "2025-12-31")

    assert shown.exit_code == 0
    assert '"domain": "www.sso.go.th"' in shown.output
    assert "15,000 บาท" in shown.output
    assert "[ ม.33 หักเท่าไร ]" in shown.output


def test_an_answer_is_shown_in_english():
    """For whoever writes the English text."""
    shown = preview("sso_hotline", "--language", "en")

    assert "The Social Security hotline is 1506" in shown.output


def test_an_answer_that_is_not_there_is_said_so():
    """In a sentence, not a traceback."""
    shown = preview("sso_nothing")

    assert shown.exit_code == 1
    assert shown.output == (
        "error: there is no answer sso_nothing; their ids are in catalogue/answers/\n"
    )


@pytest.mark.parametrize("agency", NAMES["faq"])
def test_what_is_understood_is_what_was_promised(agency):
    """The check for unanswered questions rests on this list."""
    assert {*NAMES["faq"][agency]} <= {*understood_questions()}
