"""Intervals: how far chance, or those who did not answer, may reach. All are two-sided and 95 %.

Closed formulas, checked in tests against statsmodels and scipy, so that the product needs neither to run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import hypot, sqrt

Z = 1.959963984540054  # two-sided 95 %
HALVINGS = 60  # more than a float can tell apart
ROUNDING = 1e-6

Counts = tuple[int, int]  # (positive, answered)


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`: fractions of one for shares, else in the unit of what was measured."""

    low: float
    high: float

    def holds(self, value: float | Decimal) -> bool:
        """Whether the value may be the true one; the limits themselves may."""
        return self.low <= value <= self.high

    def within(self, size: float | Decimal) -> bool:
        """Whether all of it lies closer to zero than `size` (equivalence: Schuirmann 1987)."""
        return -size < self.low and self.high < size


@dataclass(frozen=True)
class Spread:
    """What a mean interval needs: mean and sample variance (n - 1), exact, of `answered` values."""

    mean: Fraction
    variance: Fraction
    answered: int


def wilson(positive: int, answered: int) -> Interval:
    """95 % score interval for a share (Wilson 1927); raises ValueError without answers."""
    if answered <= 0 or not 0 <= positive <= answered:
        raise ValueError("A share needs 0 ≤ positive ≤ answered and at least one answer.")
    share = positive / answered
    centre = share + Z * Z / (2 * answered)
    spread = Z * sqrt(share * (1 - share) / answered + Z * Z / (4 * answered * answered))
    scale = 1 + Z * Z / answered
    low = (centre - spread) / scale if positive else 0.0
    high = (centre + spread) / scale if positive < answered else 1.0
    return Interval(low, high)


def newcombe(first: Counts, second: Counts) -> Interval:
    """95 % interval for the second share minus the first, of different answers (Newcombe 1998a, method 10)."""
    return _square_and_add(first, second, 0.0)


def newcombe_linked(both: int, gained: int, lost: int, neither: int) -> Interval:
    """95 % interval for the change of share among the same people (Newcombe 1998b, method 10).

    `gained` turned positive, `lost` turned away. Raises ValueError when nobody answered twice.
    """
    answered = both + gained + lost + neither
    return _square_and_add(
        (both + lost, answered), (both + gained, answered), _phi(both, gained, lost, neither)
    )


def _phi(both: int, gained: int, lost: int, neither: int) -> float:
    """How alike people's two answers are, corrected for continuity as Newcombe (1998b) does."""
    product = both * neither - gained * lost
    if product > 0:
        product_corrected = max(product - (both + gained + lost + neither) / 2, 0.0)
    else:
        product_corrected = float(product)
    margins = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    return product_corrected / sqrt(margins) if margins else 0.0


def _square_and_add(first: Counts, second: Counts, phi: float) -> Interval:
    before, after = wilson(*first), wilson(*second)
    p1, p2 = first[0] / first[1], second[0] / second[1]
    difference = p2 - p1
    return Interval(
        difference - _distance(p2 - after.low, before.high - p1, phi),
        difference + _distance(after.high - p2, p1 - before.low, phi),
    )


def _distance(one: float, other: float, phi: float) -> float:
    """Third side of a triangle; rounding may take a vanishing one below zero."""
    return sqrt(max(one * one + other * other - 2 * phi * one * other, 0.0))


def bounds(positive: int, answered: int, invited: int) -> Interval:
    """Where the share of everybody invited must lie, whatever those who did not answer think."""
    if not 0 <= positive <= answered <= invited or invited == 0:
        raise ValueError("Bounds need 0 ≤ positive ≤ answered ≤ invited and somebody invited.")
    return Interval(positive / invited, (positive + invited - answered) / invited)


def bounds_of_change(first: tuple[int, int, int], second: tuple[int, int, int]) -> Interval:
    """Where the change among everybody invited must lie; each wave as (positive, answered, invited)."""
    before, after = bounds(*first), bounds(*second)
    return Interval(after.low - before.high, after.high - before.low)


def student(freedom: float) -> float:
    """97.5th percentile of Student's t (Abramowitz & Stegun 26.7.5); error below 0.0002 from 9 degrees up.

    Raises ValueError below 9, where the expansion is no longer good: the callers ask for ten values or more.
    """
    if freedom < 9 - ROUNDING:
        raise ValueError("The expansion needs at least 9 degrees of freedom.")
    z = Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def welch(first: Spread, second: Spread) -> Interval | None:
    """95 % interval for the second mean minus the first (Welch 1947); None where no value differs from another.

    At least ten values in each (see `student`).
    """
    a, b = (float(spread.variance) / spread.answered for spread in (first, second))
    if a + b == 0:
        return None
    freedom = (a + b) ** 2 / (a * a / (first.answered - 1) + b * b / (second.answered - 1))
    return around(float(second.mean - first.mean), student(freedom) * hypot(sqrt(a), sqrt(b)))


def around(centre: float, reach: float) -> Interval:
    """As far on both sides."""
    return Interval(centre - reach, centre + reach)


def superiority_interval(theta: float, first: int, second: int) -> Interval:
    """95 % interval for the chance that an answer of the second wave lies above one of the first.

    Newcombe (2006), method 5. Ties count half, which makes it a little too wide, never too narrow. At one half
    its variance is that of Mann and Whitney's test without ties, so the two agree on what is beyond chance.
    """
    low = _lower_superiority(theta, first, second)
    return Interval(low, 1 - _lower_superiority(1 - theta, first, second))


def _lower_superiority(theta: float, first: int, second: int) -> float:
    weight = (first + second) / 2 - 1

    def is_too_low(guess: float) -> bool:
        shape = 1 + weight * ((1 - guess) / (2 - guess) + guess / (1 + guess))
        return theta - guess > Z * sqrt(guess * (1 - guess) * shape / (first * second))

    return _halve(is_too_low, 0.0, theta)


def _halve(is_too_low: Callable[[float], bool], low: float, high: float) -> float:
    """Where `is_too_low` turns, between two values."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_too_low(middle) else (low, middle)
    return (low + high) / 2
