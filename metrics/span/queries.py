"""From headcounts and guideline to the plain values that `metrics/span/measure.py` and `metrics/span/history.py` judge."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection

from django.db.models import Q

from metrics.models import Assessment, Guideline, Headcount, StatedTotal
from metrics.span.history import History, Point, Version, in_force, measured
from metrics.span.measure import UnitCount, discrepancies

COUNTED = (
    "report__as_of", "report__basis", "report__is_example", "unit_id", "unit__code", "unit__name",
    "unit__is_management", "unit__guideline_category", "unit__closed_on", "unit__merged_into__name",
    "unit__department__code", "unit__department__name", "unit__department__aliases",
    "unit__department__guideline_category", "employees", "managers", "fte", "stated_name", "managers_assumed",
)  # fmt: skip
Assessed = dict[int, list[tuple[dt.date, int]]]


def headcounts_of(place, on: dt.date, only: Q | None = None) -> dict[dt.date, list]:
    """Every headcount of every report up to a day, by the report's day, oldest first. One query.

    The rows carry what `COUNTED` names; `only` narrows them.
    """
    rows = Headcount.objects.filter(
        only or Q(), report__organisation=place.organisation, report__as_of__lte=on
    )
    found: dict[dt.date, list] = {}
    for row in rows.order_by("report__as_of", "unit__department__code", "unit__code").values_list(
        *COUNTED, named=True
    ):
        found.setdefault(row.report__as_of, []).append(row)
    return found


def versions_of(place) -> tuple[Version, ...]:
    """Every version of the guideline with its base numbers, oldest first. One query."""
    rows = (
        Guideline.objects.visible_to(place)
        .order_by("valid_from", "bases__order", "bases__pk")
        .values_list(
            "pk", "title", "valid_from", "usual_adjustment", "largest_adjustment", "bases__category", "bases__base"
        )
    )  # fmt: skip
    bases: dict[tuple, dict[str, int]] = {}
    for *version, category, base in rows:
        found = bases.setdefault(tuple(version), {})
        if category is not None:
            found[category] = base
    return tuple(Version(*version, found) for version, found in bases.items())


def assessments_of(place) -> Assessed:
    """Every unit's assessments as day and adjustment, oldest first. One query."""
    rows = Assessment.objects.visible_to(place).order_by("assessed_on", "pk")
    found: Assessed = {}
    for unit, day, adjustment in rows.values_list("unit_id", "assessed_on", "adjustment"):
        found.setdefault(unit, []).append((day, adjustment))
    return found


def stated_of(place, on: dt.date) -> dict[dt.date, tuple]:
    """The sources' own totals by the report's day: department code and name, employees, fte. One query."""
    rows = StatedTotal.objects.filter(report__organisation=place.organisation, report__as_of__lte=on)
    found: dict[dt.date, tuple] = {}
    for day, code, name, employees, fte in rows.order_by("department__code").values_list(
        "report__as_of", "department__code", "department__name", "employees", "fte"
    ):
        told = (code, name or place.organisation.committee, employees, fte)
        found[day] = (*found.get(day, ()), told)
    return found


def unit_counts(rows: Collection, assessed: Assessed, known: dt.date) -> list[UnitCount]:
    """Rows of `headcounts_of` as plain values, with each unit's own assessment as known on a day."""
    own = {row.unit_id: _latest(assessed.get(row.unit_id, []), known) for row in rows}
    return [
        UnitCount(
            code=row.unit__code,
            name=row.unit__name,
            department_code=row.unit__department__code,
            department=row.unit__department__name,
            category=row.unit__guideline_category or row.unit__department__guideline_category,
            managers=row.managers,
            employees=row.employees,
            fte=row.fte,
            is_management=row.unit__is_management,
            adjustment=own[row.unit_id][1],
            assessed_on=own[row.unit_id][0],
            pk=row.unit_id,
            department_short=(row.unit__department__aliases or [row.unit__department__name])[0],
            stated_name=row.stated_name,
            managers_assumed=row.managers_assumed,
            closed_on=row.unit__closed_on,
            merged_into=row.unit__merged_into__name or "",
        )
        for row in rows
    ]


def _latest(assessed: list[tuple[dt.date, int]], known: dt.date) -> tuple[dt.date | None, int | None]:
    """The day and adjustment of the latest assessment on or before a day."""
    begun = bisect_right(assessed, known, key=lambda row: row[0])
    return assessed[begun - 1] if begun else (None, None)


def history_of(place, on: dt.date) -> History:
    """Every report up to a day, as known that day. Four queries, however many reports and units there are.

    A report is laid beside the guideline that was in force on its own day, and beside the assessments that were made
    before the next report came (for the latest: until `on`).
    """
    counted, versions = headcounts_of(place, on), versions_of(place)
    assessed, stated = assessments_of(place), stated_of(place, on)
    days, points = list(counted), []
    last_known = dict(zip(days, (day - dt.timedelta(days=1) for day in days[1:]), strict=False))
    for day in days:
        known = last_known.get(day, on)
        first, guideline = counted[day][0], in_force(versions, day)
        units = unit_counts(counted[day], assessed, known)
        points.append(
            Point(
                day, first.report__basis, first.report__is_example, guideline, measured(units, guideline),
                stated.get(day, ()), discrepancies(units, stated.get(day, ())),
            )
        )  # fmt: skip
    return History(tuple(points), versions)


def span_on(place, on: dt.date) -> Point | None:
    """The span as it stood on a day, or None when nothing was counted by then. Four queries."""
    return history_of(place, on).at(on)
