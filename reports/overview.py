"""What the overview shows, gathered in few queries: what waits, and the two axes that are never merged."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from dialogues.models import Dialogue, Objection, Statement
from metrics.models import Expectation, HeadcountReport, Observation
from metrics.movement import Verdict, judge_count
from metrics.readings.queries import Reading, readings
from metrics.span.history import in_force, measured
from metrics.span.queries import headcounts_of, unit_counts, versions_of
from organisation.access import Kind
from program.models import Activity, FollowUp, Need, Program
from program.rows import responsible_names
from program.schedule import State, badge, days_late, is_due, is_late
from reports.layouts import unwritten
from reports.models import Instruction, Report

SHOWN = 5
ORDER = ("completed", "under_way", "late", "planned", "stopped")


def _counted(standing: str, count: int) -> str:
    """An adjective that agrees with its number: en genomförd, två genomförda."""
    words = {
        "completed": ngettext("%(count)s completed", "%(count)s completed", count),
        "under_way": ngettext("%(count)s under way", "%(count)s under way", count),
        "late": ngettext("%(count)s late", "%(count)s late", count),
        "planned": ngettext("%(count)s planned", "%(count)s planned", count),
        "stopped": ngettext("%(count)s stopped", "%(count)s stopped", count),
    }
    return words[standing] % {"count": count}


@dataclass(frozen=True)
class Row:
    """An activity as the overview names it."""

    pk: int
    label: str
    area: str
    state: State
    words: str
    has_need: bool
    days_late: int
    is_unfollowed: bool = False

    @property
    def years_late(self) -> int:
        """Whole years, for what has been late so long that days say nothing; else 0."""
        return self.days_late // 365 if self.days_late > 730 else 0


@dataclass(frozen=True)
class AreaBar:
    """How many of an area's activities stand where, for the stacked bar and its words."""

    area: str
    counts: Counter

    @property
    def words(self) -> str:
        """2 completed, 1 under way."""
        return ", ".join(_counted(key, self.counts[key]) for key in ORDER if self.counts[key])

    @property
    def stretches(self) -> list[tuple[str, int]]:
        """The bar's parts in order: what they stand for, and how many."""
        return [(key, self.counts[key]) for key in ORDER if self.counts[key]]


@dataclass(frozen=True)
class SpanPoint:
    as_of: dt.date
    units: int
    over_base: int


@dataclass(frozen=True)
class Said:
    """What is asked of HR: objections to reply to, dialogues to agree to, statements to group, effects to judge,
    instructions of the committee to answer.

    `values` are measured values that wait for the yes of somebody else than who entered them; the director's too.
    """

    objections: int = 0
    dialogues: int = 0
    statements: int = 0
    effects: int = 0
    instructions: int = 0
    values: int = 0


@dataclass(frozen=True)
class Overview:
    late: list[Row]
    due: list[Row]
    unfollowed: list[Row]
    without_need: list[Row]
    bars: list[AreaBar]
    counts: Counter
    needs_without_activity: list[Need]
    report: Report | None
    readings: list[Reading]
    span: list[SpanPoint]
    span_verdict: Verdict
    responsible: dict[int, str] = field(default_factory=dict)
    said: Said = field(default_factory=Said)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def _rows(place, today: dt.date) -> list[Row]:
    missed = FollowUp.objects.filter(activity=OuterRef("pk"), held_on=None, planned_on__lt=today)
    linked = Activity.needs.through.objects.filter(activity=OuterRef("pk"))
    found = (
        Activity.objects.visible_to(place)
        .filter(area__program=place.program)  # says no more, but spares the database every other area
        .with_state(today)
        .known()
        .annotate(has_need=Exists(linked), is_unfollowed=Exists(missed))
        .order_by("area__order", "area_id", "pk")
        .values_list(
            "pk", "number", "title", "area__name", "state_status", "state_deadline", "state_words",
            "state_completed_on", "has_need", "is_unfollowed",
        )
    )  # fmt: skip
    rows = []
    for pk, number, title, area, status, deadline, words, completed_on, has_need, unfollowed in found:
        state = State(status, deadline, completed_on)
        label = f"{number}. {title}" if number else title
        rows.append(Row(pk, label, area, state, words, has_need, days_late(state, today), unfollowed))
    return rows


