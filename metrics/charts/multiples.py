"""Small multiples: one panel an indicator or a department, its values over time beside its target.

A filled dot is a final value and a hollow one an approximate or preliminary; the upright line is how far chance may
reach, the dashed line the target; × stands where a value is not shown and – where it is missing. Only series by month
have a line, broken where a month is missing: two points alone never carry one.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.charts import ACCENT, INK, LINE, MUTED, VEGA_LITE
from ui.typeface import printable

HIDDEN, MISSING = "×", "–"
AIR = 0.12  # of the values' reach, above and below
TITLE = 2  # lines


MIDDLE = 0.5  # a year is written in the middle of its stretch of the axis
YEAR = f"format(datum.value - {MIDDLE}, 'd')"


@dataclass(frozen=True)
class Size:
    """Pixels on screen, points on paper; `columns` where panels are laid together."""

    width: int
    height: int
    font: int
    dot: int
    stroke: float
    columns: int
    letters: int  # of a panel's title, a line


SCREEN = Size(width=250, height=110, font=12, dot=46, stroke=1.6, columns=3, letters=34)
WIDE = Size(width=560, height=200, font=13, dot=64, stroke=2, columns=1, letters=80)
PAPER = Size(width=112, height=52, font=7, dot=14, stroke=0.8, columns=3, letters=32)


@dataclass(frozen=True)
class Dot:
    """A value: its day, figure (a share in per cent) and how far chance may reach."""

    on: dt.date
    value: float
    is_final: bool = True
    low: float | None = None
    high: float | None = None
    label: str = ""


@dataclass(frozen=True)
class Panel:
    """What one panel shows; `gaps` are days with the mark of a value that is hidden or missing.

    `least` is the shortest stretch that the scale covers, so that a trifle does not fill the panel.
    """

    title: str
    dots: tuple[Dot, ...]
    gaps: tuple[tuple[dt.date, str], ...] = ()
    target: float | None = None
    target_label: str = ""
    unit: str = ""
    least: float = 0
    is_series: bool = False
    empty: str = ""

    @property
    def reach(self) -> list[float]:
        """Everything that must fit between bottom and top."""
        ends = [end for dot in self.dots for end in (dot.value, dot.low, dot.high) if end is not None]
        return ends + ([self.target] if self.target is not None else [])


def year(day: dt.date) -> float:
    """A day as a figure on the axis of years."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


def span_of(panels: Iterable[Panel]) -> tuple[float, float] | None:
    """The years that all panels share; None without a value."""
    days = [year(dot.on) for panel in panels for dot in panel.dots]
    days += [year(on) for panel in panels for on, _mark in panel.gaps]
    return (int(min(days)), max(int(max(days)) + 1, int(min(days)) + 2)) if days else None


def reach_of(panels: Sequence[Panel]) -> tuple[float, float] | None:
    """One scale for panels that measure the same."""
    ends = [end for panel in panels for end in panel.reach]
    return _aired(ends, panels[0]) if ends else None


def _aired(ends: list[float], panel: Panel) -> tuple[float, float]:
    """With air around them; a share stays between 0 and 100, and nothing goes below 0 that is not."""
    low, high = min(ends), max(ends)
    air = max((high - low) * AIR, (panel.least - (high - low)) / 2) or abs(high) * AIR or 1.0
    top = min(high + air, 100.0) if panel.unit == "%" and high <= 100 else high + air
    return (max(low - air, 0.0) if low >= 0 else low - air), top


def together(panels: Sequence[Panel], size: Size) -> dict:
    """All panels in one picture."""
    years = span_of(panels)
    return {
        "$schema": VEGA_LITE,
        "concat": [
            *(panel_of(panel, size, years=years) for panel in panels),
            *(_nothing(size) for _place in range(size.columns - len(panels))),
        ],
        "columns": size.columns,
        "spacing": {"row": size.font * 2, "column": size.font * 2},
        "padding": 5,
    }


def _nothing(size: Size) -> dict:
    """An empty place, so that a few panels are no larger than many."""
    return {
        "width": size.width,
        "height": size.height,
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": ""},
    }


def alone(panel: Panel, size: Size, *, years=None, reach=None) -> dict:
    """One panel as a picture of its own, on a page whose heading names it."""
    spec = panel_of(panel, size, years=years, reach=reach)
    del spec["title"]
    return {"$schema": VEGA_LITE, "padding": 5} | spec


def panel_of(panel: Panel, size: Size, *, years=None, reach=None) -> dict:
    """A panel's own specification."""
    ends = reach or (_aired(panel.reach, panel) if panel.reach else (0.0, 1.0))
    axes = _axes(panel, size, years or span_of([panel]) or (0, 1), ends)
    return {
        "title": {
            "text": title_lines(panel.title, size.letters), "anchor": "start", "fontSize": size.font,
            "fontWeight": 600, "color": INK, "frame": "group", "offset": size.font * 1.4 if panel.is_series else size.font / 2,
        },
        "width": size.width,
        "height": size.height,
        "layer": [*_target(panel, size, axes), *_values(panel, size, axes), *_gaps(panel, size, axes)],
    }  # fmt: skip


def title_lines(text: str, letters: int) -> list[str]:
    """At most two lines; what does not fit is cut with an ellipsis."""
    return textwrap.wrap(printable(text), letters, max_lines=TITLE, placeholder="…") or [""]


