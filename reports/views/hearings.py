"""What political bodies did with a report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import require
from program.places import in_program
from reports.access import can_register
from reports.forms.hearing import HearingForm
from reports.models import Hearing
from reports.views.report import one_report


@require_http_methods(["GET", "POST"])
@in_program
def hearing_edit(request, place, period, pk=None):
    """What a political body did with the report, from the minutes."""
    require(can_register(place))
    report = one_report(place, period)
    if pk:
        hearing = get_object_or_404(Hearing.objects.visible_to(place), pk=pk, report=report)
    else:
        hearing = Hearing(
            report=report, held_on=report.meets_on, case_number=(report.case_numbers or [""])[0]
        )
    form = HearingForm(request.POST or None, instance=hearing, place=place)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The handling is saved."))
        return redirect(report)
    return render(request, "reports/hearing_form.html", {"form": form, "report": report})
