"""Amounts follow the rule of their month, to the baht."""

import pytest

from sandbox.contribution_rules import Shares, section_33, section_39, section_40


@pytest.mark.parametrize(
    ("period", "wage", "base", "person", "state"),
    [
        ("2025-12", 32_000, 15_000, 750, 413),
        ("2026-01", 32_000, 17_500, 875, 481),
        ("2026-01", 17_500, 17_500, 875, 481),
        ("2026-01", 15_000, 15_000, 750, 413),
        ("2026-01", 16_010, 16_010, 801, 440),
        ("2026-01", 16_009, 16_009, 800, 440),
        ("2026-01", 1_650, 1_650, 83, 45),
        ("2026-01", 1_200, 1_650, 83, 45),
        ("2024-03", 10_000, 10_000, 500, 275),
    ],
)
def test_section_33_follows_floor_ceiling_and_rounding(
    period, wage, base, person, state
):
    """5/5/2.75 % of the base; half a baht goes up, less is dropped."""
    shares = section_33(period, wage * 100)

    assert shares == Shares(base * 100, person * 100, person * 100, state * 100)


def test_section_39_is_432_baht_and_has_no_employer():
    """9 % of the fixed base of 4,800 baht."""
    assert section_39() == Shares(None, 432_00, None, None)


@pytest.mark.parametrize(("option", "baht"), [(1, 70), (2, 100), (3, 300)])
def test_section_40_has_three_prices(option, baht):
    """The three options of the royal decree."""
    assert section_40(option) == Shares(None, baht * 100, None, None)
