"""Has it moved, how sure can we be, and may we say so.

Wilson's score interval: Wilson (1927). Difference between two independent shares: Newcombe (1998), method 10.
Surveys here ask everybody, so non-response, not sampling, is the first doubt: `bounds` says what the silent
ones could change. Intervals are used for the general claim that something has moved.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

Z = 1.959963984540054  # two-sided 95 %
SMALL = 30  # below this no verdict is given on a share


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, as fractions of one."""

    low: float
    high: float


@dataclass(frozen=True)
class Wave:
    """One measurement: a value, or counts; `comparable` is False for approximate and preliminary figures."""

    share: Decimal | None
    positive: int | None = None
    answered: int | None = None
    invited: int | None = None
    comparable: bool = True


@dataclass(frozen=True)
class Verdict:
    """`kind` is moved, unchanged, worsened or unknown; `reason` is a key that the interface puts in words."""

    kind: str
    reason: str
    change: Decimal | None = None
    interval: Interval | None = None


def wilson(positive: int, answered: int) -> Interval:
    """95 % interval for a share; raises ValueError without answers."""
    if answered <= 0 or not 0 <= positive <= answered:
        raise ValueError("A share needs 0 ≤ positive ≤ answered and at least one answer.")
    share = positive / answered
    centre = share + Z * Z / (2 * answered)
    spread = Z * sqrt(share * (1 - share) / answered + Z * Z / (4 * answered * answered))
    scale = 1 + Z * Z / answered
    return Interval(max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """95 % interval for the second share minus the first, each as (positive, answered)."""
    before, after = wilson(*first), wilson(*second)
    p1, p2 = first[0] / first[1], second[0] / second[1]
    difference = p2 - p1
    low = difference - sqrt((p2 - after.low) ** 2 + (before.high - p1) ** 2)
    high = difference + sqrt((after.high - p2) ** 2 + (p1 - before.low) ** 2)
    return Interval(low, high)


def bounds(positive: int, answered: int, invited: int) -> Interval:
    """Where the share of everybody invited must lie, whatever those who did not answer think."""
    if not 0 <= positive <= answered <= invited or invited == 0:
        raise ValueError("Bounds need 0 ≤ positive ≤ answered ≤ invited and somebody invited.")
    return Interval(positive / invited, (positive + invited - answered) / invited)


def judge(first: Wave | None, last: Wave | None, *, higher_is_better: bool) -> Verdict:
    """What may be said of the movement between two waves."""
    if first is None or last is None:
        return Verdict("unknown", "one_value")
    if first.share is None or last.share is None:
        return Verdict("unknown", "missing")
    if not first.comparable or not last.comparable:
        return Verdict("unknown", "approximate")
    change = last.share - first.share
    counts = (first.positive, first.answered, last.positive, last.answered)
    if any(count is None for count in counts):
        return Verdict("unknown", "no_counts", change)
    p1, n1, p2, n2 = (int(count or 0) for count in counts)
    if min(n1, n2) < SMALL:
        return Verdict("unknown", "few", change)
    interval = newcombe((p1, n1), (p2, n2))
    if interval.low <= 0 <= interval.high:
        return Verdict("unknown", "within_chance", change, interval)
    better = (interval.low > 0) == higher_is_better
    return Verdict("moved" if better else "worsened", "beyond_chance", change, interval)


def judge_count(first: int | None, last: int | None, *, higher_is_better: bool) -> Verdict:
    """A full count (how many units lie over the base number): what is counted has moved or it has not."""
    if first is None or last is None:
        return Verdict("unknown", "one_value")
    change = Decimal(last - first)
    if change == 0:
        return Verdict("unchanged", "counted", change)
    better = (change > 0) == higher_is_better
    return Verdict("moved" if better else "worsened", "counted", change)
