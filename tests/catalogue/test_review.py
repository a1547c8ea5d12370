"""Whoever keeps the catalogue sees what is due before citizens do."""

import datetime

import pytest

from catalogue.review import review
from tests.catalogue.samples import TODAY, answer, fact, read


def test_nothing_is_said_of_a_catalogue_in_order(tmp_path):
    """A list that always has lines is not read."""
    found = review(read(tmp_path, facts=[fact()]), TODAY, ["sso_sample"])

    assert found.passed
    assert [names for names in found.remarks.values() if names] == []


@pytest.mark.parametrize(
    ("days_late", "overdue", "due_soon"),
    [(1, True, False), (0, False, True), (-30, False, True), (-31, False, False)],
)
def test_reviews_are_announced_and_then_demanded(
    tmp_path, days_late, overdue, due_soon
):
    """Thirty days before, and from the day after."""
    due = TODAY - datetime.timedelta(days=days_late)
    found = review(read(tmp_path, facts=[fact(review_by=due)]), TODAY)

    assert (found.overdue != ()) is overdue
    assert (found.due_soon != ()) is due_soon
    assert found.passed is not overdue


def test_an_answer_that_has_run_out_is_found(tmp_path):
    """Its facts end before today and nobody wrote what came after."""
    ended = fact(effective_to=TODAY - datetime.timedelta(days=1))
    found = review(read(tmp_path, facts=[ended]), TODAY)

    assert found.silent == ("sso_sample (SSO-X1)",)
    assert not found.passed


def test_an_answer_too_long_in_one_year_only_is_found(tmp_path):
    """In whichever language and on whichever day."""
    long = {"th": "สั้น", "en": "x" * 500}
    rows = [
        fact(value=long, unit="text", effective_to=datetime.date(2025, 12, 31)),
        fact(value=1, effective_from=datetime.date(2026, 1, 1)),
    ]
    found = review(read(tmp_path, facts=rows), TODAY)

    (line,) = found.too_long
    assert line.startswith("sso_sample in en on 2025-12-31: ")
    assert not found.passed


def test_what_nobody_uses_or_answers_is_listed(tmp_path):
    """Facts without an answer, answers without a fact, questions without either."""
    facts = [fact(), fact(id="SSO-X2", confidence="U", source=None)]
    entries = {
        "sso_sample": answer(th="ถามเจ้าหน้าที่นะคะ", en="Ask.", handover=True),
        "sso_other": answer(th="ไม่มีตัวเลขค่ะ", en="No figures."),
    }
    catalogue = read(tmp_path, facts=facts, answers=entries)
    found = review(catalogue, TODAY, ["sso_sample", "sso_missing"])

    assert found.unused == ("SSO-X1",)
    assert found.unconfirmed == ("SSO-X2",)
    assert found.handovers == ("sso_sample",)
    assert found.without_facts == ("sso_other",)
    assert found.unanswered == ("sso_missing",)
    assert not found.passed
