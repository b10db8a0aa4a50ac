"""Departments where an activity has started beside those where it has not.

A permutation test over departments (Fisher 1935, Pitman 1937): if the activity made no difference, any equally large
set of departments might as well have been the one that started. Departments weigh alike, whatever their size, since
it was departments that started. The interval holds the differences that the same test would not reject (Pitman),
so interval and p always agree; below 40 possible sets no outcome could reach 5 % and nothing is said.

Nobody drew lots about who would start, so this never shows that the activity was the reason; its limits are keys.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import comb, inf, lcm
from random import Random

from metrics.movement.answers import mean
from metrics.movement.interval import Interval
from metrics.movement.verdict import Verdict, decide

EXACT_UP_TO = 20_000  # sets of departments; all halves of 16 departments are 12,870
SAMPLES = 9_999  # sets drawn beyond that, the real one added (Phipson & Smyth 2010)
SEED = 1937  # the same figures give the same answer
FEW = 10  # departments


@dataclass(frozen=True)
class Department:
    """A department's value before and after, in the indicator's unit; None where it is missing or not shown."""

    name: str
    before: Decimal | None
    after: Decimal | None
    started: bool


@dataclass(frozen=True)
class Comparison:
    """Mean changes of both sets; `sets` were compared, all there are if `exact`; `left_out` have no change."""

    verdict: Verdict
    started: Decimal | None
    rest: Decimal | None
    sets: int = 0
    exact: bool = True
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Permuted:
    """Set against set: tails counting the real one, and the differences at which each set equals the real one."""

    sets: int
    above: int
    below: int
    lows: list[float]
    highs: list[float]
    exact: bool


def compare_departments(
    departments: Sequence[Department],
    *,
    higher_is_better: bool,
    smallest: Decimal | None = None,
    unit: str = "share",
) -> Comparison:
    """The started departments' mean change minus the rest's, with p, interval and limits."""
    known = [one for one in departments if one.before is not None and one.after is not None]
    left_out = tuple(one.name for one in departments if one not in known)
    groups = [[one for one in known if one.started is started] for started in (True, False)]
    started, rest = (mean(map(_change, group)) for group in groups)
    if started is None or rest is None:
        return Comparison(Verdict("unknown", "no_comparison", unit=unit), started, rest, left_out=left_out)
    permuted = _permute([_exact_change(one) for group in groups for one in group], len(groups[0]))
    verdict = _judge(permuted, started - rest, higher_is_better, smallest, unit)
    told = (
        ("started", len(groups[0])),
        ("rest", len(groups[1])),
        ("mean_started", started),
        ("mean_rest", rest),
    )
    cautions = _limits(groups[0], groups[1], higher_is_better, bool(left_out))
    verdict = replace(verdict, figures=told, cautions=cautions)
    return Comparison(verdict, started, rest, permuted.sets, permuted.exact, left_out)


def _change(department: Department) -> Decimal:
    return (department.after or Decimal(0)) - (department.before or Decimal(0))


def _exact_change(department: Department) -> Fraction:
    return Fraction(_change(department))


def _permute(changes: list[Fraction], size: int) -> _Permuted:
    """Try sets; the first `size` changes are the real set. Whole numbers, so that ties are ties."""
    scale = lcm(*(change.denominator for change in changes))
    whole = [int(change * scale) for change in changes]
    real = sum(whole[:size])
    sets, exact = _sets(len(whole), size)
    lows, highs, above, below, drawn = [], [], 1, 1, 1
    for chosen in sets:
        gap = real - sum(whole[at] for at in chosen)
        swapped = sum(at >= size for at in chosen)
        drawn, above, below = drawn + 1, above + (gap <= 0), below + (gap >= 0)
        lows.append(gap / (swapped * scale) if swapped else -inf)
        highs.append(gap / (swapped * scale) if swapped else inf)
    return _Permuted(drawn, above, below, sorted(lows), sorted(highs, reverse=True), exact)


def _sets(departments: int, size: int) -> tuple[Iterator[tuple[int, ...]], bool]:
    """All sets but the real one, or so many drawn at random, always the same."""
    if comb(departments, size) <= EXACT_UP_TO:
        every = combinations(range(departments), size)
        next(every)  # the real one comes first
        return every, True
    draw = Random(SEED)
    return (tuple(draw.sample(range(departments), size)) for _ in range(SAMPLES)), False


def _judge(
    permuted: _Permuted, difference: Decimal, higher_is_better: bool, smallest: Decimal | None, unit: str
) -> Verdict:
    p = min(Fraction(1), Fraction(2 * min(permuted.above, permuted.below), permuted.sets))
    spared = permuted.sets // 40  # 2.5 % at either end
    if not spared:
        return Verdict("unknown", "too_few_departments", difference, unit=unit, p=float(p))
    interval = Interval(permuted.lows[spared - 1], permuted.highs[spared - 1])
    verdict = decide(difference, interval, higher_is_better=higher_is_better, smallest=smallest, unit=unit)
    reasons = {"beyond_chance": "departments_beyond", "within_chance": "departments_within"}
    return replace(verdict, p=float(p), reason=reasons.get(verdict.reason, verdict.reason))


def _limits(
    started: Sequence[Department], rest: Sequence[Department], higher_is_better: bool, some_left_out: bool
) -> tuple[str, ...]:
    """What the comparison cannot rule out, as keys."""
    limits = ["not_randomised", "departments_weigh_alike"]
    if len(started) + len(rest) < FEW:
        limits.append("few_departments")
    if _started_worse(started, rest, higher_is_better):
        limits.append("regression_to_mean")
    if some_left_out:
        limits.append("departments_left_out")
    return tuple(limits)


def _started_worse(started: Sequence[Department], rest: Sequence[Department], higher_is_better: bool) -> bool:
    """Those who start from far down tend to rise anyway."""
    ours, theirs = (mean(one.before or Decimal(0) for one in group) for group in (started, rest))
    return ours is not None and theirs is not None and ours != theirs and (ours < theirs) == higher_is_better
