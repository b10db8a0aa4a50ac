"""What becomes of each row of a file, and of each unit that is missing from it. Pure values."""

import datetime as dt
from dataclasses import dataclass

from metrics.headcount_import.known import KnownUnit
from metrics.headcount_import.printed import Count, Problem


@dataclass(frozen=True)
class UnitRow:
    """A unit's row. `do` is known | new | is (an existing unit under a new code) | out | empty: not settled.

    `name` and `department` (a code) are what the unit will have; `before` is people and managers in the latest earlier
    report. `wrong` is a key of `words.WRONG`, `unit_text` the key of an existing unit as it was chosen.
    """

    count: Count
    do: str
    unit: KnownUnit | None
    name: str
    department: str
    managers: int
    is_management: bool = False
    is_assumed: bool = False
    managers_text: str = ""
    unit_text: str = ""
    takes_name: bool = False
    before: tuple[int, int] | None = None
    is_closed: bool = False
    wrong: str = ""
    also: tuple[str, ...] = ()  # what else is wrong

    @property
    def is_counted(self) -> bool:
        return self.do in ("known", "new", "is")

    @property
    def is_new_here(self) -> bool:
        """The structure knows no unit with this code."""
        return self.do != "known"

    @property
    def has_other_name(self) -> bool:
        """The file calls the unit something else than the structure does."""
        return self.unit is not None and _plain(self.unit.name) != _plain(self.count.name)

    @property
    def had_several(self) -> bool:
        """The file says nothing of managers, and the latest earlier report had more than one: no one can be assumed."""
        return self.count.managers is None and self.before is not None and self.before[1] > 1

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != (self.count.employees, self.managers)

    @property
    def more_people(self) -> int:
        return self.count.employees - self.before[0] if self.before else 0


@dataclass(frozen=True)
class GoneRow:
    """A unit of the latest earlier report that the file lacks. `do`: closed | merged | missing | empty.

    `into` is the code of a row of the file; `may_close` is no for a unit that a later report holds.
    """

    unit: KnownUnit
    employees: int
    managers: int
    do: str
    on: dt.date | None = None
    on_text: str = ""
    into: str = ""
    may_close: bool = True
    wrong: str = ""
    also: tuple[str, ...] = ()  # what else is wrong


@dataclass(frozen=True)
class DepartmentRow:
    """A department's code that the structure lacks. `do`: new | is (an existing one, `department`) | none | empty.

    `units` says how many of the file's new units would lie there; `file_name` is empty when no row names it.
    """

    code: str
    file_name: str
    units: int
    do: str
    name: str = ""
    department: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class UnreadRow:
    """A line that cannot be read, and whether it is to be left out."""

    problem: Problem
    is_out: bool


@dataclass(frozen=True)
class StatedRow:
    """What the file says that a department (by code), or the whole (None), adds up to."""

    department: str | None
    count: Count


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
