import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import RequestConfig

from metrics import gate, wording
from metrics.charts import SCREEN, span_chart
from metrics.forms import AssessmentForm, IndicatorForm, ObservationForm
from metrics.models import Assessment, Guideline, Indicator, Observation
from metrics.queries import readings, span_on
from metrics.span import per_manager
from metrics.tables import SpanTable
from organisation.access import require
from organisation.models import Unit
from program.access import can_edit_program
from program.places import in_program
from ui.charts import svg
from ui.sort import AFTER_Z


def chart_labels() -> dict[str, str]:
    return {
        "axis": _("People per manager"),
        "within": _("at or below the base number"),
        "over": _("above the base number"),
    }


class _Row:
    """A unit's span with what the table sorts by."""

    def __init__(self, row):
        self.row, self.unit = row, row.unit
        self.per_manager, self.base, self.assessed = row.per_manager, row.base, row.assessed
        self.over_base, self.over_largest, self.over_assessed = (
            row.over_base,
            row.over_largest,
            row.over_assessed,
        )
        name = "".join(AFTER_Z.get(letter, letter) for letter in row.unit.name)
        self.swedish_name = name.lower()


def _day(text: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return otherwise


@require_GET
@in_program
def span_page(request, place):
    """Units against the guideline, as sentence, chart and table."""
    today = timezone.localdate()
    found = span_on(place, min(_day(request.GET.get("per", ""), today), today))
    context = {"found": found, "may_edit": can_edit_program(place)}
    if found:
        table = SpanTable([_Row(row) for row in found.span.units], order_by=())
        RequestConfig(request, paginate=False).configure(table)
        context |= {
            "table": table,
            "records": [row.record for row in table.rows],
            "sentence": wording.span_sentence(found),
            # Our own specification, drawn by our own process: nothing in it comes from a browser.
            "chart": mark_safe(svg(span_chart(found.span, chart_labels(), SCREEN))),
            "guideline": found.guideline,
            "bases": found.guideline.bases.all() if found.guideline else [],
            "factors": found.guideline.factors.all() if found.guideline else [],
        }
    return render(request, "metrics/span.html", context)


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
