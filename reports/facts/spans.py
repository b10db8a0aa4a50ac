"""The section about spans of control."""

import json

from metrics import span_wording
from metrics.charts.span import PAPER, span_chart
from metrics.span_queries import SpanOn, span_on
from reports import content as c
from reports.facts.frame import Frame
from ui import formats

CHART_LABELS = {"axis": "Medarbetare per chef", "within": "högst grundtalet", "over": "över grundtalet"}


def span(frame: Frame):
    found = span_on(frame.place, frame.cut_off)
    if found is None:
        yield c.Sentence("Antalet medarbetare per chef är inte räknat till och med stoppdatumet.")
        return
    sentence = span_wording.span_sentence(found)
    yield c.Chart(
        sentence, _span_alt(found, sentence), json.dumps(span_chart(found.span, CHART_LABELS, PAPER))
    )
    yield c.Sentence(f"Uppgifterna gäller {formats.day(found.report.as_of)}: {found.report.basis}")
    yield _span_totals(found)
    if found.discrepancies:
        yield c.Bullets(tuple(_discrepancy(row) for row in found.discrepancies))
    yield _span_table(found)


def _span_alt(found: SpanOn, sentence: str) -> str:
    return (
        f"Punktdiagram över {len(found.span.units)} chefsområden. {sentence} Samma uppgifter står i tabellen."
    )


def _span_totals(found: SpanOn) -> c.Table:
    totals, without = found.span.totals, found.span.without_management
    return c.Table(
        "Chefsområden i allt",
        ("Omfattning", "Områden", "Chefer", "Medarbetare", "Per chef"),
        tuple(
            (
                name,
                formats.number(total.units),
                formats.number(total.managers),
                formats.number(total.employees),
                formats.number(total.per_manager, 1) if total.per_manager is not None else "–",
            )
            for name, total in (("Alla", totals), ("Utan ledning och gemensamma funktioner", without))
        ),
        numeric=(1, 2, 3, 4),
        widths=(7, 2, 2, 3, 2),
    )


def _discrepancy(row) -> str:
    places = 2 if row.measure == "fte" else 0
    what = "årsarbetare" if row.measure == "fte" else "medarbetare"
    why = "avrundning" if row.kind == "rounding" else "ett fel i källan"
    return (
        f"{row.where}: källan anger {formats.number(row.stated, places)} {what}, områdena ger "
        f"{formats.number(row.computed, places)} ({why})."
    )


def _span_table(found: SpanOn) -> c.Table:
    return c.Table(
        "Medarbetare per chef och chefsområde",
        ("Chefsområde", "Avdelning", "Medarbetare", "Per chef", "Grundtal", "Mot grundtal", "Egen bedömning"),
        tuple(
            (
                row.unit.name,
                row.unit.department_short,
                f"{row.unit.employees} på {row.unit.managers} chefer"
                if row.unit.managers > 1
                else str(row.unit.employees),
                formats.number(row.per_manager, 1),
                "–" if row.base is None else str(row.base),
                _against(row),
                "inte bedömd"
                if row.assessed is None
                else f"{row.assessed} ({'över' if row.over_assessed else 'inom'})",
            )
            for row in found.span.units
        ),
        numeric=(2, 3, 4),
        widths=(6, 4, 4, 2, 3, 3, 4),
        note="Ett område utan annan uppgift räknas med en chef.",
    )


def _against(row) -> str:
    if row.base is None:
        return "grundtal saknas"
    if row.over_largest:
        return f"över {row.largest}"
    return "över" if row.over_base else "inom"
