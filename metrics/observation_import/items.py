"""What the rows of a table say: one item a value, and what cannot be understood. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from metrics.observation_import import columns, figures, periods
from metrics.observation_import.columns import COUNTS, GROUP_COLUMNS, N_ROWS, Layout
from metrics.observation_import.figures import NotAFigure
from metrics.observation_import.periods import Written
from program.exchange.cells import yes_or_no
from program.exchange.columns import plain

YES_OR_NO = ("is_preliminary", "is_approximate")
TEXTS = ("words", "missing_reason")
HEADINGS_WITHIN = 30  # rows


@dataclass(frozen=True)
class Wrong:
    """What cannot be understood: a code of `wording.WRONG`, the text, what is near to it, and where it stands."""

    sheet: str
    row: int
    column: str
    code: str
    text: str = ""
    near: str = ""


@dataclass
class Item:
    """One value as the file has it. `said` holds only the fields that the file has a column for.

    `value` is a Figure, counts are whole numbers, `known_on` a day; None where the cell is empty.
    """

    sheet: str
    row: int
    column: str
    layout: Layout
    indicator: str
    group: str
    written: Written | None
    said: dict[str, Any] = field(default_factory=dict)
    breakdown: str = ""
    category: str = ""
    wrong: list[Wrong] = field(default_factory=list)

    def refuse(self, key: str, code: str, text: str = "", near: str = "") -> None:
        """Say what is wrong at a column, by its key."""
        heading = (
            self.column if key in ("value", "period") and self.layout.is_wide else self.layout.heading(key)
        )
        self.wrong.append(Wrong(self.sheet, self.row, heading, code, text[:80], near))


@dataclass
class Reading:
    """All that a file says. `unknown` are headings and `skipped` sheets that nothing was read from; `empty` counts
    the rows without a value, `is_wide` whether any table has a month a column."""

    items: list[Item] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    empty: int = 0
    is_wide: bool = False
    has_headings: bool = False
    widest: int = 0

    @property
    def names_no_indicator(self) -> bool:
        return bool(self.items) and not any(item.indicator for item in self.items)


def read(tables: Iterable[Any]) -> Reading:
    """The values of all tables that have headings we know."""
    reading = Reading()
    for table in tables:
        layout, rows = _after_headings(table.rows)
        if layout is None:
            reading.skipped.append(table.name)
            continue
        reading.has_headings = True
        reading.is_wide |= layout.is_wide
        reading.widest = max(reading.widest, len(layout.filled))
        reading.unknown += columns.unknown(layout)
        found = _wide(table.name, rows, layout) if layout.is_wide else _long(table.name, rows, layout)
        for item in found:
            if item is None:
                reading.empty += 1
            else:
                reading.items.append(item)
    return reading


def _after_headings(
    rows: Sequence[tuple[int, list[str]]],
) -> tuple[Layout | None, Sequence[tuple[int, list[str]]]]:
    for index, (_number, texts) in enumerate(rows[:HEADINGS_WITHIN]):
        if layout := columns.recognise(texts):
            return layout, rows[index + 1 :]
    return None, []


def _text(texts: Sequence[str], where: dict[str, int], key: str) -> str:
    index = where.get(key, -1)
    return " ".join(texts[index].split()) if 0 <= index < len(texts) else ""


def _long(sheet: str, rows: Iterable[tuple[int, list[str]]], layout: Layout) -> Iterator[Item | None]:
    """One item a row; None for a row that says nothing of a value."""
    for number, texts in rows:
        cells = {key: _text(texts, layout.where, key) for key in layout.where}
        item = Item(
            sheet, number, "", layout, cells.get("indicator", ""), cells.get("group", ""),
            periods.parse(cells["period"]), {}, cells.get("breakdown", ""), cells.get("category", ""),
        )  # fmt: skip
        _take(item, cells)
        if not item.wrong and not _says_something(item.said):
            yield None
            continue
        if item.written is None:
            item.refuse("period", "not_a_period" if cells["period"] else "no_period", cells["period"])
        yield item


def _says_something(said: dict[str, Any]) -> bool:
    return any(said.get(key) is not None for key in ("value", *COUNTS)) or bool(said.get("missing_reason"))


def _take(item: Item, cells: dict[str, str]) -> None:
    """Every cell of a row that the layout has, by its field."""
    for key in ("value", *COUNTS):
        if key in cells:
            item.said[key] = _figure(item, key, cells[key])
    for key in YES_OR_NO:
        if key in cells:
            found = yes_or_no(cells[key])
            if found is None:
                item.refuse(key, "not_yes_or_no", cells[key])
            item.said[key] = bool(found)
    item.said |= {key: cells[key] for key in TEXTS if key in cells}
    if cells.get("known_on"):
        item.said["known_on"] = _day(item, cells["known_on"])


def _figure(item: Item, key: str, text: str) -> Any:
    try:
        return figures.figure(text) if key == "value" else figures.count(text)
    except NotAFigure:
        item.refuse(key, "not_a_figure" if key == "value" else "not_a_count", text)
        return None


def _day(item: Item, text: str) -> dt.date | None:
    found = periods.parse(text)
    if found is None or found.period.first != found.period.last:
        item.refuse("known_on", "not_a_day", text)
        return None
    return found.period.first


def _wide(sheet: str, rows: Iterable[tuple[int, list[str]]], layout: Layout) -> Iterator[Item | None]:
    """One item a cell that holds something. A row whose indicator is "antal" gives how many are behind the row above."""
    items: dict[int, Item] = {}
    for number, texts in rows:
        said = _text(texts, layout.where, "indicator")
        own = _group(texts, layout)
        if plain(said) in N_ROWS or ("indicator" not in layout.where and plain(own) in N_ROWS):
            _lay_to(items, texts, layout)
            continue
        items = dict(_cells(sheet, number, texts, layout, said, own))
        yield from items.values() if items else [None]


def _group(texts: Sequence[str], layout: Layout) -> str:
    """The first column of a group that is filled in, the finest first."""
    return next(filter(None, (_text(texts, layout.where, key) for key in GROUP_COLUMNS)), "")


def _cells(
    sheet: str, number: int, texts: Sequence[str], layout: Layout, indicator: str, group: str
) -> Iterator[tuple[int, Item]]:
    answered = _text(texts, layout.where, "answered")
    for index, column in layout.months.items():
        text = texts[index] if index < len(texts) else ""
        item = Item(sheet, number, layout.headings[index], layout, indicator, group, Written(column))
        item.said["value"] = _figure(item, "value", text)
        if item.said["value"] is None and not item.wrong:
            continue
        if "answered" in layout.where:
            item.said["answered"] = _figure(item, "answered", answered)
        yield index, item


def _lay_to(items: dict[int, Item], texts: Sequence[str], layout: Layout) -> None:
    """How many are behind each of the items of the row above."""
    for index, item in items.items():
        text = texts[index] if index < len(texts) else ""
        item.said["answered"] = _figure(item, "answered", text)
