"""Charts of the span over time; the sentences above and the tables below say the same.

Time runs as it does: two reports half a year apart stand half as far from each other as two a year apart. Lines are
drawn from three reports on; two are two points.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from metrics.span.history import DepartmentLine, History, UnitLine
from metrics.span.measure import Share, Span
from ui import formats
from ui.charts import ACCENT, BAND, INK, LATE, MUTED, VEGA_LITE
from ui.language import language
from ui.typeface import printable

MOST_LABELLED = 8  # reports whose every point has its figure written beside it
LEAST_TAIL = 30  # days of room before the first and after the last report, at least


@dataclass(frozen=True)
class Picture:
    """One panel's width and height, and the sizes within it; pixels on screen, points on paper."""

    width: int
    height: int
    font: float
    dot: int
    columns: int = 1
    label: int = 60  # room for a month under the axis
    tail: float = 0.06  # room before the first and after the last report, of the whole time


SCREEN = Picture(width=560, height=130, font=13, dot=70)
SMALL_SCREEN = Picture(width=230, height=110, font=13, dot=50, label=66, tail=0.13)
PAPER = Picture(width=112, height=54, font=7, dot=14, columns=3, label=34, tail=0.13)


def _month(day: dt.date) -> str:
    return f"{formats.short_month(day.month, language())} {day.year}"


def _domain(days: Sequence[dt.date], picture: Picture) -> tuple[int, int]:
    low, high = days[0].toordinal(), days[-1].toordinal()
    tail = max(LEAST_TAIL, round((high - low) * picture.tail))
    return low - tail, high + tail


def _marked(days: Sequence[dt.date], picture: Picture) -> list[int]:
    """The days written under the axis: the last, and before it those that there is room for."""
    low, high = _domain(days, picture)
    least, kept = (high - low) * picture.label / picture.width, []
    for day in reversed(days):
        if not kept or kept[-1] - day.toordinal() >= least:
            kept.append(day.toordinal())
    return kept


def _x(days: Sequence[dt.date], picture: Picture) -> dict:
    values = _marked(days, picture)
    names = ", ".join(f"'{day.toordinal()}': '{_month(day)}'" for day in days)
    return {
        "field": "x", "type": "quantitative", "title": None,
        "scale": {"domain": list(_domain(days, picture)), "nice": False, "zero": False},
        "axis": {
            "values": values, "labelExpr": f"({{{names}}})[datum.value]", "grid": False, "labelFontSize": picture.font,
            "labelOverlap": False, "labelBound": False, "labelFlush": False,
        },
    }  # fmt: skip


def _y(highest: float, picture: Picture, field: str = "y") -> dict:
    return {
        "field": field, "type": "quantitative", "title": None,
        "scale": {"domain": [0, highest], "nice": False},
        "axis": {"labelFontSize": picture.font, "tickCount": 4, "domain": False, "ticks": False},
    }  # fmt: skip


