"""What the gate is asked about, and what it answers: plain values, keys of the caller's own choosing."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from metrics.disclosure.thresholds import FLOOR, Primary, Thresholds

Reason = Literal["few", "all_alike", "would_give_away"]
Standing = Literal["offered", "silent", "known"]
Vector = tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """One figure of one group for one period: what a share, a mean or a distribution is worked out from.

    `key`       the caller's; its repr decides ties, so it must read the same in every process
    `counts`    numbers of people that add up to those who answered: (positive, negative), or one for each of
                1–5, or (answered,) alone where the figure adds up to nothing (a median). Empty: no count is
                known, the source published it so.
    `subject`   survey, health, age, sex, background; "staffing" passes
    `weight`    how much it is worth to a reader: a total more than a unit, a unit more than its women
    `invited`   people in the group, when readers know it (headcounts are public): counts cannot exceed it;
                for amounts the most that those people can come to
    `behind`    number of people, when `counts` are amounts (points, days, years of age) and not people
    `standing`  offered: would be shown; silent: nobody shows it, but it could be worked out (May, between two
                accumulated figures; the men, when total and women are shown); known: already out, in a
                frozen report
    `values`    least number of possible values left of each amount when hidden; FLOOR for people, and for
                amounts as much as one person could mean (five years for each in a group's sum of ages)
    """

    key: Hashable
    counts: Vector
    subject: str = "survey"
    weight: int = 1
    invited: int | None = None
    behind: int | None = None
    standing: Standing = "offered"
    values: int = FLOOR

    @property
    def answered(self) -> int:
        """People behind the figure."""
        return sum(self.counts) if self.behind is None else self.behind

    def primary(self, thresholds: Thresholds) -> Primary | None:
        """Why it may not be shown on its own account, or None."""
        least = thresholds.least(self.subject)
        if least == 0 or (not self.counts and self.behind is None):
            return None
        if self.answered < least:
            return "few"
        return "all_alike" if self._all_alike() else None

    def _all_alike(self) -> bool:
        total = sum(self.counts)
        if self.behind is not None and self.counts and total in (0, self.invited):
            return True
        return len(self.counts) > 1 and max(self.counts) == total


@dataclass(frozen=True)
class Sum:
    """`total` is the sum of `parts`, count by count; every key must be among the cells.

    `by`: where the total counts something else than its parts do, a row of weights for each of its counts: a
    question's answers 1–5 into an index's points, ((1, 2, 3, 4, 5),).
    """

    total: Hashable
    parts: tuple[Hashable, ...]
    by: tuple[Vector, ...] | None = None


@dataclass(frozen=True)
class Decision:
    """What may be shown. The reasons are for the log and for tests: a page gives one mark for all three.

    `coarse`   hidden in bulk because the search for something finer ended
    `exposed`  hidden, but figures already known leave less than the protection, whatever is hidden now
    `work`     steps taken, of those allowed
    """

    shown: frozenset[Hashable]
    hidden: Mapping[Hashable, Reason]
    coarse: frozenset[Hashable] = frozenset()
    exposed: frozenset[Hashable] = frozenset()
    work: int = field(default=0, compare=False)

    def may_show(self, key: Hashable) -> bool:
        return key in self.shown


def crossed(
    dimensions: Sequence[Iterable[tuple[Hashable, Sequence[Hashable]]]], keys: Iterable[Hashable]
) -> list[Sum]:
    """The sums of a crossed table whose keys are tuples with a label for each dimension.

    A dimension is its (whole, parts): [("all", ["D1", "D2"]), ("D1", ["U1", "U2"])], or [("2024", [])] for a label
    that is the sum of nothing; a sum is given for every combination of labels whose cells all exist.
    """
    known = set(keys)
    found = []
    for place, nests in enumerate(dimensions):
        others = [_labels(nest) for nest in dimensions]
        for whole, parts in nests:
            others[place] = [whole]
            for key in product(*others):
                members = tuple((*key[:place], part, *key[place + 1 :]) for part in parts)
                if members and key in known and known.issuperset(members):
                    found.append(Sum(key, members))
    return found


def _labels(nest: Iterable[tuple[Hashable, Sequence[Hashable]]]) -> list[Hashable]:
    return list(dict.fromkeys(label for whole, parts in nest for label in (whole, *parts)))
