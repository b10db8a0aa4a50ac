"""What takes managers' time, in which months and weeks, and how much of it.

An occupation is a recurring process of the annual wheel or an activity. Hours are those of one manager: of a year
when the occupation comes back every year, else in all. They are spread evenly over the months in which it runs.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

PROCESS, TRAINING, MEETING = "process", "training", "meeting"
MONTHS = range(1, 13)
LAST_WEEK = 53
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Occupation:
    """Something that takes managers' time; no departments or audiences means all of them."""

    key: str
    name: str
    kind: str = "measure"
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    hours: Decimal | None = None
    departments: frozenset[int] = frozenset()
    audiences: frozenset[str] = frozenset()
    first: dt.date | None = None
    last: dt.date | None = None
    is_recurring: bool = False


@dataclass(frozen=True)
class Cell:
    """The hours of one manager in one month, to one decimal, and whether they pass the ceiling."""

    month: int
    hours: Decimal
    is_over: bool


@dataclass(frozen=True)
class Change:
    """What a what-if does to one month of one department."""

    year: int
    before: Cell
    after: Cell


# Weeks


def parse_weeks(text: str) -> tuple[int, ...]:
    """The weeks that "10–12, 40" or "v. 10-12 och 40" mean, in order; raises ValueError for anything else."""
    plain = re.sub(r"\b(?:veckorna|veckor|vecka|weeks|week|v)\b\.?", " ", text.lower())
    weeks: set[int] = set()
    for part in re.split(r",|;|\boch\b|\band\b", plain) if plain.strip() else ():
        found = re.fullmatch(r"\s*([0-9]{1,2})(?:\s*[-–]\s*([0-9]{1,2}))?\s*", part)
        if not found:
            raise ValueError(text)
        begin, end = int(found[1]), int(found[2] or found[1])
        if not 1 <= begin <= end <= LAST_WEEK:
            raise ValueError(text)
        weeks.update(range(begin, end + 1))
    return tuple(sorted(weeks))


def in_ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as stretches: 10, 11, 12, 40 gives (10, 12), (40, 40)."""
    stretches: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    return stretches


def weeks_outside(weeks: Iterable[int], months: Iterable[int]) -> list[int]:
    """Weeks that never touch any of the months, whatever the year."""
    return [week for week in weeks if not _possible_months(week) & set(months)]


def _possible_months(week: int) -> set[int]:
    """The months that a week of this number can touch: it begins up to three days either way."""
    monday = dt.date(2001, 1, 1) + dt.timedelta(weeks=week - 1)
    return {(monday + dt.timedelta(days=days)).month for days in range(-3, 10)}


def days_of(week: int, year: int) -> tuple[dt.date, dt.date] | None:
    """Monday and Sunday; None for week 53 in a year that has none."""
    try:
        return dt.date.fromisocalendar(year, week, 1), dt.date.fromisocalendar(year, week, 7)
    except ValueError:
        return None


def months_of_weeks(weeks: Iterable[int], year: int) -> tuple[int, ...]:
    """The month that holds the most of each week."""
    mondays = [days[0] for week in weeks if (days := days_of(week, year))]
    thursdays = [monday + dt.timedelta(days=3) for monday in mondays]
    return tuple(sorted({day.month for day in thursdays if day.year == year}))


# When something runs


def _stretch(occupation: Occupation) -> tuple[dt.date, dt.date] | None:
    """From its first to its last day. What comes back every year goes on; else an end that nobody has told
    is that of the calendar year, and what has no day at all has no stretch."""
    first, last = occupation.first, occupation.last
    if occupation.is_recurring:
        return first or dt.date.min, last or dt.date.max
    known = first or last
    if known is None:
        return None
    return first or dt.date(known.year, 1, 1), last or dt.date(known.year, 12, 31)


def _chosen(occupation: Occupation, year: int) -> Sequence[int]:
    """The months that it has in a full year: those chosen, those of its weeks, or all."""
    if occupation.months:
        return occupation.months
    return months_of_weeks(occupation.weeks, year) if occupation.weeks else MONTHS


def months_in(occupation: Occupation, year: int) -> tuple[int, ...]:
    """The months of a year in which it runs."""
    stretch = _stretch(occupation)
    if stretch is None:
        return ()
    first, last = ((day.year, day.month) for day in stretch)
    return tuple(month for month in _chosen(occupation, year) if first <= (year, month) <= last)


def weeks_in(occupation: Occupation, year: int) -> tuple[int, ...]:
    """The weeks of a year that it gives, within its stretch."""
    stretch = _stretch(occupation)
    if stretch is None:
        return ()
    first, last = stretch
    days = {week: days_of(week, year) for week in occupation.weeks}
    return tuple(week for week, found in days.items() if found and found[0] <= last and first <= found[1])


# Hours


def _months_in_all(occupation: Occupation) -> int:
    stretch = _stretch(occupation)
    years = range(stretch[0].year, stretch[1].year + 1) if stretch else ()
    return sum(len(months_in(occupation, year)) for year in years)


@lru_cache(maxsize=4096)
def spread(occupation: Occupation, year: int) -> Mapping[int, Fraction]:
    """Its hours by month of a year; kept, since every department asks."""
    months = months_in(occupation, year)
    if not months or not occupation.hours:
        return {}
    parts = len(_chosen(occupation, year)) if occupation.is_recurring else _months_in_all(occupation)
    return dict.fromkeys(months, Fraction(occupation.hours) / parts)


def unplaced(occupations: Iterable[Occupation]) -> list[Occupation]:
    """Those with hours that fall in no month: no day is told, or the months lie outside its days."""
    return [row for row in occupations if row.hours and not row.is_recurring and not _months_in_all(row)]


def concerns(occupation: Occupation, department: int, audience: str = "") -> bool:
    """Whether it takes the time of a department's managers; without an audience, of every one of them."""
    return (not occupation.departments or department in occupation.departments) and (
        not occupation.audiences or audience in occupation.audiences
    )


