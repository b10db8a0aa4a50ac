"""Writes to activities: every one leaves a revision, and how an activity stands is only ever added to."""

import datetime as dt
import hashlib

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from organisation.models import Role, User
from program.many import Planned, Standing, a_year_later, from_json, undoable
from program.models import (
    Activity,
    Attachment,
    ChangeSet,
    Document,
    FollowUp,
    FollowUpAnswer,
    Passage,
    PlanFile,
    Status,
    StatusUpdate,
)
from program.when import When
from ui.audit import relink
from ui.revision import Stale, claim

RELATIONS = ("departments", "responsible", "needs")


@transaction.atomic
def create_activity(
    *,
    activity: Activity,
    departments,
    responsible,
    needs,
    deadline: When | None,
    on: dt.date,
    by: User | None,
    status: str = Status.PLANNED,
    completed_on: dt.date | None = None,
    completed_words: str = "",
    comment: str = "",
) -> Activity:
    """Save a new activity with its relations and its first status update."""
    activity.save()
    for name, rows in zip(RELATIONS, (departments, responsible, needs), strict=True):
        link(activity, name, rows)
    _add_update(activity, status, deadline, completed_on, completed_words, comment, on, by)
    return activity


def link(activity: Activity, name: str, rows) -> None:
    """Give a new activity its first relations of one kind. One query, none for nothing."""
    links = getattr(activity, name)
    own, other = links.source_field_name, links.target_field_name
    links.through.objects.bulk_create(links.through(**{own: activity, other: row}) for row in rows)


@transaction.atomic
def change_activity(*, form, revision: int | None) -> Activity:
    """Save an edited activity; raises Stale when somebody else saved since `revision`."""
    claim(form.instance, revision)
    activity = form.save(commit=False)
    activity.save()
    relink(activity, {name: form.cleaned_data[name] for name in RELATIONS}, before=form.initial)
    return activity


@transaction.atomic
def record_status(
    *,
    activity: Activity,
    status: str,
    deadline: When | None,
    completed_on: dt.date | None,
    comment: str,
    on: dt.date,
    by: User | None,
    completed_words: str = "",
    revision: int | None = None,
    responsible=None,
) -> StatusUpdate:
    """Add a status update, and with `responsible` change who answers; `revision` None skips the check."""
    if revision is not None:
        claim(activity, revision)
    if responsible is not None:
        relink(activity, {"responsible": responsible})
    return _add_update(activity, status, deadline, completed_on, completed_words, comment, on, by)


def _add_update(*args) -> StatusUpdate:
    update = new_update(*args)
    update.full_clean(exclude=["activity", "by"])
    update.save()
    return update


def new_update(activity, status, deadline, completed_on, completed_words, comment, on, by) -> StatusUpdate:
    """A status update that is not saved yet; `deadline` is a stretch or None."""
    return StatusUpdate(
        activity=activity,
        on=on,
        status=status,
        deadline=deadline.last if deadline else None,
        deadline_words=deadline.words if deadline else "",
        completed_on=completed_on,
        completed_words=completed_words,
        comment=comment,
        by=by,
    )


@transaction.atomic
def mark_words(*, program, source: str, area, quotes, activity: Activity | None, start=None) -> list[Passage]:
    """Mark words of a text as a measure, or without an activity as a stance.

    With `start`, what `create_activity` wants besides, the activity is new and is saved first.
    """
    if activity is not None and start is not None:
        create_activity(activity=activity, **start)
    words = [
        Passage(program=program, source=source, area=area, activity=activity, quote=quote) for quote in quotes
    ]
    return Passage.objects.bulk_create(words)


@transaction.atomic
def keep_plan_file(*, place, name: str, content: bytes, by: User) -> PlanFile:
    """Keep an uploaded plan until it is agreed to; what the same person left unread in is dropped."""
    PlanFile.objects.visible_to(place).filter(by=by, applied_at=None).delete()
    return PlanFile.objects.create(program=place.program, name=name[-200:], content=content, by=by)


@transaction.atomic
def change_many(
    *, place, planned: list[Planned], what: str, comment: str, on: dt.date, by: User
) -> ChangeSet:
    """Make one change to several activities, all or none; raises Stale when one was saved in between."""
    rows = Activity.objects.visible_to(place).in_bulk([row.pk for row in planned])
    for row in planned:
        if row.pk not in rows:
            raise Stale
        _put(rows[row.pk], row.before, row.after, row.revision, comment, on, by)
    entries = [
        {
            "activity": row.pk,
            "revision": row.revision,
            "before": row.before.as_json(),
            "after": row.after.as_json(),
        }
        for row in planned
    ]
    return ChangeSet.objects.create(program=place.program, what=what[:300], entries=entries, by=by)


