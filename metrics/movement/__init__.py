"""Has it moved, how sure can we be, and may we say so.

Pure: plain values in, frozen dataclasses out, no clock and no dependency. By noun: `interval` (what chance and silence
allow), `verdict` (shares and counts), `linked` (the same people twice), `answers` (distributions 1–5), `hme` (its index),
`questions` (read together), `series`, `runs`, `monthly` (series by month), `departments` (started or not), `target`.

Every verdict is moved, unchanged, worsened or unknown, with a reason and cautions as keys that
`metrics/readings/movement_wording.py` puts in words. What is small (n < 30), preliminary, approximate or alone is never judged.
"""

from metrics.movement.answers import Answers, judge_answers, superiority
from metrics.movement.departments import Comparison, Department, compare_departments
from metrics.movement.hme import HME, Index, Item, judge_index, read_index
from metrics.movement.interval import (
    Interval,
    Z,
    bounds,
    bounds_of_change,
    newcombe,
    newcombe_linked,
    wilson,
)
from metrics.movement.linked import Linked, judge_linked, mcnemar
from metrics.movement.monthly import chart_series, judge_series
from metrics.movement.questions import judge_together
from metrics.movement.runs import Chart, Limits, Runs, Signal
from metrics.movement.series import Point, Series
from metrics.movement.target import Aim, EveryYear, Standing, every_year, standing
from metrics.movement.verdict import SMALL, Census, Verdict, Wave, judge, judge_count

__all__ = [
    "HME",
    "SMALL",
    "Aim",
    "Answers",
    "Census",
    "Chart",
    "Comparison",
    "Department",
    "EveryYear",
    "Index",
    "Interval",
    "Item",
    "Limits",
    "Linked",
    "Point",
    "Runs",
    "Series",
    "Signal",
    "Standing",
    "Verdict",
    "Wave",
    "Z",
    "bounds",
    "bounds_of_change",
    "chart_series",
    "compare_departments",
    "every_year",
    "judge",
    "judge_answers",
    "judge_count",
    "judge_index",
    "judge_linked",
    "judge_series",
    "judge_together",
    "mcnemar",
    "newcombe",
    "newcombe_linked",
    "read_index",
    "standing",
    "superiority",
    "wilson",
]
