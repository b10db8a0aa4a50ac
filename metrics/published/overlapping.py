"""Tables that readers put together from figures of different, overlapping periods.

One survey may be told as of all October for the whole and of its first half for the departments: nothing but the
dates keeps anybody from taking the departments from the whole. Months, accumulated figures and rolling windows are
not surveys at a point in time, and are tied in `hanging`.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from metrics.published.figure import Figure, Period, Slot

Slots = dict[Slot, Hashable]
MOST = 16  # tables around one period


def overlap(one: Period, other: Period) -> bool:
    """Whether they have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def across(figures: Iterable[Figure]) -> Iterator[Slots]:
    """Keys by slot: each period's own figures, and for groups that have none then, those of overlapping periods."""
    tables: dict[int, dict[Period, Slots]] = defaultdict(lambda: defaultdict(dict))
    for figure in figures:
        if figure.period_kind == "point":
            tables[figure.indicator][figure.period][figure.slot] = figure.key
    for periods in tables.values():
        for period, slots in periods.items():
            yield from _around(slots, _near(period, periods))


def _near(period: Period, periods: Mapping[Period, Slots]) -> list[Slots]:
    """The tables of other periods that overlap this one, the most alike first."""
    others = sorted(
        (other for other in periods if other != period and overlap(period, other)),
        key=lambda other: sum(abs((a - b).days) for a, b in zip(period, other, strict=True)),
    )
    return [periods[other] for other in others]


def _around(slots: Slots, others: Sequence[Slots]) -> Iterator[Slots]:
    """Every choice of one figure for each group that is missing; where they are too many, from one period first."""
    missing = sorted({slot for other in others for slot in other} - slots.keys())
    options = [[other[slot] for other in others if slot in other] for slot in missing]
    if not missing:
        return
    if math.prod(map(len, options)) <= MOST:
        for keys in product(*options):
            yield slots | dict(zip(missing, keys, strict=True))
        return
    nearest = {slot: keys[0] for slot, keys in zip(missing, options, strict=True)}
    for other in others[:MOST]:
        yield nearest | other | slots
