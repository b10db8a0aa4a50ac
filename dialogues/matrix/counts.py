"""What was said where: how many statements speak of what (rows) in which department (columns).

A statement may speak for several rows, and a meeting may gather several departments. It counts once in each cell
that it belongs to and once in every total, so a total need not be the sum of its cells.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

Key = int | str | None
Mark = tuple[Key, Key, int]
OWN_WORD = re.compile(r"(?<=\w{2})(?:s?|-)avdelning(?:en)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """A row or a column. The column with key None holds meetings without a department."""

    key: Key
    name: str
    short: str = ""

    @property
    def label(self) -> str:
        return self.short or self.name


@dataclass(frozen=True)
class Row:
    """A row's counts in the order of the columns; `shared_by` is how many departments they come from."""

    head: Head
    cells: tuple[int, ...]
    total: int
    shared_by: int


@dataclass(frozen=True)
class Matrix:
    """Counts by row and column. `unplaced` statements belong to no row at all; `is_shared` says whether some
    statement comes from several departments."""

    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    column_totals: tuple[int, ...]
    total: int
    unplaced: int
    is_shared: bool

    @property
    def departments(self) -> int:
        return sum(column.key is not None for column in self.columns)

    @property
    def largest(self) -> int:
        return max((count for row in self.rows for count in row.cells), default=0)


@dataclass(frozen=True)
class Findings:
    """What a sentence may say: what all departments raise, most (more than half) of them, some, and nobody."""

    departments: int
    everywhere: tuple[Row, ...]
    mostly: tuple[Row, ...]
    apart: tuple[tuple[Row, tuple[Head, ...]], ...]
    silent: tuple[Row, ...]
    largest: Row | None


def build(rows: Sequence[Head], columns: Sequence[Head], marks: Iterable[Mark]) -> Matrix:
    """The matrix of marks: (row, column, statement). Row None: the statement belongs to no row.

    Marks of rows that are not asked for are left out.
    """
    found = set(marks)
    keys = {row.key for row in rows}
    wanted = {mark for mark in found if mark[0] in keys}
    cells = Counter((row, column) for row, column, _statement in wanted)
    by_row = Counter(row for row, _statement in {(row, statement) for row, _column, statement in wanted})
    by_column = Counter(place for place, _statement in {mark[1:] for mark in wanted})
    return Matrix(
        columns=tuple(columns),
        rows=tuple(_row_of(head, columns, cells, by_row[head.key]) for head in rows),
        column_totals=tuple(by_column[column.key] for column in columns),
        total=len({statement for _row, _column, statement in wanted}),
        unplaced=len({statement for row, _column, statement in found if row is None}),
        is_shared=_is_shared(found),
    )


def _is_shared(marks: Iterable[Mark]) -> bool:
    """Whether some statement comes from several departments."""
    where: dict[int, set[Key]] = defaultdict(set)
    for _row, column, statement in marks:
        where[statement].add(column)
    return any(len(places) > 1 for places in where.values())


def _row_of(head: Head, columns: Sequence[Head], cells: Counter[tuple[Key, Key]], total: int) -> Row:
    counts = tuple(cells[head.key, column.key] for column in columns)
    shared_by = sum(
        count > 0 for column, count in zip(columns, counts, strict=True) if column.key is not None
    )
    return Row(head, counts, total, shared_by)


def alike_first(matrix: Matrix) -> Matrix:
    """The same with the rows that most departments share on top, and the most spoken of first among equals."""
    rows = sorted(matrix.rows, key=lambda row: (-row.shared_by, -row.total))
    return replace(matrix, rows=tuple(rows))


def findings(matrix: Matrix) -> Findings:
    """Likeness is what more than half of the departments raise; with one department nothing is alike or apart."""
    count = matrix.departments
    rows = alike_first(matrix).rows if count > 1 else ()
    return Findings(
        departments=count,
        everywhere=tuple(row for row in rows if row.shared_by == count),
        mostly=tuple(row for row in rows if count < row.shared_by * 2 < count * 2),
        apart=tuple((row, _heard_in(row, matrix)) for row in rows if 0 < row.shared_by * 2 <= count),
        silent=tuple(row for row in matrix.rows if not row.total),
        largest=max((row for row in matrix.rows if row.total), key=lambda row: row.total, default=None),
    )


def _heard_in(row: Row, matrix: Matrix) -> tuple[Head, ...]:
    """The departments that a row comes from."""
    places = zip(matrix.columns, row.cells, strict=True)
    return tuple(column for column, count in places if count and column.key is not None)


def short_names(departments: Iterable[tuple[str, str, Sequence[str]]]) -> list[str]:
    """A name for a narrow column of each (code, name, other names): SÄBO, IFO, Myndighet.

    The first other name, else the name, without a closing "avdelning"; where two would be alike, the code follows.
    """
    rows = [(code, OWN_WORD.sub("", (others or [name])[0])) for code, name, others in departments]
    alike = Counter(short for _code, short in rows)
    return [f"{short} {code}" if alike[short] > 1 else short for code, short in rows]


def spelled_out(columns: Iterable[Head]) -> list[tuple[str, str]]:
    """(short, name) of the columns whose short name does not say itself what it is short for."""
    return [
        (column.short, column.name)
        for column in columns
        if column.short and column.short.lower() not in column.name.lower()
    ]
