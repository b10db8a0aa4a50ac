"""Plain factories: what a test needs, with believable defaults."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from auditlog.models import LogEntry
from django.utils import timezone

from dialogues.models import Dialogue, Statement
from metrics import gate
from metrics.models import Guideline, GuidelineBase, Headcount, HeadcountReport, Indicator, Observation
from organisation.access import Kind, Place
from organisation.actions import add_member
from organisation.models import Department, Forum, Organisation, Role, Unit, User
from program.actions import create_activity, record_status
from program.models import Activity, Area, Need, Program
from program.when import parse
from reports.actions import create_report
from reports.models import Report

DAY = dt.date(2026, 3, 1)


def organisation(slug: str = "ostra", **fields) -> Organisation:
    defaults = {"name": f"socialförvaltningen {slug}", "committee": "Socialnämnden"}
    return Organisation.objects.create(slug=slug, **defaults | fields)


def department(organisation, code: str = "10", name: str = "Hemtjänsten", **fields) -> Department:
    return Department.objects.create(organisation=organisation, code=code, name=name, **fields)


def program(organisation, slug: str = "chefer", **fields) -> Program:
    defaults = {"name": "Stärka chefer", "short_name": "Chefer", "first_year": 2024, "last_year": 2027}
    return Program.objects.create(organisation=organisation, slug=slug, **defaults | fields)


def area(program, name: str = "Förutsättningar", **fields) -> Area:
    return Area.objects.create(program=program, name=name, **{"order": 0, "is_starting_point": True} | fields)


def role(organisation, name: str = "HR-chef") -> Role:
    return Role.objects.get_or_create(organisation=organisation, name=name)[0]


def need(program, title: str = "Enklare system", *, made_on: dt.date = DAY, **fields) -> Need:
    return _made(Need.objects.create(program=program, title=title, **fields), made_on)


def _made(row, day: dt.date):
    """The row, made on a day as far as the trail knows; reports leave out what was made after their cut-off."""
    made = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    LogEntry.objects.get_for_object(row).update(timestamp=made)
    return row


def activity(
    program, title: str = "Rimliga chefsområden", *, deadline: str = "2026-12-31", on=DAY, departments=(),
    responsible=(), needs=(), **fields,
) -> Activity:  # fmt: skip
    home = fields.pop("area", None) or program.areas.first() or area(program)
    return create_activity(
        activity=Activity(program=program, title=title, area=home, **fields),
        departments=departments,
        responsible=responsible,
        needs=needs,
        deadline=parse(deadline) if deadline else None,
        on=on,
        by=None,
    )


def status(
    activity, status: str, *, on=DAY, deadline: str = "2026-12-31", comment: str = "", completed_on=None
):
    return record_status(
        activity=activity, status=status, deadline=parse(deadline), completed_on=completed_on, comment=comment,
        on=on, by=None,
    )  # fmt: skip


def dialogue(program, *, departments, held_on=DAY, statements=(), **fields) -> Dialogue:
    row = Dialogue.objects.create(program=program, held_on=held_on, **fields)
    row.departments.set(departments)
    home = program.areas.first() or area(program)
    for order, text in enumerate(statements):
        Statement.objects.create(dialogue=row, area=home, kind="current", text=text, order=order)
    return row


def headcounts(
    organisation, units, *, as_of=DAY, base: int = 30, category: str = "Hemtjänsten"
) -> HeadcountReport:
    """`units`: (department, code, employees, managers)."""
    guideline = Guideline.objects.create(
        organisation=organisation, title="Riktlinje", valid_from=dt.date(2023, 1, 1)
    )
    GuidelineBase.objects.create(guideline=guideline, category=category, base=base)
    report = HeadcountReport.objects.create(
        organisation=organisation, as_of=as_of, basis="Tillsvidareanställda."
    )
    for home, code, employees, managers in units:
        unit = Unit.objects.create(
            department=home, code=code, name=f"Enhet {code}", guideline_category=category
        )
        Headcount.objects.create(
            report=report, unit=unit, employees=employees, managers=managers, fte=Decimal(employees)
        )
    return report


def indicator(program, name: str = "Återhämtning", *, made_on: dt.date = DAY, **fields) -> Indicator:
    defaults = {"population": "chefer", "kind": "share", "subject": "survey", "direction": "up"}
    return _made(Indicator.objects.create(program=program, name=name, **defaults | fields), made_on)


def observation(indicator, last_day, *, counts=None, **fields) -> Observation:
    """A value that the gate has judged together with the indicator's others."""
    positive, answered, invited = counts or (None, None, None)
    defaults = {"first_day": last_day.replace(day=1), "last_day": last_day}
    counted = {"positive": positive, "answered": answered, "invited": invited}
    row = Observation.objects.create(indicator=indicator, **defaults | counted | fields)
    gate.settle([indicator])
    row.refresh_from_db()
    return row


def report(program, period: str = "2026H1", *, texts=None, **fields) -> Report:
    defaults = {
        "cut_off": dt.date(2026, 5, 20),
        "meets_on": dt.date(2026, 6, 11),
        "case_numbers": ["SON 2026/1"],
    }
    return create_report(report=Report(program=program, period=period, **defaults | fields), texts=texts)


def place(program, kind: str = Kind.EDITOR, departments=()) -> Place:
    """A place without a request, for queries and actions."""
    user = User.objects.get_or_create(username=f"plats-{kind}")[0]
    membership = user.memberships.filter(organisation=program.organisation).first() or add_member(
        organisation=program.organisation, username=user.username, kind=kind, departments=departments
    )
    ids = frozenset(row.pk for row in departments)
    return Place(program.organisation, membership, (membership,), ids, program, (program,))


def world() -> SimpleNamespace:
    """The cast of the tests: our organisation with one user of each kind, and another beside it."""
    ours, theirs = organisation("ostra"), organisation("vastra", name="vård- och omsorgsförvaltningen")
    home, other = department(ours), department(ours, "20", "Myndigheten")
    users = {}
    for kind in Kind.values:
        departments = [home] if kind in (Kind.DEPARTMENT_HEAD, Kind.MANAGER) else []
        users[kind] = add_member(organisation=ours, username=kind, kind=kind, departments=departments).user
    users["outsider"] = add_member(organisation=theirs, username="outsider", kind=Kind.EDITOR).user
    own = program(ours)
    hidden = program(theirs, "hemlig", name="Det hemliga programmet", short_name="Hemligt")
    area(own), area(hidden, "Hemligt område")
    for owner in (ours, theirs):
        role(owner, "HR-chef" if owner is ours else "Hemlig roll")
        Forum.objects.create(organisation=owner, name=f"Nämnden {owner.slug}", kind="committee")
    department(theirs, "99", "Hemlig avdelning")
    return SimpleNamespace(
        ours=ours, theirs=theirs, home=home, other=other, program=own, hidden=hidden,
        users=SimpleNamespace(**users),
    )  # fmt: skip
