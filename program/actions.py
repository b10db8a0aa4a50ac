"""Writes to activities: every one leaves a revision, and how an activity stands is only ever added to."""

import datetime as dt

from django.db import transaction

from organisation.models import User
from program.models import Activity, Status, StatusUpdate
from program.when import When
from ui.audit import relink
from ui.revision import claim

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
    comment: str = "",
) -> Activity:
    """Save a new activity with its relations and its first status update."""
    activity.save()
    activity.departments.set(departments)
    activity.responsible.set(responsible)
    activity.needs.set(needs)
    _add_update(activity, status, deadline, None, comment, on, by)
    return activity


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
    revision: int | None = None,
    responsible=None,
) -> StatusUpdate:
    """Add a status update, and with `responsible` change who answers; `revision` None skips the check."""
    if revision is not None:
        claim(activity, revision)
    if responsible is not None:
        relink(activity, {"responsible": responsible})
    return _add_update(activity, status, deadline, completed_on, comment, on, by)


def _add_update(activity, status, deadline, completed_on, comment, on, by) -> StatusUpdate:
    update = StatusUpdate(
        activity=activity,
        on=on,
        status=status,
        deadline=deadline.last if deadline else None,
        deadline_words=deadline.words if deadline else "",
        completed_on=completed_on,
        comment=comment,
        by=by,
    )
    update.full_clean(exclude=["activity"])
    update.save()
    return update
