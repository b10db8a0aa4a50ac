"""Linked answers: the same people asked twice, each knowing only of the own two answers.

McNemar's exact two-sided test (the sign test on those who changed their answer). The mid-p variant has more power
(Fagerland, Lydersen & Laake 2013) but may exceed its level; one test, the exact one, is used everywhere, so that
nobody can choose between two p-values. It is the test that decides; the interval tells the size.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import comb

from metrics.movement.interval import newcombe_linked
from metrics.movement.verdict import SMALL, Verdict, decide, decimal

LEVEL = Fraction(1, 20)
FEWEST_CHANGED = 6  # with five, the exact test cannot fall below 5 % whichever way they went


@dataclass(frozen=True)
class Linked:
    """People who answered both times: positive `both` times, `gained`, `lost`, or `neither`."""

    both: int
    gained: int
    lost: int
    neither: int

    def __post_init__(self) -> None:
        if min(self.both, self.gained, self.lost, self.neither) < 0:
            raise ValueError("Counts of linked answers cannot be negative.")

    @property
    def answered(self) -> int:
        return self.both + self.gained + self.lost + self.neither

    @property
    def change(self) -> Decimal | None:
        """Change of share, a fraction of one."""
        return decimal(Fraction(self.gained - self.lost, self.answered)) if self.answered else None


def mcnemar(gained: int, lost: int) -> Fraction:
    """Exact two-sided p: twice the smaller tail of Binomial(gained + lost, ½), at most 1; 1 if nobody changed."""
    changed = gained + lost
    tail = sum(comb(changed, moved) for moved in range(min(gained, lost) + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**changed))


def judge_linked(linked: Linked, *, higher_is_better: bool, smallest: Decimal | None = None) -> Verdict:
    """Verdict with the counts that moved either way, and p."""
    told = (("gained", linked.gained), ("lost", linked.lost), ("answered", linked.answered))
    if linked.change is None or linked.answered < SMALL:
        return Verdict("unknown", "few_linked", linked.change, figures=told)
    interval = newcombe_linked(linked.both, linked.gained, linked.lost, linked.neither)
    verdict = decide(linked.change, interval, higher_is_better=higher_is_better, smallest=smallest)
    p = mcnemar(linked.gained, linked.lost)
    verdict = replace(verdict, p=float(p), figures=told, cautions=("answered_twice",))
    if verdict.kind == "unchanged":
        return verdict
    if linked.gained + linked.lost < FEWEST_CHANGED:
        return replace(verdict, kind="unknown", reason="few_changed")
    return _agreed(verdict, p < LEVEL)


def _agreed(verdict: Verdict, is_beyond: bool) -> Verdict:
    """Test and interval must say the same; on the border, where they differ, nothing is claimed."""
    if is_beyond == verdict.has_direction:
        return replace(verdict, reason="linked_beyond" if is_beyond else "linked_within")
    return replace(verdict, kind="unknown", reason="linked_border")
