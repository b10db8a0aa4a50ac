"""The rows behind a report's checklist, as the place sees them, put to `judge` in few queries."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from dialogues.answers.judge import UNANSWERED
from dialogues.answers.queries import owed as owed_answers
from dialogues.models import Dialogue
from metrics.models import HeadcountReport, Indicator, LinkedAnswers, Observation
from metrics.values import promises
from organisation.access import Kind
from organisation.models import Membership
from organisation.writes import remembered
from program.models import Activity
from reports import content, since
from reports.checklist import judge as k
from reports.checklist import wording
from reports.facts import places_of, previous_report
from reports.models import Release, Report, Section

SEES = {
    Kind.EDITOR: k.KINDS,
    Kind.DIRECTOR: k.KINDS,
    Kind.SECRETARY: (k.TEXTS, k.UPDATES, k.VALUES),  # drafts of values and dialogues are not for everybody
    Kind.DEPARTMENT_HEAD: (k.UPDATES, k.DIALOGUES),
}


@dataclass(frozen=True)
class People:
    """The organisation's members as far as a checklist names them."""

    members: tuple[Membership, ...]

    def of_kind(self, kind: str) -> frozenset[int]:
        return frozenset(row.pk for row in self.members if row.kind == kind)

    @cached_property
    def hr(self) -> frozenset[int]:
        return self.of_kind(Kind.EDITOR)

    @cached_property
    def heads(self) -> dict[int, frozenset[int]]:
        """By department, the memberships of those who head it."""
        found: dict[int, set[int]] = {}
        for row in self.members:
            if row.kind == Kind.DEPARTMENT_HEAD:
                for department in row.departments.all():
                    found.setdefault(department.pk, set()).add(row.pk)
        return {key: frozenset(pks) for key, pks in found.items()}

    def heads_of(self, departments: Iterable) -> frozenset[int]:
        return frozenset().union(*(self.heads.get(row.pk, ()) for row in departments))

    def of_users(self, *users: int | None) -> frozenset[int]:
        return frozenset(row.pk for row in self.members if row.user_id in users)

    def names(self, pks: Iterable[int]) -> list[str]:
        wanted = set(pks)
        return [name_of(row.user) for row in self.members if row.pk in wanted]


def name_of(user) -> str:
    """The name that colleagues know, else the one the person signs in with."""
    return user.get_full_name() or user.username


def people_of(organisation) -> People:
    """Those who make reports and whose accounts are open. Two queries."""
    makers = (Kind.EDITOR, Kind.DEPARTMENT_HEAD, Kind.DIRECTOR)
    rows = Membership.objects.filter(organisation=organisation, kind__in=makers, user__is_active=True)
    rows = rows.select_related("user").prefetch_related("departments").order_by("user__username")
    return People(tuple(rows))


@dataclass(frozen=True)
class Frame:
    """What every kind of item is gathered with; `on` is the day that things are looked at."""

    place: object
    report: Report
    before: Report | None
    on: dt.date
    people: People

    def url(self, name: str, *args) -> str:
        return reverse(name, args=[*self.place.program.address, *args])

    @property
    def edits(self) -> bool:
        return self.place.kind == Kind.EDITOR


def checklist(place, report: Report, today: dt.date) -> k.Checklist:
    """What the report wants of everybody, for a department head of the own part. At most twenty-one queries."""
    return checklists(place, [report], today)[report.pk]


def checklists(place, reports: Iterable[Report], today: dt.date) -> dict[int, k.Checklist]:
    """By report's key; who works here is asked once for them all."""
    people = people_of(place.organisation)
    return {row.pk: _checklist(place, row, today, people) for row in reports}


def summary(place, report: Report) -> dict | None:
    """The checklist as the report's own page tells it; None for those whom nothing is wanted of. One query when nothing
    has been written since it was gathered for the same member."""
    if place.kind not in SEES:
        return None
    today = timezone.localdate()
    key = f"checklist:{report.pk}:{place.membership.pk}:{today}:{get_language()}"
    return remembered(key, lambda: _summary(place, report, today))


def in_one_sentence(place, report: Report, found: k.Checklist, today: dt.date) -> str:
    """How far it is: a department head's own part, or with what a secretary does not see."""
    is_part = place.kind == Kind.DEPARTMENT_HEAD
    return wording.whole(found, elsewhere(place, report, today), is_part=is_part)


def _summary(place, report: Report, today: dt.date) -> dict | None:
    found = checklist(place, report, today)
    whole = in_one_sentence(place, report, found, today)
    left = [wording.left(group) for group in found.groups if group.owed]
    return {"found": found, "whole": whole, "left": left} if found.items else None


