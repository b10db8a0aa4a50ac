"""Fills the database in DATABASE_URL: python -m tests.bench.fill 300, or demo for the demo.

One organisation is made row by row, the others are copies of it. Prints where to look and a session to look with.
"""

import datetime as dt
import json
import sys
from decimal import Decimal
from importlib import import_module

import django

UNITS, MONTHS, ACTIVITIES = 60, 48, 150
APPS = {"organisation", "program", "metrics", "reports"}
MODEL = "000"  # stands in every unique name of the organisation that is copied, and becomes the copy's number
TITLES = [
    "Rimliga chefsområden enligt riktlinjen",
    "Administrativt stöd nära första linjens chefer",
    "Introduktion och mentorskap för nya chefer",
    "Enklare system för schema, lön och uppföljning",
    "Handledning i grupp för enhetschefer i hemtjänsten",
]
PROSE = (
    "Chefer i första linjen beskriver att uppdraget är otydligt och att stödet från systemen inte räcker till. "
    * 4
)


def _organisation():
    """An organisation with its HR editor, who is the admin's superuser too."""
    from organisation.models import Department, Membership, Organisation, Role, Unit, User

    home = Organisation.objects.create(
        slug=f"namnd-{MODEL}", name="socialförvaltningen", committee="Socialnämnden"
    )
    user = User.objects.create(username=f"hr-{MODEL}", password="!", is_staff=True, is_superuser=True)
    Membership.objects.create(user=user, organisation=home, kind=Membership.Kind.EDITOR)
    departments = Department.objects.bulk_create(
        Department(organisation=home, code=f"{n}0", name=f"Avdelning {n}", guideline_category="Hemtjänsten")
        for n in range(1, 9)
    )
    units = Unit.objects.bulk_create(
        Unit(department=departments[n % 8], code=f"{n:03}", name=f"Enhet {n}") for n in range(UNITS)
    )
    roles = Role.objects.bulk_create(Role(organisation=home, name=f"Verksamhetschef {n}") for n in range(20))
    return home, departments, units, roles


def _program(home):
    from program.models import Area, Need, Program

    program = Program.objects.create(
        organisation=home,
        slug="chefer",
        name="Stärka chefer",
        short_name="Chefer",
        first_year=2024,
        last_year=2027,
    )
    areas = Area.objects.bulk_create(Area(program=program, name=f"Område {n}", order=n) for n in range(8))
    needs = Need.objects.bulk_create(Need(program=program, title=f"Behov {n}", order=n) for n in range(30))
    return program, areas, needs


def _activities(program, areas, needs, departments, roles):
    from program.models import Activity

    rows = Activity.objects.bulk_create(
        Activity(
            program=program, number=f"{n}", title=f"Åtgärd {n:03} {TITLES[n % 5]}", area=areas[n % 8],
            current_state=PROSE, measure=PROSE, desired_result=PROSE,
        )
        for n in range(1, ACTIVITIES + 1)
    )  # fmt: skip
    homes, answers, reasons = (Activity._meta.get_field(n).remote_field.through for n in
                               ("departments", "responsible", "needs"))  # fmt: skip
    homes.objects.bulk_create(
        homes(activity=row, department=departments[(n + more) % 8])
        for n, row in enumerate(rows) for more in (0, 1)
    )  # fmt: skip
    answers.objects.bulk_create(
        answers(activity=row, role=roles[(n + more) % 20])
        for n, row in enumerate(rows) for more in range(1 + n % 2)
    )  # fmt: skip
    reasons.objects.bulk_create(reasons(activity=row, need=needs[n % 30]) for n, row in enumerate(rows))
    return rows


def _updates(activities, today: dt.date) -> None:
    """Planned, then under way, then each fourth in each status; some deadlines have passed, some are near."""
    from program.models import Status, StatusUpdate

    for ago in (400, 200, 20):
        on = today - dt.timedelta(days=ago)
        StatusUpdate.objects.bulk_create(
            StatusUpdate(
                activity=row, on=on, deadline=today + dt.timedelta(days=n * 5 - 60), comment=PROSE[:100],
                status=(status := {400: Status.PLANNED, 200: Status.UNDER_WAY}.get(ago, Status.values[n % 4])),
                completed_on=on if status == Status.COMPLETED else None,
                deadline_words="våren 2027" if n % 3 == 0 else "",
            )
            for n, row in enumerate(activities)
        )  # fmt: skip


