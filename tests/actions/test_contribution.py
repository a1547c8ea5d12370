"""A citizen asks about her contributions, and what she asks is what she gets."""

import datetime
import json
import re

import httpx2
import pytest
import yaml

from actions.contribution import ActionContributionCheck, PeriodRefused, what_was_asked
from ops.settings import ROOT
from tests.actions.fakes import (
    CATALOGUE,
    CITIZEN_ID,
    FakeCitizens,
    agency,
    connections,
    month,
    only_card,
    record,
    rows,
    run,
    slots,
    tracker,
)

TODAY = datetime.date(2026, 11, 22)
ANSWER = record(month("2026-01"), month("2026-02"))


def house(answer=None, **citizens):
    """Return the action, the citizens and what the agency is asked."""
    people = FakeCitizens(**citizens)
    http, questions = agency(answer or httpx2.Response(200, json=ANSWER))
    return ActionContributionCheck(connections(people, http)), people, questions


def months_asked(questions):
    body = json.loads(questions[0].content)
    return body["from"], body["to"]


async def test_this_year_is_meant_when_nothing_is_said():
    """Until the present month."""
    action, citizens, questions = house()
    (said,), _ = await run(action, tracker())

    assert months_asked(questions) == ("2026-01", "2026-11")
    assert said["custom"]["type"] == "card_reference"
    assert rows(only_card(citizens))["ส่วนของคุณ"] == "1,750 บาท"


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2026-03", ("2026-03", "2026-03")),
        ("--03", ("2026-03", "2026-03")),
        ("--12", ("2025-12", "2025-12")),
        ("2025", ("2025-01", "2025-12")),
        ("relative:-1M", ("2026-10", "2026-10")),
        ("relative:-1Y", ("2025-01", "2025-12")),
        ("2026-01/2026-03", ("2026-01", "2026-03")),
        ("2026-10/2027-03", ("2026-10", "2026-11")),
    ],
)
async def test_the_period_she_names_is_asked(period, months):
    """A bare month is the latest one that has begun."""
    action, _, questions = house()
    await run(action, tracker(period=period))

    assert months_asked(questions) == months


async def test_a_month_that_follows_up_is_a_question_of_its_own():
    """The period of the question before must not stick."""
    action, _, questions = house()
    before = {"contribution_period": "relative:-1Y", "contribution_section": "39"}
    _, events = await run(action, tracker(period="--03", slots=before))

    assert months_asked(questions) == ("2026-03", "2026-03")
    assert slots(events) == {
        "contribution_period": "--03",
        "contribution_section": None,
    }


async def test_nothing_private_enters_rasa():
    """No amount, employer or id in what is said or remembered."""
    action, citizens, _ = house()
    said, events = await run(action, tracker())
    rasa_sees = json.dumps([said, events])

    assert "Example Co." in citizens.cards.popitem()[1].decode()
    assert not [p for p in ("Example", "875", CITIZEN_ID, "33") if p in rasa_sees]


async def test_she_may_look_on_from_the_card():
    """What she already sees is not offered again."""
    action, _, _ = house()
    (said,), _ = await run(action, tracker(period="relative:-1Y"))

    assert [choice["title"] for choice in said["custom"]["choices"]] == [
        "ดูปีนี้",
        "ดูเดือนที่แล้ว",
    ]


async def test_a_turn_that_is_run_again_keeps_one_card():
    """And asks the agency under the same request id."""
    action, citizens, questions = house()
    first, _ = await run(action, tracker())
    again, _ = await run(action, tracker())

    assert first == again
    assert len(citizens.cards) == 1
    assert len({q.headers["x-request-id"] for q in questions}) == 1


async def test_who_is_not_signed_in_is_asked_to():
    """The question is kept, nobody is asked anything."""
    action, citizens, questions = house(signed_in=False)
    (said,), events = await run(action, tracker(period="--03", section="33"))

    assert said["response"] == "utter_identity_sign_in"
    assert slots(events) == {
        "contribution_period": "--03",
        "contribution_section": "33",
        "identity_pending_action": "action_contribution_check",
    }
    assert questions == []
    assert citizens.log == []


async def test_the_question_that_waited_is_answered():
    """The event of signing in carries no period; the slots do."""
    action, _, questions = house()
    kept = {"contribution_period": "--03", "contribution_section": None}
    (said,), _ = await run(action, tracker("identity_signed_in", slots=kept))

    assert months_asked(questions) == ("2026-03", "2026-03")
    assert said["custom"]["type"] == "card_reference"