def load(
    occupations: Iterable[Occupation],
    year: int,
    department: int,
    ceiling: Decimal | None = None,
    audience: str = "",
) -> tuple[Cell, ...]:
    """The twelve months of one manager in a department; what is shown is what is held against the ceiling."""
    totals = dict.fromkeys(MONTHS, Fraction(0))
    for occupation in occupations:
        if concerns(occupation, department, audience):
            for month, hours in spread(occupation, year).items():
                totals[month] += hours
    return tuple(_cell(month, hours, ceiling) for month, hours in totals.items())


def _cell(month: int, exact: Fraction, ceiling: Decimal | None) -> Cell:
    hours = int(exact * 10 + Fraction(1, 2)) * TENTH
    return Cell(month, hours, ceiling is not None and hours > ceiling)


# What if


def without(occupations: Iterable[Occupation], key: str) -> list[Occupation]:
    """As if one of them were stopped."""
    return [row for row in occupations if row.key != key]


def moved(occupations: Iterable[Occupation], key: str, months: int) -> list[Occupation]:
    """As if one of them came so many months later, or earlier; in which weeks is then not known."""
    return [_later(row, months) if row.key == key else row for row in occupations]


def _later(occupation: Occupation, by: int) -> Occupation:
    year = occupation.first.year if occupation.first else 2001
    months = occupation.months or months_of_weeks(occupation.weeks, year)
    return replace(
        occupation,
        months=tuple(sorted((month - 1 + by) % 12 + 1 for month in months)),
        weeks=(),
        first=_day_later(occupation.first, by),
        last=_day_later(occupation.last, by),
    )


def _day_later(day: dt.date | None, by: int) -> dt.date | None:
    """The same day of another month, or that month's last."""
    if day is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def changes(
    before: Sequence[Occupation],
    after: Sequence[Occupation],
    years: Iterable[int],
    department: int,
    ceiling: Decimal | None = None,
    audience: str = "",
) -> list[Change]:
    """The months of a department's managers that differ."""
    pairs = [
        (year, *cells)
        for year in years
        for cells in zip(
            load(before, year, department, ceiling, audience),
            load(after, year, department, ceiling, audience),
            strict=True,
        )
    ]
    return [Change(year, old, new) for year, old, new in pairs if old.hours != new.hours]
