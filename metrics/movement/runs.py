"""Run chart and XmR chart of a monthly series, with their rules.

Each rule has its name in `Signal.rule`:

- shift: an unusually long run on one side of the median, longer than round(log2(n) + 3) of the n useful points;
- crossings: unusually few crossings of the median, below the 5th percentile of Binomial(n - 1, ½).
  Both from Anhøj & Olesen (2014), which together keep false signals near 5 % whatever the length;
- outside: beyond the natural process limits, mean ± 2.66 mean moving ranges of the baseline (Shewhart's 3 sigma:
  Western Electric 1956 test 1, Nelson 1984 test 1);
- trend: six in a row rising, or falling (Nelson 1984 test 3).

The run rules use the median of the whole series, as they were tried: with the baseline's median frozen, false signals
rise to between 5 and 15 % (simulated). The baseline gives the limits, and from where the change is counted.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import comb, log2

from metrics.movement.answers import mean, median
from metrics.movement.series import Final, neighbours

FEWEST = 10  # baseline points, and useful points for the run rules
TREND = 6  # points in a row
LIMIT, RANGE_LIMIT = Decimal("2.66"), Decimal("3.267")  # 3 / d2, and D4, for ranges of two


@dataclass(frozen=True)
class Signal:
    """Which rule, and from which month to which it shows."""

    rule: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Runs:
    """The run chart's figures: `useful` points off the median, runs and crossings with what chance allows.

    `long` are the first and last months of runs longer than allowed.
    """

    median: Decimal
    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int
    long: tuple[tuple[dt.date, dt.date], ...] = ()

    @property
    def is_shifted(self) -> bool:
        return self.useful >= FEWEST and self.longest > self.longest_allowed

    @property
    def crosses_seldom(self) -> bool:
        return self.useful >= FEWEST and self.crossings < self.crossings_needed

    @property
    def has_signal(self) -> bool:
        return self.is_shifted or self.crosses_seldom


@dataclass(frozen=True)
class Limits:
    """XmR: the mean with natural process limits (`low` None where zero is the floor), and the ranges' limit."""

    mean: Decimal
    low: Decimal | None
    high: Decimal
    range_mean: Decimal
    range_high: Decimal

    def is_outside(self, value: Decimal) -> bool:
        return value > self.high or (self.low is not None and value < self.low)


@dataclass(frozen=True)
class Chart:
    """A series ready to draw: final points in order, the baseline first, with lines and signals.

    `limits` is None where the baseline has no two neighbouring months or does not vary.
    """

    baseline: tuple[Final, ...]
    later: tuple[Final, ...]
    runs: Runs
    limits: Limits | None
    signals: tuple[Signal, ...]

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(signal.rule for signal in self.signals)


def chart(baseline: Sequence[Final], later: Sequence[Final], *, below_zero: bool = False) -> Chart:
    """The chart of a series split where the baseline ends; ValueError without a baseline point."""
    points = (*baseline, *later)
    runs = read_runs(points)
    limits = read_limits(baseline, below_zero=below_zero)
    found = (*_run_signals(runs, points), *_outside(points, limits), *_trends(points))
    return Chart(tuple(baseline), tuple(later), runs, limits, found)


def read_runs(points: Sequence[Final]) -> Runs:
    """Runs and crossings about the median of these points; ValueError without any."""
    middle = median(point.value for point in points)
    if middle is None:
        raise ValueError("A run chart needs values.")
    off = [point for point in points if point.value != middle]
    runs = [list(run) for _, run in groupby(off, key=lambda point: point.value > middle)]
    allowed = longest_allowed(len(off))
    return Runs(
        middle,
        useful=len(off),
        longest=max(map(len, runs), default=0),
        longest_allowed=allowed,
        crossings=max(len(runs) - 1, 0),
        crossings_needed=crossings_needed(len(off)),
        long=tuple((run[0].month, run[-1].month) for run in runs if len(run) > allowed),
    )


def longest_allowed(useful: int) -> int:
    """The longest run that chance gives among `useful` points (Anhøj & Olesen 2014)."""
    return round(log2(useful) + 3) if useful else 0


def crossings_needed(useful: int) -> int:
    """The fewest crossings that chance gives: 5th percentile of Binomial(useful - 1, ½), exact."""
    tosses, fewest, ways = max(useful - 1, 0), 0, 1
    while 20 * ways < 2**tosses:
        fewest += 1
        ways += comb(tosses, fewest)
    return fewest


def read_limits(points: Sequence[Final], *, below_zero: bool = False) -> Limits | None:
    """Natural process limits (Wheeler 1993); ranges between neighbouring months only."""
    middle, range_mean = mean(point.value for point in points), mean(_ranges(points))
    if middle is None or not range_mean:
        return None
    low = middle - LIMIT * range_mean
    return Limits(
        middle,
        low if below_zero or low > 0 else None,
        middle + LIMIT * range_mean,
        range_mean,
        RANGE_LIMIT * range_mean,
    )


def _ranges(points: Sequence[Final]) -> Iterator[Decimal]:
    return (abs(other.value - one.value) for one, other in neighbours(points))


def _run_signals(runs: Runs, points: Sequence[Final]) -> Iterator[Signal]:
    if runs.is_shifted:
        yield from (Signal("shift", first, last) for first, last in runs.long)
    if runs.crosses_seldom:
        yield Signal("crossings", points[0].month, points[-1].month)


def _outside(points: Sequence[Final], limits: Limits | None) -> Iterator[Signal]:
    return (
        Signal("outside", point.month, point.month)
        for point in points
        if limits and limits.is_outside(point.value)
    )


def _trends(points: Sequence[Final]) -> Iterator[Signal]:
    """Stretches of neighbouring months that only rise, or only fall."""
    steps = list(neighbours(points))
    start = 0
    for at in range(1, len(steps) + 1):
        if at < len(steps) and _goes_on(steps[at - 1], steps[at]):
            continue
        first, last = steps[start][0], steps[at - 1][1]
        if at - start + 1 >= TREND:
            yield Signal("trend", first.month, last.month)
        start = at


def _goes_on(one: tuple[Final, Final], other: tuple[Final, Final]) -> bool:
    """Whether the second step continues the first, the same way."""
    if one[1] != other[0]:
        return False
    return (one[1].value - one[0].value) * (other[1].value - other[0].value) > 0
