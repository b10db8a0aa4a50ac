"""Full distributions on a scale 1–5: share of 4–5, mean, median, and the one of them that may be judged.

An indicator says beforehand which measure it is read by; that one alone gets a verdict, the others are shown. So
nobody looks for the measure that happened to move. The measures are judged by one interval each:

- share: Newcombe's, as all shares;
- mean: Welch's, in steps of the scale (30 answers or more on five steps is enough for it);
- median: on five steps it jumps whole steps or stands still, so it is shown and never tested. The distribution is
  read instead by the chance that an answer of the later wave lies above one of the earlier (ties half), which is
  what Mann and Whitney's test is about, with Newcombe's interval (2006, method 5). Their p-value adds nothing to
  it, and a chi-square over five steps would call a mere widening a movement without saying which way.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from metrics.movement.interval import Interval, Spread, superiority_interval, welch
from metrics.movement.verdict import (
    SMALL,
    Verdict,
    Wave,
    decide,
    decimal,
    judge,
    not_comparable,
    response_cautions,
)

STEPS = (1, 2, 3, 4, 5)
POSITIVE = (4, 5)
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Answers:
    """How many chose each step 1–5; `invited` and those without an opinion are not among them."""

    counts: tuple[int, int, int, int, int]
    invited: int | None = None
    no_opinion: int = 0
    comparable: bool = True
    preliminary: bool = False

    def __post_init__(self) -> None:
        if len(self.counts) != len(STEPS) or min(*self.counts, self.no_opinion) < 0:
            raise ValueError("A distribution has five counts, none below zero.")

    @property
    def answered(self) -> int:
        """Those with an opinion."""
        return sum(self.counts)

    @property
    def positive(self) -> int:
        """Those who chose 4 or 5."""
        return sum(self.counts[step - 1] for step in POSITIVE)

    @property
    def spread(self) -> Spread | None:
        """Mean and variance; None below two answers."""
        if self.answered < 2:
            return None
        total = sum(step * count for step, count in zip(STEPS, self.counts, strict=True))
        squares = sum(step * step * count for step, count in zip(STEPS, self.counts, strict=True))
        mean = Fraction(total, self.answered)
        return Spread(mean, (squares - mean * total) / (self.answered - 1), self.answered)

    @property
    def mean(self) -> Decimal | None:
        total = sum(step * count for step, count in zip(STEPS, self.counts, strict=True))
        return decimal(Fraction(total, self.answered)) if self.answered else None

    @property
    def median(self) -> Decimal | None:
        """Half-way between the two middle answers where they differ."""
        if not self.answered:
            return None
        below, above = self._at((self.answered - 1) // 2), self._at(self.answered // 2)
        return Decimal(below + above) / 2 if below != above else Decimal(below)

    def _at(self, place: int) -> int:
        """The answer in a place, from 0, when all stand in order."""
        return next(step for step, reach in zip(STEPS, accumulate(self.counts), strict=True) if place < reach)

    @property
    def share(self) -> Decimal | None:
        """Share of 4–5 among those with an opinion."""
        return decimal(Fraction(self.positive, self.answered)) if self.answered else None

    def wave(self) -> Wave:
        """The share of 4–5 as a wave; those without an opinion count as invited who did not answer."""
        return Wave(self.share, self.positive, self.answered, self.invited, self.comparable, self.preliminary)


def median(values: Iterable[Decimal | int]) -> Decimal | None:
    """The middle value, or half-way between the two; None without values."""
    ordered = sorted(Decimal(value) for value in values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def mean(values: Iterable[Decimal | int]) -> Decimal | None:
    """The arithmetic mean; None without values."""
    listed = [Fraction(value) for value in values]
    return decimal(sum(listed, Fraction(0)) / len(listed)) if listed else None


def superiority(first: Answers, last: Answers) -> Fraction:
    """Chance that an answer of the last wave lies above one of the first, ties half. ZeroDivisionError if empty."""
    above, below = Fraction(0), 0
    for earlier, later in zip(first.counts, last.counts, strict=True):
        above += later * (below + HALF * earlier)
        below += earlier
    return above / (first.answered * last.answered)


def judge_answers(
    first: Answers | None,
    last: Answers | None,
    *,
    measure: str,
    higher_is_better: bool,
    smallest: Decimal | None = None,
) -> Verdict:
    """The verdict by the indicator's own `measure`: share, mean or median; ValueError on another.

    `smallest` is in fractions of one, scale steps, or chance above one half.
    """
    ways = {"share": ("share", judge_share), "mean": ("scale", _by_mean), "median": ("superiority", _by_rank)}
    if measure not in ways:
        raise ValueError("A distribution is judged by share, mean or median.")
    unit, way = ways[measure]
    if first is None or last is None:
        return Verdict("unknown", "one_value", unit=unit)
    return way(first, last, higher_is_better, smallest)


def judge_share(first: Answers, last: Answers, higher_is_better: bool, smallest: Decimal | None) -> Verdict:
    """The share of 4–5, as any share."""
    return judge(first.wave(), last.wave(), higher_is_better=higher_is_better, smallest=smallest)


def _refused(first: Answers, last: Answers) -> str | None:
    if not first.answered or not last.answered:
        return "missing"
    refused = not_comparable(first, last)
    return refused or ("few" if min(first.answered, last.answered) < SMALL else None)


def _by_mean(first: Answers, last: Answers, higher_is_better: bool, smallest: Decimal | None) -> Verdict:
    refused, before, after = _refused(first, last), first.spread, last.spread
    if refused or before is None or after is None:
        return Verdict("unknown", refused or "few", unit="scale")
    change, interval = decimal(after.mean - before.mean), welch(before, after)
    if interval is None:
        return Verdict("unknown", "no_spread", change, unit="scale")
    verdict = decide(change, interval, higher_is_better=higher_is_better, smallest=smallest, unit="scale")
    return replace(verdict, cautions=(*_response(first, last), "unlinked"))


def _by_rank(first: Answers, last: Answers, higher_is_better: bool, smallest: Decimal | None) -> Verdict:
    refused = _refused(first, last)
    if refused:
        return Verdict("unknown", refused, unit="superiority")
    theta = superiority(first, last)
    found = superiority_interval(float(theta), first.answered, last.answered)
    verdict = decide(
        decimal(theta - HALF),
        Interval(found.low - 0.5, found.high - 0.5),
        higher_is_better=higher_is_better,
        smallest=smallest,
        unit="superiority",
    )
    return replace(
        verdict,
        figures=_medians(first, last),
        cautions=("median_coarse", *_response(first, last), "unlinked"),
    )


def _response(first: Answers, last: Answers) -> tuple[str, ...]:
    return response_cautions((first.answered, first.invited), (last.answered, last.invited))


def _medians(first: Answers, last: Answers) -> tuple[tuple[str, Decimal], ...]:
    return (("median_before", first.median or Decimal(0)), ("median_after", last.median or Decimal(0)))
