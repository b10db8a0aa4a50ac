"""Values on their way: entered as drafts, approved by another person, revised and never overwritten.

Whatever changes what is shown settles the gate in its own transaction, so nothing is shown that it has not judged.
"""

import hashlib
import json
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet
from django.forms import ModelForm
from django.utils import timezone

from metrics import gate
from metrics.models import Indicator, LinkedAnswers, Observation
from organisation.models import User
from ui.revision import Stale

State = Observation.State
Entered = Observation | LinkedAnswers
# Who approved it and what the gate said are no part of what somebody says yes to.
NOT_SEEN = {"state", "approved_by", "approved_at", "withheld", "published_on"}


class OwnValue(Exception):
    """Somebody tried to approve what they entered themselves; nothing was written."""


class OthersDraft(Exception):
    """Somebody tried to change a draft that another person wrote; nothing was written. `name` is whose it is."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def fingerprint(entered: Entered) -> str:
    """What a draft says, in short: whoever approves says yes to this and nothing else."""
    fields = [field.attname for field in entered._meta.concrete_fields if field.name not in NOT_SEEN]
    told = json.dumps([str(getattr(entered, name)) for name in fields])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def digest(fingerprints: Iterable[str]) -> str:
    """Many fingerprints as one, in their rows' order by key."""
    return hashlib.sha256(" ".join(fingerprints).encode()).hexdigest()[:20]


@transaction.atomic
def change_indicator(*, form: ModelForm) -> Indicator:
    """Save what is said of an indicator; its subject and its index decide what may be shown of its values."""
    left = list(Indicator.objects.filter(items__in=[form.instance.pk or 0]))  # the index it may leave now
    indicator: Indicator = form.save()
    gate.settle([indicator, *left])
    return indicator


@transaction.atomic
def enter_observation(*, observation: Observation, by: User) -> Observation:
    """Save a draft, new or changed. Raises Stale when it has been approved or removed meanwhile, or OthersDraft."""
    if observation.pk:
        _lock_own_draft(observation, by)
    return _save_draft(observation, by)


@transaction.atomic
def revise_observation(*, earlier: Observation, revision: Observation, by: User) -> Observation:
    """Save a draft that takes an approved value's place once it is approved; the earlier is kept.

    Raises Stale when somebody has begun to revise it already.
    """
    held = Observation.objects.select_for_update().get(pk=earlier.pk)
    alike = Observation.objects.filter(
        indicator=held.indicator_id, first_day=held.first_day, last_day=held.last_day,
        department=held.department_id, unit=held.unit_id, predecessor=held.predecessor_id,
        breakdown=held.breakdown, category=held.category,
    )  # fmt: skip
    latest = alike.aggregate(latest=Max("revision"))["latest"]
    if held.state != State.APPROVED or held.revision != latest:
        raise Stale
    for name in ("indicator_id", "first_day", "last_day", "department_id", "unit_id", "predecessor_id",
                 "breakdown", "category", "is_example"):  # fmt: skip
        setattr(revision, name, getattr(held, name))
    revision.pk, revision.revision = None, latest + 1
    return _save_draft(revision, by)


@transaction.atomic
def remove_draft(*, draft: Entered) -> None:
    """Raises Stale when it has been approved or removed meanwhile."""
    _lock_draft(draft)
    draft.delete()  # nobody was shown anything of it, so the gate has nothing to judge anew


@transaction.atomic
def approve_observations(*, drafts: QuerySet[Observation], seen: str, by: User) -> int:
    """Approve all of `drafts` and give how many; `seen` is the digest of what the person saw of them.

    Raises Stale when one has changed, come or gone since, OwnValue when one is the person's own.
    """
    rows = _approve(drafts, seen, by)
    indicators = Indicator.objects.filter(pk__in={row.indicator_id for row in rows})
    gate.settle(indicators, {(row.first_day, row.last_day) for row in rows})
    return len(rows)


@transaction.atomic
def record_linked_answers(*, answers: LinkedAnswers, by: User) -> LinkedAnswers:
    """Save a draft, new or changed. Raises Stale when it has been approved or removed meanwhile, or OthersDraft."""
    if answers.pk:
        _lock_own_draft(answers, by)
    answers.state, answers.entered_by = State.DRAFT, by
    answers.save()
    return answers


@transaction.atomic
def approve_linked_answers(*, drafts: QuerySet[LinkedAnswers], seen: str, by: User) -> int:
    """As `approve_observations`; the gate judges linked answers where they are told."""
    return len(_approve(drafts, seen, by))


def _save_draft(observation: Observation, by: User) -> Observation:
    """Only its writer changes a draft, so that everybody else may approve it and the writer never does."""
    observation.state, observation.entered_by = State.DRAFT, by
    observation.approved_by = observation.approved_at = None
    observation.withheld = Observation.Withheld.PENDING
    observation.save()
    gate.settle([observation.indicator], [(observation.first_day, observation.last_day)])
    return observation


def _lock_draft(entered: Entered) -> None:
    rows = type(entered)._base_manager.select_for_update().filter(pk=entered.pk)
    if not rows.filter(state=State.DRAFT).exists():
        raise Stale


def _lock_own_draft(entered: Entered, by: User) -> None:
    _lock_draft(entered)
    held = type(entered)._base_manager.select_related("entered_by").get(pk=entered.pk)
    if held.entered_by_id not in (None, by.pk):
        raise OthersDraft(held.entered_by.username)


def _approve(drafts: QuerySet, seen: str, by: User) -> list:
    rows = list(
        drafts.filter(state=State.DRAFT).order_by("pk").select_related(None).select_for_update(of=("self",))
    )
    if not rows or digest(map(fingerprint, rows)) != seen:
        raise Stale
    if any(row.entered_by_id == by.pk for row in rows):
        raise OwnValue
    model = type(rows[0])
    model._base_manager.filter(pk__in=[row.pk for row in rows]).update(
        state=State.APPROVED, approved_by=by, approved_at=timezone.now()
    )
    return rows
