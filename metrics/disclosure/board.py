"""The figures that hang together, as numbers: indexes instead of keys, and what adds up to what."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from metrics.disclosure.figures import Cell, Sum, Vector
from metrics.disclosure.thresholds import Primary, Thresholds

FIXED = -1  # a price: readers know the figure, hiding it would hide nothing
FAR = 10**9
Move = dict[int, Vector]  # what is added to the counts of each cell


class Tie(NamedTuple):
    """A cell's place in a rule: a rule says that its total (sign −1) and its parts (sign 1) make nothing."""

    rule: int
    sign: int
    by: tuple[Vector, ...] | None


@dataclass(frozen=True)
class Board:
    """`prices`: what hiding each cell costs; 0 when it is hidden anyway, FIXED when it cannot be."""

    cells: tuple[Cell, ...]
    primary: dict[int, Primary]
    prices: tuple[int, ...]
    ties: tuple[tuple[Tie, ...], ...]
    members: tuple[tuple[tuple[int, Tie], ...], ...]
    shifts: dict[tuple[int, Vector], tuple[tuple[int, Vector], ...]] = field(default_factory=dict)
    reaches: dict[tuple[int, Vector], int] = field(default_factory=dict)

    def room(self, cell: int, counts: Vector) -> int:
        """How many more people, or amounts, there could be; FAR when nobody knows a limit."""
        asked = self.cells[cell].invited
        return FAR if asked is None else asked - sum(counts)

    def reach(self, cell: int, step: Vector, counts: Vector | None) -> int:
        """How many times the step can be taken from these counts, or from the true ones."""
        if counts is not None:
            return self._reach(cell, step, counts)
        found = self.reaches.get((cell, step))
        if found is None:
            found = self.reaches[cell, step] = self._reach(cell, step, self.cells[cell].counts)
        return found

    def _reach(self, cell: int, step: Vector, counts: Vector) -> int:
        most, added = FAR, sum(step)
        for count, by in zip(counts, step, strict=True):
            if by < 0:
                most = min(most, count // -by)
        return min(most, self.room(cell, counts) // added) if added > 0 else most

    def shift(self, cell: int, step: Vector) -> tuple[tuple[int, Vector], ...]:
        """What the step adds to each of the cell's rules."""
        found = self.shifts.get((cell, step))
        if found is None:
            found = self.shifts[cell, step] = tuple(
                (tie.rule, _scaled(tie.sign, step if tie.by is None else apply(tie.by, step)))
                for tie in self.ties[cell]
            )
        return found

    def balanced(self, move: Move) -> bool:
        """Whether everything still adds up when the move has been made."""
        left: dict[int, Vector] = {}
        for cell, step in move.items():
            for rule, moved in self.shift(cell, step):
                left[rule] = add(left.get(rule), moved)
        return not any(any(values) for values in left.values())


def _scaled(sign: int, step: Vector) -> Vector:
    return tuple(sign * value for value in step)


def apply(by: Sequence[Vector], step: Vector) -> Vector:
    """The step as the total of a weighted sum sees it."""
    return tuple(sum(a * b for a, b in zip(row, step, strict=True)) for row in by)


def add(first: Vector | None, second: Vector) -> Vector:
    return second if first is None else tuple(map(int.__add__, first, second))


def boards(cells: Iterable[Cell], sums: Iterable[Sum], thresholds: Thresholds) -> Iterator[Board]:
    """One board for each set of cells that sums tie together.

    Cells and sums are put in an order of their own, so that screen and document hide the same whatever order
    they ask in.
    """
    ordered = {cell.key: cell for cell in sorted(cells, key=lambda cell: repr(cell.key))}
    groups = _groups(ordered, sorted(set(sums), key=repr))
    for keys, rows in groups:
        yield _board([ordered[key] for key in keys], rows, thresholds)


def _groups(ordered: dict[Hashable, Cell], rows: Sequence[Sum]) -> Iterable[tuple[list[Hashable], list[Sum]]]:
    leader: dict[Hashable, Hashable] = {key: key for key in ordered}

    def lead(key: Hashable) -> Hashable:
        while leader[key] != key:
            leader[key] = key = leader[leader[key]]
        return key

    for row in rows:
        for part in row.parts:
            leader[lead(part)] = lead(row.total)
    found: dict[Hashable, tuple[list[Hashable], list[Sum]]] = defaultdict(lambda: ([], []))
    for key in ordered:
        found[lead(key)][0].append(key)
    for row in rows:
        found[lead(row.total)][1].append(row)
    return found.values()


def _board(cells: Sequence[Cell], rows: Sequence[Sum], thresholds: Thresholds) -> Board:
    at = {cell.key: index for index, cell in enumerate(cells)}
    primary = {
        index: reason
        for index, cell in enumerate(cells)
        if cell.standing != "known" and (reason := cell.primary(thresholds))
    }
    prices = tuple(_price(cell, index in primary, thresholds) for index, cell in enumerate(cells))
    ties: list[list[Tie]] = [[] for _ in cells]
    members = []
    for rule, row in enumerate(rows):
        signs = [Tie(rule, -1, None), *(Tie(rule, 1, row.by) for _ in row.parts)]
        places = [at[key] for key in (row.total, *row.parts)]
        members.append(tuple(zip(places, signs, strict=True)))
        for place, tie in members[-1]:
            ties[place].append(tie)
    return Board(tuple(cells), primary, prices, tuple(map(tuple, ties)), tuple(members))


def _price(cell: Cell, is_primary: bool, thresholds: Thresholds) -> int:
    """The cell's weight times the digits (base 2) of the number of people behind it."""
    if cell.standing == "known" or thresholds.least(cell.subject) == 0:
        return FIXED
    if is_primary or cell.standing == "silent":
        return 0
    return max(1, cell.weight) * max(1, cell.answered.bit_length())
