"""What takes the same managers' time at once."""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from program.wheel.load import (
    LAST_WEEK,
    MEETING,
    MONTHS,
    PROCESS,
    TRAINING,
    Occupation,
    days_of,
    months_in,
    weeks_in,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Collision:
    """Things at once for the same managers, with a process or among themselves.

    `weeks` are set when all give weeks, else `months`; no departments or audiences means all.
    """

    process: Occupation | None
    others: tuple[Occupation, ...]
    weeks: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    departments: frozenset[int] = frozenset()
    audiences: frozenset[str] = frozenset()


@dataclass
class _Group:
    """Occupations that all concern some of the same managers."""

    members: list[Occupation]
    departments: frozenset[int]
    audiences: frozenset[str]

    def takes(self, row: Occupation) -> bool:
        """Let it in when it shares managers with all who are in."""
        departments = _common(self.departments, row.departments)
        audiences = _common(self.audiences, row.audiences)
        if departments is None or audiences is None:
            return False
        self.members.append(row)
        self.departments, self.audiences = departments, audiences
        return True


def _common(one: frozenset[T], other: frozenset[T]) -> frozenset[T] | None:
    """What two choices share, where an empty one means all; None when it is nothing."""
    if not one or not other:
        return one | other
    return (one & other) or None


def _groups(rows: Iterable[Occupation], process: Occupation | None = None) -> list[_Group]:
    groups: list[_Group] = []
    for row in rows:
        start = process or row
        if not [group for group in groups if group.takes(row)]:
            group = _Group([], start.departments, start.audiences)
            if group.takes(row):
                groups.append(group)
    return groups


def _with_process(process: Occupation, lessons: Sequence[Occupation], year: int) -> list[Collision]:
    """Trainings and meetings in a process's weeks, or in its months where not both give weeks."""
    weeks, months = set(weeks_in(process, year)), set(months_in(process, year))
    by_week = [row for row in lessons if weeks and weeks & set(weeks_in(row, year))]
    by_month = [
        row for row in lessons if not (process.weeks and row.weeks) and months & set(months_in(row, year))
    ]
    found = []
    for group in _groups(by_week, process):
        shared = weeks & {week for row in group.members for week in weeks_in(row, year)}
        found.append(_collision(process, group, weeks=shared))
    for group in _groups(by_month, process):
        shared = months & {month for row in group.members for month in months_in(row, year)}
        found.append(_collision(process, group, months=shared))
    return found


def _collision(
    process: Occupation | None, group: _Group, weeks: Iterable[int] = (), months: Iterable[int] = ()
) -> Collision:
    return Collision(
        process,
        tuple(group.members),
        tuple(sorted(weeks)),
        tuple(sorted(months)),
        group.departments,
        group.audiences,
    )


def _among(trainings: Sequence[Occupation], year: int) -> list[Collision]:
    """Trainings at once: in the same week, or in the same month where not all give weeks."""
    weekly = {row: weeks_in(row, year) for row in trainings if row.weeks}
    monthly = {row: months_in(row, year) for row in trainings}
    by_week = _by_slot(weekly, range(1, LAST_WEEK + 1))
    by_month = _by_slot(monthly, MONTHS)
    return [_collision(None, group, weeks=slots) for group, slots in by_week] + [
        _collision(None, group, months=slots)
        for group, slots in by_month
        if not all(row.weeks for row in group.members)
    ]


def _by_slot(
    times: Mapping[Occupation, Sequence[int]], slots: Iterable[int]
) -> list[tuple[_Group, list[int]]]:
    """Groups of two or more in each slot; the same group in several slots is told once."""
    found: dict[tuple[str, ...], tuple[_Group, list[int]]] = {}
    for slot in slots:
        for group in _groups(row for row, own in times.items() if slot in own):
            if len(group.members) > 1:
                found.setdefault(tuple(row.key for row in group.members), (group, []))[1].append(slot)
    return list(found.values())


def collisions(occupations: Sequence[Occupation], year: int) -> list[Collision]:
    """What is at once for the same managers: trainings and meetings with a recurring process, and trainings
    with each other where no process tells it already. Only what has a month or a week of its own can collide."""
    lessons = [row for row in occupations if row.kind in (TRAINING, MEETING) and (row.months or row.weeks)]
    found = [
        collision
        for process in occupations
        if process.kind == PROCESS
        for collision in _with_process(process, lessons, year)
    ]
    trainings = [row for row in lessons if row.kind == TRAINING]
    found += [row for row in _among(trainings, year) if not any(_tells(other, row) for other in found)]
    return sorted(found, key=lambda row: first_day(row, year))


def _tells(told: Collision, row: Collision) -> bool:
    """A collision with a process that says what this one says."""
    return (
        set(row.others) <= set(told.others)
        and set(row.weeks) <= set(told.weeks)
        and set(row.months) <= set(told.months)
    )


def first_day(collision: Collision, year: int) -> dt.date:
    """When a collision begins."""
    return _edge(collision, year, 0)


def last_day(collision: Collision, year: int) -> dt.date:
    """When a collision is over."""
    return _edge(collision, year, -1)


def _edge(collision: Collision, year: int, end: int) -> dt.date:
    if collision.weeks:
        days = days_of(collision.weeks[end], year)
        return days[end] if days else dt.date(year, 12, 31)
    month = collision.months[end]
    return dt.date(year, month, 1 if end == 0 else calendar.monthrange(year, month)[1])