def _above(values: Iterable[float], step: int) -> int:
    """The next whole step above the highest, so that figures over the points have room."""
    return (int(max(values, default=0) * 1.12) // step + 1) * step


def _title(text: str, picture: Picture) -> dict:
    return {
        "text": textwrap.wrap(printable(text), int(picture.width / picture.font * 2)), "anchor": "start", "fontSize": picture.font, "fontWeight": 600, "color": INK,
        "offset": picture.font * 0.6,
    }  # fmt: skip


def _points(
    rows: list[dict], x: dict, y: dict, picture: Picture, colour: str, shape: str, dash: Sequence[int]
) -> list:
    """A series: its line where there are three points or more, its points, and their figures."""
    line = {"type": "line", "color": colour, "strokeWidth": picture.dot / 40, "strokeDash": list(dash)}
    point = {
        "type": "point",
        "filled": True,
        "size": picture.dot,
        "opacity": 1,
        "color": colour,
        "shape": shape,
    }
    text = {"type": "text", "dy": -picture.font * 0.95, "fontSize": picture.font, "color": INK}
    data, place = {"values": rows}, {"x": x, "y": y}
    drawn = [{"data": data, "mark": line, "encoding": place}] if len(rows) > 2 else []
    halo = text | {"stroke": "white", "strokeWidth": picture.font / 3, "color": "white"}
    shown = {"values": rows if len(rows) <= MOST_LABELLED else [rows[0], rows[-1]]}
    figures = place | {"text": {"field": "label"}}
    return [
        *drawn,
        {"data": shown, "mark": halo, "encoding": figures},
        {"data": data, "mark": point, "encoding": place},
        {"data": shown, "mark": text, "encoding": figures},
    ]  # fmt: skip


def _row(day: dt.date, value: Decimal) -> dict:
    return {"x": day.toordinal(), "y": float(value), "label": formats.number(value, 1, language())}


def _percent(day: dt.date, share: Share) -> dict | None:
    if share.value is None:
        return None
    return {
        "x": day.toordinal(), "y": float(share.value * 100), "label": formats.percent(share.value, language=language()),
    }  # fmt: skip


def _known(rows: Iterable[dict | None]) -> list[dict]:
    return [row for row in rows if row is not None]


def _turns(history: History, x: dict, picture: Picture, words: str) -> list[dict]:
    """An upright line where a new version of the guideline began between the first and the last report."""
    days = history.days
    begun = [v.valid_from for v in history.versions if days[0] < v.valid_from <= days[-1]]
    data = {"values": [{"x": day.toordinal(), "mark": words} for day in begun]}
    rule = {"type": "rule", "color": MUTED, "strokeDash": [2, 3]}
    text = {"type": "text", "align": "right", "dx": -3, "y": 4, "fontSize": picture.font, "color": MUTED}
    if not begun:
        return []
    return [
        {"data": data, "mark": rule, "encoding": {"x": x}},
        {"data": data, "mark": text, "encoding": {"x": x, "text": {"field": "mark"}}},
    ]


def _panel(layers: list[dict], title: str, picture: Picture) -> dict:
    return {
        "title": _title(title, picture),
        "width": picture.width,
        "height": picture.height,
        "layer": layers,
    }


def _whole(specification: dict, picture: Picture) -> dict:
    return {
        "$schema": VEGA_LITE,
        "background": "white",  # figures have a white rim, which would show on anything else
        "padding": {"left": 5, "top": 5, "right": picture.label // 2, "bottom": 5},
        "spacing": picture.font * 1.6,
    } | specification


def history_panels(history: History, labels: dict[str, str], picture: Picture) -> list[dict]:
    """Three panels: the median of people per manager; on one scale, the managers above base number and largest.

    `labels` words the panels: median, base, largest, turn (a new guideline).
    """
    points = history.points
    x = _x(history.days, picture)
    medians = [_row(point.as_of, point.span.median) for point in points if point.span.median is not None]
    base = _known(_percent(point.as_of, point.span.managers_over_base) for point in points)
    largest = _known(_percent(point.as_of, point.span.managers_over_largest) for point in points)
    turns = _turns(history, x, picture, labels["turn"])
    shares = _y(_above((row["y"] for row in (*base, *largest)), 10), picture)
    people = _y(_above((row["y"] for row in medians), 10), picture)
    return [
        _panel([*turns, *_points(rows, x, y, picture, *look)], labels[name], picture)
        for name, rows, y, look in (
            ("median", medians, people, (ACCENT, "circle", ())),
            ("base", base, shares, (ACCENT, "square", (6, 2))),
            ("largest", largest, shares, (LATE, "diamond", (2, 2))),
        )
    ]


def apart(panels: list[dict], picture: Picture) -> list[dict]:
    """One chart a panel, for a page that lays them out by its own width."""
    return [_whole(panel, picture) for panel in panels]


def together(panels: list[dict], picture: Picture) -> dict:
    """All panels as one chart, `picture.columns` beside each other."""
    return _whole({"concat": panels, "columns": picture.columns}, picture)


def _stretches(history: History, picture: Picture) -> list[tuple[int, int]]:
    """From when until when each report's base numbers are drawn: a new guideline takes over on its own first day."""
    starts = []
    for before, point in zip((None, *history.points), history.points, strict=False):
        is_new = before is not None and before.guideline != point.guideline and point.guideline is not None
        starts.append((point.guideline.valid_from if is_new else point.as_of).toordinal())
    return list(zip(starts, [*starts[1:], _domain(history.days, picture)[1]], strict=True))


def _base_rows(stretches: list[tuple[int, int]], spans: Sequence[Span | None]) -> list[dict]:
    """Each base number of a department's units, for as long as it is drawn."""
    return [
        {"x": start, "x2": end, "y": base, "label": str(base)}
        for (start, end), span in zip(stretches, spans, strict=True)
        if span is not None
        for base in sorted({row.base for row in span.with_base if row.base is not None})
    ]


def _base_layers(rows: list[dict], x: dict, y: dict, picture: Picture) -> list[dict]:
    if not rows:
        return []
    last = [row for row in rows if row["x2"] == max(other["x2"] for other in rows)]
    rule = {"type": "rule", "color": INK, "strokeWidth": picture.dot / 60, "strokeDash": [5, 3]}
    text = {"type": "text", "align": "left", "dx": 3, "fontSize": picture.font, "color": MUTED}
    place = {"x": x, "y": y}
    return [
        {"data": {"values": rows}, "mark": rule, "encoding": place | {"x2": {"field": "x2"}}},
        {"data": {"values": last}, "mark": text,
         "encoding": {"x": x | {"field": "x2"}, "y": y, "text": {"field": "label"}}},
    ]  # fmt: skip


def department_panels(history: History, picture: Picture) -> list[dict]:
    """Small multiples on one scale: people per manager in each department, its base number as a dashed line."""
    days, lines = history.days, history.departments
    x, stretches = _x(days, picture), _stretches(history, picture)
    drawn = [(line, _base_rows(stretches, line.spans), _means(days, line)) for line in lines]
    y = _y(_above((row["y"] for _line, *both in drawn for rows in both for row in rows), 10), picture)
    look = (ACCENT, "circle", ())
    return [
        _panel(
            [*_base_layers(bases, x, y, picture), *_points(means, x, y, picture, *look)], _short(line, picture), picture
        )
        for line, bases, means in drawn
    ]  # fmt: skip


def _means(days: Sequence[dt.date], line: DepartmentLine) -> list[dict]:
    means = [
        (day, span.totals.per_manager) for day, span in zip(days, line.spans, strict=True) if span is not None
    ]
    return [_row(day, mean) for day, mean in means if mean is not None]


def _short(line: DepartmentLine, picture: Picture) -> str:
    longest = int(picture.width / picture.font * 2)
    return line.name if len(line.name) <= longest else line.short[:longest]


def unit_chart(history: History, line: UnitLine, picture: Picture) -> dict:
    """One unit: people per manager at each report, the guideline's range as a band, its base number as a line."""
    days = history.days
    x = _x(days, picture)
    per = [_row(day, row.per_manager) for day, row in zip(days, line.rows, strict=True) if row is not None]
    ranges = [
        {"x": start, "x2": end, "y": row.base, "label": str(row.base), "high": row.largest,
         "low": max(2 * row.base - row.largest, 0), "own": row.assessed}
        for (start, end), row in zip(_stretches(history, picture), line.rows, strict=True)
        if row is not None and row.base is not None and row.largest is not None
    ]  # fmt: skip
    y = _y(_above([*(row["y"] for row in per), *(row["high"] for row in ranges)], 10), picture)
    band = _stretch(ranges, {"type": "rect", "color": BAND}, x, y | {"field": "low"})
    for layer in band:
        layer["encoding"]["y2"] = {"field": "high"}
    dotted = {"type": "rule", "color": ACCENT, "strokeDash": [2, 2], "strokeWidth": picture.dot / 40}
    own = _stretch([row for row in ranges if row["own"] is not None], dotted, x, y | {"field": "own"})
    layers = [
        *band,
        *_base_layers(ranges, x, y, picture),
        *own,
        *_points(per, x, y, picture, ACCENT, "circle", ()),
    ]
    return _whole({"width": picture.width, "height": picture.height * 1.4, "layer": layers}, picture)


def _stretch(rows: list[dict], mark: dict, x: dict, y: dict) -> list[dict]:
    """A layer from each report until the next; none where there is nothing to draw, since an empty one has no name."""
    return [
        {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "x2": {"field": "x2"}, "y": y}}
    ] if rows else []  # fmt: skip
