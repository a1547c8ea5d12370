"""Nobody in the sandbox can be a real person."""

import datetime

import pytest
from stdnum.th import pin

from sandbox.people import months_of, read_people

PEOPLE = {person.slug: person for person in read_people()}
TODAY = datetime.date(2026, 11, 22)


def months(slug, today=TODAY):
    return {month.period: month for month in months_of(PEOPLE[slug], today)}


@pytest.mark.parametrize("person", PEOPLE.values(), ids=lambda person: person.slug)
def test_ids_are_well_formed_and_from_no_office(person):
    """The check digit is right and office 9999 has never issued one."""
    assert pin.is_valid(person.citizen_id)
    assert person.citizen_id[1:5] == "9999"


def test_the_present_month_waits_and_the_last_is_posted():
    """Employers send a month in the one that follows."""
    assert months("regular")["2026-11"].status == "pending"
    assert months("regular")["2026-10"].status == "posted"
    assert months("regular")["2026-10"].paid_at == datetime.date(2026, 11, 13)


def test_early_in_a_month_two_months_wait():
    """Until the last day to pay, the month before is on its way."""
    early = months("regular", datetime.date(2026, 11, 15))

    assert early["2026-10"].status == "pending"
    assert early["2026-09"].status == "posted"


def test_one_changed_employer_in_mid_year():
    """There are no months between the two, and none twice."""
    year = {p: m for p, m in months("changed-employer").items() if p >= "2026-01"}

    assert len(year) == 11
    assert year["2026-05"].employer != year["2026-06"].employer


def test_one_has_a_gap_of_two_months():
    """The employer did not send them, and nothing was paid."""
    missing = [p for p, m in months("gap").items() if m.status == "missing"]

    assert missing == ["2026-06", "2026-07"]


def test_nobody_has_no_months():
    """Somebody with a ThaID need not be insured."""
    assert months("nobody") == {}