def _bars(rows: list[Row], today: dt.date) -> list[AreaBar]:
    counts: dict[str, Counter] = {}
    for row in rows:
        counts.setdefault(row.area, Counter())[badge(row.state, today)] += 1
    return [AreaBar(area, counter) for area, counter in counts.items()]


def _next_report(place, today: dt.date) -> Report | None:
    """The report of the next meeting, with how many of its sections are empty; when it meets is no secret."""
    rows = unwritten().filter(report=OuterRef("pk")).values("report")
    empty = rows.annotate(count=Count("pk")).values("count")
    return (
        Report.objects.filter(program=place.program, meets_on__gte=today)
        .annotate(empty=Coalesce(Subquery(empty, output_field=IntegerField()), 0))
        .order_by("meets_on")
        .first()
    )


def span_series(place, today: dt.date) -> list[SpanPoint]:
    """Units over the base number at the first and at the latest headcount. Two queries, each by an index."""
    own = HeadcountReport.objects.visible_to(place).filter(as_of__lte=today).values("as_of")
    ends = Q(report__as_of=Subquery(own.order_by("as_of")[:1])) | Q(
        report__as_of=Subquery(own.order_by("-as_of")[:1])
    )
    versions = versions_of(place)
    points = []
    for day, rows in headcounts_of(place, today, ends).items():
        span = measured(unit_counts(rows, {}, day), in_force(versions, day))
        points.append(SpanPoint(day, len(span.units), span.over_base))
    return points


def _said(place, today: dt.date) -> Said:
    """For HR, of which the director is asked the last alone; nobody else is asked. One query."""
    if place.kind not in (Kind.EDITOR, Kind.DIRECTOR):
        return Said()
    others = Observation.objects.drafts().exclude(entered_by=place.membership.user_id)
    asked = (
        Objection.objects.filter(need__program=OuterRef("pk"), replied_at=None),
        Dialogue.objects.filter(program=OuterRef("pk"), confirmed_at__isnull=False, hr_agreed_at=None),
        Statement.objects.spoken().filter(dialogue__program=OuterRef("pk"), needs=None),
        Expectation.objects.awaiting(today).filter(activity__program=OuterRef("pk")),
        Instruction.objects.filter(hearing__report__program=OuterRef("pk"), answered_on=None),
        others.filter(indicator__program=OuterRef("pk")),
    )
    if place.kind == Kind.DIRECTOR:
        asked = tuple(rows.none() for rows in asked[:-1]) + asked[-1:]
    counts = (
        Coalesce(
            Subquery(
                rows.order_by().values(one=Value(1)).annotate(count=Count("pk")).values("count"),
                output_field=IntegerField(),
            ),
            0,
        )
        for rows in asked
    )
    return Said(*Program.objects.filter(pk=place.program.pk).values_list(*counts).get())


def overview(place, today: dt.date) -> Overview:
    """Everything the page shows. Ten queries for HR and the director, nine for others."""
    rows = _rows(place, today)
    late = sorted((r for r in rows if is_late(r.state, today)), key=lambda row: -row.days_late)
    due = sorted((r for r in rows if is_due(r.state, today)), key=lambda row: row.state.deadline or today)
    unanswered = list(Need.objects.visible_to(place).without_activity())
    has_needs = bool(unanswered) or any(row.has_need for row in rows)
    span = span_series(place, today)
    first, last = (span[0].over_base, span[-1].over_base) if len(span) > 1 else (None, None)
    return Overview(
        late=late,
        due=due,
        unfollowed=[row for row in rows if row.is_unfollowed],
        without_need=[row for row in rows if has_needs and not row.has_need],
        bars=_bars(rows, today),
        counts=Counter(badge(row.state, today) for row in rows),
        needs_without_activity=unanswered,
        report=_next_report(place, today),
        readings=[row for row in readings(place, today) if not row.indicator.index_id],
        span=span,
        span_verdict=judge_count(first, last, higher_is_better=False),
        said=_said(place, today),
        responsible=responsible_names([row.pk for row in (*late[:SHOWN], *due[:SHOWN])], place),
    )
