"""From rows to the plain values that `metrics/guideline/assessment.py` and `metrics/guideline/categories.py` judge."""

import datetime as dt

from metrics.guideline import categories
from metrics.guideline.assessment import Assessed
from metrics.models import Assessment, FactorMark, Guideline, Headcount
from metrics.span.measure import UnitCount, UnitSpan, measure
from organisation.models import Unit


def category_uses(place, names, on: dt.date) -> categories.Uses:
    """Who follows which category on a day; closed units follow none. One query."""
    units = Unit.objects.visible_to(place).open(on=on).select_related("department")
    rows = units.order_by("department__code", "code")
    return categories.uses(names, [_placed(unit) for unit in rows])


def _placed(unit: Unit) -> categories.Placed:
    home = unit.department
    return categories.Placed(
        unit.pk,
        unit.code,
        unit.name,
        categories.Home(home.pk, home.code, home.name, home.guideline_category),
        unit.guideline_category,
        unit.is_management,
    )


def in_force(place, on: dt.date) -> Guideline | None:
    """The version that holds on a day, with its base numbers and factors, or None. Three queries."""
    rows = Guideline.objects.visible_to(place).in_force(on=on)
    return rows.prefetch_related("bases", "factors").first()


def assessments_of(place, unit: Unit) -> list[Assessment]:
    """A unit's assessments with their marks, newest first. Two queries."""
    rows = Assessment.objects.visible_to(place).filter(unit=unit).select_related("by", "guideline")
    return list(rows.prefetch_related("marks__factor"))


def assessed(guideline: Guideline, category: str, base: int, assessment: Assessment | None) -> Assessed:
    """A unit beside today's guideline, as its latest assessment has it."""
    marks = [row.mark for row in assessment.marks.all()] if assessment else []
    return Assessed(
        category,
        base,
        guideline.usual_adjustment,
        guideline.largest_adjustment,
        assessment.adjustment if assessment else None,
        larger=marks.count(FactorMark.Mark.LARGER),
        smaller=marks.count(FactorMark.Mark.SMALLER),
        marked=len(marks),
        is_of_earlier_version=bool(assessment and assessment.guideline_id not in (None, guideline.pk)),
    )


def counted(unit: Unit, on: dt.date) -> Headcount | None:
    """The unit's latest headcount on or before a day. One query."""
    rows = unit.headcounts.filter(report__as_of__lte=on).select_related("report")
    return rows.order_by("-report__as_of", "-report_id").first()


def measured(
    unit: Unit, count: Headcount, guideline: Guideline, base: int, adjustment: int | None
) -> UnitSpan:
    """The unit's headcount laid beside its base number and its own assessment."""
    row = UnitCount(
        unit.code,
        unit.name,
        unit.department.code,
        unit.department.name,
        unit.category,
        count.managers,
        count.employees,
        count.fte,
        unit.is_management,
        adjustment,
    )
    return measure([row], {unit.category: base}, guideline.largest_adjustment).units[0]
