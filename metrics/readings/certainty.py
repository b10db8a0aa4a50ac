"""How far chance may reach for one value by itself: the upright lines of the charts.

Pure, as `metrics/readings/judgement.py`. A verdict never rests on these; it asks how far the difference may reach.
"""

from math import sqrt

from metrics import movement
from metrics.movement.interval import around, student
from metrics.readings.judgement import SHARES, Measured, Value, answers_of, wave_of

FEWEST = 10  # answers behind an interval of a mean (see `movement.interval.student`)


def interval_of(indicator: Measured, row: Value) -> movement.Interval | None:
    """The 95 % interval of one value, in its own measure; None where nothing tells, or all is counted."""
    if indicator.computed or indicator.kind == "count":
        return None
    answers = answers_of(row)
    if indicator.kind in SHARES:
        wave = answers.wave() if answers and row.positive is None else wave_of(row)
        return (
            movement.wilson(wave.positive, wave.answered)
            if wave.positive is not None and wave.answered
            else None
        )
    spread = answers.spread if answers and indicator.kind == "mean" else None
    if spread is None or spread.answered < FEWEST:
        return None
    reach = student(spread.answered - 1) * sqrt(spread.variance / spread.answered)
    return around(float(spread.mean), reach)


def interval_of_index(index: movement.Index) -> movement.Interval | None:
    """The widest that any dependence between the statements allows."""
    if index.total is None or index.answered < FEWEST:
        return None
    return around(float(index.total), student(index.answered - 1) * index.error)
