"""The figures mean what they are called, shown on data small enough to count."""

from __future__ import annotations

import pytest

from ops.bench.figures import (
    Found,
    Share,
    by_label,
    calibration_error,
    compared,
    percentile,
    reliability,
)


def test_nothing_counted_has_no_share():
    """A figure nobody measured is not zero, and not perfect."""
    assert Share.of([]).value is None
    assert Found().precision is None
    assert Found().f1 is None


def test_precision_and_recall_blame_both_labels():
    """A confusion is missed for one label and wrong for the other."""
    found = by_label([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])

    assert found["a"] == Found(right=1, wrong=0, missed=1)
    assert found["b"] == Found(right=2, wrong=1, missed=0)
    assert found["a"].precision == 1.0
    assert found["a"].recall == 0.5
    assert found["b"].precision == pytest.approx(2 / 3)
    assert found["b"].f1 == pytest.approx(0.8)


def test_a_thing_found_twice_is_right_once():
    """Reporting one entity twice is one finding too many."""
    assert compared(["x"], ["x", "x", "y"]) == Found(right=1, wrong=2, missed=0)


def test_bins_hold_what_was_said_with_one_sureness():
    """Full certainty belongs to the last bin, not to one of its own."""
    bins = reliability([(0.95, True), (1.0, False), (0.15, False)])

    assert [(one.low, one.count) for one in bins] == [(0.1, 1), (0.9, 2)]
    assert bins[1].confidence == pytest.approx(0.975)
    assert bins[1].right == 0.5


def test_honest_confidence_has_no_calibration_error():
    """Sure by half and right by half is honest; sure and wrong is the worst."""
    assert calibration_error(reliability([(0.5, True), (0.5, False)])) == 0.0
    assert calibration_error(reliability([(1.0, False)])) == 1.0
    assert calibration_error([]) == 0.0


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.99, 99), (1.0, 100)])
def test_percentile_is_a_value_that_occurred(share, expected):
    """The p99 of a hundred is the second slowest."""
    assert percentile(list(range(100, 0, -1)), share) == expected
