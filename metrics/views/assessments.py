"""Each unit's own assessment against the guideline."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metrics.forms.assessment import AssessmentForm
from metrics.models import Assessment, Guideline
from metrics.span import per_manager
from organisation.access import require
from organisation.models import Unit
from program.access import can_edit_program
from program.places import in_program


@require_http_methods(["GET", "POST"])
@in_program
def assessment_add(request, place, pk):
    """A unit's own assessment; the earlier ones stay."""
    require(can_edit_program(place))
    unit = get_object_or_404(Unit.objects.visible_to(place).select_related("department"), pk=pk)
    guideline = Guideline.objects.visible_to(place).order_by("-valid_from").first()
    if guideline is None:
        raise PermissionDenied(_("There is no guideline to assess against."))
    today = timezone.localdate()
    form = AssessmentForm(
        request.POST or None,
        instance=Assessment(unit=unit, assessed_on=today, by=request.user),
        largest=guideline.largest_adjustment,
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The assessment is saved: %(unit)s") % {"unit": unit.name})
        return redirect("metrics:span", *place.program.address)
    earlier = Assessment.objects.visible_to(place).filter(unit=unit).select_related("by")
    counted = unit.headcounts.select_related("report").order_by("-report__as_of").first()
    context = {
        "form": form,
        "unit": unit,
        "earlier": earlier,
        "guideline": guideline,
        "counted": counted,
        "per_manager": per_manager(counted.employees, counted.managers) if counted else None,
        "base": guideline.bases.filter(category=unit.category).first(),
    }
    return render(request, "metrics/assessment_form.html", context)
