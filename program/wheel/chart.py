"""The annual wheel as a picture: months outermost, then rings of processes, then rings of activities."""

import math
from collections.abc import Sequence

from program.wheel.load import MEETING, MONTHS, TRAINING, Occupation, in_ranges, months_in, weeks_in
from program.wheel.year import Entry
from ui.charts import ACCENT, BAND, INK, LATE, LINE, MUTED, VEGA_LITE, as_is, lines, words
from ui.typeface import printable

SIZE = 560
OUTER, MONTH_RING, INNER = 278, 30, 58
THICKEST, GAP = 27, 8
MOST_RINGS = 9
WEEKS_A_MONTH = 52.18 / 12
LOOKS = {  # fill, stroke and ink: dark, tinted and white are told apart without colour
    "process": (ACCENT, "#ffffff", "#ffffff"),
    "training": (BAND, ACCENT, INK),
    "other": ("#ffffff", MUTED, INK),
}

Arc = tuple[float, float]


def _arcs(occupation: Occupation, year: int) -> list[Arc]:
    """Where it lies on a circle of twelve months: by its weeks when it gives them."""
    if weeks := weeks_in(occupation, year):
        return [
            ((first - 1) / WEEKS_A_MONTH, min(last / WEEKS_A_MONTH, 12.0)) for first, last in in_ranges(weeks)
        ]
    return [(first - 1.0, float(last)) for first, last in in_ranges(months_in(occupation, year))]


def _meet(one: Sequence[Arc], other: Sequence[Arc]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def rings(entries: Sequence[Entry], year: int) -> list[list[tuple[Entry, list[Arc]]]]:
    """Entries packed into as few rings as they fit without lying on each other."""
    packed: list[list[tuple[Entry, list[Arc]]]] = []
    for entry in entries:
        arcs = _arcs(entry.occupation, year)
        if not arcs:
            continue
        ring = next((ring for ring in packed if not any(_meet(arcs, other) for _e, other in ring)), None)
        if ring is None:
            packed.append(ring := [])
        ring.append((entry, arcs))
    return packed


def _is_measure(entry: Entry) -> bool:
    """Measures often run for months and have room further in; trainings and meetings are short."""
    return entry.occupation.kind not in (TRAINING, MEETING)


def _shown(entries: Sequence[Entry], year: int) -> tuple[list, list]:
    """Rings of processes and of activities that there is room for."""
    processes = rings([row for row in entries if row.is_process], year)[: MOST_RINGS - 2]
    others = sorted((row for row in entries if not row.is_process), key=_is_measure)
    activities = rings(others, year)
    return processes, activities[: MOST_RINGS - len(processes)]


def drawn(entries: Sequence[Entry], year: int) -> set[str]:
    """The keys of what the picture holds."""
    return {entry.occupation.key for kind in _shown(entries, year) for ring in kind for entry, _a in ring}


def _rows(entries: Sequence[Entry], year: int) -> list[dict]:
    processes, activities = _shown(entries, year)
    count = len(processes) + len(activities)
    room = OUTER - MONTH_RING - INNER - (GAP if processes and activities else 0) - 6
    step = min(THICKEST, room / max(count, 1))
    rows = []
    for position, ring in enumerate(processes + activities):
        outer = OUTER - MONTH_RING - 6 - position * step
        if processes and position >= len(processes):
            outer -= GAP
        rows += [_row(entry, arc, outer, step) for entry, arcs in ring for arc in arcs]
    return rows


def _row(entry: Entry, arc: Arc, outer: float, step: float) -> dict:
    kind = entry.occupation.kind
    fill, stroke, ink = LOOKS["process" if entry.is_process else kind if kind == TRAINING else "other"]
    return {
        "mark": printable(entry.mark)[:4], "from": arc[0], "to": arc[1], "middle": sum(arc) / 2,
        "outer": outer, "inner": outer - step + 3, "radius": outer - step / 2 + 1.5,
        "fill": fill, "stroke": stroke, "ink": ink,
    }  # fmt: skip


def _x(angle: float, radius: float) -> float:
    return SIZE / 2 + math.sin(angle / 6 * math.pi) * radius


def _y(angle: float, radius: float) -> float:
    return SIZE / 2 - math.cos(angle / 6 * math.pi) * radius


def _placed(row: dict) -> dict:
    """With where its text stands, in pixels."""
    return row | {"x": _x(row["middle"], row["radius"]), "y": _y(row["middle"], row["radius"])}


def _turn(field: str) -> dict:
    scale = {"domain": [0, 12], "range": [0, 2 * math.pi], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "stack": None}


def _ring(rows: list[dict]) -> dict:
    return {
        "data": {"values": rows},
        "mark": {"type": "arc", "strokeWidth": 1.2},
        "encoding": {
            "theta": _turn("from"), "theta2": {"field": "to"}, "radius": as_is("outer"),
            "radius2": {"field": "inner"}, "fill": as_is("fill", "nominal"),
            "stroke": as_is("stroke", "nominal"),
        },
    }  # fmt: skip


def _spoke(angle: float, outer: float, colour: str, width: int) -> dict:
    return {
        "x": _x(angle, INNER - 8), "y": _y(angle, INNER - 8), "x2": _x(angle, outer), "y2": _y(angle, outer),
        "colour": colour, "width": width,
    }  # fmt: skip


def _spokes(now: float | None) -> list[dict]:
    """A thin line where each month begins, and a red one for today."""
    months = [_spoke(angle, OUTER - MONTH_RING, LINE, 1) for angle in range(12)]
    return months if now is None else [*months, _spoke(now, OUTER, LATE, 2)]


def wheel_chart(entries: Sequence[Entry], year: int, names: Sequence[str], now: float | None) -> dict:
    """Twelve months clockwise from the top, `names` around them; `now` is where today lies among twelve months."""
    rows = [_placed(row) for row in _rows(entries, year)]
    months = [
        _placed({
            "mark": names[month - 1], "from": month - 1, "to": month, "middle": month - 0.5, "outer": OUTER,
            "inner": OUTER - MONTH_RING, "radius": OUTER - MONTH_RING / 2, "fill": "#edf1f3", "stroke": "#ffffff",
            "ink": INK,
        })
        for month in MONTHS
    ]  # fmt: skip
    year_row = [{"mark": str(year), "x": SIZE / 2, "y": SIZE / 2, "ink": MUTED}]
    return {
        "$schema": VEGA_LITE,
        "width": SIZE,
        "height": SIZE,
        "padding": 2,
        "layer": [
            _ring(months), lines(_spokes(now)), _ring(rows), words(months, 16, 600), words(rows, 14, 600),
            words(year_row, 20, 600),
        ],
    }  # fmt: skip
