"""The timeline: activities by area from start to deadline, with what is due on the way and when politicians meet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from program.models import Activity, Area, FollowUp, ProcessStep, Status, Step
from program.schedule import badge
from reports.models import Hearing, Report

PICTURED = 60
STEP, COMMITTEE, PROCESS = "step", "committee", "process"


@dataclass(frozen=True)
class Milestone:
    """A step's deadline, a follow-up or an evaluation; `kind` says which."""

    day: dt.date
    kind: str
    text: str
    words: str
    is_done: bool


@dataclass(frozen=True)
class Bar:
    """An activity from its first to its last day; either may be unknown."""

    pk: int
    number: str
    title: str
    area: str
    first: dt.date | None
    last: dt.date | None
    starts: str
    deadline: dt.date | None
    words: str
    badge: str
    milestones: tuple[Milestone, ...]

    @property
    def label(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    def touches(self, first: dt.date, last: dt.date) -> bool:
        """Whether it, or what is due in it, lies within the days."""
        begin, end = self.first or self.last, self.last or self.first
        stretch = begin is not None and end is not None and begin <= last and first <= end
        return stretch or any(first <= row.day <= last for row in self.milestones)


@dataclass(frozen=True)
class Moment:
    """A day when a committee meets, or a day or stretch of the process; `period` names the report it is about."""

    first: dt.date
    last: dt.date
    kind: str
    text: str
    words: str = ""
    forum: str = ""
    period: str = ""


@dataclass(frozen=True)
class Timeline:
    """What the page shows between two days."""

    first: dt.date
    last: dt.date
    today: dt.date
    bars: list[Bar]
    pictured: list[Bar]
    moments: list[Moment]
    areas: list[Area]

    @property
    def undated(self) -> list[Bar]:
        """Those that a picture cannot place."""
        return [bar for bar in self.bars if bar.first is None and bar.last is None]

    @property
    def ongoing(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.badge == Status.UNDER_WAY]

    @property
    def late(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.badge == "late"]

    @property
    def next_meeting(self) -> Moment | None:
        ahead = (row for row in self.moments if row.kind == COMMITTEE and row.first >= self.today)
        return min(ahead, key=lambda row: row.first, default=None)

    @property
    def next_milestone(self) -> tuple[Milestone, Bar] | None:
        """The nearest thing due, of an activity that is still open."""
        ahead = (
            (row, bar)
            for bar in self.bars
            for row in bar.milestones
            if row.day >= self.today and not row.is_done
        )
        return min(ahead, key=lambda pair: pair[0].day, default=None)


def _milestones(place) -> dict[int, list[Milestone]]:
    """What is due in each activity. Two queries."""
    found: dict[int, list[Milestone]] = {}
    steps = Step.objects.visible_to(place).filter(deadline__isnull=False)
    for pk, day, number, text, words, done in steps.values_list(
        "activity_id", "deadline", "number", "text", "deadline_words", "completed_on"
    ):
        label = f"{number}. {text}" if number else text
        found.setdefault(pk, []).append(Milestone(day, STEP, label, words, done is not None))
    for row in FollowUp.objects.visible_to(place):
        name = str(row.get_kind_display())
        mark = Milestone(row.planned_on, row.kind, name, row.planned_words, row.held_on is not None)
        found.setdefault(row.activity_id, []).append(mark)
    return {pk: sorted(rows, key=lambda row: row.day) for pk, rows in found.items()}


def _end(activity: Activity) -> dt.date | None:
    """Where a bar ends: the deadline, or the day when nothing more was done."""
    if activity.state_status == Status.COMPLETED:
        return activity.state_completed_on
    if activity.state_status == Status.STOPPED:
        return activity.state_on
    return activity.state_deadline


def _bars(place, today: dt.date, area: Area | None) -> list[Bar]:
    """Three queries."""
    activities = (
        Activity.objects.visible_to(place)
        .filter(area__program=place.program)
        .with_state(today)
        .known()
        .select_related("area")
        .order_by("area__order", "area_id", "pk")
    )
    if area:
        activities = activities.filter(Q(area=area) | Q(area__parent=area))
    due = _milestones(place)
    return [
        Bar(
            pk=row.pk,
            number=row.number,
            title=row.title,
            area=row.area.name,
            first=row.starts,
            last=_end(row),
            starts=row.starts_words,
            deadline=row.state_deadline,
            words=row.state_words,
            badge=badge(row.state, today),
            milestones=tuple(due.get(row.pk, ())),
        )
        for row in activities
    ]


def _moments(place) -> list[Moment]:
    """The process, and the meetings whose reports this role may see. Three queries."""
    process = [
        Moment(row.first_day, row.last_day, PROCESS, row.text, row.words, row.forum.name if row.forum else "")
        for row in ProcessStep.objects.visible_to(place).select_related("forum")
    ]
    hearings = Hearing.objects.visible_to(place).select_related("forum", "report")
    held = [
        Moment(row.held_on, row.held_on, COMMITTEE, row.paragraph, "", row.forum.name, row.report.period)
        for row in hearings
    ]
    told = {(row.first, row.period) for row in held}
    meetings = [
        Moment(row.meets_on, row.meets_on, COMMITTEE, "", "", place.organisation.committee, row.period)
        for row in Report.objects.visible_to(place)
        if (row.meets_on, row.period) not in told
    ]
    return sorted([*process, *held, *meetings], key=lambda row: (row.first, row.last))


def _nearest(bars: Iterable[Bar], today: dt.date) -> list[Bar]:
    """As many as a picture can hold, those with the nearest ends, in the order given."""
    dated = [bar for bar in bars if bar.first or bar.last]
    near = sorted(dated, key=lambda bar: abs(((bar.last or bar.first or today) - today).days))[:PICTURED]
    chosen = {bar.pk for bar in near}
    return [bar for bar in dated if bar.pk in chosen]


def timeline(place, today: dt.date, year: int | None = None, area: int | None = None) -> Timeline:
    """Activities and moments of a year, or of all the programme's years; of an area and those below it, or of all.

    Seven queries.
    """
    areas = list(Area.objects.visible_to(place))
    chosen = next((row for row in areas if row.pk == area), None)
    first = dt.date(year or place.program.first_year, 1, 1)
    last = dt.date(year or place.program.last_year, 12, 31)
    bars = _bars(place, today, chosen)
    if year:
        bars = [bar for bar in bars if bar.touches(first, last)]
    pictured = [bar for bar in _nearest(bars, today) if bar.touches(first, last)]
    moments = [row for row in _moments(place) if row.first <= last and first <= row.last]
    return Timeline(first, last, today, bars, pictured, moments, areas)


def within(bar: Bar, first: dt.date, last: dt.date) -> Bar:
    """The part of a bar between two days."""
    return replace(
        bar,
        first=bar.first and max(bar.first, first),
        last=bar.last and min(bar.last, last),
        milestones=tuple(row for row in bar.milestones if first <= row.day <= last),
    )