def elsewhere(place, report: Report, today: dt.date) -> int | None:
    """How much waits at HR and the director that the secretary does not see: counted, never named; None for others."""
    if place.kind != Kind.SECRETARY:
        return None
    people = people_of(place.organisation)
    hr = next((row for row in people.members if row.kind == Kind.EDITOR), None)
    if hr is None:
        return 0
    hidden = [kind for kind in k.KINDS if kind not in SEES[Kind.SECRETARY]]
    found = _gathered(replace(place, membership=hr, memberships=(hr,)), report, today, people, hidden)
    theirs = people.hr | people.of_kind(Kind.DIRECTOR)
    return sum(bool(item.owners & theirs) for item in found.owed)


def _checklist(place, report: Report, today: dt.date, people: People) -> k.Checklist:
    found = _gathered(place, report, today, people, SEES.get(place.kind, ()))
    return found.of(place.membership.pk) if place.kind == Kind.DEPARTMENT_HEAD else found


def _gathered(place, report: Report, today: dt.date, people: People, kinds: Iterable[str]) -> k.Checklist:
    frame = Frame(place, report, previous_report(report), k.judged_on(report.cut_off, today), people)
    sections = places_of(report)
    wanted = [kind for kind in k.kinds_for(row.key for row in sections) if kind in kinds]
    return k.Checklist(tuple(item for kind in wanted for item in GATHERERS[kind](frame, sections)))


def frozen_before(report: Report) -> Release | None:
    """The latest frozen version of a report before this one in its series. One query."""
    rows = Release.objects.filter(
        report__program_id=report.program_id,
        report__kind__in=report.series,
        report__cut_off__lt=report.cut_off,
    )
    return rows.select_related("report").order_by("-report__cut_off", "-version").first()


def untouched(release: Release | None, written: Iterable[Section]) -> set[str]:
    """Keys of sections that stand word for word as in the frozen version."""
    if release is None:
        return set()
    before = content.from_json(release.content)
    texts = tuple(content.Section(row.key, "", row.text) for row in written)
    return since.untouched(before, replace(before, letter=content.Letter((), ()), sections=texts))


def _texts(frame: Frame, sections) -> Iterator[k.Item]:
    """What somebody is to write, section by section. Four queries."""
    report, people = frame.report, frame.people
    written = {row.key: row for row in report.sections.select_related("writer")}
    release = frozen_before(report)
    same = untouched(release, written.values())
    has_points = report.points.exists()
    for place in sections:
        section = written.get(place.key)
        if section is None:
            continue
        own = people.of_users(section.writer_id) if section.writer_id else frozenset()
        url = frame.url("reports:report-detail", report.period) + f"#{place.key}"
        if frame.edits and not report.approved_at:
            url = frame.url("reports:section-edit", report.period, section.pk)
        yield k.Item(
            k.TEXTS,
            place.heading,
            url,
            bool(section.text.strip() or place.fixed.strip() or (place.key == "proposal" and has_points)),
            detail=wording.text_missing(),
            who=name_of(section.writer) if section.writer_id else wording.hr(),
            owners=own or people.hr,
            flag=wording.untouched(release.report) if release and place.key in same else "",
        )


def _updates(frame: Frame, _sections) -> Iterator[k.Item]:
    """Activities that the report tells of, and whether anything has been said since the last one. Three queries."""
    if frame.before is None:
        return
    previous = frame.before.cut_off
    rows = Activity.objects.visible_to(frame.place).with_state(frame.on).known().order_by("pk")
    for row in rows.prefetch_related("departments", "responsible"):
        if not k.tells_of(row.state_status, row.state_on, previous):
            continue
        heads = frame.people.heads_of(row.departments.all())
        does = frame.edits or frame.place.membership.pk in heads
        who = [*(role.name for role in row.responsible.all()), *frame.people.names(heads)]
        yield k.Item(
            k.UPDATES,
            str(row),
            frame.url("program:activity-status" if does else "program:activity-detail", row.pk),
            not k.wants_update(row.state_status, row.state_on, previous),
            detail=wording.update_wanted(row.state_on),
            who=", ".join(who) or wording.hr(),
            owners=heads or frame.people.hr,
        )


def _values(frame: Frame, _sections) -> Iterator[k.Item]:
    """Values promised to the committee. One query, two when a promised one is worked out from the headcounts."""
    known = Observation.objects.approved().filter(
        Q(indicator=OuterRef("pk")) | Q(indicator__index=OuterRef("pk")), last_day__lte=frame.on
    )
    latest = known.order_by("-last_day").values("last_day")[:1]
    rows = list(
        Indicator.objects.visible_to(frame.place).exclude(promised="").annotate(latest=Subquery(latest))
    )
    counted = _latest_headcount(frame) if any(row.computed for row in rows) else None
    for row in rows:
        day = counted if row.computed else row.latest
        url = frame.url("metrics:indicator-detail", row.pk)
        if frame.edits:
            url = (
                frame.url("metrics:headcount-upload")
                if row.computed
                else frame.url("metrics:observation-add", row.pk)
            )
        yield k.Item(
            k.VALUES,
            row.name,
            url,
            not promises.is_late(row.promised, day, frame.on),
            detail=wording.value_wanted(row.promised, day),
            who=wording.hr(),
            owners=frame.people.hr,
        )


