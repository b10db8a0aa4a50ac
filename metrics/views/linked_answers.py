"""Linked answers: the same people asked twice, entered by one person and approved by another."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metrics.access import can_change_draft, can_enter_linked
from metrics.forms.linked_answers import LinkedAnswersForm
from metrics.models import Indicator, LinkedAnswers
from metrics.values.actions import record_linked_answers, remove_draft
from organisation.access import require
from program.access import can_edit_program
from program.places import in_program
from ui.revision import Stale


def _indicator(place, pk) -> Indicator:
    require(can_edit_program(place))
    indicator = get_object_or_404(Indicator.objects.visible_to(place), pk=pk)
    indicator.program = place.program
    return indicator


def _draft(place, indicator: Indicator, pk) -> LinkedAnswers:
    drafts = LinkedAnswers.objects.visible_to(place).drafts().filter(indicator=indicator)
    draft = get_object_or_404(drafts, pk=pk)
    draft.indicator = indicator
    return draft


@require_http_methods(["GET", "POST"])
@in_program
def linked_edit(request, place, pk, part_pk=None):
    """Record linked answers, or change a draft of them."""
    indicator = _indicator(place, pk)
    answers = _draft(place, indicator, part_pk) if part_pk else LinkedAnswers(indicator=indicator)
    require(can_enter_linked(place, indicator))
    may_change = can_change_draft(place, answers)
    if request.method == "POST":
        require(may_change)
    form = LinkedAnswersForm(request.POST or None, instance=answers, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            record_linked_answers(answers=form.save(commit=False), by=request.user)
            messages.success(request, _("Saved as a draft. Somebody else approves it."))
            return redirect("metrics:observation-list", *place.program.address, pk)
        except Stale:
            form.add_error(None, _("It was approved or removed while you were writing."))
    context = {"form": form, "indicator": indicator, "answers": answers if part_pk else None}
    context["refusal"] = getattr(may_change, "reason", "")
    return render(request, "metrics/linked_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def linked_remove(request, place, pk, part_pk):
    """Ask, then remove a draft of linked answers."""
    indicator = _indicator(place, pk)
    draft = _draft(place, indicator, part_pk)
    if request.method == "POST":
        try:
            remove_draft(draft=draft)
            messages.success(request, _("The draft is removed."))
        except Stale:
            messages.error(request, _("It has just been approved or removed, so nothing was done."))
        return redirect("metrics:observation-list", *place.program.address, pk)
    return render(request, "metrics/observation_remove.html", {"indicator": indicator, "linked": draft})
