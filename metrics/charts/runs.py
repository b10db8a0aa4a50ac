"""Run chart of a monthly series: the median as a line, the limits dashed, each signal marked with its name."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.charts.multiples import MIDDLE, YEAR, Dot, month_rows, year
from metrics.movement import Chart
from ui.charts import ACCENT, BAND, INK, LATE, LINE, MUTED, VEGA_LITE


@dataclass(frozen=True)
class Size:
    width: int
    height: int
    font: int
    dot: int
    stroke: float
    slack: int  # room for labels set in a wider typeface than the one they were measured in


SCREEN = Size(width=620, height=230, font=13, dot=34, stroke=1.6, slack=55)
PAPER = Size(width=380, height=115, font=7, dot=11, stroke=0.8, slack=5)


def run_chart(
    dots: Sequence[Dot],
    chart: Chart | None,
    baseline_on: dt.date | None,
    labels: dict[str, str],
    size: Size,
    *,
    scale: float = 1.0,
    unit: str = "",
) -> dict:
    """`labels` words the median, the limits, the baseline's end and each rule; `scale` is 100 for shares.

    `chart` is None where the baseline is too short for lines and signals: then the months stand alone.
    """
    lines = _line_values(chart, labels, scale) if chart else []
    axes = _axes(dots, [line["y"] for line in lines], size, unit)
    bands = _bands(chart, labels, size, axes["x"]) if chart else []
    return {
        "$schema": VEGA_LITE,
        "width": size.width,
        "height": size.height,
        "padding": {"left": 5, "top": 5, "right": size.slack, "bottom": 5},
        "layer": [
            *bands,
            *_lines(lines, size, axes),
            *(_baseline(baseline_on, labels, size, axes["x"]) if baseline_on else []),
            *_months(dots, _outside(chart), labels, size, axes),
        ],
    }


def _axes(dots: Sequence[Dot], lines: Sequence[float], size: Size, unit: str) -> dict:
    """Years along, the figures' own reach upwards."""
    values = [dot.value for dot in dots] + list(lines)
    low, high = min(values), max(values)
    air = (high - low) * 0.18 or 1.0
    first, last = (int(edge(year(dot.on) for dot in dots)) for edge in (min, max))
    x = {
        "field": "x", "type": "quantitative", "title": None, "scale": {"domain": [first, last + 1], "nice": False},
        "axis": {"values": [number + MIDDLE for number in range(first, last + 1)], "labelExpr": YEAR,
                 "labelFontSize": size.font, "grid": False, "ticks": False},
    }  # fmt: skip
    label = "replace(datum.label, '.', ',')" + (" + ' %'" if unit == "%" else "")
    y = {
        "field": "y", "type": "quantitative", "title": None,
        "scale": {"domain": [max(low - air, 0) if low >= 0 else low - air, high + air], "nice": False, "zero": False},
        "axis": {"tickCount": 4, "labelFontSize": size.font, "domain": False, "ticks": False, "gridColor": LINE,
                 "labelExpr": label},
    }  # fmt: skip
    return {"x": x, "y": y}


def _line_values(chart: Chart, labels: dict[str, str], scale: float) -> list[dict]:
    """The median, and the limits where they can be worked out; each with its name."""
    found = [("median", chart.runs.median, [1, 0])]
    if chart.limits:
        found.append(("high", chart.limits.high, [4, 3]))
        if chart.limits.low is not None:
            found.append(("low", chart.limits.low, [4, 3]))
    return [
        {"y": float(value) * scale, "label": labels[name], "dash": dash, "is_median": name == "median"}
        for name, value, dash in found
    ]


def _lines(rows: list[dict], size: Size, axes: dict) -> list[dict]:
    """One rule each, with its name at the right end."""
    layers = []
    for row in rows:
        ink = INK if row["is_median"] else MUTED
        rule = {"type": "rule", "color": ink, "strokeWidth": size.stroke * 0.8, "strokeDash": row["dash"]}
        text = {
            "type": "text", "align": "left", "dx": 4, "x": size.width, "fontSize": size.font, "color": ink,
        }  # fmt: skip
        data = {"data": {"values": [row]}, "encoding": {"y": axes["y"]}}
        layers.append(data | {"mark": rule})
        layers.append(data | {"mark": text, "encoding": {"y": axes["y"], "text": {"field": "label"}}})
    return layers


