"""Distribution bars: how many per cent chose each step 1–5, a bar a wave, told apart by lightness and by figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.charts import INK, MUTED, VEGA_LITE
from ui.typeface import printable

STEPS = (1, 2, 3, 4, 5)
# From light to dark, far enough apart in grey; figures in ink on the light ones and in white on the dark.
SHADES = {1: "#f2f6f7", 2: "#cfdfe4", 3: "#9fc0ca", 4: "#3f7f90", 5: "#0b3d4a"}
INKS = {1: INK, 2: INK, 3: INK, 4: "#ffffff", 5: "#ffffff"}
LEAST = 5  # per cent: a narrower part has no room for its figure


@dataclass(frozen=True)
class Size:
    width: int
    step: int
    font: int
    slack: int  # room for labels set in a wider typeface than the one they were measured in


SCREEN = Size(width=560, step=34, font=13, slack=40)
PAPER = Size(width=330, step=17, font=7, slack=5)


@dataclass(frozen=True)
class Bar:
    """A wave or a group with its counts of 1–5, or why there are none to show."""

    label: str
    counts: tuple[int, int, int, int, int] | None
    instead: str = ""


def distribution_chart(bars: Sequence[Bar], labels: dict[int, str], size: Size) -> dict:
    """One bar a wave, from 1 to 5; `labels` words the steps."""
    parts = [row for place, bar in enumerate(bars) for row in _parts(bar, place, labels)]
    order = [printable(bar.label) for bar in bars]
    y = {
        "field": "bar", "type": "nominal", "title": None, "sort": order, "scale": {"domain": order},
        "axis": {"labelFontSize": size.font, "labelLimit": 0, "ticks": False, "domain": False, "labelPadding": 6},
    }  # fmt: skip
    x = {
        "type": "quantitative", "title": None, "scale": {"domain": [0, 100], "nice": False},
        "axis": {"values": [0, 25, 50, 75, 100], "labelFontSize": size.font, "labelExpr": "datum.label + ' %'"},
    }  # fmt: skip
    return {
        "$schema": VEGA_LITE,
        "width": size.width,
        "height": {"step": size.step},
        "padding": {"left": size.slack, "top": 5, "right": 5, "bottom": 5},
        "layer": [_bars(parts, size, labels, x, y), *_texts(bars, parts, size, x, y)],
    }


def _parts(bar: Bar, place: int, labels: dict[int, str]) -> list[dict]:
    if bar.counts is None or not sum(bar.counts):
        return []
    rows, total, before = [], sum(bar.counts), 0
    for step, count in zip(STEPS, bar.counts, strict=True):
        low, high = 100 * before / total, 100 * (before + count) / total
        before += count
        rows.append({
            "bar": printable(bar.label), "step": labels[step], "low": low, "high": high, "middle": (low + high) / 2,
            "figure": f"{round(high - low)}" if high - low >= LEAST else "", "ink": INKS[step],
        })  # fmt: skip
    return rows


def _bars(parts: list[dict], size: Size, labels: dict[int, str], x: dict, y: dict) -> dict:
    return {
        "data": {"values": parts},
        "mark": {"type": "bar", "height": size.step * 0.7, "stroke": MUTED, "strokeWidth": 0.6},
        "encoding": {
            "x": x | {"field": "low"}, "x2": {"field": "high"}, "y": y,
            "color": {
                "field": "step", "type": "nominal", "title": None, "sort": list(labels.values()),
                "scale": {"domain": list(labels.values()), "range": list(SHADES.values())},
                "legend": {"orient": "top", "labelFontSize": size.font, "symbolStrokeColor": MUTED,
                           "symbolStrokeWidth": 0.6, "labelLimit": 0, "columnPadding": size.font * 2},
            },
        },
    }  # fmt: skip


def _texts(bars: Sequence[Bar], parts: list[dict], size: Size, x: dict, y: dict) -> list[dict]:
    mark = {"type": "text", "fontSize": size.font, "baseline": "middle"}
    figures = {
        "data": {"values": parts},
        "mark": mark | {"fontWeight": 600},
        "encoding": {"x": x | {"field": "middle"}, "y": y, "text": {"field": "figure"},
                     "color": {"field": "ink", "type": "nominal", "scale": None}},
    }  # fmt: skip
    hidden = [{"bar": printable(bar.label), "words": bar.instead} for bar in bars if bar.counts is None]
    if not hidden:
        return [figures]
    return [
        figures,
        {
            "data": {"values": hidden},
            "mark": mark | {"align": "left", "color": MUTED, "x": 6},
            "encoding": {"y": y, "text": {"field": "words"}},
        },
    ]