def _axes(panel: Panel, size: Size, years, ends) -> dict:
    first, last = years
    shown = [number + MIDDLE for number in range(int(first), int(last))]
    x = {
        "field": "x", "type": "quantitative", "title": None, "scale": {"domain": [first, last], "nice": False},
        "axis": {
            "values": shown[:: 1 + len(shown) // 6], "labelExpr": YEAR, "labelFontSize": size.font, "grid": False,
            "ticks": False,
        },
    }  # fmt: skip
    unit = "+ ' %'" if panel.unit == "%" else ""
    y = {
        "field": "y", "type": "quantitative", "title": None,
        "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {
            "tickCount": 3, "labelFontSize": size.font, "domain": False, "ticks": False, "gridColor": LINE,
            "labelExpr": f"replace(datum.label, '.', ','){unit}",
        },
    }  # fmt: skip
    return {"x": x, "y": y}


def _target(panel: Panel, size: Size, axes: dict) -> list[dict]:
    if panel.target is None:
        return []
    rows = {"values": [{"y": panel.target, "label": printable(panel.target_label)}]}
    line = {"type": "rule", "strokeDash": [5, 3], "color": INK, "strokeWidth": size.stroke * 0.7}
    text = {
        "type": "text", "align": "left", "baseline": "bottom", "dx": 2, "dy": -1, "fontSize": size.font - 1, "color": INK,
        "x": 0,
    }  # fmt: skip
    return [
        {"data": rows, "mark": line, "encoding": {"y": axes["y"]}},
        {"data": rows, "mark": text, "encoding": {"y": axes["y"], "text": {"field": "label"}}},
    ]


def _values(panel: Panel, size: Size, axes: dict) -> list[dict]:
    if not panel.dots:
        return []
    rows = {"values": month_rows(panel.dots)}
    x, y = axes["x"], axes["y"]
    sure = [row for row in rows["values"] if row["low"] is not None]
    reach = {
        "data": {"values": sure},
        "mark": {"type": "rule", "color": MUTED, "strokeWidth": size.stroke},
        "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
    }
    dots = {
        "data": rows,
        "mark": {"type": "point", "filled": True, "size": size.dot * (0.4 if panel.is_series else 1), "opacity": 1,
                 "stroke": ACCENT, "strokeWidth": size.stroke * 0.8},
        "encoding": {"x": x, "y": y, "fill": {"field": "fill", "type": "nominal", "scale": None}},
    }  # fmt: skip
    label = _label(panel, rows["values"][-1], size, axes)
    line = [_line(rows, size, x, y)] if panel.is_series else []
    return [*line, *([reach] if sure else []), dots, label]


def _label(panel: Panel, row: dict, size: Size, axes: dict) -> dict:
    """The latest value above its dot, below where the target's line runs above; a series' over its corner."""
    mark = {"type": "text", "align": "right", "fontSize": size.font, "fontWeight": 600, "color": INK}
    is_below = panel.target is not None and panel.target > row["top"]
    if panel.is_series:
        mark |= {"x": size.width, "y": -2, "baseline": "bottom"}
        encoding = {}
    else:
        side = size.font / 2 if is_below else -size.font / 2
        mark |= {"dx": size.font / 2, "dy": side, "baseline": "top" if is_below else "bottom"}
        encoding = {"x": axes["x"], "y": axes["y"] | {"field": "bottom" if is_below else "top"}}
    return {
        "data": {"values": [row]},
        "mark": mark,
        "encoding": encoding | {"text": {"field": "label"}},
    }


def _line(rows: dict, size: Size, x: dict, y: dict) -> dict:
    return {
        "data": rows,
        "mark": {"type": "line", "color": ACCENT, "strokeWidth": size.stroke * 0.8},
        "encoding": {"x": x, "y": y, "detail": {"field": "stretch", "type": "nominal"}},
    }


def month_rows(dots: Sequence[Dot]) -> list[dict]:
    """The dots as data; `stretch` numbers those that no missing month divides."""
    rows, stretch, before = [], 0, None
    for dot in dots:
        stretch += before is not None and not 0 < _month(dot.on) - _month(before) <= 1
        before = dot.on
        rows.append({
            "x": year(dot.on), "y": dot.value, "low": dot.low, "high": dot.high, "label": printable(dot.label),
            "top": dot.value if dot.high is None else dot.high,
            "bottom": dot.value if dot.low is None else dot.low, "stretch": stretch,
            "fill": ACCENT if dot.is_final else "#ffffff",
        })  # fmt: skip
    return rows


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month


def _gaps(panel: Panel, size: Size, axes: dict) -> list[dict]:
    rows = [{"x": year(on), "mark": mark} for on, mark in panel.gaps]
    if not panel.dots and panel.empty:
        return [_words([{"mark": panel.empty}], size, {}, {"x": size.width / 2, "y": size.height / 2})]
    if not rows:
        return []
    return [_words(rows, size, {"x": axes["x"]}, {"y": size.height - size.font / 2})]


def _words(rows: list[dict], size: Size, encoding: dict, place: dict) -> dict:
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "fontSize": size.font, "color": MUTED, "fontWeight": 600} | place,
        "encoding": encoding | {"text": {"field": "mark"}},
    }
