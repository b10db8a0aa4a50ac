"""Other figures that fit everything published: found one move at a time, cheapest first.

A move adds whole numbers to the counts of some cells so that every sum still holds. If all its cells are hidden,
and no count falls below nothing, readers cannot tell the table from the moved one. Moves are found by repair:
start at one cell, and while some sum does not hold, change another of its cells by what is missing.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from typing import NamedTuple

from metrics.disclosure.aims import Aim
from metrics.disclosure.board import Board, Move, Tie, add, apply
from metrics.disclosure.figures import Vector
from metrics.disclosure.hiding import Hiding

Counts = dict[int, Vector]  # counts that differ from the true ones

HIDE = 4  # how much a unit of price weighs against one cell more in the move
TIGHT = 2  # what it costs that a hidden cell takes fewer steps than wished
TRIES = 8  # steps along a direction when a weighted sum is repaired
CROWDED = 6  # hidden cells in a rule, from which on it is not worth counting who is left


class Look(NamedTuple):
    """How to search: steps that each cell must take, steps wished for, whether to hide more, work at most, and
    what a sum that does not hold yet is thought to cost (much: straight to any move; little: to a cheap one)."""

    least: int
    wished: int
    buy: bool
    work: int
    unmet: int


class Part(NamedTuple):
    """A move in the making: what it costs, what it moves, which rules do not hold yet and by how much."""

    cost: int
    moved: Move
    left: dict[int, Vector]


def directions(aim: Aim, sign: int) -> list[Vector]:
    """Steps that change what the aim is about by one: a person more or fewer, or one who answers otherwise."""
    width = len(aim.of)
    inside = [place for place in range(width) if aim.of[place]]
    outside = [place for place in range(width) if not aim.of[place]]
    alone = [_step(width, {place: sign}) for place in inside]
    return alone + [_step(width, {one: sign, other: -sign}) for one in inside for other in outside]


def _step(width: int, at: dict[int, int]) -> Vector:
    return tuple(at.get(place, 0) for place in range(width))


def search(hiding: Hiding, counts: Counts, aim: Aim, sign: int, look: Look) -> Move | None:
    """The cheapest move found that changes what the aim is about by `sign`, or None."""
    return _Search(hiding, counts, look).best(aim, sign)


class _Search:
    """Best first over moves in the making; a move among hidden cells is taken as soon as there is one."""

    def __init__(self, hiding: Hiding, counts: Counts, look: Look) -> None:
        self.hiding, self.counts, self.look = hiding, counts, look
        self.heap: list[tuple[int, int, Part]] = []
        self.seen: set[frozenset[tuple[int, Vector]]] = set()

    def best(self, aim: Aim, sign: int) -> Move | None:
        for step in directions(aim, sign):
            if self.hiding.board.reach(aim.cell, step, self.counts.get(aim.cell)) >= self.look.least:
                self._push(_grown(self.hiding.board, Part(0, {}, {}), aim.cell, step, 0))
        while self.heap and len(self.seen) < self.look.work:
            _, _, part = heappop(self.heap)
            self.hiding.work += 1
            if not part.left:
                return part.moved
            for grown in self._repairs(part):
                if not grown.left and not self.look.buy:
                    return grown.moved
                self._push(grown)
        return None

    def _push(self, part: Part) -> None:
        mark = frozenset(part.moved.items())
        if mark not in self.seen and (self.look.buy or not self._is_dead(part)):
            self.seen.add(mark)
            heappush(self.heap, (part.cost + self.look.unmet * len(part.left), len(self.seen), part))

    def _repairs(self, part: Part) -> Iterator[Part]:
        """The part grown by one cell that makes one rule more hold: the rule with fewest cells to choose from."""
        board, look, price = self.hiding.board, self.look, self.hiding.price
        for cell, tie in board.members[self._hardest(part)]:
            if cell in part.moved or not self.hiding.may_move(cell, look.buy):
                continue
            for step in _mending(part.left[tie.rule], tie, len(board.cells[cell].counts)):
                reach = board.reach(cell, step, self.counts.get(cell))
                if reach >= look.least:
                    cost = 1 + HIDE * price[cell] + TIGHT * (reach < look.wished)
                    yield _grown(board, part, cell, step, cost)

    def _hardest(self, part: Part) -> int:
        if self.look.buy:
            members = self.hiding.board.members
            return min(part.left, key=lambda rule: (len(members[rule]), rule))
        return min(part.left, key=lambda rule: (self.hiding.hidden_in[rule], rule))

    def _is_dead(self, part: Part) -> bool:
        """Whether some rule has no hidden cell left to move."""
        for rule in part.left:
            hidden = self.hiding.hidden_in[rule]
            if hidden < 2 or (hidden < CROWDED and hidden <= self._moved_in(rule, part.moved)):
                return True
        return False

    def _moved_in(self, rule: int, moved: Move) -> int:
        return sum(cell in moved for cell, _ in self.hiding.board.members[rule])


def _grown(board: Board, part: Part, cell: int, step: Vector, cost: int) -> Part:
    left = dict(part.left)
    for rule, moved in board.shift(cell, step):
        now = add(left.get(rule), moved)
        if any(now):
            left[rule] = now
        else:
            left.pop(rule, None)
    return Part(part.cost + cost, {**part.moved, cell: step}, left)


def _mending(missing: Vector, tie: Tie, width: int) -> Sequence[Vector]:
    """Steps of a cell that bring a rule back: one, or for weighted sums those along simple directions."""
    wanted = missing if tie.sign < 0 else tuple(-value for value in missing)
    return [wanted] if tie.by is None else _weighted(wanted, tie.by, width)


@lru_cache(4096)
def _weighted(wanted: Vector, by: tuple[Vector, ...], width: int) -> Sequence[Vector]:
    """A person more or fewer in one place, or moved from one place to another, so many times."""
    places = range(width)
    alone = [_step(width, {place: sign}) for place in places for sign in (1, -1)]
    swaps = [_step(width, {one: 1, other: -1}) for one in places for other in places if one != other]
    found = []
    for step in alone + swaps:
        by_one = apply(by, step)
        for times in range(1, TRIES + 1):
            if tuple(times * value for value in by_one) == wanted:
                found.append(tuple(times * value for value in step))
    return found
