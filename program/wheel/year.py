"""The annual wheel: processes and activities read in few queries and turned into plain values."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from string import ascii_uppercase

from organisation.models import Department
from program.models import Activity, AnnualEvent, Audience, Status
from program.wheel.collisions import Collision, collisions
from program.wheel.load import (
    MONTHS,
    PROCESS,
    Cell,
    Change,
    Occupation,
    changes,
    load,
    months_in,
    months_of_weeks,
    moved,
    parse_weeks,
    unplaced,
    weeks_in,
    without,
)


@dataclass(frozen=True)
class Entry:
    """An occupation as the page names it: by a mark in the picture, and a name that leads to it."""

    pk: int
    mark: str
    occupation: Occupation

    @property
    def is_process(self) -> bool:
        return self.occupation.kind == PROCESS


@dataclass(frozen=True)
class Running:
    """An entry in one month, with those of its weeks that lie there."""

    entry: Entry
    weeks: tuple[int, ...]


@dataclass(frozen=True)
class Over:
    """A month in which managers pass the ceiling: in which departments, and which managers."""

    month: int
    hours: Decimal
    departments: tuple[str, ...]
    audience: str = ""


@dataclass(frozen=True)
class WhatIf:
    """What stopping (`by` 0) or moving one occupation does."""

    occupation: Occupation
    by: int
    audience: str
    changes: dict[str, list[Change]]
    gone: list[Collision]
    new: list[Collision]


@dataclass(frozen=True)
class Wheel:
    """One year of the annual wheel."""

    year: int
    ceiling: Decimal | None
    entries: list[Entry]
    months: list[tuple[int, list[Running]]]
    loads: list[tuple[str, tuple[Cell, ...]]]
    over: list[Over]
    collisions: list[Collision]
    unplaced: list[Occupation]
    departments: dict[int, str]

    @property
    def peak(self) -> Cell | None:
        """The heaviest month of any department; None when no hours are told."""
        cells = [cell for _name, cells in self.loads for cell in cells if cell.hours]
        return max(cells, key=lambda cell: cell.hours, default=None)


def _weeks(text: str) -> tuple[int, ...]:
    """What forms have let through; what an import may not have is told as no weeks."""
    try:
        return parse_weeks(text)
    except ValueError:
        return ()


def _departments(row) -> frozenset[int]:
    return frozenset(department.pk for department in row.departments.all())


def _of_event(event: AnnualEvent) -> Occupation:
    return Occupation(
        key=f"event-{event.pk}",
        name=event.name,
        kind=PROCESS,
        months=tuple(event.months),
        weeks=_weeks(event.weeks),
        hours=event.hours_per_manager,
        departments=_departments(event),
        audiences=frozenset(event.audiences),
        is_recurring=True,
    )


def _of_activity(activity: Activity) -> Occupation:
    """With its state: what is completed or stopped takes no time after that day."""
    status, last = activity.state_status, activity.state_deadline
    if status == Status.COMPLETED:
        last = activity.state_completed_on
    elif status == Status.STOPPED:
        last = min(filter(None, (activity.state_on, last)))
    elif activity.is_recurring:
        last = None
    return Occupation(
        key=f"activity-{activity.pk}",
        name=activity.title,
        kind=activity.kind,
        months=tuple(activity.months),
        weeks=_weeks(activity.weeks),
        hours=activity.hours_per_manager,
        departments=_departments(activity),
        audiences=frozenset(activity.audiences),
        first=activity.starts,
        last=last,
        is_recurring=activity.is_recurring,
    )


def _takes_time(activity: Activity) -> bool:
    """Told to take managers' time; of a measure without months, weeks or hours nobody knows."""
    return bool(
        activity.kind != Activity.Kind.MEASURE
        or activity.months
        or activity.weeks
        or activity.hours_per_manager
    )


def read(place, today: dt.date) -> list[Entry]:
    """Every process and every activity that takes managers' time, as they stand. Four queries."""
    events = AnnualEvent.objects.visible_to(place).prefetch_related("departments")
    activities = (
        Activity.objects.visible_to(place)
        .with_state(today)
        .known()
        .prefetch_related("departments")
        .order_by("pk")
    )
    entries = [Entry(event.pk, _letter(position), _of_event(event)) for position, event in enumerate(events)]
    taking = [row for row in activities if _takes_time(row)]
    return entries + [
        Entry(row.pk, row.number or _letter(position).lower(), _of_activity(row))
        for position, row in enumerate(taking)
    ]


