"""Each unit's own assessment against the guideline."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metrics.access import can_be_assessed
from metrics.forms.assessment import AssessmentForm
from metrics.guideline import wording
from metrics.guideline.actions import assess_unit
from metrics.guideline.assessment import notices
from metrics.guideline.queries import assessed, assessments_of, counted, in_force, measured
from metrics.models import Assessment, Guideline, GuidelineBase
from organisation.access import require
from organisation.models import Unit
from program.access import can_edit_program
from program.places import in_program
from ui.language import language
from ui.revision import Stale


@dataclass(frozen=True)
class _Stands:
    """A unit with what it is assessed by today, and its assessments so far, newest first."""

    unit: Unit
    guideline: Guideline
    base: GuidelineBase | None
    earlier: list[Assessment]

    @property
    def latest(self) -> Assessment | None:
        return self.earlier[0] if self.earlier else None


@require_http_methods(["GET", "POST"])
@in_program
def assessment_add(request, place, pk):
    """A unit's own assessment; the earlier ones stay."""
    require(can_edit_program(place))
    units = Unit.objects.visible_to(place).select_related("department", "merged_into")
    unit = get_object_or_404(units, pk=pk)
    today = timezone.localdate()
    stands = _stands(place, unit, today)
    may = can_be_assessed(unit, stands.base, today)
    form = _form(request, stands, today) if may else None
    if request.method == "POST":
        require(may)
        if form.is_valid() and (saved := _saved(form)):
            messages.success(request, _("The assessment is saved: %(unit)s") % {"unit": unit.name})
            return redirect("metrics:assessment-add", *place.program.address, saved.unit_id)
    context = {"form": form, "may": may, "today": today} | _told(stands, today)
    return render(request, "metrics/assessment_form.html", context)


def _stands(place, unit: Unit, today: dt.date) -> _Stands:
    guideline = in_force(place, today)
    if guideline is None:
        raise PermissionDenied(_("There is no guideline to assess against."))
    base = next((row for row in guideline.bases.all() if row.category == unit.category), None)
    return _Stands(unit, guideline, base, assessments_of(place, unit))


def _form(request, stands: _Stands, today: dt.date) -> AssessmentForm:
    latest = stands.latest
    return AssessmentForm(
        request.POST or None,
        instance=Assessment(unit=stands.unit, assessed_on=today, by=request.user),
        guideline=stands.guideline,
        before={row.factor_id: row.mark for row in latest.marks.all()} if latest else {},
        initial={"latest": latest.pk if latest else 0},
    )


def _saved(form: AssessmentForm) -> Assessment | None:
    """The assessment, or None with the reason in the form."""
    try:
        return assess_unit(assessment=form.instance, marks=form.marks(), seen=form.cleaned_data.get("latest"))
    except Stale:
        newest = Assessment.objects.filter(unit=form.instance.unit_id).order_by("-assessed_on", "-pk")
        form.say_there_is_a_newer(newest[0])
        return None


def _told(stands: _Stands, today: dt.date) -> dict:
    """Everything that the page says of the unit as it stands."""
    told = {"unit": stands.unit, "guideline": stands.guideline, "earlier": stands.earlier}
    if stands.base is None:
        return told
    base, latest = stands.base.base, stands.latest
    judged = assessed(stands.guideline, stands.unit.category, base, latest)
    told |= {
        "explanation": wording.explanation(judged),
        "notices": [wording.notice(key, judged) for key in notices(judged)],
        "latest": latest,
    }
    if count := counted(stands.unit, today):
        row = measured(stands.unit, count, stands.guideline, base, latest.adjustment if latest else None)
        told["counted"] = wording.counted(row, count.report.as_of, language())
        told["standing"] = wording.standing(row)
    return told
