"""Writes to the handling: points of decision, hearings with their rulings and minutes, instructions."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import User
from program.actions import attach, create_activity
from program.models import Activity, Document, ProcessStep
from reports.actions import NotReady
from reports.handling.judge import fingerprint, minutes_title
from reports.models import DecisionPoint, Hearing, Instruction, Report, Ruling
from ui.revision import Stale


@transaction.atomic
def write_points(*, report: Report, texts: Sequence[tuple[DecisionPoint, str]], seen: str) -> None:
    """The report's points, in this order and no others; raises Stale when somebody else saved since `seen`.

    A point that a body has ruled on stays.
    """
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.approved_at:
        raise NotReady(_("The report is approved. Take the approval back to change its texts."))
    saved = {row.pk: row for row in held.points.all()}
    if fingerprint((row.pk, row.text) for row in saved.values()) != seen:
        raise Stale
    for order, (point, text) in enumerate(texts, start=1):
        before = saved.pop(point.pk, None)
        if before is None or (before.order, before.text) != (order, text):
            point.order, point.text = order, text
            point.save()
    if Ruling.objects.filter(point__in=saved).exists():
        raise NotReady(_("A political body has ruled on the point already, so it stays."))
    for gone in saved.values():
        gone.delete()


@transaction.atomic
def save_hearing(*, form, place, by: User) -> Hearing:
    """A hearing with its rulings, a basis document that was written in with it, and its extract of the minutes."""
    data = form.cleaned_data
    before = Hearing.objects.select_related("forum", "minutes").filter(pk=form.instance.pk).first()
    hearing = form.save()
    _rule(hearing, form.rulings())
    if data["document_title"]:
        document = Document(program=place.program, title=data["document_title"], dated=data["document_dated"])
        document.save()
        hearing.documents.add(document)
    if data.get("minutes_file"):
        _keep_minutes(hearing, place, data["minutes_file"], by)
    elif data.get("minutes_away"):
        _drop_minutes(hearing)
    _name_minutes(hearing, before)
    return hearing


def _rule(hearing: Hearing, rulings: Sequence[tuple[DecisionPoint, str, str]]) -> None:
    """One ruling a point; a point without an outcome has none."""
    known = {row.point_id: row for row in hearing.rulings.all()}
    for point, outcome, words in rulings:
        row = known.get(point.pk)
        if not outcome:
            if row:
                row.delete()
        elif row is None or (row.outcome, row.words) != (outcome, words):
            row = row or Ruling(hearing=hearing, point=point)
            row.outcome, row.words = outcome, words
            row.save()


def _keep_minutes(hearing: Hearing, place, upload, by: User) -> None:
    """The file, on the hearing's own document, which is made with the first one."""
    if hearing.minutes is None:
        hearing.minutes = Document.objects.create(
            program=place.program, title=_title(hearing), dated=hearing.held_on
        )
        hearing.save()
    hearing.minutes.attachments.all().delete()  # a new file replaces the old one
    attach(place=place, upload=upload, by=by, document=hearing.minutes)


def _drop_minutes(hearing: Hearing) -> None:
    """Take the extract away, and its document when no hearing rests on it."""
    document = hearing.minutes
    if document is None:
        return
    hearing.minutes = None
    hearing.save()
    document.attachments.all().delete()
    if not document.hearings.exists() and not document.minutes_of.exists():
        document.delete()


def _name_minutes(hearing: Hearing, before: Hearing | None) -> None:
    """The document follows the hearing's forum, day and paragraph, unless somebody has named it otherwise."""
    document = hearing.minutes
    if document is None or before is None or document.title != _title(before):
        return
    document.title, document.dated = _title(hearing), hearing.held_on
    document.save()


def _title(hearing: Hearing) -> str:
    return minutes_title(hearing.paragraph, hearing.forum.name, hearing.held_on)


@transaction.atomic
def remove_hearing(*, hearing: Hearing) -> None:
    """Take away a hearing that was registered by mistake, with its rulings and its extract of the minutes."""
    if hearing.instructions.exists():
        raise NotReady(_("The body has asked for something here. Take that away first."))
    _drop_minutes(hearing)
    hearing.rulings.all().delete()
    hearing.delete()


@transaction.atomic
def become_activity(*, instruction: Instruction, form, on: dt.date, by: User) -> Activity:
    """A new activity that is to answer what was asked for."""
    held, data = _unlinked(instruction, "activity"), form.cleaned_data
    held.activity = create_activity(
        activity=form.save(commit=False), departments=data["departments"], responsible=data["responsible"],
        needs=data["needs"], deadline=data["deadline_text"], on=on, by=by,
    )  # fmt: skip
    held.save()
    return held.activity


@transaction.atomic
def become_step(*, instruction: Instruction, form) -> ProcessStep:
    """A new step of the process that is to answer what was asked for."""
    held = _unlinked(instruction, "step")
    held.step = form.save()
    held.save()
    return held.step


def _unlinked(instruction: Instruction, name: str) -> Instruction:
    """The instruction, locked; raises NotReady when it has got an activity, or a step, in the meantime."""
    held = Instruction.objects.select_for_update().get(pk=instruction.pk)
    if getattr(held, f"{name}_id"):
        raise NotReady(_("It had been linked already, so nothing was added."))
    return held
