"""Headcount files kept, written whole or not at all, and single rows put right afterwards."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from metrics.headcount_import.plan import Plan, lay
from metrics.headcount_import.printed import Counts
from metrics.headcount_import.rows import UnitRow
from metrics.headcount_import.take import take
from metrics.models import Headcount, HeadcountFile, HeadcountReport, StatedTotal
from organisation import changes
from organisation.models import Department, Unit, User
from ui.personal import personal_numbers

KEPT = dt.timedelta(days=30)  # a file that nobody agrees to


class Moved(Exception):
    """Things are not as they were when the file was shown, or it is read in already; nothing was written."""


class Unsettled(Exception):
    """Something is still to be settled; nothing was written. Carries the plan that says what."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def plan_of(counts: Counts, place, as_of: dt.date, choices: dict) -> Plan:
    """The file beside the place's structure as it stands. Five queries."""
    return lay(counts, take(place, as_of), as_of, choices, lambda name: bool(personal_numbers(name)))


@transaction.atomic
def keep_headcount_file(
    *, place, name: str, content: bytes, as_of: dt.date, basis: str, by: User
) -> HeadcountFile:
    """Keep a file until it is agreed to; what the same person left unread in is dropped, and what is old."""
    left = HeadcountFile.objects.visible_to(place).filter(applied_at=None)
    left.filter(Q(by=by) | Q(at__lt=timezone.now() - KEPT)).delete()
    return HeadcountFile.objects.create(
        organisation=place.organisation, name=name[-200:], content=content, as_of=as_of, basis=basis, by=by
    )


@transaction.atomic
def read_in_headcounts(
    *, place, counts: Counts, as_of: dt.date, basis: str, choices: dict, file: HeadcountFile | None = None,
    digest: str | None = None,
) -> tuple[HeadcountReport, Plan]:  # fmt: skip
    """Lay the file beside the structure anew and write what that gives. `digest` is of what was shown and agreed to.

    Raises Moved or Unsettled. However many rows, as many queries.
    """
    if file is not None:
        waiting = HeadcountFile.objects.filter(pk=file.pk, applied_at=None)
        if not waiting.update(applied_at=timezone.now(), choices=choices, content=b""):
            raise Moved
    plan = plan_of(counts, place, as_of, choices)
    if digest is not None and file is not None and digest != plan.known.digest(bytes(file.content)):
        raise Moved
    if not plan.is_settled:
        raise Unsettled(plan)
    report = HeadcountReport.objects.create(organisation=place.organisation, as_of=as_of, basis=basis)
    _Writer(place, plan).write(report)
    return report, plan


class _Writer:
    """Holds rows by code, once they are made."""

    def __init__(self, place, plan: Plan) -> None:
        self.place, self.plan = place, plan

    def write(self, report: HeadcountReport) -> None:
        self.departments = self._departments()
        self.units = self._units()
        self._close()
        Headcount.objects.bulk_create(self._headcount(report, row) for row in self.plan.counted)
        StatedTotal.objects.bulk_create(
            StatedTotal(
                report=report, department=row.department and self.departments[row.department],
                employees=row.count.employees, fte=row.count.fte,
            )
            for row in self.plan.stated
            if row.department is None or row.department in self.departments
        )  # fmt: skip

    def _departments(self) -> dict[str, Department]:
        made = Department.objects.bulk_create(
            Department(organisation=self.place.organisation, code=row.code, name=row.name)
            for row in self.plan.departments.rows
            if row.do == "new"
        )
        return {row.code: row for row in (*Department.objects.visible_to(self.place), *made)}

    def _units(self) -> dict[str, Unit]:
        """The unit of every row that counts, by the file's code; new ones made, others renamed where HR says so."""
        known = Unit.objects.visible_to(self.place).in_bulk()
        homes = {unit.pk: unit.department_id for unit in known.values()}
        new, changed, found = [], [], {}
        for row in self.plan.counted:
            unit = known[row.unit.pk] if row.unit else Unit(is_management=row.is_management)
            before = (unit.department_id, unit.code, unit.name)
            unit.department, unit.code, unit.name = (
                self.departments[row.department], row.count.code, row.name
            )  # fmt: skip
            found[row.count.code] = unit
            if unit.pk is None:
                new.append(unit)
            elif before != (unit.department_id, unit.code, unit.name):
                changed.append(unit)
        Unit.objects.bulk_create(new)
        Unit.objects.bulk_update(changed, ["department", "code", "name"])
        if any(unit.department_id != homes[unit.pk] for unit in changed):
            changes.tell(self.place.organisation, ["department"])  # which unit is whose decides what is shown
        return found

    def _close(self) -> None:
        closing = {row.unit.pk: row for row in self.plan.gone if row.do in ("closed", "merged")}
        units = Unit.objects.visible_to(self.place).in_bulk(closing) if closing else {}
        for pk, unit in units.items():
            unit.closed_on = closing[pk].on
            unit.merged_into = self.units[closing[pk].into] if closing[pk].do == "merged" else None
        Unit.objects.bulk_update(units.values(), ["closed_on", "merged_into"])

    def _headcount(self, report: HeadcountReport, row: UnitRow) -> Headcount:
        return Headcount(
            report=report, unit=self.units[row.count.code], employees=row.count.employees, fte=row.count.fte,
            mean_age=row.count.mean_age, managers=row.managers, managers_assumed=row.is_assumed,
            stated_name=row.count.name,
        )  # fmt: skip


@transaction.atomic
def correct_headcount(*, form) -> Headcount:
    """Save a row that somebody has put right. The trail keeps what it said before, and the reason.

    Who says how many managers there are has said so: nothing is assumed of them any more.
    """
    row = form.save(commit=False)
    row.managers_assumed = False
    row.reason = form.cleaned_data["reason"]
    row.save()
    return row
