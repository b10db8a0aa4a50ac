"""Specifications of the charts that metrics show; sentences and tables beside them say the same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.span.measure import Span, UnitSpan
from ui.charts import ACCENT, BAND, INK, LATE, LINE, MUTED, VEGA_LITE
from ui.typeface import printable


@dataclass(frozen=True)
class Size:
    """Pixels on screen, points on paper."""

    width: int
    step: float
    font: int
    dot: int
    slack: int  # room for labels set in a wider typeface than the one they were measured in


SCREEN = Size(width=620, step=19, font=13, dot=60, slack=50)
PAPER = Size(width=300, step=9.3, font=7, dot=20, slack=5)
LEAST_HIGHEST, EVERY = 50, 5
LONGEST = 36  # characters of a label


def _label(name: str) -> str:
    """A name that the typeface can set, shortened here since the chart's own shortening may halve a character."""
    text = printable(name)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _labels(units: Sequence[UnitSpan]) -> list[str]:
    """One label a unit; where two would read alike, the code follows."""
    names = [_label(row.unit.shown_name) for row in units]
    alike = Counter(names)
    return [
        f"{name} {printable(row.unit.code)}" if alike[name] > 1 else name
        for name, row in zip(names, units, strict=True)
    ]


def _stand(row: UnitSpan) -> str:
    """over | within | without: a unit without a base number is never within it."""
    if row.base is None:
        return "without"
    return "over" if row.over_base else "within"


def _highest(span: Span) -> int:
    """Where the scale ends: 50, or the next five above whoever has more."""
    most = max((float(row.per_manager) for row in span.units), default=0)
    return max(LEAST_HIGHEST, (int(most) // EVERY + 1) * EVERY)


def _row(row: UnitSpan, label: str, position: int, is_first: bool, labels: dict[str, str]) -> dict:
    department = _label(row.unit.department_short or row.unit.department)
    return {
        "unit": label,
        "position": position,
        "department": department if is_first else "",
        "per": float(row.per_manager),
        "base": row.base,
        "low": None if row.base is None else 2 * row.base - (row.largest or row.base),
        "high": row.largest,
        "assessed": row.assessed,
        "stand": labels[_stand(row)],
    }


def _rows(span: Span, labels: dict[str, str]) -> list[dict]:
    rows, before = [], None
    for position, (row, label) in enumerate(zip(span.units, _labels(span.units), strict=True)):
        rows.append(_row(row, label, position, row.unit.department_code != before, labels))
        before = row.unit.department_code
    return rows


def span_chart(span: Span, labels: dict[str, str], size: Size) -> dict:
    """One row a unit, departments ruled off: a dot for people per manager on a shared scale from 0, the base
    number as a tick, base − 10 to base + 10 as a band, the unit's own assessment as a dashed tick.

    `labels` words the axis and the legend: axis, within, over, without.
    """
    highest = _highest(span)
    stands = ["within", "over", *(["without"] if span.without_base else [])]
    y = {
        "field": "unit", "type": "nominal", "title": None, "sort": {"field": "position", "op": "min"},
        "axis": {"labelLimit": 0, "ticks": False, "domain": False, "labelPadding": 6, "labelFontSize": size.font},
    }  # fmt: skip
    domain = {"domain": [labels[stand] for stand in stands]}
    legend = {
        "orient": "top", "labelFontSize": size.font, "symbolSize": size.dot, "columnPadding": size.font * 4,
    }  # fmt: skip

    def x(field: str) -> dict:
        axis = {
            "labelFontSize": size.font,
            "titleFontSize": size.font,
            "values": list(range(0, highest + 1, EVERY)),
        }
        scale = {"domain": [0, highest], "nice": False, "clamp": True}
        return {"field": field, "type": "quantitative", "scale": scale, "title": labels["axis"], "axis": axis}

    assessed = {
        # A rule across the row, since a tick is a filled shape and cannot be dashed.
        "mark": {
            "type": "rule",
            "color": ACCENT,
            "strokeWidth": size.step / 12,
            "strokeDash": [size.step / 6] * 2,
        },
        "transform": [{"filter": "datum.assessed != null"}],
        "encoding": {
            "x": x("assessed"),
            "y": y | {"bandPosition": 0},
            "y2": {"field": "unit", "bandPosition": 1},
        },
    }
    starts = [{"filter": "datum.department != ''"}]
    return {
        "$schema": VEGA_LITE,
        "data": {"values": _rows(span, labels)},
        "width": size.width,
        "height": {"step": size.step},
        "padding": {"left": size.slack, "top": 5, "right": 5, "bottom": 5},
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
            *([assessed] if span.assessed else []),
            {"mark": {"type": "point", "filled": True, "size": size.dot, "opacity": 1},
             "encoding": {
                 "x": x("per"),
                 "color": {"field": "stand", "type": "nominal", "title": None, "legend": legend,
                           "scale": domain | {"range": [ACCENT, LATE, MUTED][: len(stands)]}},
                 "shape": {"field": "stand", "type": "nominal", "title": None, "legend": legend,
                           "scale": domain | {"range": ["circle", "diamond", "cross"][: len(stands)]}},
             }},
        ],
    }  # fmt: skip
