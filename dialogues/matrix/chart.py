"""A matrix as a picture: a circle for each cell, larger for more, with the count in it."""

from dataclasses import dataclass
from math import pi, sqrt

from dialogues.matrix.counts import Head, Matrix
from ui.charts import ACCENT, BAND, INK, LINE, MUTED, VEGA_LITE, as_is, lines, words
from ui.typeface import printable


@dataclass(frozen=True)
class Size:
    """Pixels on screen, points on paper."""

    labels: int
    plot: int
    row: float
    font: int
    widest: int  # a column, so that few of them stand close
    letter: float  # its usual width, in the font's size

    @property
    def longest(self) -> int:
        """Characters of a row's name that there is room for."""
        return int(self.labels / (self.font * self.letter))


SCREEN = Size(labels=340, plot=560, row=36, font=13, widest=88, letter=0.55)
PAPER = Size(labels=200, plot=282, row=18, font=8, widest=46, letter=0.46)


def _short(name: str, most: int) -> str:
    text = printable(name)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _head(columns: tuple[Head, ...], step: float, size: Size) -> tuple[dict, float]:
    """The columns' names as a layer, level where they fit and leaning where they do not; and the room they take."""
    names = [_short(column.label, 24) for column in columns]
    longest = max((len(name) for name in names), default=0) * size.font * size.letter
    leans = longest > step - size.font * 0.4
    top = longest * 0.6 + size.font * 1.6 if leans else size.font * 2
    rows = [
        {"mark": name, "x": size.labels + step * (place + 0.5), "y": top - size.font, "ink": MUTED}
        for place, name in enumerate(names)
    ]
    layer = words(rows, size.font, align="left" if leans else "center")
    if leans:
        layer["mark"]["angle"] = -38
    return layer, top


def _circles(matrix: Matrix, step: float, top: float, size: Size) -> list[dict]:
    """The smallest has room for its figure; from there on they grow with the root of the count."""
    smallest, widest = size.font * 1.35, min(step, size.row) * 0.96
    found = []
    for place, row in enumerate(matrix.rows):
        for column, count in enumerate(row.cells):
            if count:
                across = smallest + (widest - smallest) * sqrt((count - 1) / max(matrix.largest - 1, 1))
                x, y = size.labels + step * (column + 0.5), top + size.row * (place + 0.5)
                found.append({"x": x, "y": y, "area": across**2 * pi / 4, "mark": str(count), "ink": INK})
    return found


def matrix_chart(matrix: Matrix, size: Size) -> dict:
    """Rows down, departments across. Size and figure say the count, so it reads the same without colour."""
    step = min(size.widest, size.plot / max(len(matrix.columns), 1))
    head, top = _head(matrix.columns, step, size)
    width = size.labels + step * len(matrix.columns)
    middles = [top + size.row * (place + 0.5) for place in range(len(matrix.rows))]
    names = [
        {"mark": _short(row.head.name, size.longest), "x": 0, "y": y, "ink": INK}
        for row, y in zip(matrix.rows, middles, strict=True)
    ]
    rules = [
        {"x": 0, "y": y + size.row / 2, "x2": width, "y2": y + size.row / 2, "colour": LINE, "width": 0.7}
        for y in middles
    ]
    circles = _circles(matrix, step, top, size)
    lean = size.font * 3  # a leaning name of the last column reaches beyond it
    return {
        "$schema": VEGA_LITE,
        "width": width + lean,
        "height": top + size.row * len(matrix.rows) + 4,
        "padding": 2,
        "layer": [
            lines(rules),
            {
                "data": {"values": circles},
                "mark": {"type": "point", "shape": "circle", "fill": BAND, "stroke": ACCENT, "opacity": 1,
                         "strokeWidth": size.font / 13},
                "encoding": {"x": as_is("x"), "y": as_is("y"), "size": as_is("area")},
            },
            words(circles, size.font, 600), words(names, size.font, align="left"), head,
        ],
    }  # fmt: skip
