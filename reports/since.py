"""What two reports say differently: this period beside the last, or a frozen report beside its own data today.

Pure: compares two `Content`s, both already in words. Two questions are asked of it:

`compare(previous, now)` – what is otherwise than in the previous report: rows, cells and texts, and which sections'
texts nobody has touched (`untouched`). For the page where a report is completed.

`differences(frozen, recomposed)` – what a frozen report said that its own data no longer says when the same report is
composed again for the same cut-off. Everything in a report is dated on or before its cut-off, so a difference means
that somebody has changed history since (or that the product words it otherwise after an upgrade). For the secretary.

Tables are the same table when they have the same key in the same section (without keys, as in schema 1, the same
caption); rows when their first cells are alike; columns when they have the same name. Codes of sources (A3, B1) are
never compared: they are given in the order in which things are met.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from reports.content import Bullets, Changes, Chart, Content, Numbered, Section, Sentence, Table, paragraphs

T = TypeVar("T", str, tuple[str, ...])
Row = tuple[str, ...]
Column = tuple[str, tuple[tuple[str, str], ...]]  # its name, and (first cell of the row, cell) of each row
ALIKE = 0.6  # two texts this alike (difflib's ratio) are one text that was changed
DOCUMENTS = "Beslutsunderlag"  # the heading that the letter's documents stand under


@dataclass(frozen=True)
class Cell:
    """One cell that differs: the row's first cell, the column's name, what it said then and says now."""

    row: str
    column: str
    then: str
    now: str


@dataclass(frozen=True)
class TableChange:
    """One table that differs. `section` and `key` name it, `heading` and `caption` are what the reader sees.

    `added` and `gone` are whole rows, in the order of the table that has them; `changed` are single cells. A table
    that only one of the two reports has is told by all its rows. `columns` are the names of the columns of those rows;
    `columns_added` and `columns_gone` are columns that only one of the two tables has, each with its cells as
    (first cell of the row, cell).
    """

    section: str
    heading: str
    key: str
    caption: str
    columns: tuple[str, ...]
    added: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    changed: tuple[Cell, ...] = ()
    columns_added: tuple[Column, ...] = ()
    columns_gone: tuple[Column, ...] = ()
    is_new: bool = False

    @property
    def is_any(self) -> bool:
        return bool(self.added or self.gone or self.changed or self.columns_added or self.columns_gone)


@dataclass(frozen=True)
class TextChange:
    """One computed sentence, point or picture's caption that differs; `then` is empty for a new one, `now` for one
    that is gone."""

    section: str
    heading: str
    then: str
    now: str


@dataclass(frozen=True)
class Changed:
    """Everything that differs between two reports, section by section in the later one's order.

    `untouched` are the keys of the sections whose own text is word for word the same; empty texts are not among them.
    """

    tables: tuple[TableChange, ...]
    texts: tuple[TextChange, ...]
    untouched: frozenset[str]


@dataclass(frozen=True)
class Difference:
    """One plain row for the secretary's list.

    `heading` is the section's, `caption` the table's (empty for a sentence), `row` its first cell and `column` the
    column's name (empty where the whole row is meant). `then` is empty for what the frozen report did not say, `now`
    for what the data no longer says.
    """

    heading: str
    caption: str
    row: str
    column: str
    then: str
    now: str


def compare(previous: Content, now: Content) -> Changed:
    """What the report says that the previous one did not, and the other way round; only sections that both have."""
    pairs = list(_sections(previous, now))
    return Changed(
        tuple(change for then, later in pairs for change in _tables(then, later)),
        tuple(change for then, later in pairs for change in _texts(then, later)),
        frozenset(untouched(previous, now)),
    )


def untouched(previous: Content, now: Content) -> set[str]:
    """Keys of sections whose text is word for word what it was in the previous report.

    Line breaks and runs of blanks do not make a text another; an empty text is not untouched but unwritten.
    """
    return {
        later.key
        for then, later in _sections(previous, now)
        if later.narrative.strip() and paragraphs(then.narrative) == paragraphs(later.narrative)
    }


def differences(frozen: Content, recomposed: Content) -> list[Difference]:
    """What the frozen report said that its own data no longer says, and what its data says that it did not.

    Both are contents of one report with one cut-off. Texts that people write are left out (they are not data), and so
    are sections that only one of the two has (the organisation's layout has changed). What is new is left out when
    the frozen content is of an earlier schema, which did not tell as much.
    """
    changed = compare(frozen, recomposed)
    tells_as_much = frozen.schema >= recomposed.schema
    found = [
        row for table in changed.tables if tells_as_much or not table.is_new for row in _rows_told(table)
    ]
    found += [
        Difference(text.heading, "", "", "", text.then, text.now)
        for text in changed.texts
        if tells_as_much or text.then
    ]
    gone, added = _apart(frozen.letter.documents, recomposed.letter.documents)
    found += [Difference(DOCUMENTS, "", "", "", then, now) for then, now in _paired(gone, added)]
    order = {row.heading: at for at, row in enumerate(frozen.whole)}
    return sorted(found, key=lambda row: order.get(row.heading, len(order)))


def _sections(previous: Content, now: Content) -> Iterator[tuple[Section, Section]]:
    """Sections that both reports have, as (then, now), in the later one's order."""
    before = {row.key: row for row in previous.whole}
    for row in now.whole:
        if row.key in before:
            yield before[row.key], row


# Tables


def _tables(then: Section, now: Section) -> Iterator[TableChange]:
    old, new = _tables_of(then), _tables_of(now)
    used: set[int] = set()
    for table in new:
        before = next((row for row in old if id(row) not in used and _same(row, table)), None)
        if before is not None:
            used.add(id(before))
        change = _table(now, before, table)
        if change.is_any:
            yield change
    for table in old:
        if id(table) not in used and table.rows:
            yield TableChange(now.key, now.heading, table.key, table.caption, table.columns, gone=table.rows)


def _tables_of(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def _same(one: Table, other: Table) -> bool:
    if one.key and other.key:
        return one.key == other.key
    return one.caption == other.caption


def _table(section: Section, then: Table | None, now: Table) -> TableChange:
    named = (section.key, section.heading, now.key, now.caption, now.columns)
    if then is None:
        return TableChange(*named, added=now.rows, is_new=True)
    gone, added, pairs = _rows(then.rows, now.rows)
    changed = [cell for before, after in pairs for cell in _cells(then, before, now, after)]
    return TableChange(
        *named, tuple(added), tuple(gone), tuple(changed), _columns(now, then), _columns(then, now)
    )


def _rows(then: Sequence[Row], now: Sequence[Row]) -> tuple[list[Row], list[Row], list[tuple[Row, Row]]]:
    """Rows gone, rows added, and rows with the same first cell that are not alike, as (then, now).

    Where a first cell stands on several rows, those that are alike are one another's; the rest follow in order.
    """
    gone, added = _apart(then, now)
    pairs: list[tuple[Row, Row]] = []
    for row in list(gone):
        match = next((other for other in added if other[:1] == row[:1]), None)
        if match is not None:
            gone.remove(row)
            added.remove(match)
            pairs.append((row, match))
    return gone, added, pairs


def _cells(then: Table, before: Row, now: Table, after: Row) -> Iterator[Cell]:
    """Cells that differ, by the columns' names; a column that only one table has is told by itself."""
    old = dict(zip(then.columns, before, strict=False))
    for column, cell in zip(now.columns, after, strict=False):
        if column in old and old[column] != cell:
            yield Cell(after[0], column, old[column], cell)


def _columns(table: Table, other: Table) -> tuple[Column, ...]:
    """The columns that the other table has not."""
    return tuple(
        (name, tuple((row[0], row[at]) for row in table.rows if at < len(row)))
        for at, name in enumerate(table.columns)
        if at and name not in other.columns
    )


def _rows_told(table: TableChange) -> Iterator[Difference]:
    for cell in table.changed:
        yield Difference(table.heading, table.caption, cell.row, cell.column, cell.then, cell.now)
    for row in table.gone:
        yield Difference(table.heading, table.caption, row[0], "", _in_words(table, row), "")
    for row in table.added:
        yield Difference(table.heading, table.caption, row[0], "", "", _in_words(table, row))
    for name, cells in table.columns_gone:
        yield Difference(table.heading, table.caption, "", name, _listed(cells), "")
    for name, cells in table.columns_added:
        yield Difference(table.heading, table.caption, "", name, "", _listed(cells))


def _in_words(table: TableChange, row: Row) -> str:
    """A row's other cells, each with its column: Status: pågår; Ansvarig: HR-chef."""
    return _listed(zip(table.columns[1:], row[1:], strict=False)) or row[0]


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {cell}" for name, cell in pairs)


# Texts


def _texts(then: Section, now: Section) -> Iterator[TextChange]:
    gone, added = _apart(_lines(then), _lines(now))
    for before, after in _paired(gone, added):
        yield TextChange(now.key, now.heading, before, after)


def _lines(section: Section) -> list[str]:
    """Every computed sentence, point and caption of a picture. Tables are compared by themselves."""
    found: list[str] = []
    for block in section.blocks:
        if isinstance(block, Sentence):
            found.append(block.text)
        elif isinstance(block, Bullets | Numbered | Changes):
            found += block.items
        elif isinstance(block, Chart):
            found.append(block.caption)
    return found


def _apart(then: Iterable[T], now: Iterable[T]) -> tuple[list[T], list[T]]:
    """What only the first has and what only the second has, each in its order; what stands twice counts twice."""
    first, second = list(then), list(now)
    return _without(first, second), _without(second, first)


def _without(rows: list[T], others: list[T]) -> list[T]:
    left = Counter(others)
    kept = []
    for row in rows:
        if left[row]:
            left[row] -= 1
        else:
            kept.append(row)
    return kept


def _paired(gone: Sequence[str], added: Sequence[str]) -> list[tuple[str, str]]:
    """Texts that are gone beside the ones that took their place; empty where there is none."""
    left, pairs = list(added), []
    for text in gone:
        near = max(left, key=lambda other: _likeness(text, other), default=None)
        if near is not None and _likeness(text, near) >= ALIKE:
            left.remove(near)
            pairs.append((text, near))
        else:
            pairs.append((text, ""))
    return pairs + [("", text) for text in left]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
