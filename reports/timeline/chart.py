"""The timeline as a picture: one row an activity under its area, everything placed in pixels."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.timeline.rows import COMMITTEE, STEP, Bar, Timeline, within
from ui import formats
from ui.charts import ACCENT, INK, LATE, LINE, MUTED, VEGA_LITE, as_is, lines, words
from ui.typeface import printable

LABELS, PLOT, WORDS = 310, 730, 92  # columns: names, days, status
ROW, TOP, BOTTOM = 22, 44, 10
LONGEST = 41  # characters of a name
SHORTEST = 5  # pixels of a bar
DAY_ROOM = 56  # pixels that a meeting's day needs before the next meeting
LOOKS = {  # fill and stroke; the word stands at the right
    "completed": ("#1c6437", "#1c6437"),
    "under_way": ("#17558f", "#17558f"),
    "planned": ("#ffffff", "#46545f"),
    "late": ("#97291b", "#97291b"),
    "stopped": ("#f0ebf5", "#5a486b"),
}
SHAPES = {STEP: "diamond", "follow_up": "triangle-up", "evaluation": "square"}


@dataclass
class _Sheet:
    """What has been placed so far."""

    texts: list[dict] = field(default_factory=list)
    bold: list[dict] = field(default_factory=list)
    states: list[dict] = field(default_factory=list)
    heads: list[dict] = field(default_factory=list)
    rules: list[dict] = field(default_factory=list)
    bars: list[dict] = field(default_factory=list)
    marks: list[dict] = field(default_factory=list)


def _short(name: str) -> str:
    text = printable(name)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _x(day: dt.date, found: Timeline) -> float:
    whole = (found.last - found.first).days + 1
    return LABELS + PLOT * (day - found.first).days / whole


def _text(mark: str, x: float, y: float, ink: str = INK) -> dict:
    return {"mark": mark, "x": x, "y": y, "ink": ink}


def _rule(x: float, y: float, x2: float, y2: float, colour: str = LINE, width: float = 1) -> dict:
    return {"x": x, "y": y, "x2": x2, "y2": y2, "colour": colour, "width": width}


def _bar(sheet: _Sheet, x: float, x2: float, y: float, look: tuple) -> None:
    fill, stroke = look
    half = ROW * 0.27
    sheet.bars.append(
        {"x": x, "x2": max(x2, x + SHORTEST), "y": y - half, "y2": y + half, "fill": fill, "stroke": stroke}
    )  # fmt: skip


def _mark(sheet: _Sheet, x: float, y: float, shape: str, fill: str) -> None:
    sheet.marks.append({"x": x, "y": y, "shape": shape, "fill": fill})


def _activity(sheet: _Sheet, bar: Bar, y: float, found: Timeline, labels: dict[str, str]) -> None:
    part = within(bar, found.first, found.last)
    begin, end = part.first or part.last, part.last or part.first
    if begin and end and begin <= end:
        _bar(sheet, _x(begin, found), _x(end + dt.timedelta(days=1), found), y, LOOKS[bar.badge])
    for row in part.milestones:
        _mark(sheet, _x(row.day, found), y, SHAPES[row.kind], INK if row.is_done else "#ffffff")
    sheet.texts.append(_text(_short(bar.label), 0, y))
    sheet.states.append(_text(labels[bar.badge], LABELS + PLOT + 10, y, MUTED))


def _heading(sheet: _Sheet, name: str, y: float) -> None:
    sheet.bold.append(_text(_short(name), 0, y + 1))
    sheet.rules.append(_rule(0, y - ROW / 2, LABELS + PLOT + WORDS, y - ROW / 2))


def _moments(sheet: _Sheet, found: Timeline, bottom: float, labels: dict[str, str], language: str) -> float:
    """Two rows on top: when committees meet, drawn all the way down, and how the work goes."""
    committee, process = TOP + ROW / 2, TOP + ROW * 1.5
    meetings = [_x(max(row.first, found.first), found) for row in found.moments if row.kind == COMMITTEE]
    for row in found.moments:
        begin, end = max(row.first, found.first), min(row.last, found.last)
        x = _x(begin, found)
        if row.kind == COMMITTEE:
            sheet.rules.append(_rule(x, committee, x, bottom, "#9fc4cc"))
            _mark(sheet, x, committee, "circle", ACCENT)
            if not any(0 < other - x < DAY_ROOM for other in meetings):
                sheet.states.append(_text(formats.short_day(row.first, language), x + 8, committee, MUTED))
        elif begin == end:
            _mark(sheet, x, process, "circle", "#ffffff")
        else:
            look = ("#e2f0f2", ACCENT)
            _bar(sheet, x, _x(end + dt.timedelta(days=1), found), process, look)
    sheet.bold += [_text(labels["committee"], 0, committee), _text(labels["process"], 0, process)]
    return TOP + ROW * 2


def _days(sheet: _Sheet, found: Timeline, bottom: float, language: str, today: str) -> None:
    """Years, and months when there is one year only, quarters when there are more; today in red."""
    is_one = found.first.year == found.last.year
    for year in range(found.first.year, found.last.year + 1):
        start = dt.date(year, 1, 1)
        sheet.rules.append(_rule(_x(start, found), TOP - 16, _x(start, found), bottom, "#b9c4ca"))
        if not is_one:
            middle = (_x(start, found) + _x(dt.date(year, 12, 31), found)) / 2
            sheet.heads.append(_text(str(year), middle, TOP - 10, MUTED))
        for month in range(1, 13) if is_one else (4, 7, 10):
            x = _x(dt.date(year, month, 1), found)
            sheet.rules.append(_rule(x, TOP, x, bottom, "#edf1f3"))
            if is_one:
                sheet.heads.append(
                    _text(formats.short_month(month, language), x + PLOT / 24, TOP - 10, MUTED)
                )
    if found.first <= found.today <= found.last:
        x = _x(found.today, found)
        sheet.rules.append(_rule(x, TOP - 22, x, bottom, LATE, 1.6))
        sheet.heads.append(_text(today, x, TOP - 32, LATE))


def _filled(rows: list[dict], mark: dict, extra: dict) -> dict:
    channels = {"x": as_is("x"), "y": as_is("y"), "fill": as_is("fill", "nominal")}
    return {"data": {"values": rows}, "mark": mark, "encoding": channels | extra}


def _spec(sheet: _Sheet, height: float) -> dict:
    bar = {"x2": {"field": "x2"}, "y2": {"field": "y2"}, "stroke": as_is("stroke", "nominal")}
    point = {"shape": as_is("shape", "nominal")}
    return {
        "$schema": VEGA_LITE,
        "width": LABELS + PLOT + WORDS,
        "height": height,
        "padding": 2,
        "layer": [
            lines(sheet.rules),
            _filled(sheet.bars, {"type": "rect", "strokeWidth": 1.2}, bar),
            _filled(sheet.marks, {"type": "point", "size": 62, "stroke": INK, "strokeWidth": 1.3, "opacity": 1}, point),
            words(sheet.texts, 13, align="left"), words(sheet.bold, 13, 600, "left"),
            words(sheet.states, 12, align="left"), words(sheet.heads, 13),
        ],
    }  # fmt: skip


def timeline_chart(found: Timeline, labels: dict[str, str], language: str) -> dict:
    """Committee dates and process on top, then the pictured activities area by area.

    `labels` words each status and late, and: committee, process, today.
    """
    sheet = _Sheet()
    rows = _rows(found.pictured)
    bottom = TOP + ROW * (2 + len(rows))
    _days(sheet, found, bottom, language, labels["today"])
    y = _moments(sheet, found, bottom, labels, language) + ROW / 2
    for row in rows:
        if isinstance(row, Bar):
            _activity(sheet, row, y, found, labels)
        else:
            _heading(sheet, row, y)
        y += ROW
    return _spec(sheet, bottom + BOTTOM)


def _rows(bars: Sequence[Bar]) -> list[Bar | str]:
    """Each area's name, and its bars beneath."""
    rows: list[Bar | str] = []
    before = None
    for bar in bars:
        if bar.area != before:
            rows.append(bar.area)
        rows.append(bar)
        before = bar.area
    return rows
