"""Where words stand: in a dialogue with all that belongs to it, and elsewhere in its programme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.erasing import excerpt, first_text
from dialogues.models import Ballot, BallotOption, Correction, Dialogue, Objection, Reason, Statement
from organisation.models import Draft
from program.models import Activity, Area, FollowUp, Need, Response, StatusUpdate, Step
from ui.fields import LineField, ProseField

WHAT = {
    Dialogue: gettext_lazy("dialogue"),
    Statement: gettext_lazy("statement"),
    Correction: gettext_lazy("correction"),
    Objection: gettext_lazy("objection"),
    Reason: gettext_lazy("reason in a prioritisation"),
    Ballot: gettext_lazy("prioritisation"),
    BallotOption: gettext_lazy("option in a prioritisation"),
    Need: gettext_lazy("need"),
    Response: gettext_lazy("response"),
    Activity: gettext_lazy("activity"),
    Step: gettext_lazy("step"),
    StatusUpdate: gettext_lazy("status update"),
    FollowUp: gettext_lazy("follow-up"),
    Area: gettext_lazy("area"),
}
TRAIL = ("object_repr", "changes", "changes_text", "serialized_data", "additional_data")


@dataclass(frozen=True)
class Trace:
    """One place of the words: where, what stands before and after them there, and a page to mend it on."""

    where: str
    before: str
    words: str
    after: str
    url: str = ""


def text_fields(model: type[Model]) -> list:
    """The fields in which somebody writes freely."""
    return [field for field in model._meta.concrete_fields if isinstance(field, LineField | ProseField)]


def rows_of(dialogue: Dialogue) -> list[QuerySet]:
    """All rows that words of a dialogue may have come to: its own and its statements', and the programme's needs,
    ballots, answers and objections."""
    program = dialogue.program_id
    return [
        Dialogue.objects.filter(pk=dialogue.pk),
        Statement.objects.filter(dialogue=dialogue),
        Correction.objects.filter(statement__dialogue=dialogue),
        Need.objects.filter(program=program),
        Response.objects.filter(need__program=program),
        Objection.objects.filter(need__program=program),
        Ballot.objects.filter(program=program),
        BallotOption.objects.filter(ballot__program=program),
        Reason.objects.filter(option__ballot__program=program),
    ]


def drafts_of(dialogue: Dialogue) -> QuerySet:
    """What anybody in the organisation has typed but not saved, in whatever form."""
    return Draft.objects.filter(organisation=dialogue.program.organisation_id)


def trail_of(dialogue: Dialogue) -> QuerySet:
    """The audit trail's entries about those rows, and about needs of the programme that are gone."""
    which = Q(
        content_type=ContentType.objects.get_for_model(Need), additional_data__program=dialogue.program_id
    )
    for rows in rows_of(dialogue):
        kind = ContentType.objects.get_for_model(rows.model)
        which |= Q(content_type=kind, object_id__in=rows.values("pk"))
    return LogEntry.objects.filter(which)


def traces_in(dialogue: Dialogue, pattern: re.Pattern[str]) -> list[Trace]:
    """Every place of the words in a dialogue, its history and its drafts."""
    found = [trace for rows in rows_of(dialogue) for trace in _in_rows(rows, pattern)]
    for draft in drafts_of(dialogue).select_related("user"):
        text = first_text(draft.fields, pattern)
        if text is not None:
            where = _("Unsaved draft of %(user)s") % {"user": draft.user}
            found.append(Trace(where, *excerpt(text, pattern)))
    for entry in trail_of(dialogue):
        text = first_text([getattr(entry, name) for name in TRAIL], pattern)
        if text is not None:
            found.append(Trace(_("History of changes"), *excerpt(text, pattern)))
    return found


def _in_rows(rows: QuerySet, pattern: re.Pattern[str], address=None) -> Iterator[Trace]:
    """Places in the free text of rows; `address` gives a row's page."""
    fields = text_fields(rows.model)
    for row in rows:
        for field in fields:
            text = getattr(row, field.name)
            if pattern.search(text):
                where = f"{capfirst(WHAT[rows.model])}, {field.verbose_name}"
                yield Trace(where, *excerpt(text, pattern), address(row) if address else "")


def traces_elsewhere(place, dialogue: Dialogue, pattern: re.Pattern[str]) -> list[Trace]:
    """Places in the rest of the programme, which HR mends by hand. A fixed number of queries."""
    at = place.program.address
    dialogues = Dialogue.objects.visible_to(place).exclude(pk=dialogue.pk)
    statements = Statement.objects.visible_to(place).exclude(dialogue=dialogue)

    def page(name: str, attribute: str = "pk"):
        return lambda row: reverse(name, args=[*at, getattr(row, attribute)])

    groups = [
        (dialogues, page("dialogues:words-erase")),
        (statements, page("dialogues:words-erase", "dialogue_id")),
        (Activity.objects.visible_to(place), page("program:activity-edit")),
        (Step.objects.visible_to(place), page("program:activity-detail", "activity_id")),
        (StatusUpdate.objects.visible_to(place), page("program:activity-detail", "activity_id")),
        (FollowUp.objects.visible_to(place), page("program:activity-detail", "activity_id")),
        (Area.objects.visible_to(place), lambda row: reverse("program:framework-edit", args=[*at, "omrade", row.pk])),
    ]  # fmt: skip
    return [trace for rows, address in groups for trace in _in_rows(rows, pattern, address)]
