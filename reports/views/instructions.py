"""What political bodies have asked for, and what answers it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import require
from program.forms.activity import ActivityForm
from program.forms.framework import ProcessStepForm
from program.models import Activity, ProcessStep
from program.places import in_program
from reports.access import can_answer_instruction, can_change_instruction, can_note_instruction
from reports.actions import NotReady
from reports.forms.instruction import InstructionForm
from reports.handling import actions
from reports.handling.queries import instructions_of
from reports.models import Hearing, Instruction
from reports.views.report import one_report
from ui import formats


def _one(place, pk) -> Instruction:
    rows = Instruction.objects.visible_to(place).select_related(
        "hearing__forum", "hearing__report", "activity", "step"
    )
    instruction = get_object_or_404(rows, pk=pk)
    instruction.hearing.report.program = place.program
    return instruction


def _list(place) -> str:
    return reverse("reports:instruction-list", args=place.program.address)


def _short(text: str, most: int) -> str:
    return Truncator(" ".join(text.split())).chars(most)


def _origin(instruction: Instruction) -> str:
    """Where a new activity or step comes from: body, day and paragraph."""
    hearing = instruction.hearing
    where = ", ".join(
        part for part in (hearing.forum.name, formats.day(hearing.held_on), hearing.paragraph) if part
    )
    return _("Asked for by %(where)s.") % {"where": where}


@require_GET
@in_program
def instruction_list(request, place):
    """All that has been asked for, the open first."""
    rows = instructions_of(place, timezone.localdate())
    context = {
        "rows": rows,
        "open_count": sum(row.standing != "answered" for row in rows),
        "late_count": sum(row.standing == "late" for row in rows),
        "may_note": can_note_instruction(place),
        "may_answer": can_answer_instruction(place),
    }
    return render(request, "reports/instruction_list.html", context)


def _edit(request, place, instruction, back):
    """The form of an instruction, new or not."""
    may_answer, may_change = can_answer_instruction(place), can_change_instruction(place)
    may_ask = not instruction.pk or may_change
    form = InstructionForm(
        request.POST or None, instance=instruction, place=place, may_ask=may_ask, may_answer=may_answer
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("What the body asks for is saved."))
        return redirect(back)
    context = {
        "form": form,
        "back": back,
        "instruction": instruction,
        "hearing": instruction.hearing,
        "may_ask": may_ask,
        "may_answer": may_answer,
        "may_remove": bool(instruction.pk and may_change),
    }
    return render(request, "reports/instruction_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def instruction_add(request, place, period, pk):
    """Note what the body asked for at a meeting."""
    require(can_note_instruction(place))
    report = one_report(place, period)
    rows = Hearing.objects.visible_to(place).select_related("forum").filter(report=report)
    hearing = get_object_or_404(rows, pk=pk)
    hearing.report = report
    order = hearing.instructions.count() + 1
    return _edit(request, place, Instruction(hearing=hearing, order=order), report.get_absolute_url())


@require_http_methods(["GET", "POST"])
@in_program
def instruction_edit(request, place, pk):
    """The secretary changes what was asked for, HR what answers it."""
    require(can_note_instruction(place))
    return _edit(request, place, _one(place, pk), _list(place))


@require_http_methods(["GET", "POST"])
@in_program
def instruction_remove(request, place, pk):
    """Ask, then take away what was noted by mistake; an answered one is kept."""
    require(can_change_instruction(place))
    instruction = _one(place, pk)
    is_told = instruction.answered_on is not None
    if request.method == "POST" and not is_told:
        instruction.delete()
        messages.success(request, _("Removed: %(what)s") % {"what": instruction})
        return redirect(_list(place))
    context = {
        "what": instruction.text,
        "title": _("Remove what was asked for"),
        "reason": _("It has an answer, and what has been answered is kept.") if is_told else "",
        "back": _list(place),
    }
    return render(request, "reports/handling_remove.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def instruction_activity(request, place, pk):
    """A new activity out of what was asked for: title and origin are filled in, and it answers the instruction."""
    require(can_answer_instruction(place))
    instruction = _one(place, pk)
    proposed = {
        "title": _short(instruction.text, 240),
        "current_state": _origin(instruction),
        "deadline_text": instruction.due_on.isoformat() if instruction.due_on else "",
    }
    instance = Activity(program=place.program)
    form = ActivityForm(request.POST or None, place=place, instance=instance, initial=proposed)
    if request.method == "POST" and form.is_valid():
        added = _("The activity is added, and answers what was asked for.")
        return _become(request, place, added, actions.become_activity, instruction=instruction, form=form,
                       on=timezone.localdate(), by=request.user)  # fmt: skip
    return render(request, "program/activity_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@in_program
def instruction_step(request, place, pk):
    """A new step of the process out of what was asked for; it answers the instruction."""
    require(can_answer_instruction(place))
    instruction = _one(place, pk)
    proposed = {
        "text": _short(instruction.text, 300),
        "forum": instruction.hearing.forum_id,
        "note": _origin(instruction),
        "when": instruction.due_on.isoformat() if instruction.due_on else "",
    }
    instance = ProcessStep(program=place.program)
    form = ProcessStepForm(request.POST or None, place=place, instance=instance, initial=proposed)
    if request.method == "POST" and form.is_valid():
        added = _("The step is added, and answers what was asked for.")
        return _become(request, place, added, actions.become_step, instruction=instruction, form=form)
    context = {
        "form": form,
        "title": _("New step of the process"),
        "lead": instruction.text,
        "home": _list(place),
    }
    return render(request, "program/framework_form.html", context)


def _become(request, place, added: str, action, **given):
    """Do it and say so; when somebody else was first, nothing is added."""
    try:
        action(**given)
    except NotReady as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, added)
    return redirect(_list(place))
