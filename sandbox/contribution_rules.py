"""What a month's contribution comes to, by the rules that held in that month.

Rates, floor and ceiling: Social Security Act sections 33, 39, 40 and 46; the
ministerial regulation on wages (Royal Gazette 142/81 Kor, 12 December 2025) raised
the section 33 ceiling from January 2026. Money is satang.
"""

from __future__ import annotations

import dataclasses

BAHT = 100
FLOOR = 1_650 * BAHT
CEILINGS = (("2026-01", 17_500 * BAHT), ("1995-01", 15_000 * BAHT))
PERSON_RATE = 500
EMPLOYER_RATE = 500
STATE_RATE = 275
RATE_UNIT = 10_000
SECTION_39 = 432 * BAHT
SECTION_40 = {1: 70 * BAHT, 2: 100 * BAHT, 3: 300 * BAHT}


@dataclasses.dataclass(frozen=True)
class Shares:
    """Who pays what for one month; None where the section has no such payer."""

    wage_base: int | None
    employee: int
    employer_share: int | None
    government: int | None


def ceiling(period: str) -> int:
    """Return the highest section 33 wage base of a month written `2026-01`."""
    return next(amount for since, amount in CEILINGS if period >= since)


def whole_baht(amount: int, rate: int) -> int:
    """Return `rate` hundredths of a percent of satang, in whole baht.

    Half a baht and more goes up, less is dropped (section 46).
    """
    unit = RATE_UNIT * BAHT
    return (amount * rate + unit // 2) // unit * BAHT


def section_33(period: str, wage: int) -> Shares:
    """Return a month's shares for an employee with this wage in satang."""
    base = min(max(wage, FLOOR), ceiling(period))
    return Shares(
        wage_base=base,
        employee=whole_baht(base, PERSON_RATE),
        employer_share=whole_baht(base, EMPLOYER_RATE),
        government=whole_baht(base, STATE_RATE),
    )


def section_39() -> Shares:
    """Return a month's payment of somebody who stayed insured after leaving work."""
    return Shares(None, SECTION_39, None, None)


def section_40(option: int) -> Shares:
    """Return a month's payment under one of the three section 40 options."""
    return Shares(None, SECTION_40[option], None, None)
