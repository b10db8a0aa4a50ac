"""A handout's way: masks are laid and lifted until it is handed out; from then on nothing in it changes."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from reports.models import Handout, Mask
from reports.openness.package import compose, zipped
from ui import formats
from ui.revision import Stale, claim


class NotReady(Exception):
    """The handout cannot take this step; the message says why and is fit to show."""


def _open(handout: Handout) -> Handout:
    """The handout under lock, as long as it is not handed out; its revision moves on with every change."""
    row = Handout.objects.select_for_update().defer("file").get(pk=handout.pk)
    if row.handed_out_at:
        raise NotReady(_("The records are handed out and never change. A new request is a new case."))
    claim(row, row.revision)
    return row


@transaction.atomic
def save_handout(*, form, by: User) -> Handout:
    """A new case, or its frame and choice changed; raises Stale when somebody else saved."""
    handout = form.instance
    if handout.pk:
        row = Handout.objects.select_for_update().defer("file").get(pk=handout.pk)
        if row.handed_out_at:
            raise NotReady(_("The records are handed out and never change. A new request is a new case."))
        claim(handout, form.cleaned_data["revision"])
    else:
        handout.by = by
    return form.save()


@transaction.atomic
def add_mask(
    *, handout: Handout, words: str, ground: str, by: User, record: str = "", row: int = 0, field: str = ""
) -> Mask:
    """Keep words of one field (or all of it), or words throughout, from what is handed out."""
    home = _open(handout)
    mask, _made = Mask.objects.update_or_create(
        handout=home, record=record, row=row, field=field, words=words, defaults={"ground": ground, "by": by}
    )
    return mask


@transaction.atomic
def remove_mask(*, mask: Mask) -> None:
    """Let the words stand again."""
    _open(mask.handout)
    mask.delete()


@transaction.atomic
def hand_out(
    *, handout: Handout, by: User, revision: int, seen: str, at: dt.datetime | None = None
) -> Handout:
    """Store what is handed out for good: exactly what was looked through.

    Raises Stale when somebody changed the case since, NotReady when its records have changed or a file holds masked
    words.
    """
    row = _open(handout)
    if row.revision != revision + 1:
        raise Stale
    row.program = handout.program
    at = at or timezone.now()
    composed = compose(row, on=formats.day(timezone.localdate(at)))
    if not composed.number and not composed.enclosed:
        raise NotReady(_("There is nothing to hand out. Choose what the case takes in."))
    if composed.held:
        raise NotReady(_("A file holds words that are masked. Leave the file out, or take the mask away."))
    if composed.seen != seen:
        raise NotReady(_("The records have changed since you looked. Look them through again."))
    row.file = zipped(composed)
    row.checksum = hashlib.sha256(row.file).hexdigest()
    row.handed_out_at, row.handed_out_by = at, by
    row.save()
    return row
