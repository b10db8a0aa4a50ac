"""Cells and sums in the making: figures as counts that add up exactly, and what the parts of a total leave over."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from metrics.disclosure import FLOOR, Cell, Standing, Sum
from metrics.published.figure import Figure, Layer, Measure, Vector, projection

WEIGHTS = {"d": 8, "u": 2}  # of departments and units; all others 16; categories half
MANY = 10**6  # people behind what is no people: never few


@dataclass
class Entry:
    """A figure, or something nobody shows, as it is told to the gate; counts are raised until all adds up."""

    layer: Layer
    counts: Vector
    subject: str
    standing: Standing = "silent"
    weight: int = 1
    behind: int | None = None
    most: int | None = None
    invited: int | None = None
    each: int = 0  # years of age: this many values for each person

    @property
    def people(self) -> int:
        return sum(self.counts) if self.behind is None else self.behind

    def cell(self, key: Hashable, typical: float) -> Cell:
        """`typical`: what one person stands for in the largest group, for amounts."""
        limit = self.invited
        if self.behind is not None and self.most is not None:
            limit = self.behind * self.most
        if limit is not None:
            limit = max(limit, sum(self.counts))
        return Cell(
            key,
            self.counts,
            self.subject,
            self.weight,
            limit,
            self.behind,
            self.standing,
            self._values(typical),
        )

    def _values(self, typical: float) -> int:
        if self.behind is None or self.most == 1:
            return FLOOR
        if self.each:
            return max(FLOOR, self.each * self.behind)
        own = sum(self.counts) / self.behind if self.behind else 0
        return max(FLOOR, math.ceil(FLOOR * max(own, typical)))


class Sheet:
    """What is told of one knot of figures: entries by key, and sums."""

    def __init__(self) -> None:
        self.entries: dict[Hashable, Entry] = {}
        self.sums: list[Sum] = []
        self.means: set[Hashable] = set()  # keys of entries whose amounts are points, not positive answers
        self.below: dict[Hashable, list[Hashable]] = {}  # of departments, their units
        self._lifted: set[Hashable] = set()

    def put(self, figure: Figure, measure: Measure, subject: str, standing: Standing) -> None:
        """A figure's own entry; none where nothing is counted."""
        if measure.layer == "none":
            return
        weight = WEIGHTS.get(figure.group[:1], 16) // (2 if figure.breakdown else 1)
        self.entries[figure.key] = Entry(
            measure.layer, measure.counts, subject, standing, weight, measure.behind, measure.most,
            measure.invited, FLOOR if subject == "age" and measure.most is None else 0,
        )  # fmt: skip
        if figure.kind in ("mean", "index"):
            self.means.add(figure.key)

    def cells(self) -> list[Cell]:
        largest = max(
            (
                entry
                for entry in self.entries.values()
                if entry.behind and entry.most != 1 and entry.behind < MANY
            ),
            key=lambda entry: entry.behind or 0,
            default=None,
        )
        typical = sum(largest.counts) / (largest.behind or 1) if largest else 0.0
        return [entry.cell(key, typical) for key, entry in self.entries.items()]

    # Views

    def view(self, key: Hashable, layer: Layer) -> Hashable:
        """The key of what the entry is when counted as coarsely as `layer`, where `counts` are known."""
        entry = self.entries[key]
        by = projection(entry.layer, layer, key in self.means)
        if entry.layer == layer or by is None:
            return key
        seen = ("seen as", layer, key)
        if seen not in self.entries:
            self.entries[seen] = self._projected(key, layer, by)
            self.sums.append(Sum(seen, (key,), by))
        return seen

    def _projected(self, key: Hashable, layer: Layer, by: tuple[Vector, ...]) -> Entry:
        entry = self.entries[key]
        standing: Standing = "known" if entry.standing == "known" else "silent"
        amount = layer == "amount"
        return Entry(
            layer,
            weighed(by, entry.counts),
            entry.subject,
            standing,
            behind=sum(entry.counts) if amount else None,
            most=max(by[0]) if amount else None,
            invited=None if amount else entry.invited,
        )

    def counts(self, key: Hashable, layer: Layer) -> Vector | None:
        """As `view`, the counts alone."""
        entry = self.entries[key]
        if entry.layer == layer:
            return entry.counts
        by = projection(entry.layer, layer, key in self.means)
        return None if by is None else weighed(by, entry.counts)

    # Sums

    def lift(self, total: Hashable, parts: Sequence[Hashable]) -> None:
        """Raise a total that is less than its parts, or that is rounded otherwise, to what they come to."""
        entry = self.entries[total]
        known = self._known(parts, entry.layer)
        if not known:
            return
        added = summed([self.counts(key, entry.layer) or () for key in known])
        if total not in self._lifted and known == list(parts) and self._is_rounded(entry, parts):
            entry.counts = added
        else:
            entry.counts = tuple(map(max, entry.counts, added))
        self._lifted.add(total)

    def _known(self, parts: Sequence[Hashable], layer: Layer) -> list[Hashable]:
        """The parts that are counted so finely; their own parts in place of those that are not."""
        found: list[Hashable] = []
        for key in parts:
            is_known = self.counts(key, layer) is not None
            found += [key] if is_known else self._known(self.below.get(key, ()), layer)
        return found

    def _is_rounded(self, entry: Entry, parts: Sequence[Hashable]) -> bool:
        """Whether the parts are all of the total's people, so that only rounding can be between them."""
        people = sum(self.entries[key].people for key in parts)
        return entry.people == people or (entry.layer == "amount" and entry.people < people)

    def tie(self, total: Hashable, parts: Sequence[Hashable]) -> None:
        """Tell that a total is the sum of its parts, at each layer that some of them are counted in."""
        for layer in dict.fromkeys(self.entries[key].layer for key in (total, *parts)):
            known = self._known(parts, layer)
            whole = self.counts(total, layer)
            if layer != "alone" and whole is not None and known:
                self._tie(total, whole, known, layer)

    def _tie(self, total: Hashable, whole: Vector, parts: Sequence[Hashable], layer: Layer) -> None:
        added = summed([self.counts(key, layer) or () for key in parts])
        left = tuple(max(0, a - b) for a, b in zip(whole, added, strict=True))
        over = tuple(max(0, b - a) for a, b in zip(whole, added, strict=True))
        left_over = 0
        if layer == "amount":
            left_over = self.entries[total].people - sum(self.entries[key].people for key in parts)
        seen, top = [self.view(key, layer) for key in parts], self.view(total, layer)
        if any(left) or left_over > 0:
            seen.append(self._rest(total, parts, layer, left, left_over))
        if any(over):
            top = self._hub(total, top, parts, layer, tuple(map(int.__add__, whole, over)), over)
        self.sums.append(Sum(top, tuple(seen)))

    def _rest(
        self, total: Hashable, parts: Sequence[Hashable], layer: Layer, left: Vector, people: int
    ) -> Hashable:
        """What the parts leave over: people, or amounts of `people`, or of nobody but rounding."""
        key = ("rest", layer, total, tuple(parts))
        rest = self.entries[key] = Entry(layer, left, self.entries[total].subject, invited=sum(left))
        if layer == "amount" and people > 0:
            rest.behind, rest.most = people, self.entries[total].most
        elif layer == "amount":
            rest.behind, rest.invited = MANY, 2 * sum(left)
        return key

    def _hub(
        self,
        total: Hashable,
        top: Hashable,
        parts: Sequence[Hashable],
        layer: Layer,
        counts: Vector,
        over: Vector,
    ) -> Hashable:
        """The sum of the parts where it is more than the total: the total and an error of about so much."""
        subject, names = self.entries[total].subject, (layer, total, tuple(parts))
        hub, error = ("with error", *names), ("error", *names)
        self.entries[hub] = Entry(layer, counts, subject, behind=MANY)
        self.entries[error] = Entry(layer, over, subject, behind=MANY, invited=2 * sum(over))
        self.sums.append(Sum(hub, (top, error)))
        return hub

    def add_silent(self, key: Hashable, like: Entry, counts: Vector) -> Entry:
        """Something nobody shows, counted like another entry."""
        self.entries[key] = Entry(like.layer, counts, like.subject, behind=like.behind, most=like.most)
        return self.entries[key]


def weighed(by: tuple[Vector, ...], counts: Vector) -> Vector:
    return tuple(sum(a * b for a, b in zip(row, counts, strict=True)) for row in by)


def summed(rows: Sequence[Vector]) -> Vector:
    return tuple(map(sum, zip(*rows, strict=True)))
