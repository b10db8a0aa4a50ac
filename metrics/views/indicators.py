"""Indicators: the list, and what is said of each; forms and values have views of their own."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from metrics.access import can_see_drafts
from metrics.charts import distribution, multiples, runs
from metrics.effects.aims import Aim, aims, comparison
from metrics.models import Indicator
from metrics.readings import file as indicator_file
from metrics.readings import pictures, queries, wording
from metrics.readings.queries import Part, Reading, Sheet
from metrics.readings.telling import Told, comparison_told, groups, linked_told, tell
from program.access import can_edit_program
from program.places import in_program
from ui import media
from ui.charts import svg


def _drawn(specification: dict | None) -> str:
    """Our own specification, drawn by our own process: nothing in it comes from a browser."""
    return mark_safe(svg(specification)) if specification else ""


def _panels(found: list[Reading], *, is_alike: bool = False) -> dict[int, str]:
    """A picture for each, by its place; `is_alike`: they measure the same and share a scale."""
    panels = [pictures.panel_of(reading) for reading in found]
    years, reach = multiples.span_of(panels), multiples.reach_of(panels) if is_alike else None
    return {
        place: _drawn(multiples.alone(panel, multiples.SCREEN, years=years, reach=reach))
        for place, panel in enumerate(panels)
    }


@require_GET
@in_program
def indicator_list(request, place):
    """Every indicator with its verdict, those that are read together as one."""
    today = timezone.localdate()
    found = queries.readings(place, today)
    drawn = _panels(found)
    charts = {reading.indicator.pk: drawn[number] for number, reading in enumerate(found)}
    context = {
        "found": [
            {
                "group": group,
                "rows": [
                    {
                        "told": told,
                        "chart": charts[told.indicator.pk],
                        "alt": pictures.alt_of(told.reading),
                    }
                    for told in group.told
                ],
            }
            for group in groups(found, today)
        ],
        "summary": wording.summary(row.verdict for row in found if not row.indicator.index_id),
        "may_edit": can_edit_program(place),
        "may_approve": can_see_drafts(place),
    }
    return render(request, "metrics/indicator_list.html", context)


@require_GET
@in_program
def indicator_detail(request, place, pk):
    """The fact sheet: what is asked of whom, every value, the verdict with its reason, and what aims at it."""
    today = timezone.localdate()
    indicator = get_object_or_404(Indicator.objects.visible_to(place).select_related("index"), pk=pk)
    sheet = queries.sheet(place, indicator, today)
    told = tell(sheet.whole, today, sheet.earlier)
    found = aims(place, today, indicator=indicator)
    context = {
        "indicator": indicator,
        "told": told,
        "items": [tell(reading, today) for reading in sheet.items],
        "linked": linked_told(indicator, sheet.linked),
        "aims": found,
        "may_edit": can_edit_program(place),
        "may_approve": can_see_drafts(place),
        "fields": _facts(indicator),
    }
    context |= _charts(sheet, told) | _departments(sheet, found, today)
    context["others"] = [
        _rows(sheet.of(kind), sheet, today) for kind in ("unit", "predecessor", "breakdown") if sheet.of(kind)
    ]
    return render(request, "metrics/indicator_detail.html", context)


def _facts(indicator: Indicator) -> dict[str, str]:
    """Figures of the indicator itself, in its own unit."""
    figures = {name: getattr(indicator, name) for name in ("baseline", "target")}
    found = {name: wording.measure(indicator, value) for name, value in figures.items() if value is not None}
    if indicator.smallest is not None:
        found["smallest"] = wording.change(indicator, indicator.smallest)
    return found


def _charts(sheet: Sheet, told: Told) -> dict:
    """The run chart of a series by month, else the panel by itself; and the distribution, wave by wave."""
    run = pictures.run_of(sheet.whole, runs.SCREEN)
    panel = (
        multiples.alone(pictures.panel_of(sheet.whole), multiples.WIDE) if told.lines and not run else None
    )
    bars = pictures.distribution_of(sheet.whole, distribution.SCREEN)
    return {
        "alt": pictures.alt_of(sheet.whole),
        "run": _drawn(run),
        "signals": pictures.signals_of(sheet.whole),
        "panel": _drawn(panel),
        "distribution": _drawn(bars),
    }


def _departments(sheet: Sheet, found: list[Aim], today: dt.date) -> dict:
    """Departments side by side on one scale, and those that have started beside the rest."""
    parts = sheet.of("department")
    if not parts:
        return {"departments": []}
    drawn = _panels([part.reading for part in parts], is_alike=True)
    rows = _rows(parts, sheet, today)["rows"]
    for number, row in enumerate(rows):
        row |= {"chart": drawn[number], "alt": pictures.alt_of(row["part"].reading)}
    compared = comparison(
        sheet.whole.indicator, {(part.key, part.name): part.reading for part in parts}, found
    )
    told = comparison_told(compared, sheet.whole.indicator) if compared else None
    return {"departments": rows, "comparison": told}


def _rows(parts: list[Part], sheet: Sheet, today: dt.date) -> dict:
    """A kind of group with each of its groups' values."""
    return {
        "kind": parts[0].kind,
        "rows": [{"part": part, "told": tell(part.reading, today, sheet.earlier)} for part in parts],
    }


@require_GET
@in_program
def indicator_excel(request, place):
    """Every value that is shown, and what is said of each indicator, as Excel."""
    content = indicator_file.to_xlsx(place, timezone.localdate())
    response = HttpResponse(content, content_type=media.TYPES["xlsx"])
    name = f"{place.organisation.slug}-{place.program.slug}-matt.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
