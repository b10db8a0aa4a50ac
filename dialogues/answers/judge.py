"""Which needs wait for an answer, in which department, and since when. Pure: plain values in, judgement out.

A department raised a need when words of its own were sorted under it. A need that only meetings without departments
raised is answered once, to everybody: its department is None.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

UNANSWERED, OPEN, ANSWERED = "unanswered", "open", "answered"
STATES = (UNANSWERED, OPEN, ANSWERED)


@dataclass(frozen=True)
class Raised:
    """That a department raised a need, and the day of the first meeting where it did: its last day when it is told
    as a span, and then `words` has the span as written and `began` its first day."""

    need: int
    department: int | None
    since: dt.date
    words: str = ""
    began: dt.date | None = None

    @property
    def first_day(self) -> dt.date:
        return self.began or self.since


@dataclass(frozen=True)
class Given:
    """An answer, to a department or (None) to everybody; of one day's answers the one with the highest key holds."""

    need: int
    department: int | None
    on: dt.date
    key: int
    outcome: str


@dataclass(frozen=True)
class Pair:
    """A need in a department that raised it, and the answer that holds there; None as long as there is none."""

    need: int
    department: int | None
    since: dt.date
    given: Given | None = None
    words: str = ""

    @property
    def state(self) -> str:
        """unanswered, open (said to be so) or answered."""
        if self.given is None:
            return UNANSWERED
        return OPEN if self.given.outcome == OPEN else ANSWERED

    @property
    def waiting_since(self) -> dt.date | None:
        """Without an answer since it was raised; open since that was said."""
        if self.given is None:
            return self.since
        return self.given.on if self.state == OPEN else None

    def days_waiting(self, today: dt.date) -> int:
        """Whole days; 0 for what is answered."""
        return max(0, (today - self.waiting_since).days) if self.waiting_since else 0


@dataclass(frozen=True)
class Tally:
    """How many were raised and how they stand; `since` is the day the one waiting longest was raised, `words` the
    same as written."""

    raised: int = 0
    unanswered: int = 0
    open: int = 0
    since: dt.date | None = None
    words: str = ""

    @property
    def answered(self) -> int:
        return self.raised - self.unanswered - self.open


def first_raised(rows: Iterable[Raised]) -> list[Raised]:
    """Of each need and department the row of the meeting that was over first."""
    ordered = sorted(rows, key=lambda row: (row.since, row.began or row.since), reverse=True)
    return list({(row.need, row.department): row for row in ordered}.values())


def latest(given: Iterable[Given]) -> dict[tuple[int, int | None], Given]:
    """(need, department or None) → the answer of its own that holds."""
    ordered = sorted(given, key=lambda row: (row.on, row.key))
    return {(row.need, row.department): row for row in ordered}


def last_added(given: Iterable[Given]) -> dict[int | None, int]:
    """Department (None: everybody) → the key of what was added last on one need, whatever day it holds from."""
    return {row.department: row.key for row in sorted(given, key=lambda row: row.key)}


def pairs(raised: Iterable[Raised], given: Iterable[Given]) -> list[Pair]:
    """Every pair that is owed an answer: the unanswered, the open, the answered; in each the oldest first."""
    rows = list(raised)
    in_departments = {row.need for row in rows if row.department is not None}
    own = latest(given)
    found = [
        Pair(row.need, row.department, row.since, _holding(row, own), row.words)
        for row in rows
        if row.department is not None or row.need not in in_departments
    ]
    return sorted(found, key=_order)


def _holding(row: Raised, own: dict[tuple[int, int | None], Given]) -> Given | None:
    """The later of what the department and what everybody was told.

    What everybody was told before the department raised the need was no answer to that department.
    """
    to_it, to_all = own.get((row.need, row.department)), own.get((row.need, None))
    if to_all and row.department is not None and to_all.on < row.first_day:
        to_all = None
    return max((row for row in (to_it, to_all) if row), key=lambda row: (row.on, row.key), default=None)


def _order(pair: Pair) -> tuple[int, dt.date, int, int]:
    return STATES.index(pair.state), pair.since, pair.department or 0, pair.need


def unanswered(found: Iterable[Pair]) -> list[Pair]:
    """Those without any answer, in the order given."""
    return [pair for pair in found if pair.state == UNANSWERED]


def by_department(found: Iterable[Pair]) -> dict[int | None, Tally]:
    """Each department's pairs, counted; None holds the needs that everybody is answered on."""
    groups: dict[int | None, list[Pair]] = {}
    for pair in found:
        groups.setdefault(pair.department, []).append(pair)
    return {key: tally(rows) for key, rows in groups.items()}


def by_need(found: Iterable[Pair]) -> dict[int, Tally]:
    """Each need's pairs, counted: in how many departments it was raised, and how many of them have an answer."""
    groups: dict[int, list[Pair]] = {}
    for pair in found:
        groups.setdefault(pair.need, []).append(pair)
    return {key: tally(rows) for key, rows in groups.items()}


def tally(rows: list[Pair]) -> Tally:
    """Pairs of different needs, or of one need in different departments, counted."""
    waiting = unanswered(rows)
    first = min(waiting, key=lambda pair: pair.since, default=None)
    return Tally(
        raised=len(rows),
        unanswered=len(waiting),
        open=sum(pair.state == OPEN for pair in rows),
        since=first.since if first else None,
        words=first.words if first else "",
    )


@dataclass(frozen=True)
class Standing:
    """How many needs were raised, how many wait somewhere, and the pair that has waited longest."""

    needs: int
    waiting: int
    longest: Pair | None


def standing(found: list[Pair]) -> Standing:
    """Needs, not pairs: one that waits in three departments is one."""
    waiting = unanswered(found)
    return Standing(
        needs=len({pair.need for pair in found}),
        waiting=len({pair.need for pair in waiting}),
        longest=min(waiting, key=_order, default=None),
    )
