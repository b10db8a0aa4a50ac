"""What is hidden just now, while it is being decided."""

from dataclasses import dataclass, field

from metrics.disclosure.board import FIXED, Board, Move

PLAIN = 2  # rounds with true prices
KEPT = 16  # patterns for each cell


@dataclass
class Hiding:
    """A board's cells with what hiding each of them would still cost, and the work done so far.

    `hidden_in` counts each rule's hidden cells; `patterns` are the moves that a cell was part of, as signs;
    `patience` is the work for one search among hidden cells.
    """

    board: Board
    limit: int
    work: int = 0
    patience: int = 150
    round: int = 0
    price: list[int] = field(default_factory=list)
    hidden_in: list[int] = field(default_factory=list)
    bought: set[int] = field(default_factory=set)
    patterns: dict[int, list[dict[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.price = [self._asked(cell) for cell in range(len(self.board.cells))]
        self.hidden_in = [sum(not self.price[cell] for cell, _ in row) for row in self.board.members]

    def _asked(self, cell: int) -> int:
        """The price as it is in the first rounds; later from half to twice that, to come upon other ways."""
        price = self.board.prices[cell]
        if price <= 0 or self.round < PLAIN:
            return price
        return max(1, price * (4 + cell * self.round * 7919 % 13) // 8)

    @property
    def is_over(self) -> bool:
        return self.work > self.limit

    @property
    def hurry(self) -> bool:
        """Whether half the work is done and the rest must be found quickly."""
        return self.work > self.limit // 2

    @property
    def cost(self) -> int:
        return sum(self.board.prices[cell] for cell in self.bought)

    def hide(self, cell: int) -> None:
        """Hide a shown cell."""
        self.price[cell] = 0
        self.bought.add(cell)
        for tie in self.board.ties[cell]:
            self.hidden_in[tie.rule] += 1

    def show(self, cell: int) -> None:
        """Take back what `hide` did."""
        self.price[cell] = self._asked(cell)
        self.bought.discard(cell)
        for tie in self.board.ties[cell]:
            self.hidden_in[tie.rule] -= 1

    def may_move(self, cell: int, buy: bool) -> bool:
        price = self.price[cell]
        return price == 0 or (buy and price != FIXED)

    def remember(self, move: Move) -> None:
        """Keep a move whose steps are all the same but for their sign: it will do for other counts too."""
        first = next(iter(move.values()))
        back = tuple(-value for value in first)
        if all(step in (first, back) for step in move.values()):
            order = sorted(move, key=lambda cell: self.board.cells[cell].answered)
            pattern = {cell: 1 if move[cell] == first else -1 for cell in order}
            for cell in pattern:
                kept = self.patterns.setdefault(cell, [])
                if pattern not in kept:
                    kept.insert(0, pattern)
                    del kept[KEPT:]
