"""What the rows of a table say: activities with their steps and follow-ups, and what cannot be understood.

Pure: texts in, plain values out. Only columns that the table has become values; the rest is left alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from program.exchange import cells, columns
from program.exchange.cells import DateCell
from program.exchange.rows import (
    BY_LABEL,
    LIMITS,
    OUTCOME,
    ROLE,
    STEP_TEXT,
    STEPS_IN_A_CELL,
    TYPES,
    Row,
    Wrong,
)


@dataclass
class PartItem:
    """A step or a follow-up as the file has it; `row` is where."""

    row: int
    id: int | None
    values: dict[str, Any]
    trace: str = ""


@dataclass
class ActivityItem:
    """An activity as the file has it, with only the values that the file states."""

    sheet: str
    row: int
    id: int | None = None
    trace: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    steps: list[PartItem] = field(default_factory=list)
    follow_ups: list[PartItem] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class Reading:
    """All that a file says. `unknown` are headings, and `skipped` sheets, that nothing was read from."""

    items: list[ActivityItem]
    wrong: list[tuple[str, Wrong]]
    unknown: list[str]
    skipped: list[str]


def read(tables: Iterable[Any], known_roles: Iterable[str] = ()) -> Reading:
    """The activities of all tables that have headings we know. `known_roles` are keys as `cells.key` makes them."""
    roles = frozenset(known_roles)
    reading = Reading([], [], [], [])
    where: dict[str, int] = {}
    for table in tables:
        found, rows = _after_headings(table.rows)
        carries_on = not found and where and table.name.isdigit() and _same_width(table.rows, where)
        if not found and not carries_on:
            reading.skipped.append(table.name)
            continue
        where = found or where
        if found:
            reading.unknown += _unknown(table.rows, rows)
        for number, texts in rows if found else table.rows:
            if columns.recognise(texts) == where:
                continue  # headings repeated on a new page
            _take(reading, table.name, Row(number, texts, where), roles)
    return reading


def _after_headings(rows: list[tuple[int, list[str]]]) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    for index, (_number, texts) in enumerate(rows[:30]):
        if where := columns.recognise(texts):
            return where, rows[index + 1 :]
    return {}, []


def _same_width(rows: list[tuple[int, list[str]]], where: dict[str, int]) -> bool:
    """A table of Word that goes on from the one before."""
    return bool(rows) and len(rows[0][1]) > max(where.values())


def _unknown(rows: list[tuple[int, list[str]]], after: list[tuple[int, list[str]]]) -> list[str]:
    """Headings whose columns hold something that is not read."""
    headings = rows[len(rows) - len(after) - 1][1]
    return [
        text
        for index, text in enumerate(headings)
        if text.strip()
        and columns.plain(text) not in columns.HEADINGS
        and any(index < len(cells_) and cells_[index] for _number, cells_ in after)
    ]


def _take(reading: Reading, sheet: str, row: Row, roles: frozenset[str]) -> None:
    """Lay a row to what has been read so far."""
    kind = _type(row)
    last = reading.items[-1] if reading.items and reading.items[-1].sheet == sheet else None
    if kind == "activity":
        reading.items.append(_activity(sheet, row, roles))
    elif not kind:
        reading.wrong.append((sheet, Wrong("type", "not_a_type", row.text("type"), row.number)))
    elif last is None:
        reading.wrong.append((sheet, Wrong("type", "no_activity_above", row.text("type"), row.number)))
    elif kind == "more":
        last.steps += _steps_in_a_cell(row)
        last.wrong += row.wrong
    elif kind == "step":
        last.steps.append(_step(row))
        last.wrong += row.wrong
    else:
        last.follow_ups.append(_follow_up(row, kind))
        last.wrong += row.wrong


def _type(row: Row) -> str:
    """What the row is. Without a type: a measure below an empty heading belongs to the activity above."""
    word = row.text("type").casefold()
    if word:
        return next((kind for kind, words in TYPES.items() if word in words), "")
    heading = row.text("improvement") or row.text("title") or row.text("number")
    if not row.has("type") and not heading and row.text("measure"):
        return "more"
    return "activity"


def _activity(sheet: str, row: Row, roles: frozenset[str]) -> ActivityItem:
    item = ActivityItem(sheet, row.number, row.row_id("A"))
    item.values = dict(_values(row, roles))
    item.trace = row.text("trace")
    if not row.has("type"):
        item.steps = _steps_in_a_cell(row)
        item.follow_ups = _follow_ups_in_a_cell(row)
        own = [step.values["deadline"].when for step in item.steps if step.values["deadline"].when]
        if own and not item.values.get("deadline", DateCell("")).when:
            latest = max(own, key=lambda when: when.last)
            item.values["deadline"] = DateCell(latest.words or latest.last.isoformat(), latest)
    item.cells = {key: row.text(key) for key in row.where}
    item.wrong = row.wrong
    return item


def _values(row: Row, roles: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Key and value of every column that the row's table has, steps and follow-ups apart."""
    if row.has("improvement"):
        yield from _improvement(row)
    in_steps = not row.has("type")
    for key in row.where:
        if key in LIMITS and not (key == "measure" and in_steps):
            yield key, row.prose(key)
        elif key in ("level", "kind", "status"):
            yield key, row.choice(key)
        elif key in ("joint_responsibility", "is_existing", "is_recurring"):
            yield key, row.yes(key)
        elif key == "starts" or key == "completed" or (key == "deadline" and not _is_numbered(row)):
            yield key, row.date(key)
        elif key in ("departments", "needs"):
            yield key, tuple(cells.listed(row.text(key)))
    yield from _responsible(row, roles)
    yield from _extent(row)


