"""What an activity is expected to move: the pages below an activity that belong to indicators."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from metrics import wording
from metrics.forms.expectation import ExpectationForm
from metrics.models import Expectation, Indicator
from metrics.queries import readings
from organisation.access import require
from program.access import can_edit_program
from program.models import Activity
from program.places import in_program


def _activity(place, pk) -> Activity:
    activity = get_object_or_404(Activity.objects.visible_to(place), pk=pk)
    activity.program = place.program
    return activity


def _of(place, activity: Activity):
    return Expectation.objects.visible_to(place).filter(activity=activity).select_related("indicator")


@require_GET
@in_program
def effect_list(request, place, pk):
    """What the activity should move, and how each indicator stands today."""
    activity = _activity(place, pk)
    verdicts = {row.indicator.pk: row.verdict for row in readings(place, timezone.localdate())}
    rows = [
        {
            "effect": row,
            "kind": verdicts[row.indicator_id].kind,
            "word": wording.verdict_word(verdicts[row.indicator_id]),
        }
        for row in _of(place, activity)
    ]
    context = {
        "activity": activity,
        "rows": rows,
        "may_edit": can_edit_program(place),
        "has_indicators": Indicator.objects.visible_to(place).exists(),
    }
    return render(request, "metrics/effect_list.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def effect_edit(request, place, pk, part_pk=None):
    """Say what the activity should move, or change it."""
    require(can_edit_program(place))
    activity = _activity(place, pk)
    if part_pk:
        effect = get_object_or_404(_of(place, activity), pk=part_pk)
    else:
        effect = Expectation(activity=activity)
    form = ExpectationForm(request.POST or None, instance=effect, place=place)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect("metrics:activity-effects", *place.program.address, pk)
    title = _("Change the expected effect") if part_pk else _("New expected effect")
    context = {"form": form, "activity": activity, "title": title, "is_saved": bool(part_pk)}
    return render(request, "metrics/effect_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def effect_remove(request, place, pk, part_pk):
    """Ask, then remove what the activity was expected to move."""
    require(can_edit_program(place))
    activity = _activity(place, pk)
    effect = get_object_or_404(_of(place, activity), pk=part_pk)
    if request.method == "POST":
        effect.delete()
        messages.success(request, _("Removed: %(what)s") % {"what": effect.indicator})
        return redirect("metrics:activity-effects", *place.program.address, pk)
    return render(request, "metrics/effect_remove.html", {"activity": activity, "effect": effect})
