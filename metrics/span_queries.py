"""From headcounts and guideline to the plain values that `metrics/span.py` judges."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from metrics import span
from metrics.models import Assessment, Guideline, Headcount, HeadcountReport


@dataclass(frozen=True)
class SpanOn:
    """The span of control by the latest headcount on or before a day."""

    report: HeadcountReport
    guideline: Guideline | None
    span: span.Span
    discrepancies: tuple[span.Discrepancy, ...]
    stated: tuple[tuple, ...]
    days: tuple[dt.date, ...]


def _unit_counts(report: HeadcountReport, on: dt.date) -> list[span.UnitCount]:
    own = Assessment.objects.filter(unit=OuterRef("unit"), assessed_on__lte=on).order_by(
        "-assessed_on", "-pk"
    )
    rows = (
        Headcount.objects.filter(report=report)
        .select_related("unit__department")
        .annotate(adjustment=Subquery(own.values("adjustment")[:1]))
        .order_by("unit__code")
    )
    return [
        span.UnitCount(
            code=row.unit.code,
            name=row.unit.name,
            department_code=row.unit.department.code,
            department=row.unit.department.name,
            category=row.unit.category,
            managers=row.managers,
            employees=row.employees,
            fte=row.fte,
            is_management=row.unit.is_management,
            adjustment=row.adjustment,
            pk=row.unit_id,
            department_short=(row.unit.department.aliases or [row.unit.department.name])[0],
        )
        for row in rows
    ]


def span_on(place, on: dt.date) -> SpanOn | None:
    """The span as it stood on a day, or None when nothing was counted by then. Five queries."""
    reports = list(HeadcountReport.objects.visible_to(place).order_by("-as_of"))
    report = next((row for row in reports if row.as_of <= on), None)
    if report is None:
        return None
    guidelines = Guideline.objects.visible_to(place).filter(valid_from__lte=on).prefetch_related("bases")
    guideline = guidelines.order_by("-valid_from").first()
    bases = {row.category: row.base for row in guideline.bases.all()} if guideline else {}
    units = _unit_counts(report, on)
    stated = tuple(
        (code, name or place.organisation.committee, employees, fte)
        for code, name, employees, fte in report.stated_totals.order_by("department__code").values_list(
            "department__code", "department__name", "employees", "fte"
        )
    )
    days = tuple(row.as_of for row in reports)
    measured = span.measure(units, bases, guideline.largest_adjustment if guideline else 0)
    return SpanOn(report, guideline, measured, span.discrepancies(units, stated), stated, days)
