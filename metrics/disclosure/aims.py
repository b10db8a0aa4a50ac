"""What must be left uncertain about each figure that may not be shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from metrics.disclosure.board import FAR, FIXED, Board
from metrics.disclosure.figures import Vector
from metrics.disclosure.thresholds import FLOOR, Thresholds

ROUNDS = 30  # of narrowing bounds; fewer leave them wider, which asks for more

Bounds = tuple[int, int]  # the least and the most that something can be


@dataclass(frozen=True)
class Aim:
    """The sum of some of a cell's counts (`of`: 1 for those that belong, otherwise 0) must be able to be
    anything from `low` to `high`, and to have at least `values` possible values."""

    cell: int
    of: Vector
    low: int
    high: int
    values: int


def aims(board: Board, thresholds: Thresholds) -> tuple[list[Aim], set[int]]:
    """For the whole board, cells in order; and the cells for which figures already known leave less."""
    found, exposed = [], set()
    layers: dict[Vector, list[Bounds]] = {}
    for cell in sorted(board.primary):
        for asked in _of_cell(board, cell, thresholds):
            now = _part(board.cells[cell].counts, asked.of)
            aim = _within(_under_tops(board, cell, asked.of), asked, now)
            if FIXED in board.prices:
                if asked.of not in layers:
                    layers[asked.of] = known_bounds(board, asked.of)
                aim, wider = _within(layers[asked.of][cell], aim, now), aim
                exposed |= {cell} if aim != wider else set()
            found.append(aim)
    return found, exposed


def _of_cell(board: Board, index: int, thresholds: Thresholds) -> Iterator[Aim]:
    cell = board.cells[index]
    width, amounts = len(cell.counts), cell.behind is not None
    if board.primary[index] == "few" and not amounts:
        least = thresholds.least(cell.subject)
        top = least if cell.invited is None else min(least, cell.invited)
        yield Aim(index, (1,) * width, max(0, top - FLOOR), top, 1)
    if width == 1 and not amounts:
        return
    for place, count in enumerate(cell.counts):
        of = tuple(int(place == other) for other in range(width))
        values = max(FLOOR, cell.values)
        if count or amounts:
            yield Aim(index, of, count, count, values)
        if count and count == sum(cell.counts) and width > 1:
            yield Aim(index, tuple(1 - one for one in of), 0, 0, values)


def _within(bounds: Bounds, aim: Aim, now: int) -> Aim:
    """The aim, asking for nothing outside the bounds."""
    least, most = min(bounds[0], now), max(bounds[1], now)
    low, high = min(now, max(aim.low, least)), max(now, min(aim.high, most))
    return Aim(aim.cell, aim.of, low, high, min(aim.values, most - least + 1))


def _under_tops(board: Board, index: int, of: Vector) -> Bounds:
    """What readers would know if the topmost totals alone were shown.

    Three long-term sick in all are at most three in a unit, whatever else is hidden: the total is a figure
    that may be shown, and is not taken away for that.
    """
    asked = board.cells[index].invited
    least, most = 0, FAR if asked is None else asked
    for top in _tops(board, index):
        whole = board.cells[top]
        count = _part(whole.counts, of)
        most = min(most, count)
        if asked is not None and whole.invited is not None:
            least = max(least, asked - (whole.invited - count))
    return least, most


def _part(counts: Vector, of: Vector) -> int:
    return sum(count for count, one in zip(counts, of, strict=True) if one)


def _tops(board: Board, index: int) -> list[int]:
    """Totals above the cell that are part of nothing themselves and may be shown."""
    seen, waiting, found = {index}, [index], []
    while waiting:
        cell = waiting.pop()
        above = [tie.rule for tie in board.ties[cell] if tie.sign > 0 and tie.by is None]
        totals = {member for rule in above for member, tie in board.members[rule] if tie.sign < 0}
        if not above and cell != index and board.prices[cell]:
            found.append(cell)
        waiting.extend(totals - seen)
        seen |= totals
    return found


def known_bounds(board: Board, of: Vector) -> list[Bounds]:
    """For each cell, what readers know from figures already out and from headcounts, when nothing else is shown."""
    true = [_part(cell.counts, of) if len(cell.counts) == len(of) else 0 for cell in board.cells]
    bounds = [
        (now, now) if price == FIXED else (0, FAR if asked is None else asked)
        for now, price, asked in zip(true, board.prices, (cell.invited for cell in board.cells), strict=True)
    ]
    rules = [
        [(cell, tie.sign) for cell, tie in members]
        for members in board.members
        if all(tie.by is None and len(board.cells[cell].counts) == len(of) for cell, tie in members)
    ]
    for _ in range(ROUNDS):
        before = list(bounds)
        for rule in rules:
            _tighten(bounds, rule, sum(sign * true[cell] for cell, sign in rule))
        if bounds == before:
            break
    return bounds


def _tighten(bounds: list[Bounds], rule: list[tuple[int, int]], side: int) -> None:
    """Narrow each cell of a rule (Σ sign × cell = side) to what the others leave."""
    least = sum(bounds[cell][0] if sign > 0 else -bounds[cell][1] for cell, sign in rule)
    most = sum(bounds[cell][1] if sign > 0 else -bounds[cell][0] for cell, sign in rule)
    for cell, sign in rule:
        low, high = bounds[cell]
        if sign > 0:
            new = side - (most - high), side - (least - low)
        else:
            new = (least + high) - side, (most + low) - side
        bounds[cell] = max(low, new[0]), min(high, new[1])
        least += bounds[cell][0] - low if sign > 0 else high - bounds[cell][1]
        most += bounds[cell][1] - high if sign > 0 else low - bounds[cell][0]
