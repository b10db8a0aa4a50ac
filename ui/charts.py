"""Charts: a Vega-Lite specification becomes SVG or PNG, offline, in our typeface; drawn once for each content."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import font_source_sans_pro
from django.core.cache import cache

from ui import apart

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"  # the schema's name; nothing is fetched
DRAWING = Path(__file__).with_name("drawing.py")
FONT = "Source Sans Pro"
FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
INK, MUTED, LINE, ACCENT, LATE, BAND = "#16242c", "#4d5d68", "#d9e1e5", "#0b5566", "#97291b", "#e2f0f2"
CONFIG = {
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400, "labelColor": MUTED,
        "titleColor": MUTED, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE,
    },
    "header": {"labelFontSize": 13, "labelFontWeight": 600, "labelColor": INK, "title": None},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": MUTED},
}  # fmt: skip


def as_is(field: str, kind: str = "quantitative") -> dict:
    """A channel that takes a field's own pixels, colour or shape, in charts that place everything themselves."""
    return {"field": field, "type": kind, "scale": None}


def words(rows: list[dict], size: int, weight: int = 400, align: str = "center") -> dict:
    """A layer of texts: each row's `mark` at `x`, `y` in the colour `ink`."""
    return {
        "data": {"values": rows},
        "mark": {
            "type": "text", "fontSize": size, "fontWeight": weight, "align": align, "baseline": "middle",
        },
        "encoding": {
            "x": as_is("x"), "y": as_is("y"), "text": {"field": "mark"}, "color": as_is("ink", "nominal"),
        },
    }  # fmt: skip


def lines(rows: list[dict]) -> dict:
    """A layer of lines: from `x`, `y` to `x2`, `y2` in `colour` and `width`."""
    return {
        "data": {"values": rows},
        "mark": {"type": "rule"},
        "encoding": {
            "x": as_is("x"), "y": as_is("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"},
            "color": as_is("colour", "nominal"), "strokeWidth": as_is("width"),
        },
    }  # fmt: skip


SCALE = 2  # pixels of a PNG for each of the chart's own


def _text_and_key(kind: str, spec: dict) -> tuple[str, str]:
    """The specification as it is drawn, and where the cache keeps what is drawn."""
    text = json.dumps(spec | {"config": CONFIG}, sort_keys=True, ensure_ascii=False)
    return text, f"chart:{kind}{SCALE}:{hashlib.sha256(text.encode()).hexdigest()}"


def _drawn(kind: str, spec: dict):
    text, key = _text_and_key(kind, spec)
    found = cache.get(key)
    if found is None:
        from ui import drawing  # here, since its engine takes 8 MiB of a process that draws nothing

        drawing.load(str(FONT_FOLDER))
        found = drawing.draw(kind, text, SCALE)
        cache.set(key, found, None)
    return found


def svg(spec: dict) -> str:
    """The chart as SVG markup."""
    return _drawn("svg", spec)


def png(spec: dict) -> bytes:
    """The chart as PNG."""
    return _drawn("png", spec)


def draw_ahead(kind: str, specs: Iterable[dict]) -> None:
    """Draw what nobody has drawn yet of many charts, all at once in a process of its own."""
    wanted = {
        key: text for text, key in (_text_and_key(kind, spec) for spec in specs) if cache.get(key) is None
    }
    if wanted:
        drawn = apart.run(DRAWING, (str(FONT_FOLDER), [(kind, text, SCALE) for text in wanted.values()]))
        for key, picture in zip(wanted, drawn, strict=True):
            cache.set(key, picture, None)
