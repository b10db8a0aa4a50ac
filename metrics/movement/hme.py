"""HME, hållbart medarbetarengagemang: nine statements, three part indices and a total, 0–100.

Source: SKR and RKA, "Hållbart medarbetarengagemang, HME: modell och användaranvisningar" (2011, version 2.0 2013).
Each statement is answered 1–5 and scaled to 0–100; a part index is the mean of its three, the total the mean of all
nine. Only answers by the same group in the same wave make an index, and only when all nine are there.

How the nine hang together within each person is not known from nine distributions, so the interval is the widest
that any dependence allows: the standard error of a mean never exceeds the mean of the standard errors (Cauchy and
Schwarz).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import hypot, sqrt

from metrics.movement.answers import Answers
from metrics.movement.interval import Spread, around, student
from metrics.movement.verdict import SMALL, Verdict, decide, decimal, not_comparable

Parts = Mapping[str, tuple[str, ...]]

HME: Parts = {
    "motivation": ("meaningful", "learning", "looking_forward"),
    "leadership": ("appreciation", "trust", "responsibility"),
    "governance": ("goals_known", "goals_followed_up", "expectations_known"),
}
PER_STEP = 25  # 1–5 becomes 0–100


@dataclass(frozen=True)
class Item:
    """A statement's answers; `group` names who answered and when, and must be the same for all of an index."""

    key: str
    group: str
    answers: Answers


@dataclass(frozen=True)
class Index:
    """`total` and `parts` are 0–100, None where not all is there; `reason` says why the total is not.

    `answered` is the fewest answers to any statement, `error` the widest standard error of the total.
    """

    total: Decimal | None
    parts: tuple[tuple[str, Decimal | None], ...]
    answered: int = 0
    error: float = 0.0
    missing: tuple[str, ...] = ()
    reason: str | None = None
    comparable: bool = True
    preliminary: bool = False


def read_index(items: Iterable[Item], parts: Parts = HME) -> Index:
    """The index that these statements give; what is not a statement of it is left aside, doubles refuse it."""
    wanted = [key for keys in parts.values() for key in keys]
    used = [item for item in items if item.key in wanted]
    reason = _mixed(used)
    if reason:
        return Index(None, tuple((part, None) for part in parts), reason=reason)
    by_key = {item.key: item.answers for item in used}
    spreads = {key: found for key, answers in by_key.items() if (found := answers.spread)}
    missing = tuple(key for key in wanted if key not in spreads)
    told = tuple((part, _scaled(spreads, keys)) for part, keys in parts.items())
    if missing:
        return Index(None, told, missing=missing, reason="items_missing")
    return Index(
        _scaled(spreads, wanted),
        told,
        answered=min(spread.answered for spread in spreads.values()),
        error=_widest_error(spreads.values()),
        comparable=all(answers.comparable for answers in by_key.values()),
        preliminary=any(answers.preliminary for answers in by_key.values()),
    )


def _mixed(items: list[Item]) -> str | None:
    if len({item.group for item in items}) > 1:
        return "items_of_different_groups"
    return "items_twice" if len({item.key for item in items}) < len(items) else None


def _scaled(spreads: Mapping[str, Spread], keys: Iterable[str]) -> Decimal | None:
    """Mean of the statements' means, 0–100; None when one is missing."""
    found = [spreads.get(key) for key in keys]
    means = [spread.mean for spread in found if spread]
    if not means or len(means) < len(found):
        return None
    return decimal((sum(means, Fraction(0)) / len(means) - 1) * PER_STEP)


def _widest_error(spreads: Iterable[Spread]) -> float:
    errors = [PER_STEP * sqrt(spread.variance / spread.answered) for spread in spreads]
    return sum(errors) / len(errors)


def judge_index(
    first: Index | None, last: Index | None, *, higher_is_better: bool = True, smallest: Decimal | None = None
) -> Verdict:
    """Movement of the total between two waves, `smallest` in index units."""
    if first is None or last is None:
        return Verdict("unknown", "one_value", unit="index")
    if first.total is None or last.total is None:
        return Verdict("unknown", first.reason or last.reason or "missing", unit="index")
    refused, change = not_comparable(first, last), last.total - first.total
    if refused:
        return Verdict("unknown", refused, unit="index")
    if min(first.answered, last.answered) < SMALL:
        return Verdict("unknown", "few", change, unit="index")
    error = hypot(first.error, last.error)
    if error == 0:
        return Verdict("unknown", "no_spread", change, unit="index")
    reach = student(min(first.answered, last.answered) - 1) * error
    verdict = decide(
        change,
        around(float(change), reach),
        higher_is_better=higher_is_better,
        smallest=smallest,
        unit="index",
    )
    return replace(verdict, cautions=("items_hang_together", "unlinked"))
