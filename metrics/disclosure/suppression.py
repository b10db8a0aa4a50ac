"""Secondary suppression: what else must be hidden so that nothing hidden can be worked out."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from metrics.disclosure.aims import Aim, aims
from metrics.disclosure.board import FIXED, Board, Tie, apply, boards
from metrics.disclosure.climb import Proof, secure, stands
from metrics.disclosure.figures import Cell, Decision, Reason, Sum
from metrics.disclosure.hiding import Hiding
from metrics.disclosure.thresholds import Thresholds

STEPS = 100  # of work for each of the cells that hang together, a few seconds for a thousand
ROUNDS = 12  # attempts at most
SMALL = 400  # cells that a set is counted as at least
BATCHES = 4  # in which the rest is hidden when the search has ended
PATIENCE = 3000  # work for one search among what is hidden then
PRUNING = 20_000  # work for pruning
AGAIN = 20  # further attempts are made until a twentieth of the work allowed is done


@dataclass
class Attempt:
    """What hiding came to: a proof for each aim that has one, and those without."""

    hiding: Hiding
    proofs: dict[Aim, Proof] = field(default_factory=dict)
    failed: list[Aim] = field(default_factory=list)
    coarse: set[int] = field(default_factory=set)
    exposed: set[int] = field(default_factory=set)
    work: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        return len(self.failed), self.hiding.cost


def suppress(
    cells: Iterable[Cell],
    sums: Iterable[Sum] = (),
    thresholds: Thresholds | None = None,
    steps: int = STEPS,
) -> Decision:
    """Which cells may be shown together. Give everything that readers can lay side by side in one call.

    Raises ValueError when cells and sums do not belong together: a figure left out would be a leak.
    """
    cells, sums, thresholds = list(cells), list(sums), thresholds or Thresholds()
    _check(cells, sums)
    settled = [_settle(board, thresholds, steps) for board in boards(cells, sums, thresholds)]
    hidden = dict(chain.from_iterable(_hidden(attempt) for attempt in settled))
    shown = frozenset(cell.key for cell in cells if cell.standing != "silent" and cell.key not in hidden)
    return Decision(
        shown,
        hidden,
        _keys((attempt.hiding.board, attempt.coarse) for attempt in settled),
        _keys((attempt.hiding.board, attempt.exposed) for attempt in settled),
        sum(attempt.work for attempt in settled),
    )


def _check(cells: Sequence[Cell], sums: Sequence[Sum]) -> None:
    at = {cell.key: cell for cell in cells}
    if len(at) < len(cells):
        raise ValueError("Two cells have the same key.")
    if any(min(cell.counts, default=0) < 0 for cell in cells):
        raise ValueError("A count is below nothing.")
    for row in sums:
        keys = (row.total, *row.parts)
        if not at.keys() >= set(keys) or max(Counter(keys).values()) > 1:
            raise ValueError(f"A cell is missing, or there twice, in {row!r}.")
        parts = [at[key].counts for key in row.parts]
        widths = {len(apply(row.by, counts) if row.by else counts) for counts in parts}
        if widths - {len(at[row.total].counts)}:
            raise ValueError(f"The cells of {row!r} do not count the same things.")


def _settle(board: Board, thresholds: Thresholds, steps: int) -> Attempt:
    """The cheapest of some attempts: large cells first, small ones first, then with prices slightly changed."""
    goals, exposed = aims(board, thresholds)
    limit, work, best = steps * max(SMALL, len(board.cells)), 0, None
    by_size = sorted(goals, key=lambda aim: (-board.cells[aim.cell].answered, aim.cell))
    for number in range(ROUNDS):
        order = by_size[::-1] if number % 2 else by_size
        attempt = _attempt(board, order, Hiding(board, limit - work, round=number))
        work += attempt.hiding.work
        best = min(best or attempt, attempt, key=lambda one: one.rank)
        if not best.hiding.bought or work * AGAIN > limit:
            break
    assert best is not None
    best.exposed, best.work = exposed, work
    _hide_in_bulk(best)
    return best


def _attempt(board: Board, goals: Sequence[Aim], hiding: Hiding) -> Attempt:
    attempt = Attempt(hiding)
    _prove(attempt, goals, buy=True)
    if attempt.failed:
        _widen(attempt)
    else:
        _prune(attempt)
    attempt.failed += [aim for aim, proof in attempt.proofs.items() if not stands(attempt.hiding, aim, proof)]
    return attempt


def _prove(attempt: Attempt, goals: Iterable[Aim], buy: bool) -> None:
    attempt.failed = []
    for aim in goals:
        proof = secure(attempt.hiding, aim, buy)
        if proof is None:
            attempt.failed.append(aim)
        else:
            attempt.proofs[aim] = proof


def _prune(attempt: Attempt) -> None:
    """Show what no proof needs, dearest first; then what every proof can do without."""
    _show_untouched(attempt)
    attempt.hiding.limit = min(attempt.hiding.limit, attempt.hiding.work + PRUNING)
    prices = attempt.hiding.board.prices
    for cell in sorted(attempt.hiding.bought, key=lambda cell: (-prices[cell], cell)):
        if cell in attempt.hiding.bought and not attempt.hiding.is_over:
            _try_without(attempt, cell)
    _show_untouched(attempt)


def _show_untouched(attempt: Attempt) -> None:
    touched = set().union(*(proof.cells for proof in attempt.proofs.values()))
    for cell in sorted(attempt.hiding.bought - touched):
        attempt.hiding.show(cell)


def _try_without(attempt: Attempt, cell: int) -> None:
    attempt.hiding.show(cell)
    renewed = {}
    for aim, proof in attempt.proofs.items():
        if cell in proof.cells:
            other = secure(attempt.hiding, aim, buy=False)
            if other is None:
                attempt.hiding.hide(cell)
                return
            renewed[aim] = other
    attempt.proofs.update(renewed)


def _widen(attempt: Attempt) -> None:
    """Hide more at a time, cheapest first, until the rest has proofs too; then show what no proof needs."""
    hiding = attempt.hiding
    hiding.limit, hiding.patience = hiding.work + hiding.limit // 2, PATIENCE
    dearer = sorted((price, cell) for cell, price in enumerate(hiding.price) if price > 0)
    share = -(-len(dearer) // BATCHES) or 1
    while dearer and attempt.failed:
        for _, cell in dearer[:share]:
            hiding.hide(cell)
            attempt.coarse.add(cell)
        del dearer[:share]
        _prove(attempt, attempt.failed, buy=False)
    if not attempt.failed:
        _show_untouched(attempt)
        attempt.coarse &= hiding.bought


def _hide_in_bulk(attempt: Attempt) -> None:
    """Where an aim still has no proof: hide everything that hangs together with it.

    What then has no proof while figures are known from before may be exposed by those.
    """
    if not attempt.failed:
        return
    hiding, spared = attempt.hiding, _spared(attempt.hiding.board)
    for cell, price in enumerate(hiding.price):
        if price > 0 and cell not in spared:
            hiding.hide(cell)
    for cell in spared & hiding.bought:
        hiding.show(cell)
    attempt.coarse = set(hiding.bought)
    if FIXED in hiding.board.prices:
        attempt.exposed |= {aim.cell for aim in attempt.failed}


def _spared(board: Board) -> set[int]:
    """The topmost total, if it is the only one and all below it adds up: aims ask for no more than it leaves."""
    tops = {cell for cell, ties in enumerate(board.ties) if all(tie.sign < 0 for tie in ties)}
    is_plain = FIXED not in board.prices and all(_adds_up(board, members) for members in board.members)
    return tops if len(tops) == 1 and is_plain else set()


def _adds_up(board: Board, members: Sequence[tuple[int, Tie]]) -> bool:
    signed = [[tie.sign * count for count in board.cells[cell].counts] for cell, tie in members]
    return all(tie.by is None for _, tie in members) and not any(map(sum, zip(*signed, strict=True)))


def _hidden(attempt: Attempt) -> Iterator[tuple[Hashable, Reason]]:
    board = attempt.hiding.board
    for index, cell in enumerate(board.cells):
        if cell.standing == "offered" and attempt.hiding.price[index] == 0:
            yield cell.key, board.primary.get(index, "would_give_away")


def _keys(found: Iterable[tuple[Board, set[int]]]) -> frozenset[Hashable]:
    return frozenset(board.cells[index].key for board, indexes in found for index in indexes)