def _is_numbered(row: Row) -> bool:
    """Several deadlines in one cell are the steps' own."""
    return not row.has("type") and set(cells.dates(row.text("deadline"))) != {""}


def _improvement(row: Row) -> Iterator[tuple[str, Any]]:
    found = cells.improvement(row.text("improvement"))
    row.within("improvement", found.current_state, LIMITS["current_state"])
    yield "number", found.number or row.text("number")
    yield "title", found.title
    yield "current_state", found.current_state
    if not row.has("area"):
        yield "area_hint", found.area


def _responsible(row: Row, roles: frozenset[str]) -> Iterator[tuple[str, Any]]:
    if not row.has("responsible"):
        return
    text = row.text("responsible")
    if cells.is_joint(text) and cells.key(text) not in roles:
        yield "joint_responsibility", True
        yield "responsible", ()
        return
    found = tuple(cells.names(text, roles))
    for name in found:
        row.within("responsible", name, ROLE)
    yield "responsible", found


def _extent(row: Row) -> Iterator[tuple[str, Any]]:
    """What an activity costs in time and whom, and the plans it stands in."""
    if row.has("hours_per_manager"):
        text = row.text("hours_per_manager")
        hours = cells.decimal(text) if text else None
        if text and (hours is None or hours > 2000):
            row.refuse("hours_per_manager", "not_hours", text)
        else:
            yield "hours_per_manager", hours
    if row.has("months"):
        found = cells.months(row.text("months"))
        if found is None:
            row.refuse("months", "not_months", row.text("months"))
        yield "months", tuple(found or ())
    if row.has("audiences"):
        yield "audiences", tuple(_chosen(row, "audiences", cells.listed(row.text("audiences"))))
    if row.has("plan_links"):
        yield "plan_links", tuple(sorted(_plan_links(row)))


def _chosen(row: Row, key: str, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if text.casefold() in BY_LABEL[key]:
            yield BY_LABEL[key][text.casefold()]
        else:
            row.refuse(key, "not_a_choice", text)


def _plan_links(row: Row) -> Iterator[tuple[int, str, str]]:
    """Year, plan and note of each: "Budget 2025; Verksamhetsplan 2026 (mål 3)"; each plan and year once."""
    seen: set[tuple[str, str]] = set()
    for text in cells.listed(row.text("plan_links")):
        found = re.fullmatch(
            r"(\w+(?: \w+){0,2}) ((?:19|20)[0-9]{2})(?: \((.{1,200})\))?", " ".join(text.split())[:300]
        )
        plan = BY_LABEL["plan"].get(found[1].casefold()) if found else None
        if found is None or plan is None or (found[2], plan) in seen:
            row.refuse("plan_links", "not_a_plan", text)
        else:
            seen.add((found[2], plan))
            yield int(found[2]), plan, found[3] or ""


def _step(row: Row) -> PartItem:
    """A row of its own for a step."""
    values = {
        "number": row.prose("number"),
        "text": row.prose("title", STEP_TEXT, "text"),
        "deadline": row.date("deadline"),
        "completed": row.date("completed"),
    }
    if not values["text"]:
        row.refuse("title", "missing")
    return PartItem(row.number, row.row_id("D"), values, row.text("trace"))


def _steps_in_a_cell(row: Row) -> list[PartItem]:
    """The measures of a cell, each with the deadline of its number, if it has one of its own."""
    own = cells.dates(row.text("deadline")) if row.has("deadline") else {}
    found = cells.numbered(row.text("measure"))[:STEPS_IN_A_CELL]
    for number, cell in own.items():
        if number and cell.is_wrong:
            row.refuse("deadline", "not_a_date", cell.text)
        elif number and number not in {item.number for item in found}:
            row.refuse("deadline", "no_such_number", number)
    steps = []
    for item in found:
        row.within("measure", item.text, STEP_TEXT)
        deadline = own.get(item.number, DateCell("")) if item.number else DateCell("")
        steps.append(
            PartItem(row.number, None, {"number": item.number, "text": item.text, "deadline": deadline})
        )
    return steps


def _follow_up(row: Row, kind: str) -> PartItem:
    planned = row.date("deadline")
    values = {
        "kind": kind,
        "planned": planned,
        "held": row.date("completed"),
        "outcome": row.prose("outcome", OUTCOME),
    }
    if not planned.text:
        row.refuse("deadline", "missing")
    return PartItem(row.number, row.row_id("U"), values, row.text("trace"))


def _follow_ups_in_a_cell(row: Row) -> list[PartItem]:
    items = []
    for column in ("follow_up", "evaluation"):
        for kind, cell in cells.follow_ups(row.text(column), column):
            if cell.is_wrong:
                row.refuse(column, "not_a_date", cell.text)
            items.append(PartItem(row.number, None, {"kind": kind, "planned": cell}))
    return items
