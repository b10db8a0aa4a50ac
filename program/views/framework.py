"""What frames the programme: the organisation's programmes, the assignment, needs."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import Kind, require
from organisation.actions import discard_draft, find_draft
from organisation.models import Draft
from organisation.places import in_organisation
from program.access import can_edit_program
from program.forms import framework as forms
from program.forms.text import DoubtForm
from program.models import (
    Area,
    Assignment,
    Clause,
    Consultation,
    Document,
    Doubt,
    Need,
    ProcessStep,
    Program,
    ProgramPart,
    Resource,
    Risk,
)
from program.places import in_program

WORK = {
    Kind.EDITOR: "reports:overview",
    Kind.DEPARTMENT_HEAD: "dialogues:dialogue-list",
    Kind.DIRECTOR: "reports:report-list",
    Kind.SECRETARY: "reports:report-list",
    Kind.MANAGER: "dialogues:dialogue-list",
    Kind.READER: "reports:report-list",
}
# What an app above does, as (request, place, need), when a need was written in its form.
need_written: list[Callable] = []
NOUNS = {
    "arbetsgang": (ProcessStep, forms.ProcessStepForm, gettext_lazy("Process step")),
    "omrade": (Area, forms.AreaForm, gettext_lazy("Area")),
    "del": (ProgramPart, forms.PartForm, gettext_lazy("Part")),
    "samverkan": (Consultation, forms.ConsultationForm, gettext_lazy("Consultation")),
    "risk": (Risk, forms.RiskForm, gettext_lazy("Risk")),
    "underlag": (Document, forms.DocumentForm, gettext_lazy("Basis document")),
    "stod": (Resource, forms.ResourceForm, gettext_lazy("Support")),
    "oklarhet": (Doubt, DoubtForm, gettext_lazy("What does not add up")),
}
PROPOSED = ("area", "activity", "department", "kind")  # what an address may say of a new row


@require_GET
@in_organisation
def organisation_start(request, place):
    """Each role's own work: straight there when there is one programme, else a choice."""
    if place.kind == Kind.ADMIN:
        return redirect("organisation:member-list", place.organisation.slug)
    programs = list(Program.objects.visible_to(place))
    if len(programs) == 1 and not Draft.objects.visible_to(place).exists():
        return redirect(WORK[place.kind], place.organisation.slug, programs[0].slug)
    rows = [
        (program, reverse(WORK[place.kind], args=[place.organisation.slug, program.slug]))
        for program in programs
    ]
    drafts = Draft.objects.visible_to(place).order_by("-saved_at")
    return render(request, "program/programs.html", {"rows": rows, "drafts": drafts})


@require_GET
@in_program
def assignment(request, place):
    """Why the programme exists: the decision, how the work goes, and the support there already is."""
    context = {
        "assignments": Assignment.objects.visible_to(place).prefetch_related("clauses"),
        "parts": ProgramPart.objects.visible_to(place),
        "process": ProcessStep.objects.visible_to(place).select_related("forum"),
        "areas": Area.objects.visible_to(place),
        "consultations": Consultation.objects.visible_to(place).select_related("forum"),
        "risks": _risks(place),
        "documents": Document.objects.visible_to(place).prefetch_related("attachments"),
        "support_count": Resource.objects.visible_to(place).filter(is_none=False).count(),
        "may_edit": can_edit_program(place),
    }
    return render(request, "program/assignment.html", context)


def _risks(place):
    """Open ones first. Readers meet them in the reports: what is not published yet is work in progress."""
    rows = Risk.objects.visible_to(place).order_by(F("closed_on").desc(nulls_first=True), "seen_on", "pk")
    return rows.none() if place.kind == Kind.READER else rows.select_related("owner")


def _home(place, instance) -> str:
    """The page that shows a row of the framework."""
    address = place.program.address
    if isinstance(instance, Doubt) and instance.activity_id:
        return reverse("program:activity-detail", args=[*address, instance.activity_id])
    if isinstance(instance, Doubt) and instance.area_id:
        return reverse("program:area-detail", args=[*address, instance.area_id])
    if isinstance(instance, Area) and instance.pk:
        return reverse("program:area-detail", args=[*address, instance.pk])
    pages = {Resource: "program:support", Doubt: "program:program-text"}
    return reverse(pages.get(type(instance), "program:assignment"), args=address)


def _row(place, model, pk):
    """A row of the framework to change, or a new one that comes last."""
    if pk:
        return get_object_or_404(model.objects.visible_to(place), pk=pk)
    instance = model(program=place.program)
    if hasattr(instance, "order"):
        instance.order = model.objects.visible_to(place).count()
    return instance


@require_http_methods(["GET", "POST"])
@in_program
def framework_edit(request, place, noun, pk=None):
    """Add or change something that frames the programme; a new one may come with what it is about."""
    require(can_edit_program(place))
    model, form_class, title = NOUNS[noun]
    instance = _row(place, model, pk)
    proposed = {} if pk else {name: request.GET[name] for name in PROPOSED if name in request.GET}
    key = f"{noun}:{pk or f'{place.program.pk}-new'}"
    draft = find_draft(place, key)
    form = form_class(request.POST or None, instance=instance, place=place, initial=proposed)
    context = {"form": form, "title": title, "home": _home(place, instance), "draft": draft, "draft_key": key}
    if request.method == "POST" and form.is_valid():
        form.save()
        discard_draft(place, key)
        messages.success(request, _("The changes are saved."))
        return redirect(_home(place, instance))
    if request.method == "GET" and draft:
        form.restore(draft.fields)
    context["document"] = instance if pk and model is Document else None
    return render(request, "program/framework_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def clause_edit(request, place, pk):
    """What in the programme answers one clause of the assignment."""
    require(can_edit_program(place))
    clause = get_object_or_404(
        Clause.objects.filter(assignment__in=Assignment.objects.visible_to(place)), pk=pk
    )
    form = forms.ClauseForm(request.POST or None, instance=clause, place=place)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect("program:assignment", *place.program.address)
    context = {
        "form": form,
        "title": _("Clause %(number)s") % {"number": clause.number},
        "lead": clause.text,
        "home": _home(place, clause),
    }
    return render(request, "program/framework_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def need_edit(request, place, pk=None):
    require(can_edit_program(place))
    if pk:
        need = get_object_or_404(Need.objects.visible_to(place), pk=pk)
    else:
        need = Need(program=place.program, order=Need.objects.visible_to(place).count())
    form = forms.NeedForm(request.POST or None, instance=need, place=place)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        for tell in need_written:
            tell(request, place, need)
        return redirect("dialogues:need-list", *place.program.address)
    return render(request, "program/need_form.html", {"form": form, "need": need})
