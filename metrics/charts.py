"""Specifications of the charts that metrics show; sentences and tables beside them say the same."""

import json
from dataclasses import dataclass

from metrics.span import Span, UnitSpan
from ui.charts import ACCENT, BAND, INK, LATE, LINE, MUTED


@dataclass(frozen=True)
class Size:
    """Pixels on screen, points on paper."""

    width: int
    step: float
    font: int
    dot: int


SCREEN = Size(width=620, step=19, font=13, dot=60)
PAPER = Size(width=300, step=9.3, font=7, dot=20)
HIGHEST = 50


def _row(row: UnitSpan, labels: dict[str, str], is_first: bool) -> dict:
    return {
        "unit": row.unit.name,
        "order": row.unit.code,
        "department": (row.unit.department_short or row.unit.department) if is_first else "",
        "per": float(row.per_manager),
        "base": row.base,
        "low": None if row.base is None else 2 * row.base - (row.largest or row.base),
        "high": row.largest,
        "assessed": row.assessed,
        "stand": labels["over"] if row.over_base else labels["within"],
    }


def span_chart(span: Span, labels: dict[str, str], size: Size) -> dict:
    """One row a unit, departments ruled off: a dot for people per manager on a shared scale from 0, the base
    number as a tick, base − 10 to base + 10 as a band, the unit's own assessment as a dashed tick.

    `labels` words the axis and the legend: axis, within, over.
    """
    firsts = {row.unit.department_code: row.unit.code for row in reversed(span.units)}
    rows = [_row(row, labels, firsts[row.unit.department_code] == row.unit.code) for row in span.units]
    order = [row["order"] for row in rows]
    names = {row["order"]: row["unit"] for row in rows}
    y = {
        "field": "order", "type": "nominal", "title": None, "sort": order,
        "axis": {
            "labelExpr": f"{json.dumps(names)}[datum.label]", "labelLimit": size.font * 17,
            "ticks": False, "domain": False, "labelPadding": 6, "labelFontSize": size.font,
        },
    }  # fmt: skip
    domain = {"domain": [labels["within"], labels["over"]]}
    legend = {"orient": "top", "labelFontSize": size.font, "symbolSize": size.dot}

    def x(field: str) -> dict:
        axis = {"labelFontSize": size.font, "titleFontSize": size.font}
        scale = {"domain": [0, HIGHEST], "nice": False, "clamp": True}
        return {"field": field, "type": "quantitative", "scale": scale, "title": labels["axis"], "axis": axis}

    starts = [{"filter": "datum.department != ''"}]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": size.width,
        "height": {"step": size.step},
        "encoding": {"y": y},
        "layer": [
            {"mark": {"type": "bar", "color": BAND, "height": size.step * 0.72},
             "encoding": {"x": x("low"), "x2": {"field": "high"}}},
            {"mark": {"type": "rule", "color": LINE, "yOffset": -size.step / 2}, "transform": starts},
            {"mark": {"type": "text", "align": "right", "fontSize": size.font, "fontWeight": 600, "color": MUTED,
                      "x": size.width - 2},
             "transform": starts, "encoding": {"text": {"field": "department"}}},
            {"mark": {"type": "tick", "color": INK, "thickness": 1.2, "size": size.step * 0.72},
             "encoding": {"x": x("base")}},
            {"mark": {"type": "tick", "color": ACCENT, "thickness": 1, "size": size.step * 0.9, "strokeDash": [2, 2]},
             "transform": [{"filter": "datum.assessed != null"}], "encoding": {"x": x("assessed")}},
            {"mark": {"type": "point", "filled": True, "size": size.dot, "opacity": 1},
             "encoding": {
                 "x": x("per"),
                 "color": {"field": "stand", "type": "nominal", "title": None, "legend": legend,
                           "scale": domain | {"range": [ACCENT, LATE]}},
                 "shape": {"field": "stand", "type": "nominal", "title": None, "legend": legend,
                           "scale": domain | {"range": ["circle", "diamond"]}},
             }},
        ],
    }  # fmt: skip
