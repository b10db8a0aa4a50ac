"""The chain's references: each thing that a claim rests on gets a code the first time it is referred to.

What rests on what is told by the `Chain`, plain values that are read once for a report.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from program.schedule import is_late
from reports.comparison import ActivityHistory
from reports.content import Source
from reports.facts.words import STATUS, deadline
from ui import formats

LETTERS = {
    "clause": "U",  # uppdrag
    "activity": "A",
    "need": "B",  # behov
    "dialogue": "D",
    "indicator": "M",  # mått
    "headcount": "P",  # personalrapport
    "consultation": "S",  # samverkan
    "risk": "R",
    "hearing": "H",  # handläggning
    "instruction": "N",  # nämndens uppdrag
}
ORDER = "".join(LETTERS.values())
NAMES = {
    "clause": "Uppdraget",
    "activity": "Aktivitet",
    "need": "Behov",
    "dialogue": "Dialog",
    "indicator": "Mått",
    "headcount": "Personalrapport",
    "consultation": "Samverkan",
    "risk": "Risk",
    "hearing": "Behandling",
    "instruction": "Nämndens uppdrag",
}


@dataclass(frozen=True)
class Meeting:
    """A dialogue: its name, and when it was held with how much was said. `is_named` when its words may be named."""

    name: str
    detail: str
    is_named: bool


@dataclass(frozen=True)
class Chain:
    """What the activities of a report rest on.

    `needs` are titles by key, `words` the numbers of the statements that speak for a need, by need and dialogue in
    the dialogues' order, `headcounts` the keys of the headcount reports by their day.
    """

    needs: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[int, Mapping[int, tuple[int, ...]]] = field(default_factory=dict)
    meetings: Mapping[int, Meeting] = field(default_factory=dict)
    headcounts: Mapping[dt.date, int] = field(default_factory=dict)


class Sources:
    """A report's sources by kind and primary key; asks the database for nothing."""

    def __init__(self, chain: Callable[[], Chain], cut_off: dt.date) -> None:
        self._found: dict[tuple[str, int], Source] = {}
        self._numbers = dict.fromkeys(LETTERS, 0)
        self._chain, self._cut_off = chain, cut_off

    def add(self, kind: str, pk: int, title: str, detail: str = "", refs: Iterable[str] = ()) -> str:
        """The code of a source, given when it is met the first time; what is said of it then stands."""
        if (kind, pk) not in self._found:
            self._numbers[kind] += 1
            code = f"{LETTERS[kind]}{self._numbers[kind]}"
            self._found[kind, pk] = Source(code, kind, pk, title, detail, tuple(refs))
        return self._found[kind, pk].code

    def code(self, kind: str, pk: int) -> str | None:
        """The code of a source that has been met."""
        found = self._found.get((kind, pk))
        return found.code if found else None

    def tell(self, kind: str, pk: int, detail: str, refs: Iterable[str]) -> None:
        """Say more of a source that has been met, once everything it rests on has its code."""
        self._found[kind, pk] = replace(self._found[kind, pk], detail=detail, refs=tuple(refs))

    def activity(self, row: ActivityHistory) -> str:
        """An activity as it stood, resting on the needs it answers."""
        if code := self.code("activity", row.pk):
            return code
        number = f"nr {row.number}, " if row.number else ""
        until = f", klart senast {deadline(row.now)}" if row.now.state.deadline or row.now.words else ""
        status = STATUS[row.now.state.status] + (
            ", försenad" if is_late(row.now.state, self._cut_off) else ""
        )
        detail = f"{number}lägesrapport {formats.day(row.now.on)}: {status}{until}"
        code = self.add("activity", row.pk, row.title, detail)
        known = self._chain().needs
        self.tell("activity", row.pk, detail, [self.need(pk) for pk in row.needs if pk in known])
        return code

    def activities(self, rows: Iterable[ActivityHistory]) -> tuple[str, ...]:
        return in_order(self.activity(row) for row in rows)

    def need(self, pk: int) -> str:
        """A need, resting on the dialogues that raised it; the statements are named by their numbers there."""
        if code := self.code("need", pk):
            return code
        chain = self._chain()
        code = self.add("need", pk, chain.needs[pk])
        words = chain.words.get(pk, {})
        refs = [self.dialogue(dialogue) for dialogue in words]
        told = [_spoken(ref, *row, chain) for ref, row in zip(refs, words.items(), strict=True)]
        self.tell("need", pk, "; ".join(told) or "inget inspel i en dialog", refs)
        return code

    def needs(self, keys: Iterable[int]) -> tuple[str, ...]:
        known = self._chain().needs
        return in_order(self.need(pk) for pk in keys if pk in known)

    def dialogues(self, keys: Iterable[int]) -> tuple[str, ...]:
        return in_order(self.dialogue(pk) for pk in keys)

    def dialogue(self, pk: int) -> str:
        meeting = self._chain().meetings[pk]
        return self.add("dialogue", pk, meeting.name, meeting.detail)

    def headcount(self, day: dt.date, basis: str = "") -> tuple[str, ...]:
        """The headcount report of a day; nothing when it is not known."""
        pk = self._chain().headcounts.get(day)
        if pk is None:
            return ()
        return (self.add("headcount", pk, f"Personalrapport {formats.day(day)}", basis),)

    def met(self, kind: str) -> list[Source]:
        """The sources of a kind that have been met, in order."""
        return [source for source in self._found.values() if source.kind == kind]

    @property
    def all(self) -> tuple[Source, ...]:
        """Kind by kind in the chain's order, numbered within each."""
        return tuple(sorted(self._found.values(), key=lambda row: _order(row.code)))


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Each once, kind by kind and by number, as readers look for them."""
    return tuple(sorted(dict.fromkeys(codes), key=_order))


def _order(code: str) -> tuple[int, int]:
    return ORDER.index(code[0]), int(code[1:])


def _spoken(code: str, dialogue: int, numbers: tuple[int, ...], chain: Chain) -> str:
    """D1 utsaga 3 och 7; of a dialogue that is not published no statement is named."""
    if not chain.meetings[dialogue].is_named:
        return f"{code}, inte publicerad"
    return f"{code} utsaga {formats.listed(map(str, numbers))}"
