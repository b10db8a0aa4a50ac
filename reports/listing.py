"""The list of reports, group by group, and what the next one is likely to be."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from organisation.models import Forum
from program.models import AnnualEvent, ProcessStep
from reports.checklist import queries, wording
from reports.checklist.judge import Checklist
from reports.defaults import Known, kind_of, suggest
from reports.models import Release, Report, may_see_unfrozen
from reports.periods import SERIES


@dataclass(frozen=True)
class Row:
    """A report in the list: how far its checklist has come, where it has one, and the day that comes next."""

    report: Report
    stage: str
    found: Checklist | None
    next_day: dt.date | None
    next_is: str

    @property
    def left(self) -> list[str]:
        return [wording.left(group) for group in self.found.groups if group.owed] if self.found else []


@dataclass(frozen=True)
class Group:
    """Reports that follow upon one another; `key` is the first of their kinds."""

    key: str
    rows: list[Row]


def groups(place, today: dt.date) -> list[Group]:
    """The committee's reports, the months, and feedback; those that there are any of.

    The checklist is asked for the draft of each group whose turn it is: three at most, however many there are.
    """
    reports = list(
        Report.objects.visible_to(place).prefetch_related(
            Prefetch("releases", Release.objects.defer("content")), "hearings__forum"
        )
    )
    for row in reports:
        row.program = place.program
    turns = [_whose_turn([row for row in reports if row.kind in kinds]) for kinds in SERIES]
    asked = [row for row in turns if row is not None] if may_see_unfrozen(place) else []
    found = queries.checklists(place, asked, today) if asked else {}
    makes = may_see_unfrozen(place)
    made = (
        Group(kinds[0], [_row(row, found.get(row.pk), today, makes) for row in reports if row.kind in kinds])
        for kinds in SERIES
    )
    return [group for group in made if group.rows]


def _whose_turn(reports: list[Report]) -> Report | None:
    """The draft that is to be composed next."""
    return min((row for row in reports if row.stage == "draft"), key=lambda row: row.cut_off, default=None)


def _row(report: Report, found: Checklist | None, today: dt.date, makes: bool) -> Row:
    """A frozen report waits for its meeting alone, and to readers for nothing."""
    stage = report.stage if makes else "frozen"
    days = [("cut_off", report.cut_off), ("texts", report.texts_due_on), ("meets", report.meets_on)]
    if stage == "frozen":
        days = days[2:] if makes else []
    ahead = [(day, what) for what, day in days if day and day >= today]
    day, what = min(ahead) if ahead else (None, "")
    return Row(report, stage, found, day, what)


@dataclass(frozen=True)
class Start:
    """What the form of a new report starts with, and what else takes time in those months."""

    initial: dict
    at_the_same_time: list[str]
    last_cases: list[str]


def suggested(place, kind: str, today: dt.date) -> Start:
    """From the reports before, the committee's planned meetings and the annual wheel. Three queries."""
    reports = list(Report.objects.visible_to(place))
    known = [Known(row.kind, row.period, row.cut_off, row.texts_due_on, row.meets_on) for row in reports]
    kind = kind or kind_of(known)
    meetings = ProcessStep.objects.visible_to(place).filter(forum__kind=Forum.Kind.COMMITTEE)
    found = suggest(kind, known, meetings.values_list("first_day", flat=True), today,
                    last_year=place.program.last_year)  # fmt: skip
    initial = {
        "kind": kind,
        "period": found.period,
        "cut_off": found.cut_off,
        "texts_due_on": found.texts_due_on,
        "meets_on": found.meets_on,
    }
    months = {found.cut_off.month, found.texts_due_on.month, found.meets_on.month}
    events = AnnualEvent.objects.visible_to(place).values_list("name", "months")
    same = [name for name, held in events if months & set(held)]
    latest = next((row for row in reports if row.kind == kind), None)
    return Start(initial, same, latest.case_numbers if latest else [])