def _latest_headcount(frame: Frame) -> dt.date | None:
    rows = HeadcountReport.objects.visible_to(frame.place).filter(as_of__lte=frame.on)
    return rows.order_by("-as_of").values_list("as_of", flat=True).first()


def _approvals(frame: Frame, _sections) -> Iterator[k.Item]:
    """Measures with values of the period or drafts, and whether any waits for another's yes. Two queries."""
    waiting: dict[int, int] = {}
    entered: dict[int, set[int | None]] = {}
    names: dict[int, str] = {}
    for pk, name, state, by, number in _entered(frame):
        names[pk] = name
        if state == "draft":
            waiting[pk] = waiting.get(pk, 0) + number
            entered.setdefault(pk, set()).add(by)
    for pk, name in names.items():
        owners = _who_may_approve(frame.people, entered.get(pk, set()))
        yield k.Item(
            k.APPROVALS,
            name,
            frame.url("metrics:observation-approvals") + f"?matt={pk}",
            pk not in waiting,
            detail=wording.approval_wanted(waiting.get(pk, 0)),
            who=", ".join(frame.people.names(owners)),
            owners=owners,
        )


def _entered(frame: Frame) -> list[tuple]:
    """(indicator, its name, state, who entered, how many) of drafts, and of what was approved for the period."""
    since_last = Q(last_day__gt=frame.before.cut_off) if frame.before else Q()
    values = Observation.objects.visible_to(frame.place).filter(last_day__lte=frame.on)
    linked = LinkedAnswers.objects.visible_to(frame.place).filter(later__lte=frame.on, state="draft")
    found = []
    for rows in (values.filter(Q(state="draft") | since_last), linked):
        counted = rows.order_by("indicator__order", "indicator").values_list(
            "indicator", "indicator__name", "state", "entered_by"
        )
        found += counted.annotate(number=Count("pk"))
    return found


def _who_may_approve(people: People, entered: set[int | None]) -> frozenset[int]:
    """HR and the director, but nobody what that person alone has entered."""
    may = people.hr | people.of_kind(Kind.DIRECTOR)
    return may - people.of_users(*entered) if len(entered) == 1 and None not in entered else may


def _dialogues(frame: Frame, _sections) -> Iterator[k.Item]:
    """Dialogues up to the cut-off: confirmed, and published by both sides' yes. Two queries."""
    rows = Dialogue.objects.visible_to(frame.place).filter(held_on__lte=frame.report.cut_off)
    for row in rows.prefetch_related("departments", "heads_agreed").order_by("held_on", "pk"):
        departments, hr = set(row.departments.all()), frame.people.hr
        heads = frame.people.heads_of(departments)
        left = frame.people.heads_of(departments - set(row.heads_agreed.all()))
        sides = k.waits_for(
            is_confirmed=row.confirmed_at is not None,
            head_agreed=row.head_agreed_at is not None or not left,
            hr_agreed=row.hr_agreed_at is not None,
            has_head=bool(heads),
            logged_by_hr=bool(frame.people.of_users(row.logged_by_id) & hr),
        )
        owners = (left if k.HEAD in sides else frozenset()) | (hr if k.HR in sides else frozenset())
        yield k.Item(
            k.DIALOGUES,
            f"{row.name}, {wording.day(row.held_on, row.held_words)}",
            frame.url("dialogues:dialogue-detail", row.pk),
            row.published_at is not None,
            detail=wording.dialogue_wanted(row.stage),
            who=wording.sides(sides, frame.people.names(left)),
            owners=owners or heads | hr,
        )


def _answers(frame: Frame, _sections) -> Iterator[k.Item]:
    """Needs in the departments that raised them, and whether each has been answered. Four queries."""
    for row in owed_answers(frame.place, frame.on):
        url = frame.url("reports:need-thread", row.need.pk)
        if frame.edits:
            url = (
                frame.url("dialogues:need-answer", row.need.pk)
                + f"?department={row.pair.department or 'all'}"
            )
        department = row.department.name if row.department else wording.no_department()
        yield k.Item(
            k.ANSWERS,
            f"{row.need.title} ({department})",
            url,
            row.pair.state != UNANSWERED,
            detail=wording.answer_wanted(row.pair.since, row.pair.words),
            who=wording.hr(),
            owners=frame.people.hr,
        )


GATHERERS = {
    k.TEXTS: _texts,
    k.UPDATES: _updates,
    k.VALUES: _values,
    k.APPROVALS: _approvals,
    k.DIALOGUES: _dialogues,
    k.ANSWERS: _answers,
}
