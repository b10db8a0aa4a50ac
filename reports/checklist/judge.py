"""What a report still needs and from whom, and how far it has come. Pure: plain values in, judgement out.

Everything that a report wants of somebody is an item, done or not; the counts are made of the items, so that the
whole, one kind and one person's part can never disagree.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from program.schedule import OPEN

TEXTS, UPDATES, VALUES, APPROVALS, DIALOGUES, ANSWERS = (
    "texts", "updates", "values", "approvals", "dialogues", "answers",
)  # fmt: skip
KINDS = (TEXTS, UPDATES, VALUES, APPROVALS, DIALOGUES, ANSWERS)
WANTED_BY = {  # which sections of a report a kind of item is for; texts are for all
    UPDATES: {"activities", "done", "next"},
    VALUES: {"indicators"},
    APPROVALS: {"indicators"},
    DIALOGUES: {"dialogues", "heard"},
    ANSWERS: {"dialogues", "heard"},
}
HEAD, HR = "head", "hr"


@dataclass(frozen=True)
class Item:
    """One thing that the report wants: `path` is where it is done, `detail` what is missing in words.

    `who` names those who answer for it, `owners` are the memberships that may be reminded of it. `flag` says what
    somebody should look at although nothing is missing.
    """

    kind: str
    label: str
    path: str
    is_done: bool
    detail: str = ""
    who: str = ""
    owners: frozenset[int] = frozenset()
    flag: str = ""


@dataclass(frozen=True)
class Items:
    """Items in the order given: those that are owed, those that are done, and of these the flagged."""

    items: tuple[Item, ...]

    @property
    def owed(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.is_done)

    @property
    def flagged(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_done and item.flag)

    @property
    def all(self) -> int:
        return len(self.items)

    @property
    def done(self) -> int:
        return self.all - len(self.owed)


@dataclass(frozen=True)
class Group(Items):
    """The items of one kind."""

    kind: str


@dataclass(frozen=True)
class Checklist(Items):
    """The items of every kind."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """Kind by kind, those that have any item."""
        found = (Group(tuple(item for item in self.items if item.kind == kind), kind) for kind in KINDS)
        return tuple(group for group in found if group.items)

    def of(self, member: int) -> "Checklist":
        """One member's own part."""
        return replace(self, items=tuple(item for item in self.items if member in item.owners))

    def of_kinds(self, kinds: Iterable[str]) -> "Checklist":
        wanted = set(kinds)
        return replace(self, items=tuple(item for item in self.items if item.kind in wanted))

    @property
    def debtors(self) -> dict[int, tuple[Item, ...]]:
        """By membership, what each owes; members who owe nothing are not among them."""
        found: dict[int, list[Item]] = {}
        for item in self.owed:
            for member in sorted(item.owners):
                found.setdefault(member, []).append(item)
        return {member: tuple(items) for member, items in found.items()}


def kinds_for(sections: Iterable[str]) -> tuple[str, ...]:
    """Which kinds of item a report with these sections wants."""
    keys = set(sections)
    return tuple(kind for kind in KINDS if kind == TEXTS or WANTED_BY[kind] & keys)


def judged_on(cut_off: dt.date, today: dt.date) -> dt.date:
    """The day that things are looked at: today, and once the cut-off has passed the cut-off, for what is dated
    after it does not reach the report."""
    return min(cut_off, today)


def tells_of(status: str, reported_on: dt.date, previous: dt.date) -> bool:
    """Whether the report tells of an activity: it is open, or something was said of it since the last report."""
    return status in OPEN or reported_on > previous


def wants_update(status: str, reported_on: dt.date, previous: dt.date) -> bool:
    """Planned or under way, and nothing said of it since the last report's cut-off."""
    return status in OPEN and reported_on <= previous


def waits_for(
    *, is_confirmed: bool, head_agreed: bool, hr_agreed: bool, has_head: bool, logged_by_hr: bool
) -> frozenset[str]:
    """Which sides a dialogue waits for before it is published; nobody when both have agreed.

    A draft waits for the side that wrote it. Where no department head has an account, HR is asked alone.
    """
    if not is_confirmed:
        return frozenset({HR if logged_by_hr or not has_head else HEAD})
    sides = {side for side, agreed in ((HEAD, head_agreed), (HR, hr_agreed)) if not agreed}
    return frozenset({HR} if sides and not has_head else sides)
