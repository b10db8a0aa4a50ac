"""How far a hidden figure could be from the truth: move after move, in whole people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from metrics.disclosure.aims import Aim
from metrics.disclosure.board import FAR, Board, Move, add
from metrics.disclosure.hiding import Hiding
from metrics.disclosure.moves import Counts, Look, directions, search

FREE = Look(1, 1, False, 0, 4)  # among what is hidden already
THRIFTY = Look(1, 1, True, 400, 32)  # hiding more, but little
HASTY = Look(1, 1, True, 1500, 2000)  # hiding more, whatever it costs


class Stride(NamedTuple):
    """A move made so many times in a row."""

    move: Move
    times: int


class Proof(NamedTuple):
    """Strides after which the figure is larger, and others after which it is smaller; every step between fits
    what is published, so every value between is possible."""

    up: tuple[Stride, ...]
    down: tuple[Stride, ...]
    cells: frozenset[int]


@dataclass
class Climb:
    """One way (`sign`) from the true figure. `stuck`: how many cells were bought when no free move was left."""

    hiding: Hiding
    aim: Aim
    sign: int
    counts: Counts = field(default_factory=dict)
    strides: tuple[Stride, ...] = ()
    gained: int = 0
    stuck: int = -1
    new: tuple[int, ...] = ()

    def go(self, need: int, buy: bool) -> bool:
        """Gain so much in all; hide more cells for it if need be, those that cost least of three ways to try."""
        if self._run(need, 0):
            return True
        if not buy or self.hiding.is_over:
            return False
        start, best = self._copy(), None
        wide = need - self.gained
        for least in (1,) if self.hiding.hurry else dict.fromkeys((wide, (wide + 1) // 2, 1)):
            tried = start._copy()
            reached = tried._run(need, least)
            if reached and (best is None or tried._price() < best._price()):
                best = tried
            tried._give_back()
            if not reached:
                break
        if best is None:
            return False
        self._take_over(best)
        return True

    def _copy(self) -> "Climb":
        return Climb(
            self.hiding, self.aim, self.sign, dict(self.counts), self.strides, self.gained, self.stuck
        )

    def _price(self) -> int:
        return sum(self.hiding.board.prices[cell] for cell in self.new)

    def _give_back(self) -> None:
        for cell in self.new:
            self.hiding.show(cell)

    def _take_over(self, best: "Climb") -> None:
        for cell in best.new:
            self.hiding.hide(cell)
        self.counts, self.strides, self.gained = best.counts, best.strides, best.gained
        self.stuck = -1

    def _run(self, need: int, least: int) -> bool:
        """Stride until so much is gained; `least` above 0 buys cells that take at least so many steps."""
        while self.gained < need and not self.hiding.is_over:
            stride = self._known(need - self.gained) or self._found(need - self.gained, least)
            if stride is None:
                break
            self._take(stride)
        return self.gained >= need

    def _known(self, left: int) -> Stride | None:
        """The longest stride along a remembered pattern whose cells are all hidden."""
        best: Stride | None = None
        for pattern in self.hiding.patterns.get(self.aim.cell, ()):
            if any(self.hiding.price[cell] for cell in pattern):
                continue
            for step in directions(self.aim, self.sign):
                self.hiding.work += 1
                move = _along(pattern, self.aim.cell, step)
                times = min(left, self._times(move))
                if times > (best.times if best else 0):
                    best = Stride(move, times)
        return best

    def _found(self, left: int, least: int) -> Stride | None:
        for look in self._looks(left, least):
            move = search(self.hiding, self.counts, self.aim, self.sign, look._replace(wished=left))
            if move:
                return Stride(move, min(left, self._times(move)))
            if not look.buy:
                self.stuck = len(self.hiding.bought)
        return None

    def _looks(self, left: int, least: int) -> Iterator[Look]:
        if self.stuck != len(self.hiding.bought):
            yield FREE._replace(work=self.hiding.patience)
        if least:
            steps = sorted({min(left, least), 1}, reverse=True)
            for look in (THRIFTY, HASTY)[self.hiding.hurry :]:
                yield from (look._replace(least=least) for least in steps)

    def _times(self, move: Move) -> int:
        """How often the move can be made from where we are."""
        times, board = FAR, self.hiding.board
        for cell, step in move.items():
            times = min(times, board.reach(cell, step, self.counts.get(cell)))
            if not times:
                break
        return times

    def _take(self, stride: Stride) -> None:
        for cell, step in stride.move.items():
            if self.hiding.price[cell]:
                self.hiding.hide(cell)
                self.new += (cell,)
            now = self.counts.get(cell, self.hiding.board.cells[cell].counts)
            self.counts[cell] = add(now, tuple(stride.times * value for value in step))
        self.gained += stride.times
        self.strides += (stride,)
        self.stuck = -1
        self.hiding.remember(stride.move)


def _along(pattern: dict[int, int], cell: int, step: tuple[int, ...]) -> Move:
    """The pattern as a move in which the cell takes this step."""
    back = tuple(-value for value in step)
    own = pattern[cell]
    return {other: step if sign == own else back for other, sign in pattern.items()}


def secure(hiding: Hiding, aim: Aim, buy: bool) -> Proof | None:
    """A proof that the aim is met by what is hidden, or, with `buy`, by hiding more; None if none was found."""
    now = now_at(hiding.board, aim)
    up, down = Climb(hiding, aim, 1), Climb(hiding, aim, -1)
    if not (up.go(aim.high - now, buy) and down.go(now - aim.low, buy)):
        return None
    for climb, pay in ((up, False), (down, False), (up, True), (down, True)):
        missing = aim.values - 1 - up.gained - down.gained
        if missing > 0 and (buy or not pay):
            climb.go(climb.gained + missing, pay)
    if up.gained + down.gained < aim.values - 1:
        return None
    strides = (*up.strides, *down.strides)
    return Proof(up.strides, down.strides, frozenset(cell for stride in strides for cell in stride.move))


def now_at(board: Board, aim: Aim) -> int:
    """What the aim is about, as it truly is."""
    return sum(count for count, one in zip(board.cells[aim.cell].counts, aim.of, strict=True) if one)


def stands(hiding: Hiding, aim: Aim, proof: Proof) -> bool:
    """The exact check, from the beginning: hidden cells alone move, all sums hold, nothing below nothing."""
    now = now_at(hiding.board, aim)
    up = _gained(hiding, aim, proof.up, 1)
    down = _gained(hiding, aim, proof.down, -1)
    return now + up >= aim.high and now - down <= aim.low and up + down >= aim.values - 1


def _gained(hiding: Hiding, aim: Aim, strides: tuple[Stride, ...], sign: int) -> int:
    """How far the strides go, or minus FAR when one of them may not be made."""
    board, gained = hiding.board, 0
    counts: Counts = {}
    for move, times in strides:
        if not board.balanced(move) or any(hiding.price[cell] for cell in move):
            return -FAR
        if sum(by for by, one in zip(move[aim.cell], aim.of, strict=True) if one) != sign:
            return -FAR
        for cell, step in move.items():
            now = counts.get(cell, board.cells[cell].counts)
            counts[cell] = add(now, tuple(times * by for by in step))
            if min(counts[cell]) < 0 or board.room(cell, counts[cell]) < 0:
                return -FAR
        gained += times
    return gained
