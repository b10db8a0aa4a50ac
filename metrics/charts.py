"""Specifications of the charts that metrics show; sentences and tables beside them say the same."""

from metrics.span import Span
from ui.charts import ACCENT, BAND, INK, LATE


def span_chart(span: Span, labels: dict[str, str], width: int = 420) -> dict:
    """One row a unit, grouped by department: a dot for people per manager on a shared scale from 0,
    the base number as a tick, base − 10 to base + 10 as a band, the unit's own assessment as an open tick.

    `labels` words the axis and the legend: axis, within, over.
    """
    rows = [
        {
            "unit": f"{row.unit.name}",
            "order": row.unit.code,
            "department": row.unit.department,
            "per": float(row.per_manager),
            "base": row.base,
            "low": None if row.base is None else 2 * row.base - (row.largest or row.base),
            "high": row.largest,
            "assessed": row.assessed,
            "stand": labels["over"] if row.over_base else labels["within"],
        }
        for row in span.units
    ]
    y = {
        "field": "unit", "type": "nominal", "title": None, "sort": {"field": "order"},
        "axis": {"labelLimit": 190, "ticks": False, "domain": False, "labelPadding": 8},
    }  # fmt: skip
    scale = {"domain": [0, 50], "nice": False}

    def x(field: str) -> dict:
        return {"field": field, "type": "quantitative", "scale": scale, "title": labels["axis"]}

    stand = {
        "field": "stand", "type": "nominal", "title": None,
        "scale": {"domain": [labels["within"], labels["over"]], "range": [ACCENT, LATE]},
        "legend": {"orient": "top"},
    }  # fmt: skip
    shape = {"field": "stand", "type": "nominal", "scale": {"domain": [labels["within"], labels["over"]],
             "range": ["circle", "diamond"]}, "legend": {"orient": "top"}, "title": None}  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "facet": {
            "row": {
                "field": "department", "type": "nominal", "sort": {"field": "order", "op": "min"}, "title": None,
                "header": {"labelAngle": 0, "labelAlign": "left", "labelOrient": "top", "labelAnchor": "start"},
            }
        },
        "spacing": 6,
        "spec": {
            "width": width,
            "height": {"step": 16},
            "layer": [
                {"mark": {"type": "bar", "color": BAND, "height": 12},
                 "encoding": {"y": y, "x": x("low"), "x2": {"field": "high"}}},
                {"mark": {"type": "tick", "color": INK, "thickness": 1.5, "size": 12},
                 "encoding": {"y": y, "x": x("base")}},
                {"mark": {"type": "tick", "color": ACCENT, "thickness": 1, "size": 16, "strokeDash": [2, 2]},
                 "transform": [{"filter": "datum.assessed != null"}], "encoding": {"y": y, "x": x("assessed")}},
                {"mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
                 "encoding": {"y": y, "x": x("per"), "color": stand, "shape": shape}},
            ],
        },
        "resolve": {"scale": {"y": "independent"}},
    }  # fmt: skip
