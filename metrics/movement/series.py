"""Monthly series as they are kept: revised, preliminary, with gaps.

A rolling or cumulative series is refused for signals: its neighbours share months, so every such series looks like
a trend.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

MONTHLY = "monthly"
REFUSED = ("rolling", "cumulative")


@dataclass(frozen=True)
class Point:
    """A month's value in the series' own unit; a higher `revision` replaces a lower."""

    month: dt.date
    value: Decimal | None
    preliminary: bool = False
    approximate: bool = False
    revision: int = 0


@dataclass(frozen=True)
class Final:
    """A month's value that may be judged; `month` is its first day."""

    month: dt.date
    value: Decimal

    def follows(self, other: "Final") -> bool:
        """Whether this is the very next month."""
        return _number(self.month) - _number(other.month) == 1


@dataclass(frozen=True)
class Series:
    """`kind` is monthly, rolling or cumulative. `below_zero`: values may be negative."""

    kind: str
    points: tuple[Point, ...]
    below_zero: bool = False


def refusal(series: Series) -> str | None:
    """Why a series may not be charted for signals, a reason key; None when it may."""
    if series.kind == MONTHLY:
        return None
    return series.kind if series.kind in REFUSED else "not_monthly"


def latest(points: Iterable[Point]) -> tuple[Point, ...]:
    """One point a month, the latest revision, in order; of equal revisions the one given last."""
    by_month = {_number(point.month): point for point in sorted(points, key=lambda point: point.revision)}
    return tuple(by_month[month] for month in sorted(by_month))


def final(points: Iterable[Point]) -> tuple[Final, ...]:
    """The latest revisions that may be judged: with a value, neither preliminary nor approximate."""
    return tuple(
        Final(point.month.replace(day=1), point.value)
        for point in latest(points)
        if point.value is not None and not point.preliminary and not point.approximate
    )


def neighbours(points: Sequence[Final]) -> Iterator[tuple[Final, Final]]:
    """Each point with the one of the very next month."""
    return ((one, other) for one, other in pairwise(points) if other.follows(one))


def has_gaps(points: Sequence[Final]) -> bool:
    """Whether a month between the first and the last is missing."""
    return any(not other.follows(one) for one, other in pairwise(points))


def covers_a_year(points: Sequence[Final]) -> bool:
    """Whether every calendar month is there at least once."""
    return len({point.month.month for point in points}) == 12


def _number(month: dt.date) -> int:
    return month.year * 12 + month.month