@transaction.atomic
def undo_many(*, change: ChangeSet, comment: str, on: dt.date, by: User) -> tuple[int, int]:
    """Take a change back where nobody has touched the activity since; how many that was, and how many were left.

    Raises Stale when it is undone already. What has been told of an activity stays: a new update says otherwise.
    """
    taken = ChangeSet.objects.filter(pk=change.pk, undone_at=None).update(undone_at=timezone.now())
    if not taken:
        raise Stale
    planned = planned_of(change)
    rows = Activity.objects.filter(program=change.program_id).in_bulk([row.pk for row in planned])
    back = list(undoable(planned, {pk: row.revision for pk, row in rows.items()}))
    for row in back:
        _put(rows[row.pk], row.after, row.before, row.revision + 1, comment, on, by)
    return len(back), len(planned) - len(back)


def planned_of(change: ChangeSet) -> list[Planned]:
    """What a change did, row by row."""
    return [
        Planned(row["activity"], row["revision"], from_json(row["before"]), from_json(row["after"]))
        for row in change.entries
    ]


def _put(activity: Activity, before: Standing, after: Standing, revision: int, comment: str, on, by) -> None:
    """Bring one activity from one standing to another, as its next revision."""
    claim(activity, revision)
    if after.area != before.area:
        activity.area_id = after.area
        activity.save(update_fields=["area"])
    if after.responsible != before.responsible:
        relink(activity, {"responsible": Role.objects.filter(pk__in=after.responsible)})
    if after.update != before.update:
        deadline = after.deadline and When(after.deadline, after.deadline, after.deadline_words)
        _add_update(
            activity, after.status, deadline, after.completed_on, after.completed_words, comment, on, by
        )


@transaction.atomic
def order_steps(*, activity: Activity, order: list[int], renumber: bool, revision: int | None) -> None:
    """Put steps in an order given by primary keys, and number them 1, 2, 3 …; raises Stale."""
    claim(activity, revision)
    steps = {step.pk: step for step in activity.steps.all()}
    wanted = [steps.pop(pk) for pk in order if pk in steps] + list(steps.values())
    for position, step in enumerate(wanted):
        number = str(position + 1) if renumber else step.number
        if (step.order, step.number) != (position, number):
            step.order, step.number = position, number
            step.save()


@transaction.atomic
def duplicate_activity(*, activity: Activity, title: str, years: int, on: dt.date, by: User) -> Activity:
    """A new activity like this one, not begun; with `years` every date moves that far."""
    state = activity.updates.latest_first(on).first()
    copy = Activity.objects.get(pk=activity.pk)
    copy.pk, copy.title, copy.revision, copy.carried_from, copy._state.adding = None, title, 1, activity, True
    copy.starts, copy.starts_words = _later(activity.starts, activity.starts_words, years)
    copy.save()
    for name in RELATIONS:
        link(copy, name, getattr(activity, name).all())
    deadline, words = _later(state.deadline, state.deadline_words, years) if state else (None, "")
    StatusUpdate.objects.create(
        activity=copy, on=on, by=by, status=Status.PLANNED, deadline=deadline, deadline_words=words
    )
    for step in activity.steps.all():
        step.pk, step.activity, step.completed_on, step._state.adding = None, copy, None, True
        step.deadline, step.deadline_words = _later(step.deadline, step.deadline_words, years)
        step.save()
    for row in activity.follow_ups.all() if years else ():
        day, said = _later(row.planned_on, row.planned_words, years)
        FollowUp.objects.create(activity=copy, kind=row.kind, planned_on=day, planned_words=said)
    return copy


def _later(day: dt.date | None, words: str, years: int) -> tuple[dt.date | None, str]:
    for _year in range(years if day else 0):
        day, words = a_year_later(day, words)
    return day, words


@transaction.atomic
def hold_follow_up(*, form) -> FollowUp:
    """Save a held follow-up with its answers; an empty answer leaves no row."""
    row = form.save()
    row.answers.all().delete()
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(follow_up=row, order=order, question=question, verdict=verdict, text=text)
        for order, (question, verdict, text) in enumerate(form.answers())
        if verdict or text
    )
    return row


def attach(
    *, place, upload, by: User, activity: Activity | None = None, document: Document | None = None
) -> Attachment:
    """Keep an uploaded file that its form has checked."""
    content = upload.read()
    return Attachment.objects.create(
        program=place.program, activity=activity, document=document, name=upload.name, content_type=upload.kind,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), content=content, by=by,
    )  # fmt: skip


def _next_revision(activity_id: int) -> None:
    """Something that belongs to the activity is changed, so what others were shown of it no longer holds."""
    Activity.objects.filter(pk=activity_id).update(revision=F("revision") + 1)


@transaction.atomic
def save_part(*, form, activity: Activity):
    """Save a step, a follow-up or a link to a plan; the activity gets its next revision."""
    _next_revision(activity.pk)
    return form.save()


@transaction.atomic
def remove_part(*, part) -> None:
    """Remove a step, a follow-up or a link to a plan; the activity gets its next revision."""
    _next_revision(part.activity_id)
    part.delete()
