"""The target: reached, on the way, or not; and "falls every year", year by year.

Another question than movement: a target is met or missed by what was measured, whatever chance had to do with it, so
the answer is a `Standing` and not a `Verdict`. Progress is counted from the baseline in the agreed direction, as a
share of the way (below 0 when it went wrong, above 1 when it went past), never as latest divided by target.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from metrics.movement.interval import wilson
from metrics.movement.verdict import SMALL, Wave


@dataclass(frozen=True)
class Aim:
    """Target value and day; `baseline` with its day where there is one. All values in the indicator's unit."""

    target: Decimal
    due: dt.date
    higher_is_better: bool
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None

    def is_met(self, value: Decimal) -> bool:
        return value >= self.target if self.higher_is_better else value <= self.target


@dataclass(frozen=True)
class Standing:
    """`kind` is reached, on_way, slow, away, missed or unknown; `reason` a key.

    `way` is how much of the way from baseline to target is gone, `expected` how much of the time; fractions of one.
    """

    kind: str
    reason: str
    on: dt.date | None = None
    value: Decimal | None = None
    way: Decimal | None = None
    expected: Decimal | None = None
    cautions: tuple[str, ...] = ()


def standing(aim: Aim, measured: Sequence[tuple[dt.date, Wave]], today: dt.date) -> Standing:
    """Where the latest value that may be judged stands against the target, on a day.

    `measured` are days with waves, in any order; of several on a day the one given last (the latest revision).
    Preliminary and approximate ones are passed over.
    """
    usable = [(on, wave) for on, wave in measured if _is_usable(wave) and on <= today]
    if not usable:
        return Standing("unknown", "preliminary_only" if measured else "no_value")
    on, wave = max(reversed(usable), key=lambda pair: pair[0])
    value = wave.share
    if value is None or (wave.answered is not None and wave.answered < SMALL):
        return Standing("unknown", "few", on, value)
    if aim.is_met(value):
        return Standing("reached", "target_reached", on, value, cautions=_doubts(aim, wave))
    if today > aim.due:
        return _past_due(aim, on, value)
    return _under_way(aim, on, value)


def _is_usable(wave: Wave) -> bool:
    return wave.comparable and not wave.preliminary and wave.share is not None


def _doubts(aim: Aim, wave: Wave) -> tuple[str, ...]:
    doubts = []
    if wave.positive is not None and wave.answered and wilson(wave.positive, wave.answered).holds(aim.target):
        doubts.append("target_within_chance")
    if aim.baseline is not None and aim.is_met(aim.baseline):
        doubts.append("reached_from_start")
    return tuple(doubts)


def _past_due(aim: Aim, on: dt.date, value: Decimal) -> Standing:
    """Missed if it was measured on the day or after, else nobody knows."""
    if on >= aim.due:
        return Standing("missed", "target_missed", on, value)
    return Standing("unknown", "not_measured_since", on, value)


def _under_way(aim: Aim, on: dt.date, value: Decimal) -> Standing:
    if aim.baseline is None or aim.baseline_on is None:
        return Standing("unknown", "no_baseline", on, value)
    if on <= aim.baseline_on:
        return Standing("unknown", "one_value", on, value)
    span = (aim.due - aim.baseline_on).days
    gone = min(Decimal((on - aim.baseline_on).days) / span, Decimal(1)) if span > 0 else Decimal(1)
    found = Standing("away", "from_target", on, value, expected=gone, cautions=("pace_not_tested",))
    if aim.is_met(aim.baseline):  # it stood past the target and has fallen back: there is no way to count
        return found
    way = (value - aim.baseline) / (aim.target - aim.baseline)
    if way < 0:
        return replace(found, way=way)
    kind, reason = ("on_way", "pace_kept") if way >= gone else ("slow", "pace_not_kept")
    return replace(found, kind=kind, reason=reason, way=way)


@dataclass(frozen=True)
class YearStep:
    """From the year before to `year`: `kept` is None where either value is missing."""

    year: int
    change: Decimal | None
    kept: bool | None


@dataclass(frozen=True)
class EveryYear:
    """Which years kept what was agreed ("falls every year"); standing still does not keep it."""

    steps: tuple[YearStep, ...]

    @property
    def kept(self) -> tuple[int, ...]:
        return tuple(step.year for step in self.steps if step.kept is True)

    @property
    def broken(self) -> tuple[int, ...]:
        return tuple(step.year for step in self.steps if step.kept is False)

    @property
    def unknown(self) -> tuple[int, ...]:
        return tuple(step.year for step in self.steps if step.kept is None)

    @property
    def reason(self) -> str:
        """A key: years_kept, years_broken, years_unknown, or one_value."""
        if self.broken:
            return "years_broken"
        if self.unknown:
            return "years_unknown"
        return "years_kept" if self.steps else "one_value"


def every_year(values: Mapping[int, Decimal | None], *, higher_is_better: bool) -> EveryYear:
    """Year by year from the first value to the last year given; final values only, None where one is missing."""
    known = [year for year, value in values.items() if value is not None]
    if not known:
        return EveryYear(())
    years = range(min(known) + 1, max(values) + 1)
    return EveryYear(
        tuple(_step(year, values.get(year - 1), values.get(year), higher_is_better) for year in years)
    )


def _step(year: int, before: Decimal | None, after: Decimal | None, higher_is_better: bool) -> YearStep:
    if before is None or after is None:
        return YearStep(year, None, None)
    change = after - before
    return YearStep(year, change, change > 0 if higher_is_better else change < 0)
