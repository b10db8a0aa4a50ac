"""Writes about expected effects: free before the activity starts, then only as amendments that everybody sees."""

import datetime as dt

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from metrics.effects import judge as effects
from metrics.effects.wording import told
from metrics.models import Amendment, Expectation, Outcome
from metrics.movement import Verdict
from organisation.models import User
from ui.revision import Stale


@transaction.atomic
def write_effect(*, effect: Expectation, is_late: bool, reason: str, on: dt.date, by: User) -> Expectation:
    """Save a new expected effect; one written when the activity has begun is marked so for good."""
    effect.save()
    if is_late:
        with translation.override("sv"):
            reason = reason or _("no reason given")
            entry = _entry(effects.WRITTEN, "", _("after the start"))
        _amend(effect, [entry], reason, on, by)
    return effect


@transaction.atomic
def change_effect(*, effect: Expectation, before: dict[str, effects.Told]) -> Expectation:
    """Save what is changed before the start; raises Stale when somebody else saved since `before`."""
    _claim(effect, before)
    effect.save()
    return effect


@transaction.atomic
def amend_effect(
    *, effect: Expectation, before: dict[str, effects.Told], reason: str, on: dt.date, by: User
) -> Amendment | None:
    """Save what is changed after the start together with its amendment; None when nothing differs.

    Changing what no longer holds makes it hold again. Raises Stale when somebody else saved since `before`.
    """
    _claim(effect, before)
    entries = effects.changes(before, told(effect))
    if not effects.holds(_amended(effect)):
        with translation.override("sv"):
            entries.insert(0, _entry(effects.RESTORED, _("no"), _("yes")))
    if not entries:
        return None
    effect.save()
    return _amend(effect, entries, reason, on, by)


@transaction.atomic
def withdraw_effect(*, effect: Expectation, reason: str, on: dt.date, by: User) -> Amendment:
    """Say that the expected effect no longer holds; said twice it stands once."""
    list(Expectation.objects.select_for_update().filter(pk=effect.pk))
    if not effects.holds(_amended(effect)):
        raise Stale
    with translation.override("sv"):
        entry = _entry(effects.WITHDRAWN, _("yes"), _("no"))
    return _amend(effect, [entry], reason, on, by)


@transaction.atomic
def record_outcome(
    *,
    effect: Expectation,
    verdict: Verdict,
    words: str,
    contribution: str,
    others: str,
    on: dt.date,
    by: User,
) -> Outcome:
    """Keep what was argued beside the verdict of the day; the same thing twice is kept once."""
    list(Expectation.objects.select_for_update().filter(pk=effect.pk))
    said = {"verdict": verdict.kind, "words": words, "contribution": contribution, "others": others, "on": on}
    row, _is_new = Outcome.objects.get_or_create(expectation=effect, **said, defaults={"by": by})
    return row


def _claim(effect: Expectation, before: dict[str, effects.Told]) -> None:
    """Lock the row and see that it holds what the form was made from."""
    rows = Expectation.objects.select_for_update(of=("self",)).select_related("indicator", "department")
    if told(rows.get(pk=effect.pk)) != before:
        raise Stale


def _amended(effect: Expectation) -> list[list[effects.Change]]:
    return list(Amendment.objects.filter(expectation=effect).values_list("changes", flat=True))


def _amend(effect: Expectation, entries, reason: str, on: dt.date, by: User) -> Amendment:
    return Amendment.objects.create(expectation=effect, on=on, reason=reason, changes=entries, by=by)


def _entry(field: str, before: str, after: str) -> effects.Change:
    """An amendment that changes no field."""
    return {"field": field, "before": before, "after": after, "held": ""}
