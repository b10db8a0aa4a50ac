"""Spans of control against the guideline."""

import datetime as dt

from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from metrics import span_wording
from metrics.charts.span import SCREEN, span_chart
from metrics.span_queries import span_on
from metrics.tables import SpanTable
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
            "sentence": span_wording.span_sentence(found),
            # Our own specification, drawn by our own process: nothing in it comes from a browser.
            "chart": mark_safe(svg(span_chart(found.span, chart_labels(), SCREEN))),
            "guideline": found.guideline,
            "bases": found.guideline.bases.all() if found.guideline else [],
            "factors": found.guideline.factors.all() if found.guideline else [],
        }
    return render(request, "metrics/span.html", context)
