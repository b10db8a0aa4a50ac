"""Spans of control against the guideline: today, earlier, over time, and unit by unit."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from metrics.charts import span_history as charts
from metrics.charts.span import SCREEN, span_chart
from metrics.guideline import wording as guideline_wording
from metrics.models import Assessment, GuidelineFactor
from metrics.span import file as span_file
from metrics.span import lines as span_lines
from metrics.span import wording
from metrics.span.history import History, Point, UnitLine
from metrics.span.queries import history_of
from metrics.span.tables import SpanTable
from organisation.models import Unit
from program.access import can_edit_program
from program.places import in_program
from ui import media
from ui.charts import svg
from ui.language import language
from ui.sort import AFTER_Z

SHOWN = 8  # reports that the tables over time have room for; the Excel file has all of them


def chart_labels() -> dict[str, str]:
    return {
        "axis": _("People per manager"),
        "within": _("at or below the base number"),
        "over": _("above the base number"),
        "without": _("without a base number"),
    }


def history_labels() -> dict[str, str]:
    return {
        "median": _("Median, people per manager"),
        "base": _("Managers above the base number, %"),
        "largest": _("Managers above the largest, %"),
        "turn": _("new guideline"),
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
        name = "".join(AFTER_Z.get(letter, letter) for letter in row.unit.shown_name)
        self.swedish_name = name.lower()


def _day(text: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return otherwise


def _drawn(specification: dict):
    """Our own specification, drawn by our own process: nothing in it comes from a browser."""
    return mark_safe(svg(specification))


@require_GET
@in_program
def span_page(request, place):
    """Units against the guideline, as sentence, chart and table, now and over time."""
    today = timezone.localdate()
    history = history_of(place, today)
    found = history.at(_day(request.GET.get("per", ""), today))
    context = {"found": found, "history": history, "may_edit": can_edit_program(place)}
    if found:
        context |= _now(request, history, found) | _over_time(history)
    return render(request, "metrics/span.html", context)


def _now(request, history: History, found: Point) -> dict:
    table = SpanTable([_Row(row) for row in found.span.units], order_by=())
    RequestConfig(request, paginate=False).configure(table)
    guideline = found.guideline
    return {
        "table": table,
        "records": [row.record for row in table.rows],
        "sentence": wording.span_sentence(found),
        "sentences": wording.manager_sentences(found.span),
        "notes": wording.notes(found),
        "newer": wording.newer_version(history, found),
        "lacking": span_lines.lacking(found.span),
        "lacking_sentence": wording.lacking_sentence(found.span),
        "lacking_rule": wording.lacking_rule(),
        "chart": _drawn(span_chart(found.span, chart_labels(), SCREEN)),
        "guideline": guideline,
        "bases": guideline.bases.items() if guideline else [],
        "factors": GuidelineFactor.objects.filter(guideline=guideline.pk) if guideline else [],
    }


def _over_time(history: History) -> dict:
    shown = history.latest(SHOWN)
    context = {
        "shown": shown,
        "change": wording.change_sentences(history),
        "whole_lines": span_lines.whole(shown),
        "department_lines": span_lines.departments(shown),
        "unit_lines": span_lines.units(shown),
        "gone_lines": span_lines.gone(history),
    }
    if len(history.points) > 1:
        small = charts.SMALL_SCREEN
        both = (
            charts.history_panels(history, history_labels(), small),
            charts.department_panels(history, small),
        )
        whole, departments = ([_drawn(chart) for chart in charts.apart(panels, small)] for panels in both)
        context |= {"history_charts": whole, "department_charts": departments}
    return context


@require_GET
@in_program
def span_excel(request, place):
    """The span as Excel: the report of the day that is asked for unit by unit, and all of them over time."""
    today = timezone.localdate()
    history = history_of(place, today)
    found = history.at(_day(request.GET.get("per", ""), today))
    if found is None:
        raise Http404
    response = HttpResponse(span_file.to_xlsx(place, history, found, today), content_type=media.TYPES["xlsx"])
    name = f"chefsomraden-{place.organisation.slug}-{found.as_of}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@in_program
def unit_page(request, place, pk):
    """One unit: its standing in words, its people per manager over time, its assessments."""
    units = Unit.objects.visible_to(place).select_related("department", "merged_into")
    unit = get_object_or_404(units, pk=pk)
    history = history_of(place, timezone.localdate())
    line = next((line for line in history.units if line.unit.pk == unit.pk), None)
    context = {
        "unit": unit,
        "merged": unit.merged_units.visible_to(place).order_by("closed_on", "code"),
        "assessments": [(row, wording.adjustment(row.adjustment)) for row in _assessments(place, unit)],
        "may_edit": can_edit_program(place),
        "is_closed": unit.is_closed(timezone.localdate()),
    }
    if line:
        context |= _unit(history, line)
    return render(request, "metrics/unit.html", context)


def _assessments(place, unit: Unit):
    """Newest first. One query."""
    return Assessment.objects.visible_to(place).filter(unit=unit).select_related("guideline")


def _unit(history: History, line: UnitLine) -> dict:
    points = [
        (point, row, "" if row is None else wording.against_base(row))
        for point, row in zip(history.points, line.rows, strict=True)
    ]
    point, row = next((point, row) for point, row, _against in reversed(points) if row is not None)
    standing = guideline_wording.standing(row) if row.base is not None else wording.without_base(point, row)
    return {
        "line": line,
        "points": points[::-1],
        "sentence": f"{guideline_wording.counted(row, point.as_of, language())} {standing}",
        "lacking_sentence": wording.unit_lacking(row),
        "lacking_rule": wording.lacking_rule(),
        "fate": wording.fate(line) if line.rows[-1] is None else "",
        "chart": _drawn(charts.unit_chart(history, line, charts.SCREEN)),
    }