def _headcounts(home, units, today: dt.date) -> None:
    from metrics.models import Guideline, GuidelineBase, Headcount, HeadcountReport

    guideline = Guideline.objects.create(organisation=home, title="Riktlinje", valid_from=dt.date(2015, 1, 1))
    GuidelineBase.objects.create(guideline=guideline, category="Hemtjänsten", base=30)
    last = today.year * 12 + today.month - 1
    reports = HeadcountReport.objects.bulk_create(
        HeadcountReport(
            organisation=home, as_of=dt.date(month // 12, month % 12 + 1, 1), basis="Tillsvidare."
        )
        for month in range(last - MONTHS + 1, last + 1)
    )
    Headcount.objects.bulk_create(
        Headcount(report=report, unit=unit, employees=20 + n % 25, managers=1, fte=Decimal(19 + n % 25))
        for report in reports for n, unit in enumerate(units)
    )  # fmt: skip


def _measures(program, today: dt.date) -> None:
    """What the overview shows beside activities: indicators with six waves, and a report to come."""
    from metrics import gate
    from metrics.models import Indicator, Observation
    from reports.actions import create_report
    from reports.models import Report

    indicators = Indicator.objects.bulk_create(
        Indicator(
            program=program,
            name=f"Mått {n}",
            population="chefer",
            kind="share",
            subject="survey",
            direction="up",
        )
        for n in range(6)
    )
    days = [today - dt.timedelta(days=180 * wave) for wave in range(6, 0, -1)]
    Observation.objects.bulk_create(
        Observation(indicator=row, first_day=day, last_day=day, positive=20 + n, answered=50, invited=60)
        for row in indicators for n, day in enumerate(days)
    )  # fmt: skip
    gate.settle(indicators)
    soon = today + dt.timedelta(days=30)
    create_report(report=Report(program=program, period=f"{today.year}H1", cut_off=today, meets_on=soon))


def _value(field, steps: dict) -> str:
    """A column of a copy, in SQL: keys move on by as many as there are, unique names get the copy's number."""
    moved = field.model if field.primary_key else field.related_model
    if moved in steps:
        return f"t.{field.column} + n * {steps[moved]}"
    if field.unique:
        return f"replace(t.{field.column}, '{MODEL}', lpad(n::text, {len(MODEL)}, '0'))"
    return f"t.{field.column}"


def _copy(times: int) -> None:
    """Copy every row of the product's apps. Ordered so that one organisation's rows lie far apart, as the rows
    of a database lie that all have written to for years; side by side they would be quicker to read than in life.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.models import Max

    from organisation.models import WriteMark

    rows = apps.get_models(include_auto_created=True)
    models = [row for row in rows if row._meta.app_label in APPS and row is not WriteMark]
    counted = {model: model._base_manager.aggregate(last=Max("pk"))["last"] for model in models}
    steps = {model: last for model, last in counted.items() if last}
    with connection.cursor() as cursor:
        for model in steps:
            table, fields = model._meta.db_table, model._meta.concrete_fields
            columns = ", ".join(f'"{field.column}"' for field in fields)
            values = ", ".join(_value(field, steps) for field in fields)
            source = f"{table} t, generate_series(1, {times}) n ORDER BY t.id, n"
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {source}")


def _session(username: str) -> str:
    """A session's key, as if the user had signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from organisation.models import User

    user = User.objects.get(username=username)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def main(organisations: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    with transaction.atomic():
        home, departments, units, roles = _organisation()
        program, areas, needs = _program(home)
        _updates(_activities(program, areas, needs, departments, roles), today)
        _headcounts(home, units, today)
        _measures(program, today)
        _copy(organisations - 1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # now, so that autovacuum does not do it while pages are measured
    # One in the middle: the first organisation's rows lie together at the front of every table.
    number = f"{organisations // 2:03}"
    print(json.dumps({"path": f"/namnd-{number}/chefer/", "session": _session(f"hr-{number}")}))


def demo() -> None:
    """The demo with its reports as drafts; the last half-year is what the report's part is measured on."""
    django.setup()
    from django.core.management import call_command
    from django.utils import translation

    from demo.loader import load
    from reports.models import Report

    call_command("migrate", verbosity=0)
    with translation.override("sv"):
        load(frozen=())
    rows = Report.objects.filter(program__organisation__slug="gotland-sof", kind="half_year")
    last = rows.latest("cut_off")
    path = f"/gotland-sof/{last.program.slug}/"
    print(json.dumps({"path": path, "session": _session("hr"), "period": last.period}))


if __name__ == "__main__":
    demo() if sys.argv[1] == "demo" else main(int(sys.argv[1]))
