"""An indicator's values against its target, and against "better every year".

Pure, as `metrics/readings/judgement.py`: it chooses what may be compared and asks `metrics/movement`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from metrics import movement
from metrics.movement.answers import mean
from metrics.readings.judgement import (
    SHARES,
    Measured,
    Value,
    is_higher_better,
    is_usable,
    measure_of,
    wave_of,
)


def standing_of(indicator: Measured, rows: Sequence[Value], today: dt.date) -> movement.Standing | None:
    """Where the latest value stands against the target; None without one."""
    if indicator.target is None or indicator.target_on is None:
        return None
    told = [row for row in rows if _is_comparable_with_target(indicator, row)]
    first = next((row for row in told if is_usable(row)), None)
    value = measure_of(indicator, first) if first else None
    aim = movement.Aim(
        indicator.target,
        indicator.target_on,
        is_higher_better(indicator),
        indicator.baseline if indicator.baseline is not None else value,
        indicator.baseline_on or (first.last_day if first else None),
    )
    measured = [(row.last_day, _measured(indicator, row)) for row in told]
    return movement.standing(aim, measured, today)


def _measured(indicator: Measured, row: Value) -> movement.Wave:
    """The wave in the indicator's own measure; counts only where they are what chance may move."""
    wave = wave_of(row)
    if indicator.computed or indicator.kind not in SHARES:
        few = None if indicator.computed or indicator.kind == "count" else wave.answered
        return replace(wave, share=measure_of(indicator, row), positive=None, answered=few)
    return wave


def _is_comparable_with_target(indicator: Measured, row: Value) -> bool:
    """What is accumulated from January is compared with a target when the year is full."""
    return indicator.period_kind != "cumulative" or (row.last_day.month, row.last_day.day) == (12, 31)


def years_of(indicator: Measured, rows: Sequence[Value]) -> movement.EveryYear | None:
    """Whether every year was better than the one before; None where that is not agreed."""
    if not indicator.better_every_year:
        return None
    values = dict(_yearly(indicator, rows))
    return movement.every_year(values, higher_is_better=is_higher_better(indicator))


def _yearly(indicator: Measured, rows: Sequence[Value]) -> Iterable[tuple[int, Decimal | None]]:
    """One value a year: the mean of twelve months, the full year's, or the last survey's."""
    by_year: dict[int, list[Value]] = {}
    for row in rows:
        if is_usable(row):
            by_year.setdefault(row.last_day.year, []).append(row)
    for year, found in by_year.items():
        values = [value for row in found if (value := measure_of(indicator, row)) is not None]
        if indicator.period_kind == "monthly":
            yield year, mean(values) if len({row.last_day.month for row in found}) == 12 else None
        elif indicator.period_kind == "point":
            yield year, values[-1] if values else None
        else:
            yield year, values[-1] if found[-1].last_day.month == 12 else None
