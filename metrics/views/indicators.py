"""Indicators: the list, and what is said of each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from metrics import wording
from metrics.forms.indicator import IndicatorForm
from metrics.models import Indicator
from metrics.queries import readings
from organisation.access import require
from program.access import can_edit_program
from program.places import in_program


@require_GET
@in_program
def indicator_list(request, place):
    found = [
        {
            "reading": reading,
            "indicator": reading.indicator,
            "rows": [
                {
                    "observation": row,
                    "value": wording.observation_value(reading, row),
                    "answers": wording.answers(reading, row),
                }
                for row in reading.observations
            ],
            "target": wording.measure(reading.indicator, reading.indicator.target)
            if reading.indicator.target is not None
            else "",
            "verdict": wording.verdict_word(reading.verdict),
            "reason": wording.verdict_reason(reading.verdict),
        }
        for reading in readings(place, timezone.localdate())
    ]
    return render(
        request, "metrics/indicator_list.html", {"found": found, "may_edit": can_edit_program(place)}
    )


@require_http_methods(["GET", "POST"])
@in_program
def indicator_edit(request, place, pk=None):
    require(can_edit_program(place))
    if pk:
        indicator = get_object_or_404(Indicator.objects.visible_to(place), pk=pk)
    else:
        indicator = Indicator(program=place.program, order=Indicator.objects.visible_to(place).count())
    form = IndicatorForm(request.POST or None, instance=indicator)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect("metrics:indicator-list", *place.program.address)
    context = {"form": form, "title": indicator.name if pk else _("New indicator")}
    return render(request, "metrics/form.html", context)