def _letter(position: int) -> str:
    """A, B … Z, A1, B1 …"""
    rounds, letter = divmod(position, len(ascii_uppercase))
    return f"{ascii_uppercase[letter]}{rounds or ''}"


def _months(entries: Sequence[Entry], year: int) -> list[tuple[int, list[Running]]]:
    rows: dict[int, list[Running]] = {month: [] for month in MONTHS}
    for entry in entries:
        weeks = weeks_in(entry.occupation, year)
        for month in months_in(entry.occupation, year):
            here = tuple(week for week in weeks if month in months_of_weeks([week], year))
            rows[month].append(Running(entry, here))
    return list(rows.items())


def _over(
    occupations: Sequence[Occupation], year: int, departments: dict[int, str], ceiling: Decimal | None
) -> list[Over]:
    """Months above the ceiling: for every manager first, then for those whom more is meant for."""
    told: set[tuple[int, int]] = set()
    found = []
    meant = {audience for row in occupations for audience in row.audiences}
    for audience in ("", *(value for value in Audience.values if value in meant)):
        over: dict[int, dict[int, Decimal]] = {}
        for pk in departments:
            for cell in load(occupations, year, pk, ceiling, audience):
                if cell.is_over and (pk, cell.month) not in told:
                    over.setdefault(cell.month, {})[pk] = cell.hours
        for month, hours in sorted(over.items()):
            names = tuple(departments[pk] for pk in hours)
            found.append(Over(month, max(hours.values()), names, audience))
        told |= {(pk, month) for month, hours in over.items() for pk in hours}
    return sorted(found, key=lambda row: row.month)


def wheel(place, today: dt.date, year: int, audience: str = "") -> Wheel:
    """Everything the page shows of a year. Five queries."""
    entries = read(place, today)
    departments = {row.pk: row.name for row in Department.objects.visible_to(place)}
    occupations = [entry.occupation for entry in entries]
    ceiling = place.program.hours_ceiling
    return Wheel(
        year=year,
        ceiling=ceiling,
        entries=entries,
        months=_months(entries, year),
        loads=[
            (name, load(occupations, year, pk, ceiling, audience)) for pk, name in departments.items()
        ],
        over=_over(occupations, year, departments, ceiling),
        collisions=collisions(occupations, year),
        unplaced=unplaced(occupations),
        departments=departments,
    )  # fmt: skip


def can_be_changed(wheel: Wheel, today: dt.date) -> list[Entry]:
    """The activities that what-if can ask about: those that still take time."""
    return [
        entry
        for entry in wheel.entries
        if not entry.is_process and (entry.occupation.last is None or entry.occupation.last >= today)
    ]


def what_if(wheel: Wheel, key: str, by: int, audience: str = "") -> WhatIf:
    """The wheel without one occupation (`by` 0), or with it so many months later."""
    before = [entry.occupation for entry in wheel.entries]
    after = moved(before, key, by) if by else without(before, key)
    occupation = next(row for row in before if row.key == key)
    audience = audience or min(occupation.audiences, default="")  # else it would seem to cost nobody anything
    years = _years(wheel.year, by, occupation)
    found = {
        name: changes(before, after, years, pk, wheel.ceiling, audience)
        for pk, name in wheel.departments.items()
    }
    was = [row for row in wheel.collisions if _has(row, key)]
    becomes = [row for row in collisions(after, wheel.year) if _has(row, key)]
    return WhatIf(
        occupation=occupation,
        by=by,
        audience=audience,
        changes=found,
        gone=_not_in(was, becomes),
        new=_not_in(becomes, was),
    )


def _years(year: int, by: int, occupation: Occupation) -> list[int]:
    """The year shown, and the one into which something moves."""
    if not by or occupation.is_recurring:
        return [year]
    return [year, year + 1] if by > 0 else [year - 1, year]


def _has(collision: Collision, key: str) -> bool:
    return any(row.key == key for row in collision.others)


def _not_in(these: Iterable[Collision], those: Iterable[Collision]) -> list[Collision]:
    known = {_told(row) for row in those}
    return [row for row in these if _told(row) not in known]


def _told(collision: Collision) -> Collision:
    """A collision by who meets whom, whatever its parts' own days are."""
    names = tuple(replace(row, first=None, last=None, months=(), weeks=()) for row in collision.others)
    return replace(collision, others=names)
