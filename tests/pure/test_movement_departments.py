"""Departments where an activity has started beside those where it has not."""

from decimal import Decimal

import pytest

from metrics.movement import Department, compare_departments
from metrics.movement.departments import SAMPLES


def departments(started, rest, before="0.50") -> list[Department]:
    """From changes in hundredths, all from the same level."""
    start = Decimal(before)
    return [
        Department(f"{'ab'[not is_in]}{at}", start, start + Decimal(change) / 100, is_in)
        for is_in, changes in ((True, started), (False, rest))
        for at, change in enumerate(changes)
    ]


def compared(started, rest, higher_is_better=True, **more):
    return compare_departments(departments(started, rest), higher_is_better=higher_is_better, **more)


@pytest.mark.parametrize(
    ("started", "rest", "higher_is_better", "kind", "reason", "p"),
    [
        ([10, 12, 9, 11], [1, 0, 2, -1], True, "moved", "departments_beyond", 2 / 70),
        ([10, 12, 9, 11], [1, 0, 2, -1], False, "worsened", "departments_beyond", 2 / 70),
        ([1, 0, 2, -1], [10, 12, 9, 11], True, "worsened", "departments_beyond", 2 / 70),
        ([10, 0, 9, 11], [1, 12, 2, -1], True, "unknown", "departments_within", 32 / 70),
        ([10, 12, 9], [1, 0, 2], True, "unknown", "too_few_departments", 2 / 20),
        ([10], [1, 0, 2, 1, 1, 2], True, "unknown", "too_few_departments", 2 / 7),
        ([5, 5, 5, 5], [5, 5, 5, 5], True, "unknown", "departments_within", 1),
        ([10, 9], [1, 0, 2, 1, 1, 2, 3, 0], True, "moved", "departments_beyond", 2 / 45),
    ],
)
def test_departments_are_compared(started, rest, higher_is_better, kind, reason, p):
    found = compared(started, rest, higher_is_better)
    assert (found.verdict.kind, found.verdict.reason) == (kind, reason)
    assert found.verdict.p == pytest.approx(p)
    assert found.exact


def test_departments_in_figures():
    found = compared([10, 12, 9, 11], [1, 0, 2, -1])
    assert (found.started, found.rest, found.sets) == (Decimal("0.105"), Decimal("0.005"), 70)
    assert found.verdict.change == Decimal("0.1")
    assert found.verdict.named["started"] == 4
    low, high = found.verdict.interval.low, found.verdict.interval.high
    assert (round(low, 3), round(high, 3)) == (0.07, 0.13)  # swapping one pair: 9 and 2, 12 and −1


@pytest.mark.parametrize(("smallest", "kind", "reason"), [
    ("0.05", "unchanged", "within_smallest"), ("0.02", "unknown", "departments_within"), (None, "unknown", "departments_within"),
])  # fmt: skip
def test_departments_may_be_shown_to_go_alike(smallest, kind, reason):
    found = compared([1, 0, 2, -1, 1], [0, 1, -2, 1, 0], smallest=smallest and Decimal(smallest))
    assert (found.verdict.kind, found.verdict.reason) == (kind, reason)


@pytest.mark.parametrize(("started", "rest"), [([], [1, 2]), ([1, 2], []), ([], [])])
def test_without_both_sets_there_is_nothing_to_compare(started, rest):
    found = compared(started, rest)
    assert (found.verdict.kind, found.verdict.reason, found.sets) == ("unknown", "no_comparison", 0)


def test_departments_without_both_values_are_left_out_and_named():
    rows = [*departments([10, 12, 9, 11], [1, 0, 2, -1]), Department("x", None, Decimal(1), True), Department("y", Decimal(1), None, False)]  # fmt: skip
    found = compare_departments(rows, higher_is_better=True)
    assert (found.left_out, found.sets) == (("x", "y"), 70)
    assert "departments_left_out" in found.verdict.cautions


@pytest.mark.parametrize(
    ("before", "higher_is_better", "expected"),
    [("0.40", True, True), ("0.60", True, False), ("0.60", False, True), ("0.50", True, False)],
)
def test_those_who_start_from_far_down_tend_to_rise(before, higher_is_better, expected):
    rows = [*departments([10, 12, 9, 11], [], before), *departments([], [1, 0, 2, -1])]
    found = compare_departments(rows, higher_is_better=higher_is_better)
    assert ("regression_to_mean" in found.verdict.cautions) is expected


def test_the_limits_are_always_said():
    few, many = compared([10, 12, 9, 11], [1, 0, 2, -1]), compared([5, 6, 7, 8, 9], [1, 2, 3, 4, 5])
    assert few.verdict.cautions == ("not_randomised", "departments_weigh_alike", "few_departments")
    assert many.verdict.cautions == ("not_randomised", "departments_weigh_alike")


def test_many_departments_are_drawn_and_always_alike():
    started, rest = list(range(3, 12)), list(range(10))
    first, again = compared(started, rest), compared(started, rest)
    assert (first.exact, first.sets) == (False, SAMPLES + 1)
    assert first == again


def test_decimal_ties_are_ties():
    """0.1 + 0.2 is 0.3 here: sets that give the same sum count as the same."""
    found = compared(["0.1", "0.2", "0.3", "0.3"], ["0.3", "0.3", "0.1", "0.2"])
    assert found.verdict.p == 1
