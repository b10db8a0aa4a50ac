"""An indicator: what is asked, of whom, and how it is read."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metrics.forms.indicator import IndicatorForm
from metrics.models import Indicator
from metrics.values import actions
from organisation.access import require
from program.access import can_edit_program
from program.places import in_program


@require_http_methods(["GET", "POST"])
@in_program
def indicator_edit(request, place, pk=None):
    """Describe a new indicator, or change what is said of one."""
    require(can_edit_program(place))
    if pk:
        indicator = get_object_or_404(Indicator.objects.visible_to(place), pk=pk)
    else:
        indicator = Indicator(program=place.program, order=Indicator.objects.visible_to(place).count())
    title = indicator.name if pk else _("New indicator")
    form = IndicatorForm(request.POST or None, instance=indicator, place=place)
    if request.method == "POST" and form.is_valid():
        actions.change_indicator(form=form)
        messages.success(request, _("The changes are saved."))
        return redirect("metrics:indicator-list", *place.program.address)
    context = {"form": form, "title": title, "indicator": indicator if pk else None}
    return render(request, "metrics/indicator_form.html", context)
