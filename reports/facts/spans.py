"""The section about spans of control."""

import json

from metrics import span_tables
from metrics import span_wording as wording
from metrics.charts import span_history as charts
from metrics.charts.span import PAPER, span_chart
from metrics.span_history import History, Point
from metrics.span_queries import history_of
from reports import content as c
from reports.facts.frame import Frame
from ui import formats

CHART_LABELS = {
    "axis": "Medarbetare per chef", "within": "högst grundtalet", "over": "över grundtalet", "without": "utan grundtal",
}  # fmt: skip
HISTORY_LABELS = {
    "median": "Median, medarbetare per chef",
    "base": "Chefer över grundtalet, procent",
    "largest": "Chefer över det riktlinjen medger som mest, procent",
    "turn": "ny riktlinje",
}
SHOWN = 5  # reports that a table has room for on paper
RULE = (
    "Chefer som saknas räknas område för område: medarbetarna delat med grundtalet, avrundat uppåt till hela chefer, "
    "minus de chefer som finns. Det är räkning och inte ett förslag."
)


def span(frame: Frame):
    history = history_of(frame.place, frame.cut_off)
    found = history.at(frame.cut_off)
    if found is None:
        yield c.Sentence("Antalet medarbetare per chef är inte räknat till och med stoppdatumet.")
        return
    yield from _now(found)
    yield from _over_time(history)
    yield _span_table(found)


def _now(found: Point):
    sentence = wording.span_sentence(found)
    yield c.Chart(
        sentence, _span_alt(found, sentence), json.dumps(span_chart(found.span, CHART_LABELS, PAPER))
    )
    basis = f"Uppgifterna gäller {formats.day(found.as_of)}: {found.basis}"
    first, *rest = [*wording.manager_sentences(found.span), basis, *wording.notes(found)]
    yield c.Sentence(first)
    if rest:
        yield c.Bullets(tuple(rest))
    yield _span_totals(found)
    if found.discrepancies:
        yield c.Bullets(tuple(_discrepancy(row) for row in found.discrepancies))
    if found.span.with_base:
        yield c.Sentence(wording.lacking_sentence(found.span))
        yield _lacking_table(found)


def _over_time(history: History):
    """From the second report on: what has changed, as picture and tables of the latest reports."""
    if len(history.points) < 2:
        return
    sentences = wording.change_sentences(history)
    alt = "Tre diagram med en punkt för varje personalrapport. Samma uppgifter står i tabellen."
    panels = charts.history_panels(history, HISTORY_LABELS, charts.PAPER)
    yield c.Chart(sentences[0], alt, json.dumps(charts.together(panels, charts.PAPER)))
    if sentences[1:]:
        yield c.Bullets(tuple(sentences[1:]))
    shown = history.latest(SHOWN)
    yield _lines("Alla chefer över tid", "Mått", shown, span_tables.whole(shown))
    panels = charts.department_panels(history, charts.PAPER)
    alt = "Ett diagram för varje avdelning. Samma uppgifter står i tabellen."
    yield c.Chart(
        "Medarbetare per chef i varje avdelning; den streckade linjen är grundtalet.",
        alt,
        json.dumps(charts.together(panels, charts.PAPER)),
    )
    yield _lines(
        "Medarbetare per chef och avdelning över tid", "Avdelning", shown, span_tables.departments(shown)
    )
    gone = span_tables.gone(history)
    if gone:
        yield c.Bullets(tuple(f"{line.name} {line.note}." for line in gone))


def _lines(caption: str, what: str, history: History, lines) -> c.Table:
    days = [formats.day(day) for day in history.days]
    return c.Table(
        caption,
        (what, *days),
        tuple((line.name, *line.words) for line in lines),
        numeric=tuple(range(1, len(days) + 1)),
        widths=(6, *(3 for _day in days)),
    )


def _lacking_table(found: Point) -> c.Table:
    return c.Table(
        "Chefer som saknas, per avdelning",
        (
            "Avdelning",
            "Grundtal",
            "Områden",
            "Över grundtalet",
            "Chefer",
            "Saknas",
            "Saknas mot egen bedömning",
        ),
        tuple(
            (
                row.name,
                row.bases,
                formats.number(row.units),
                formats.number(row.over_base),
                formats.number(row.managers),
                span_tables.in_words(row.lacking),
                span_tables.in_words(row.lacking_own),
            )
            for row in span_tables.lacking(found.span)
        ),
        numeric=(1, 2, 3, 4, 5, 6),
        widths=(6, 3, 3, 3, 3, 3, 4),
        note=RULE,
    )


def _span_alt(found: Point, sentence: str) -> str:
    return (
        f"Punktdiagram över {len(found.span.units)} chefsområden. {sentence} Samma uppgifter står i tabellen."
    )


def _span_totals(found: Point) -> c.Table:
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


def _span_table(found: Point) -> c.Table:
    return c.Table(
        "Medarbetare per chef och chefsområde",
        ("Chefsområde", "Avdelning", "Medarbetare", "Per chef", "Grundtal", "Mot grundtal", "Egen bedömning"),
        tuple(
            (
                row.unit.shown_name,
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