def _bands(chart: Chart, labels: dict[str, str], size: Size, x: dict) -> list[dict]:
    """Stretches that a rule names, a rule a line above with its name once; single months are named at their dot."""
    layers, rules = [], []
    for signal in chart.signals:
        if signal.rule == "outside":
            continue
        is_named = signal.rule not in rules
        rules += [signal.rule] if is_named else []
        row = {"x": year(signal.first), "x2": year(signal.last) + 1 / 12, "label": labels[signal.rule]}
        layers += _band(
            row, rules.index(signal.rule), size, x, is_filled=signal.rule == "shift", is_named=is_named
        )
    return layers


def _band(row: dict, place: int, size: Size, x: dict, *, is_filled: bool, is_named: bool) -> list[dict]:
    data, above = {"data": {"values": [row]}}, -size.font * 0.5 - place * size.font * 1.6
    edge = {"type": "rule", "color": ACCENT, "strokeWidth": size.stroke * 1.6, "y": above}
    text = {
        "type": "text", "align": "left", "baseline": "bottom", "fontSize": size.font, "color": ACCENT, "y": above - 2,
    }  # fmt: skip
    layers = [data | {"mark": edge, "encoding": {"x": x, "x2": {"field": "x2"}}}]
    if is_filled:
        layers.insert(
            0, data | {"mark": {"type": "rect", "color": BAND}, "encoding": {"x": x, "x2": {"field": "x2"}}}
        )
    if is_named:
        layers.append(data | {"mark": text, "encoding": {"x": x, "text": {"field": "label"}}})
    return layers


def _baseline(on: dt.date, labels: dict[str, str], size: Size, x: dict) -> list[dict]:
    data = {"data": {"values": [{"x": year(on), "label": labels["baseline"]}]}}
    rule = {"type": "rule", "color": MUTED, "strokeDash": [1, 3], "strokeWidth": size.stroke}
    text = {
        "type": "text", "align": "left", "baseline": "bottom", "dx": 3, "y": size.height - 2, "fontSize": size.font,
        "color": MUTED,
    }  # fmt: skip
    return [
        data | {"mark": rule, "encoding": {"x": x}},
        data | {"mark": text, "encoding": {"x": x, "text": {"field": "label"}}},
    ]


def _outside(chart: Chart | None) -> set[tuple[int, int]]:
    """(year, month) of those beyond the limits."""
    found = chart.signals if chart else ()
    return {(signal.first.year, signal.first.month) for signal in found if signal.rule == "outside"}


def _months(
    dots: Sequence[Dot], outside: set[tuple[int, int]], labels: dict[str, str], size: Size, axes: dict
) -> list[dict]:
    rows, is_named = month_rows(dots), False
    for row, dot in zip(rows, dots, strict=True):
        row["is_outside"] = (dot.on.year, dot.on.month) in outside
        row["shape"] = "diamond" if row["is_outside"] else "circle"
        row["size"] = size.dot * (3 if row["is_outside"] else 1)
        row["stroke"] = LATE if row["is_outside"] else ACCENT
        row["name"] = labels["outside"] if row["is_outside"] and not is_named else ""
        is_named = is_named or row["is_outside"]  # the first is named; the others are as pointed and as dark
    data = {"data": {"values": rows}}
    line = {"type": "line", "color": ACCENT, "strokeWidth": size.stroke * 0.7}
    first, last = rows[0]["x"], rows[-1]["x"]
    named = [row for row in rows if row["name"]]
    is_early = bool(named) and named[0]["x"] - first < (last - first) / 3
    text = {
        "type": "text", "align": "left" if is_early else "right", "dx": size.font * (0.7 if is_early else -0.7),
        "fontSize": size.font, "color": LATE,
    }  # fmt: skip
    raw = {"type": "nominal", "scale": None}
    return [
        data | {"mark": line, "encoding": axes | {"detail": {"field": "stretch", "type": "nominal"}}},
        data
        | {
            "mark": {"type": "point", "filled": True, "opacity": 1, "strokeWidth": size.stroke * 0.7},
            "encoding": axes
            | {name: {"field": name} | raw for name in ("fill", "stroke", "shape")}
            | {"size": {"field": "size", "type": "quantitative", "scale": None, "legend": None}},
        },
        *(
            [{"data": {"values": named}, "mark": text, "encoding": axes | {"text": {"field": "name"}}}]
            if named
            else []
        ),
    ]
