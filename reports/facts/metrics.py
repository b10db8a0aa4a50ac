"""Sections about spans of control and indicators."""

import json

from metrics import wording
from metrics.charts.span import PAPER, span_chart
from metrics.queries import Reading, SpanOn, readings, span_on
from reports import content as c
from reports.facts.frame import Frame
from ui import formats

CHART_LABELS = {"axis": "Medarbetare per chef", "within": "högst grundtalet", "over": "över grundtalet"}


def span(frame: Frame):
    found = span_on(frame.place, frame.cut_off)
    if found is None:
        yield c.Sentence("Antalet medarbetare per chef är inte räknat till och med stoppdatumet.")
        return
    sentence = wording.span_sentence(found)
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


def indicators(frame: Frame):
    found = readings(frame.place, frame.cut_off)
    rows = tuple(_indicator_row(reading) for reading in found)
    if not rows:
        yield c.Sentence("Programmet har inga mått ännu.")
        return
    moved = sum(reading.verdict.kind == "moved" for reading in found)
    yield c.Sentence(
        f"{c.sentence_case(c.counted(moved, 'ett mått visar', 'mått visar'))} tecken på förflyttning. "
        "Ett mått som har rört sig visar inte vad som har fått det att röra sig."
    )
    yield c.Table(
        "Mått",
        ("Mått och vilka det gäller", "Senaste värde", "Svar", "Förflyttning"),
        rows,
        widths=(5, 3, 5, 5),
    )


def _indicator_row(reading: Reading) -> tuple[str, ...]:
    latest = reading.latest
    name = f"{reading.indicator.name} ({reading.indicator.population})"
    reason = wording.verdict_reason(reading.verdict)
    verdict = c.sentence_case(wording.verdict_word(reading.verdict)) + (f". {reason}" if reason else "")
    if latest is None:
        return name, "inget värde", "–", verdict
    value = f"{wording.observation_value(reading, latest)} ({formats.day(latest.last_day)})"
    return name, value, wording.answers(reading, latest) or "–", verdict
