"""Writes what a comparison found: all of it or nothing, as drafts for another person to approve."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from metrics import gate
from metrics.models import Indicator, Observation, ObservationFile
from metrics.observation_import import reading as readings
from metrics.observation_import.compare import FIELDS, Comparison, Result
from metrics.observation_import.items import Reading
from organisation.models import User

BATCH = 500
KEPT = dt.timedelta(days=30)  # a file that nobody agrees to


class Moved(Exception):
    """The programme is not what it was when the comparison was shown; nothing was written."""


class HasErrors(Exception):
    """The file holds what cannot be understood; nothing was written."""


class NeedsReason(Exception):
    """Approved values would be revised without a word of why; nothing was written."""


@transaction.atomic
def keep_file(*, place, name: str, content: bytes, by: User) -> ObservationFile:
    """Keep an uploaded file until it is agreed to; what the same person left unread in is dropped, and what is old."""
    left = ObservationFile.objects.visible_to(place).filter(applied_at=None)
    left.filter(Q(by=by) | Q(at__lt=timezone.now() - KEPT)).delete()
    return ObservationFile.objects.create(program=place.program, name=name[-200:], content=content, by=by)


@transaction.atomic
def apply_values(
    *,
    reading: Reading,
    place,
    by: User | None,
    today: dt.date,
    reason: str = "",
    digest: str | None = None,
    file: ObservationFile | None = None,
    **chosen,
) -> Comparison:
    """Compare anew and write the difference. `digest` is of the comparison that was shown and agreed to.

    Raises HasErrors, NeedsReason or Moved.
    """
    if file is not None:
        waiting = ObservationFile.objects.filter(pk=file.pk, applied_at=None)
        if not waiting.update(applied_at=timezone.now(), content=b""):
            raise Moved
    found = readings.beside(reading, place, today, by=by, lock=True, **chosen)
    if found.wrong:
        raise HasErrors
    if digest is not None and digest != found.digest:
        raise Moved
    if found.needs_reason and not reason:
        raise NeedsReason
    _write(found, place, by, today, reason)
    return found


def _write(found: Comparison, place, by: User | None, today: dt.date, reason: str) -> None:
    """A few queries a batch, and the gate once."""
    new = [_row(row, by) for row in found.of("new")]
    new += [_revision(row, by, today, reason) for row in found.of("revised")]
    Observation.objects.bulk_create(new, batch_size=BATCH)
    _change(found.of("changed"), place, by)
    touched = found.of("new", "revised", "changed")
    indicators = {row.value.measure.pk for row in touched}
    periods = {(row.value.period.first, row.value.period.last) for row in touched}
    gate.settle(Indicator.objects.visible_to(place).filter(pk__in=indicators), periods)


def _row(result: Result, by: User | None) -> Observation:
    indicator, first, last, department, unit, predecessor, breakdown, category = result.value.key
    return Observation(
        indicator_id=indicator, first_day=first, last_day=last, department_id=department, unit_id=unit,
        predecessor_id=predecessor, breakdown=breakdown, category=category, state=Observation.State.DRAFT,
        entered_by=by, **result.after,
    )  # fmt: skip


def _revision(result: Result, by: User | None, today: dt.date, reason: str) -> Observation:
    """What takes an approved value's place when it is approved itself. It is known from today, not before."""
    row = _row(result, by)
    row.revision, row.revision_reason = result.held.revision + 1, reason
    row.is_example = result.held.is_example
    row.known_on = result.value.said.get("known_on") or today
    return row


def _change(results: Iterable[Result], place, by: User | None) -> None:
    """Drafts of one's own, which nobody has approved yet, take on the new figures where they stand."""
    after = {row.held.pk: row.after for row in results}
    if not after:
        return
    rows = list(Observation.objects.visible_to(place).filter(pk__in=after))
    for row in rows:
        row.entered_by, row.withheld = by, Observation.Withheld.PENDING
        for name in FIELDS:
            setattr(row, name, after[row.pk][name])
    Observation.objects.bulk_create(  # as an update, ten times as quick as bulk_update with its cases
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*FIELDS, "entered_by", "withheld"],
    )
