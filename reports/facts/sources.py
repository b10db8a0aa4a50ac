"""The chain's references: each thing that a claim rests on gets a code the first time it is referred to."""

from collections.abc import Iterable
from dataclasses import replace

from reports.comparison import ActivityHistory
from reports.content import Source
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


class Sources:
    """A report's sources by kind and primary key; asks the database for nothing."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], Source] = {}
        self._numbers = dict.fromkeys(LETTERS, 0)

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
        number = f"nr {row.number}, " if row.number else ""
        detail = f"{number}lägesrapport {formats.day(row.now.on)}"
        return self.add("activity", row.pk, row.title, detail)

    def met(self, kind: str) -> list[Source]:
        """The sources of a kind that have been met, in order."""
        return [source for source in self._found.values() if source.kind == kind]

    @property
    def all(self) -> tuple[Source, ...]:
        """Kind by kind in the chain's order, numbered within each."""
        order = list(LETTERS)
        return tuple(sorted(self._found.values(), key=lambda row: (order.index(row.kind), int(row.code[1:]))))
