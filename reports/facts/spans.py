"""The section about spans of control."""

import json
from collections.abc import Iterator, Sequence

from metrics.charts import span_history as charts
from metrics.charts.span import PAPER, span_chart
from metrics.span import lines as span_lines
from metrics.span import wording
from metrics.span.history import History, Point
from metrics.span.lines import Line
from metrics.span.queries import history_of
from reports import content as c
from reports.facts.frame import Frame
from reports.facts.words import Told, since
from reports.models import Report
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


def span(frame: Frame) -> Iterator[c.Block]:
    """How many people each manager leads, beside the guideline, now and over time."""
    history = history_of(frame.place, frame.cut_off)
    found = history.at(frame.cut_off)
    if found is None:
        yield c.Sentence("Antalet medarbetare per chef är inte räknat till och med stoppdatumet.")
        return
    code = frame.sources.headcount
    refs = {point.as_of: code(point.as_of, point.basis) for point in reversed(history.points)}
    here = refs[found.as_of]
    yield from since(frame.since, _otherwise(history, frame, here))
    yield from _now(found, here)
    if frame.report.kind != Report.Kind.MONTHLY:
        yield from _over_time(history, tuple(ref for point in history.points for ref in refs[point.as_of]))
    yield _span_table(found, here)


def _otherwise(history: History, frame: Frame, refs: tuple[str, ...]) -> Iterator[Told]:
    """What the headcounts since the previous cut-off have changed, if there are any."""
    found, before = history.at(frame.cut_off), history.at(frame.previous)
    if before is None:
        yield f"Personalrapporten {formats.day(found.as_of)} är den första.", refs
    elif before.as_of < found.as_of:
        yield f"Ny personalrapport: {formats.day(found.as_of)}.", refs
        both = (*frame.sources.headcount(before.as_of, before.basis), *refs)
        for text in wording.change_sentences(History((before, found), history.versions)):
            yield text, both


def _now(found: Point, refs: tuple[str, ...]) -> Iterator[c.Block]:
    sentence = wording.span_sentence(found)
    drawing = json.dumps(span_chart(found.span, CHART_LABELS, PAPER))
    yield c.Chart(sentence, _span_alt(found, sentence), drawing, refs)
    basis = f"Uppgifterna gäller {formats.day(found.as_of)}: {found.basis}"
    first, *rest = [*wording.manager_sentences(found.span), basis, *wording.notes(found)]
    yield c.Sentence(first, refs)
    if rest:
        yield _bullets(rest, refs)
    yield _span_totals(found, refs)
    if found.discrepancies:
        yield _bullets([_discrepancy(row) for row in found.discrepancies], refs)
    if found.span.with_base:
        yield c.Sentence(wording.lacking_sentence(found.span), refs)
        yield _lacking_table(found, refs)


def _bullets(items: Sequence[str], refs: tuple[str, ...]) -> c.Bullets:
    return c.Bullets(tuple(items), tuple(refs for _item in items) if refs else ())


def _each(rows: Sequence[object], refs: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The same codes for every row; nothing where there are none."""
    return tuple(refs for _row in rows) if refs else ()


def _over_time(history: History, refs: tuple[str, ...]) -> Iterator[c.Block]:
    """From the second report on: what has changed, as picture and tables of the latest reports."""
    if len(history.points) < 2:
        return
    sentences = wording.change_sentences(history)
    alt = "Tre diagram med en punkt för varje personalrapport. Samma uppgifter står i tabellen."
    panels = charts.history_panels(history, HISTORY_LABELS, charts.PAPER)
    yield c.Chart(sentences[0], alt, json.dumps(charts.together(panels, charts.PAPER)), refs)
    if sentences[1:]:
        yield _bullets(sentences[1:], refs)
    shown = history.latest(SHOWN)
    yield _lines("Alla chefer över tid", "Mått", shown, span_lines.whole(shown), refs, "over_time")
    panels = charts.department_panels(history, charts.PAPER)
    alt = "Ett diagram för varje avdelning. Samma uppgifter står i tabellen."
    yield c.Chart(
        "Medarbetare per chef i varje avdelning; den streckade linjen är grundtalet.",
        alt,
        json.dumps(charts.together(panels, charts.PAPER)),
        refs,
    )
    lines = span_lines.departments(shown)
    caption = "Medarbetare per chef och avdelning över tid"
    yield _lines(caption, "Avdelning", shown, lines, refs, "departments_over_time")
    gone = span_lines.gone(history)
    if gone:
        yield _bullets([f"{line.name} {line.note}." for line in gone], refs)


def _lines(
    caption: str, what: str, history: History, lines: Sequence[Line], refs: tuple[str, ...], key: str
) -> c.Table:
    days = [formats.day(day) for day in history.days]
    return c.Table(
        caption,
        (what, *days),
        tuple((line.name, *line.words) for line in lines),
        numeric=tuple(range(1, len(days) + 1)),
        widths=(6, *(3 for _day in days)),
        refs=_each(lines, refs[-len(days) :]),
        key=key,
    )


def _lacking_table(found: Point, refs: tuple[str, ...]) -> c.Table:
    rows = span_lines.lacking(found.span)
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
                span_lines.in_words(row.lacking),
                span_lines.in_words(row.lacking_own),
            )
            for row in rows
        ),
        numeric=(1, 2, 3, 4, 5, 6),
        widths=(6, 3, 3, 3, 3, 3, 4),
        note=RULE,
        refs=_each(rows, refs),
        key="lacking",
    )


def _span_alt(found: Point, sentence: str) -> str:
    return f"Punktdiagram över {formats.count(len(found.span.units), neuter=True)} chefsområden. {sentence} Samma uppgifter står i tabellen."


def _span_totals(found: Point, refs: tuple[str, ...]) -> c.Table:
    lines = (
        ("Alla", found.span.totals),
        ("Utan ledning och gemensamma funktioner", found.span.without_management),
    )
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
            for name, total in lines
        ),
        numeric=(1, 2, 3, 4),
        widths=(7, 2, 2, 3, 2),
        refs=_each(lines, refs),
        key="span_totals",
    )


def _discrepancy(row) -> str:
    places = 2 if row.measure == "fte" else 0
    what = "årsarbetare" if row.measure == "fte" else "medarbetare"
    why = "avrundning" if row.kind == "rounding" else "ett fel i källan"
    return (
        f"{row.where}: källan anger {formats.number(row.stated, places)} {what}, områdena ger "
        f"{formats.number(row.computed, places)} ({why})."
    )


def _span_table(found: Point, refs: tuple[str, ...]) -> c.Table:
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
        refs=_each(found.span.units, refs),
        key="span",
    )


def _against(row) -> str:
    if row.base is None:
        return "grundtal saknas"
    if row.over_largest:
        return f"över {row.largest}"
    return "över" if row.over_base else "inom"
