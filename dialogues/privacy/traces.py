"""Where words stand: in a dialogue with all that belongs to it, and elsewhere in its programme."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.models import Ballot, BallotOption, Correction, Dialogue, Objection, Reason, Statement
from dialogues.privacy.erasing import excerpt, first_text, holds
from organisation.models import Draft
from program.models import (
    Activity,
    AnnualEvent,
    Area,
    Assignment,
    Clause,
    Consultation,
    Document,
    Doubt,
    FollowUp,
    FollowUpAnswer,
    Need,
    Passage,
    PlanLink,
    ProcessStep,
    Program,
    ProgramPart,
    Resource,
    Response,
    Risk,
    StatusUpdate,
    Step,
)
from ui.fields import LineField, ProseField

WHAT = {
    Dialogue: gettext_lazy("dialogue"),
    Statement: gettext_lazy("statement"),
    Correction: gettext_lazy("correction"),
    Objection: gettext_lazy("objection"),
    Reason: gettext_lazy("reason in a prioritisation"),
    Ballot: gettext_lazy("prioritisation"),
    BallotOption: gettext_lazy("option in a prioritisation"),
    Response: gettext_lazy("response"),
    StatusUpdate: gettext_lazy("status update"),
    Area: gettext_lazy("area"),
    Program: gettext_lazy("programme"),
    ProgramPart: gettext_lazy("part of the programme"),
    Assignment: gettext_lazy("assignment"),
    Clause: gettext_lazy("clause of the assignment"),
    ProcessStep: gettext_lazy("process step"),
    Consultation: gettext_lazy("consultation"),
    Resource: gettext_lazy("support"),
    AnnualEvent: gettext_lazy("recurring process"),
}
TRAIL = ("object_repr", "changes", "changes_text", "serialized_data", "additional_data")
TYPED = ("title", "fields")  # of a draft


@dataclass(frozen=True)
class Trace:
    """One place of the words: where, what stands before and after them there, and a page to mend it on."""

    where: str
    before: str
    words: str
    after: str
    url: str = ""


@dataclass(frozen=True)
class Held:
    """Rows that HR mends by hand. `route` leads from a row to the programme; its page is `page`, with `fixed` and the
    row's values of `args` in its address."""

    model: type[Model]
    route: str
    page: str
    args: tuple[str, ...] = ("pk",)
    fixed: tuple[str, ...] = ()


def _framed(model: type[Model], noun: str) -> Held:
    return Held(model, "program", "program:framework-edit", fixed=(noun,))


def _of_activity(model: type[Model]) -> Held:
    return Held(model, "activity__program", "program:activity-detail", ("activity_id",))


# What is not erased from here but listed; apps above add theirs.
HELD = [
    Held(Activity, "program", "program:activity-edit"),
    *map(_of_activity, (Step, StatusUpdate, FollowUp, PlanLink)),
    Held(FollowUpAnswer, "follow_up__activity__program", "program:activity-detail", ("follow_up__activity_id",)),
    _framed(Area, "omrade"), _framed(ProcessStep, "arbetsgang"), _framed(ProgramPart, "del"),
    _framed(Consultation, "samverkan"), _framed(Risk, "risk"), _framed(Document, "underlag"),
    _framed(Resource, "stod"), _framed(Doubt, "oklarhet"),
    Held(Program, "pk", "program:program-text-edit", ()),
    Held(Assignment, "program", "program:assignment", ()),
    Held(Clause, "assignment__program", "program:clause-edit"),
    Held(Passage, "program", "program:passage-remove"),
    Held(AnnualEvent, "program", "program:wheel-event-edit"),
]  # fmt: skip
# What apps above hold that is never changed: each gives the places in what a place may see.
FROZEN: list[Callable[[Any, re.Pattern[str]], Iterable[Trace]]] = []


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
    """The audit trail's entries about whatever is or was in the programme."""
    program = dialogue.program_id
    which = Q(additional_data__program=program)
    rows = [Dialogue.objects.filter(program=program), *rows_of(dialogue)[1:]]
    rows += [held.model._base_manager.filter(**{held.route: program}) for held in HELD]
    for kept in rows:
        if auditlog.contains(kept.model):
            kind = ContentType.objects.get_for_model(kept.model)
            which |= Q(content_type=kind, object_id__in=kept.values("pk"))
    return LogEntry.objects.filter(which)


def traces_in(dialogue: Dialogue, pattern: re.Pattern[str]) -> list[Trace]:
    """Every place of the words in a dialogue, what hangs on it, the programme's history and unsaved drafts."""
    found = [trace for rows in rows_of(dialogue) for trace in _in_rows(rows, pattern)]
    for draft in drafts_of(dialogue).select_related("user"):
        text = first_text([getattr(draft, name) for name in TYPED], pattern)
        if text is not None:
            where = _("Unsaved draft of %(user)s") % {"user": draft.user}
            found.append(Trace(where, *excerpt(text, pattern)))
    for entry in trail_of(dialogue).values_list(*TRAIL):
        text = first_text(list(entry), pattern)
        if text is not None:
            found.append(Trace(_("History of changes"), *excerpt(text, pattern)))
    return found


def _in_rows(rows: QuerySet, pattern: re.Pattern[str], held: Held | None = None, at=()) -> Iterator[Trace]:
    """Places in the free text of rows, with each row's page where they are `held`. One query."""
    fields = text_fields(rows.model)
    if not fields:
        return
    what = capfirst(WHAT.get(rows.model, rows.model._meta.verbose_name))
    for values in rows.values_list(*(field.name for field in fields), *(held.args if held else ())):
        texts, args = values[: len(fields)], values[len(fields) :]
        for field, text in zip(fields, texts, strict=True):
            if holds(text, pattern):
                url = reverse(held.page, args=[*at, *held.fixed, *args]) if held else ""
                yield Trace(f"{what}, {field.verbose_name}", *excerpt(text, pattern), url)


def traces_elsewhere(place, dialogue: Dialogue, pattern: re.Pattern[str]) -> list[Trace]:
    """Places in the rest of the programme, which HR mends by hand. A fixed number of queries."""
    others = Dialogue.objects.visible_to(place).exclude(pk=dialogue.pk)
    said = "dialogues:words-erase"
    groups = [
        (others, Held(Dialogue, "program", said)),
        (Statement.objects.filter(dialogue__in=others), Held(Statement, "", said, ("dialogue_id",))),
        (
            Correction.objects.filter(statement__dialogue__in=others),
            Held(Correction, "", said, ("statement__dialogue_id",)),
        ),
        *((held.model._base_manager.filter(**{held.route: place.program.pk}), held) for held in HELD),
    ]
    at = place.program.address
    return [trace for rows, held in groups for trace in _in_rows(rows, pattern, held, at)]


def traces_frozen(place, pattern: re.Pattern[str]) -> list[Trace]:
    """Places in what is archived and never changed."""
    return [trace for frozen in FROZEN for trace in frozen(place, pattern)]
