"""Charts: a Vega-Lite specification becomes SVG or PNG, offline, in our typeface; drawn once for each content."""

import hashlib
import json
from functools import cache as once
from pathlib import Path

import font_source_sans_pro
import vl_convert
from django.core.cache import cache

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


@once
def _ready() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))


def _drawn(kind: str, spec: dict, draw):
    text = json.dumps(spec | {"config": CONFIG}, sort_keys=True, ensure_ascii=False)
    key = f"chart:{kind}:{hashlib.sha256(text.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        _ready()
        found = draw(text)
        cache.set(key, found, None)
    return found


def svg(spec: dict) -> str:
    """The chart as SVG markup."""
    return _drawn("svg", spec, lambda text: vl_convert.vegalite_to_svg(text))


def png(spec: dict, scale: int = 2) -> bytes:
    """The chart as PNG, `scale` pixels for each of its own."""
    return _drawn(f"png{scale}", spec, lambda text: vl_convert.vegalite_to_png(text, scale=scale))
