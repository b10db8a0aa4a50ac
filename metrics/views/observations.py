"""Values of indicators."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metrics import gate
from metrics.forms.observation import ObservationForm
from metrics.models import Indicator, Observation
from organisation.access import require
from program.access import can_edit_program
from program.places import in_program


@require_http_methods(["GET", "POST"])
@in_program
def observation_edit(request, place, pk, observation_pk=None):
    """Add a value to an indicator, or correct one."""
    require(can_edit_program(place))
    indicator = get_object_or_404(Indicator.objects.visible_to(place), pk=pk)
    if observation_pk:
        rows = Observation.objects.visible_to(place).filter(indicator=indicator)
        observation = get_object_or_404(rows, pk=observation_pk)
    else:
        observation = Observation(indicator=indicator)
    form = ObservationForm(request.POST or None, instance=observation)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            gate.settle([indicator])
        messages.success(request, _("The changes are saved."))
        return redirect("metrics:indicator-list", *place.program.address)
    context = {
        "form": form,
        "title": _("%(name)s: value") % {"name": indicator.name},
        "lead": indicator.question,
    }
    return render(request, "metrics/form.html", context)
