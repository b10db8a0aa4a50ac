"""What a file is laid beside, read from the database."""

import datetime as dt

from metrics.headcount_import.known import Known, KnownDepartment, KnownUnit
from metrics.models import Headcount, HeadcountReport
from organisation.models import Department, Unit


def take(place, as_of: dt.date) -> Known:
    """The organisation as it stands, for a report of a day. Five queries, four when nothing was counted earlier."""
    departments = Department.objects.visible_to(place).order_by("code")
    units = Unit.objects.visible_to(place).order_by("code", "pk")
    reports = list(HeadcountReport.objects.visible_to(place).order_by("-as_of"))
    earlier = next((row for row in reports if row.as_of < as_of), None)
    counted = Headcount.objects.filter(report=earlier).values_list("unit_id", "employees", "managers")
    later = Headcount.objects.filter(report__organisation=place.organisation, report__as_of__gt=as_of)
    return Known(
        tuple(KnownDepartment(row.pk, row.code, row.name, row.guideline_category) for row in departments),
        tuple(
            KnownUnit(pk, code, name, department, category, is_management, closed_on)
            for pk, code, name, department, category, is_management, closed_on in units.values_list(
                "pk", "code", "name", "department__code", "guideline_category", "is_management", "closed_on"
            )
        ),
        earlier.as_of if earlier else None,
        earlier.basis if earlier else "",
        {unit: (employees, managers) for unit, employees, managers in counted} if earlier else {},
        frozenset(later.values_list("unit_id", flat=True).distinct()),
        any(row.as_of == as_of for row in reports),
    )
