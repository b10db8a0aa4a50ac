"""The verdict, and how it is reached for shares and full counts.

Surveys here ask everybody, so non-response, not sampling, is the first doubt. Intervals serve the general claim
that something has moved. *Unchanged* is said only when a smallest change of interest has been agreed for the
indicator and the whole 95 % interval lies inside it (equivalence, Schuirmann 1987; the 95 % interval instead of
the usual 90 % makes it the stricter reading). An interval that merely holds zero is *cannot be told yet*.
"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from metrics.movement.interval import Interval, bounds, bounds_of_change, newcombe, wilson

SMALL = 30  # below this no verdict is given on a share, a mean or an index
RESPONSE_DIFFERS = Fraction(1, 10)  # response rates this far apart may be the whole explanation

Asked = tuple[int | None, int | None]  # (answered, invited)
Figures = tuple[tuple[str, int | Decimal | dt.date], ...]


@dataclass(frozen=True)
class Wave:
    """One measurement: a value, or counts; `comparable` is False for approximate and preliminary figures."""

    share: Decimal | None
    positive: int | None = None
    answered: int | None = None
    invited: int | None = None
    comparable: bool = True
    preliminary: bool = False


@dataclass(frozen=True)
class Verdict:
    """`kind` is moved, unchanged, worsened or unknown; `reason` is a key that the interface puts in words.

    `change` and `interval` are in `unit`: share (fractions of one), scale (steps 1–5), superiority (above one
    half), index (0–100), value (the series' own), count or questions. `p` is there only where a test was made.
    `figures` are what the sentence needs besides, `cautions` keys of what to say beside it.
    """

    kind: str
    reason: str
    change: Decimal | None = None
    interval: Interval | None = None
    unit: str = "share"
    p: float | None = None
    figures: Figures = ()
    cautions: tuple[str, ...] = ()

    @property
    def named(self) -> dict[str, int | Decimal | dt.date]:
        """The figures by name."""
        return dict(self.figures)

    @property
    def has_direction(self) -> bool:
        """Whether an arrow may be drawn: only then; two points alone never carry one."""
        return self.kind in ("moved", "worsened")


@dataclass(frozen=True)
class Census:
    """What was asked of everybody: `positive` of `answered` of `invited` (None when not known)."""

    positive: int
    answered: int
    invited: int | None = None

    @property
    def share(self) -> Decimal | None:
        return decimal(Fraction(self.positive, self.answered)) if self.answered else None

    @property
    def response(self) -> Decimal | None:
        """Response rate, a fraction of one."""
        return decimal(Fraction(self.answered, self.invited)) if self.invited else None

    @property
    def bounds(self) -> Interval | None:
        """Whatever the silent ones think; raises ValueError where the counts do not nest."""
        return bounds(self.positive, self.answered, self.invited) if self.invited else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.positive, self.answered) if self.answered else None


class Comparable(Protocol):
    """What says of itself whether it may be compared."""

    @property
    def comparable(self) -> bool: ...
    @property
    def preliminary(self) -> bool: ...


def decimal(number: Fraction) -> Decimal:
    """A fraction in 28 figures."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def decide(
    change: Decimal,
    interval: Interval,
    *,
    higher_is_better: bool,
    smallest: Decimal | None = None,
    unit: str = "share",
) -> Verdict:
    """A change with its interval becomes a verdict; `smallest` is the smallest change of interest, in the unit."""
    kind, reason = _read(interval, higher_is_better, smallest)
    return Verdict(kind, reason, change, interval, unit)


def _read(interval: Interval, higher_is_better: bool, smallest: Decimal | None) -> tuple[str, str]:
    holds_zero = interval.holds(0)
    if smallest is not None and interval.within(smallest):
        return "unchanged", "within_smallest" if holds_zero else "too_small"
    if holds_zero:
        return "unknown", "within_chance"
    return direction(interval.low > 0, higher_is_better), "beyond_chance"


def direction(rose: bool, higher_is_better: bool) -> str:
    """moved when it went the better way, worsened when not."""
    return "moved" if rose == higher_is_better else "worsened"


def not_comparable(*measured: Comparable) -> str | None:
    """Why these may not be judged: preliminary, approximate; None when they may."""
    if any(one.preliminary for one in measured):
        return "preliminary"
    return None if all(one.comparable for one in measured) else "approximate"


def judge(
    first: Wave | None, last: Wave | None, *, higher_is_better: bool, smallest: Decimal | None = None
) -> Verdict:
    """What may be said of the share's movement between two waves whose answers are not linked."""
    if first is None or last is None:
        return Verdict("unknown", "one_value")
    if first.share is None or last.share is None:
        return Verdict("unknown", "missing")
    refused = not_comparable(first, last)
    if refused:
        return Verdict("unknown", refused)
    change = last.share - first.share
    before, after = _counts(first), _counts(last)
    if before is None or after is None:
        return Verdict("unknown", "no_counts", change)
    if min(before[1], after[1]) < SMALL:
        return Verdict("unknown", "few", change)
    verdict = decide(change, newcombe(before, after), higher_is_better=higher_is_better, smallest=smallest)
    silent = ["silent"] if verdict.has_direction and _silence_may_undo(first, last) else []
    rates = response_cautions((first.answered, first.invited), (last.answered, last.invited))
    return replace(verdict, cautions=(*silent, *rates, "unlinked"))


def _counts(wave: Wave) -> tuple[int, int] | None:
    return None if wave.positive is None or wave.answered is None else (wave.positive, wave.answered)


def _silence_may_undo(first: Wave, last: Wave) -> bool:
    """Whether those who did not answer could turn the change among everybody invited into none."""
    before, after = _nested(first), _nested(last)
    return before is not None and after is not None and bounds_of_change(before, after).holds(0)


def _nested(wave: Wave) -> tuple[int, int, int] | None:
    counts = _counts(wave)
    return (*counts, wave.invited) if counts and wave.invited else None


def response_cautions(first: Asked, last: Asked) -> tuple[str, ...]:
    """What to say of the response rates of two waves."""
    rates = [Fraction(answered, invited) for answered, invited in (first, last) if answered and invited]
    if len(rates) < 2:
        return ("response_unknown",)
    return ("response_differs",) if abs(rates[1] - rates[0]) >= RESPONSE_DIFFERS else ()


def judge_count(first: int | None, last: int | None, *, higher_is_better: bool) -> Verdict:
    """A full count (how many units lie over the base number): what is counted has moved or it has not."""
    if first is None or last is None:
        return Verdict("unknown", "one_value", unit="count")
    change = Decimal(last - first)
    if change == 0:
        return Verdict("unchanged", "counted", change, unit="count")
    return Verdict(direction(change > 0, higher_is_better), "counted", change, unit="count")
