"""A prioritisation as a picture: an option's name and percent on a line, its bar beneath; drawn from nought."""

from dialogues.voting.results import Result
from ui.charts import ACCENT, INK, MUTED, as_is, words
from ui.typeface import printable

WIDTH, ROW, BAR, FONT = 520, 50, 14, 15
LONGEST = 56  # characters of a name


def _short(name: str) -> str:
    text = printable(name)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def result_chart(result: Result) -> dict:
    """Bars in one colour, most first. What is unknown of a reported result is one hollow bar, named by the note on it."""
    told = [(line.text, line.percent, line.share) for line in result.lines if line.share is not None]
    most = max([share for _text, _percent, share in told] + [result.rest or 0, 1])
    names, percents, bars = [], [], []
    for place, (text, percent, share) in enumerate(told):
        y = place * ROW
        names.append({"mark": _short(text), "x": 0, "y": y + 12, "ink": INK})
        percents.append({"mark": percent, "x": WIDTH, "y": y + 12, "ink": INK})
        bars.append(_bar(y, share / most, ACCENT, ACCENT))
    if result.rest:
        y = len(told) * ROW
        names.append({"mark": _short(result.notes[0].rstrip(".")), "x": 0, "y": y + 12, "ink": MUTED})
        bars.append(_bar(y, result.rest / most, "#ffffff", MUTED))
    return {
        "width": WIDTH, "height": len(names) * ROW, "padding": 2,
        "layer": [_bars(bars), words(names, FONT, align="left"), words(percents, FONT, 600, align="right")],
    }  # fmt: skip


def _bar(y: float, part: float, fill: str, stroke: str) -> dict:
    return {
        "x": 0.5, "x2": 0.5 + (WIDTH - 1) * part, "y": y + 24, "y2": y + 24 + BAR, "fill": fill,
        "stroke": stroke,
    }  # fmt: skip


def _bars(rows: list[dict]) -> dict:
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "strokeWidth": 1.5},
        "encoding": {
            "x": as_is("x"), "y": as_is("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"},
            "fill": as_is("fill", "nominal"), "stroke": as_is("stroke", "nominal"),
        },
    }  # fmt: skip
