"""What a comparison found: plain records, from one value to the whole file."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from program.doubts import Flag
from program.exchange.items import ActivityItem
from program.exchange.rows import Wrong
from program.exchange.snapshot import Held, HeldActivity


@dataclass(frozen=True)
class Change:
    """A value that the file says otherwise than the programme, both as text."""

    key: str
    before: str
    after: str


@dataclass
class Part:
    """A step or a follow-up of the file, and the row it means; None for a new one."""

    row: int
    held: Held | None
    values: dict[str, Any]
    changes: list[Change] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.held is None:
            return "new"
        return "changed" if self.changes else "unchanged"


@dataclass
class Result:
    """An activity of the file beside the one it means."""

    item: ActivityItem
    held: HeldActivity | None
    values: dict[str, Any]
    changes: list[Change] = field(default_factory=list)
    steps: list[Part] = field(default_factory=list)
    follow_ups: list[Part] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.wrong:
            return "error"
        if self.held is None:
            return "new"
        parts_differ = any(part.state != "unchanged" for part in (*self.steps, *self.follow_ups))
        return "changed" if self.changes or parts_differ else "unchanged"

    def changed(self, *keys: str) -> bool:
        return any(change.key in keys for change in self.changes)


@dataclass
class Comparison:
    """All of it. `wrong` lists sheet and what is wrong there, in the order of the file."""

    results: list[Result]
    wrong: list[tuple[str, Wrong]]
    new_roles: list[str]
    new_areas: list[str]
    missing: list[HeldActivity]
    taken_numbers: list[str]
    unknown: list[str]
    skipped: list[str]

    def count(self, state: str) -> int:
        return sum(result.state == state for result in self.results)

    @property
    def conflicts(self) -> list[Result]:
        return [row for row in self.results if any(wrong.code == "changed_since" for wrong in row.wrong)]

    @property
    def steps(self) -> int:
        return sum(len(result.steps) for result in self.results)

    @property
    def has_work(self) -> bool:
        return any(result.state in ("new", "changed") for result in self.results)

    @property
    def digest(self) -> str:
        """What would be written, in short: the same file beside other data gives another."""
        said = [
            (
                result.item.row,
                result.held and (result.held.row.pk, result.held.row.revision),
                [(c.key, c.before, c.after) for c in result.changes],
                [
                    (p.row, p.held and p.held.row.pk, [(c.key, c.before, c.after) for c in p.changes])
                    for p in (*result.steps, *result.follow_ups)
                ],
            )
            for result in self.results
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