async def test_a_session_that_ends_meanwhile_shows_nothing():
    """She is asked to sign in again, and the question waits."""
    action, citizens, _ = house()
    citizens.ends_before_keeping = True
    (said,), events = await run(action, tracker())

    assert said["response"] == "utter_identity_sign_in"
    assert slots(events)["identity_pending_action"] == "action_contribution_check"


async def test_who_is_not_insured_is_told_on_a_card():
    """That too is nobody else's business."""
    action, citizens, _ = house(httpx2.Response(404))
    (said,), _ = await run(action, tracker())

    assert said["custom"]["type"] == "card_reference"
    assert only_card(citizens).summary == "ไม่พบข้อมูลผู้ประกันตนของคุณ"
    assert citizens.log == [("sso", "contributions", "answered")]


FAILURES = [
    (httpx2.ReadTimeout("slow"), "utter_agency_unavailable", "unavailable"),
    (httpx2.Response(500), "utter_agency_unavailable", "unavailable"),
    (
        httpx2.Response(503, headers={"Retry-After": "9"}),
        "utter_agency_maintenance",
        "maintenance",
    ),
    (httpx2.Response(401), "utter_agency_refused", "refused"),
    (httpx2.Response(403), "utter_agency_refused", "refused"),
    (
        httpx2.Response(200, text="<html>"),
        "utter_agency_not_understood",
        "not_understood",
    ),
    (httpx2.Response(200, json={}), "utter_agency_not_understood", "not_understood"),
]


@pytest.mark.parametrize(("answer", "response", "outcome"), FAILURES)
async def test_each_failure_has_its_words(answer, response, outcome):
    """With the agency's name and whom to call, and a line in her access log."""
    action, citizens, _ = house(answer)
    (said,), _ = await run(action, tracker())

    assert said["response"] == response
    assert said["agency"] == "สำนักงานประกันสังคม"
    assert said["hotline"] == "1506"
    assert citizens.log == [("sso", "contributions", outcome)]
    assert citizens.cards == {}


async def test_failures_are_logged_without_the_citizen(caplog):
    """What went wrong is there, who asked is not."""
    action, _, _ = house(httpx2.Response(500))
    await run(action, tracker())

    assert "AgencyUnavailable" in caplog.text
    assert CITIZEN_ID not in caplog.text


@pytest.mark.parametrize(
    ("period", "response", "named"),
    [
        ("2027", "utter_contribution_period_to_come", "ปี 2570"),
        ("2026-12", "utter_contribution_period_to_come", "ธันวาคม 2569"),
        ("1980", "utter_contribution_period_too_early", "ปี 2523"),
        ("whenever", "utter_contribution_period_not_understood", ""),
    ],
)
async def test_a_period_without_contributions_is_not_asked(period, response, named):
    """She is told why; no agency is troubled."""
    action, citizens, questions = house()
    (said,), _ = await run(action, tracker(period=period))

    assert (said["response"], said["period"]) == (response, named)
    assert questions == []
    assert citizens.log == []


async def test_english_is_answered_in_english():
    """The channel's language, unless she asked for another in words."""
    action, citizens, _ = house()
    await run(action, tracker(language="en"))
    english = only_card(citizens).title
    citizens.cards.clear()
    await run(action, tracker(language="en", slots={"language": "th"}))

    assert english == "Social security contributions"
    assert only_card(citizens).title == "เงินสมทบประกันสังคม"


def test_a_range_is_cut_at_both_ends():
    """At the first month of the fund and at the present month."""
    asked = what_was_asked("1989-01/2030-01", None, TODAY)

    assert (asked.first, asked.last, asked.cut_short) == ("1990-09", "2026-11", True)


def test_impossible_months_are_refused():
    """A choice may carry anything."""
    with pytest.raises(PeriodRefused):
        what_was_asked("2026-00", None, TODAY)


def responses():
    """Return every response the bot has."""
    files = [ROOT / "domain.yml", *(ROOT / "bot" / "responses").glob("*.yml")]
    read = [yaml.safe_load(file.read_text("utf-8")) for file in files]
    return {name for domain in read for name in domain.get("responses") or {}}


def test_every_response_the_actions_name_exists():
    """A name without words would be said as silence."""
    files = (ROOT / "actions").rglob("*.py")
    code = "".join(path.read_text("utf-8") for path in files)
    named = set(re.findall(r'"(utter_[a-z_]+)"', code))

    assert named - responses() == set()


def test_every_choice_asks_for_an_intent():
    """The gateway sends the payload's intent, so it must be ours."""
    for choice in CATALOGUE.cards["contribution"].choices:
        intent, _, entities = choice.payload.partition("{")
        assert intent == "/contribution_check"
        assert json.loads("{" + entities) == {"period": choice.shows}
