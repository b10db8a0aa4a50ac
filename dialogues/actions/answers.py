"""Answers to the departments, their "this is not what we meant", and the replies to that."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from dialogues.answers.judge import last_added
from dialogues.answers.queries import given
from dialogues.models import Objection, Statement
from organisation.models import Department, User
from program.models import Activity, Need, Resource, Response
from ui.revision import Stale, claim

Seen = Mapping[int | None, int]


@transaction.atomic
def respond(
    *,
    need: Need,
    departments: Sequence[Department | None],
    outcome: str,
    on: dt.date,
    by: User | None,
    activity: Activity | None = None,
    resource: Resource | None = None,
    referred_to: str = "",
    text: str = "",
    seen: Seen | None = None,
) -> list[Response]:
    """The same answer to several departments; None stands for everybody. The activity is linked to the need.

    `seen` tells which response (its key) each of them had when the answer was written; Stale when that is no more.
    """
    Need.objects.select_for_update().get(pk=need.pk)
    if seen is not None:
        _refuse_stale(need, departments, seen)
    if activity and not activity.needs.filter(pk=need.pk).exists():
        activity.refresh_from_db(fields=["revision"])
        claim(activity, activity.revision)
        activity.needs.add(need)
    return [
        Response.objects.create(
            need=need, department=department, on=on, outcome=outcome, activity=activity, resource=resource,
            referred_to=referred_to, text=text, by=by,
        )
        for department in departments
    ]  # fmt: skip


def _refuse_stale(need: Need, departments: Sequence[Department | None], seen: Seen) -> None:
    """What everybody was told counts for each of them."""
    asked = {department.pk if department else None for department in departments} | {None}
    now = last_added(given(need.responses.latest_first(timezone.localdate())))
    if any(now.get(key) != seen.get(key) for key in asked):
        raise Stale


@transaction.atomic
def object_to(
    *, need: Need, department: Department, text: str, by: User | None, statement: Statement | None = None,
    at: dt.datetime | None = None,
) -> Objection:  # fmt: skip
    """The group did not mean that. The same words sent twice are one objection. `at` dates an import back."""
    row, _created = Objection.objects.get_or_create(
        need=need, department=department, statement=statement, text=text, by=by, replied_at=None,
        defaults={"at": at or timezone.now()},
    )  # fmt: skip
    return row


@transaction.atomic
def reply(
    *, need: Need, objection_pk: int, text: str, by: User | None, at: dt.datetime | None = None
) -> None:
    """HR's answer, given once; Stale when somebody has replied, or the group has taken it back."""
    rows = Objection.objects.filter(pk=objection_pk, need=need, replied_at=None)
    if not rows.update(reply=text, replied_by=by, replied_at=at or timezone.now()):
        raise Stale


@transaction.atomic
def withdraw(*, objection: Objection) -> None:
    """Take back what nobody has replied to yet; Stale when somebody has."""
    if not Objection.objects.filter(pk=objection.pk, replied_at=None).delete()[0]:
        raise Stale
