"""Linked answers: the same people twice."""

from decimal import Decimal
from fractions import Fraction

import pytest

from metrics.movement import Linked, judge_linked, mcnemar, newcombe_linked


@pytest.mark.parametrize(
    ("both", "gained", "lost", "neither", "low", "high"),
    [
        (36, 2, 12, 0, -0.3404, -0.0569),  # Newcombe (1998b), method 10
        (14, 0, 5, 22, -0.2265, -0.0115),  # Altman et al. (2000), Statistics with confidence, p. 52
        (1, 7, 1, 12, 0.0256, 0.5069),  # Fagerland, Lydersen & Laake (2014), airways before and after
        (0, 0, 0, 30, -0.1135, 0.1135),
        (30, 0, 0, 0, -0.1135, 0.1135),
        (0, 30, 0, 0, 0.8395, 1.0),
    ],
)
def test_newcombe_interval_of_linked_answers(both, gained, lost, neither, low, high):
    found = newcombe_linked(both, gained, lost, neither)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [
        (0, 0, Fraction(1)),
        (1, 1, Fraction(1)),
        (5, 5, Fraction(1)),
        (1, 0, Fraction(1)),
        (5, 0, Fraction(1, 16)),
        (6, 0, Fraction(1, 32)),
        (12, 2, Fraction(106, 8192)),
        (2, 12, Fraction(106, 8192)),
    ],
)
def test_mcnemar_is_exact(gained, lost, p):
    assert mcnemar(gained, lost) == p


@pytest.mark.parametrize(
    ("linked", "higher_is_better", "smallest", "kind", "reason"),
    [
        (Linked(20, 12, 2, 16), True, None, "moved", "linked_beyond"),
        (Linked(20, 12, 2, 16), False, None, "worsened", "linked_beyond"),
        (Linked(20, 2, 12, 16), True, None, "worsened", "linked_beyond"),
        (Linked(20, 7, 5, 18), True, None, "unknown", "linked_within"),
        (Linked(20, 5, 0, 25), True, None, "unknown", "few_changed"),
        (Linked(25, 0, 0, 25), True, None, "unknown", "few_changed"),
        (Linked(10, 7, 1, 12), True, None, "unknown", "linked_border"),
        (Linked(10, 12, 2, 5), True, None, "unknown", "few_linked"),
        (Linked(0, 0, 0, 0), True, None, "unknown", "few_linked"),
        (Linked(150, 2, 1, 47), True, "0.05", "unchanged", "within_smallest"),
        (Linked(1500, 30, 8, 462), True, "0.03", "unchanged", "too_small"),
        (Linked(25, 0, 0, 25), True, "0.03", "unknown", "few_changed"),
    ],
)
def test_linked_answers_are_judged(linked, higher_is_better, smallest, kind, reason):
    smallest = smallest and Decimal(smallest)
    verdict = judge_linked(linked, higher_is_better=higher_is_better, smallest=smallest)
    assert (verdict.kind, verdict.reason) == (kind, reason)


def test_linked_answers_tell_who_moved_either_way():
    verdict = judge_linked(Linked(20, 12, 2, 16), higher_is_better=True)
    assert verdict.named == {"gained": 12, "lost": 2, "answered": 50}
    assert (verdict.change, verdict.p) == (Decimal("0.2"), 106 / 8192)
    assert verdict.cautions == ("answered_twice",)


def test_linking_tells_what_the_waves_alone_could_not():
    """40 of 60 → 47 of 60 is within chance when it is not known who answered what, and beyond it when nobody fell."""
    verdict = judge_linked(Linked(40, 7, 0, 13), higher_is_better=True)
    assert (verdict.kind, verdict.reason) == ("moved", "linked_beyond")


def test_linked_counts_below_zero_raise():
    with pytest.raises(ValueError, match="cannot be negative"):
        Linked(1, -1, 0, 0)
