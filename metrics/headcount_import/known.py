"""What the structure and earlier headcounts hold, as plain values that a file is laid beside. Pure."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class KnownDepartment:
    """A department by its code; `category` is its guideline category, empty for none."""

    pk: int
    code: str
    name: str
    category: str = ""


@dataclass(frozen=True)
class KnownUnit:
    """A unit; `department` is its department's code, `category` its own guideline category, if it has one."""

    pk: int
    code: str
    name: str
    department: str
    category: str = ""
    is_management: bool = False
    closed_on: dt.date | None = None


@dataclass(frozen=True)
class Known:
    """An organisation before a file of one day is read in.

    `earlier` is the latest report before that day: people and managers by unit. `later` are the units of reports
    after that day. `taken`: a report of that day exists already.
    """

    departments: tuple[KnownDepartment, ...] = ()
    units: tuple[KnownUnit, ...] = ()
    earlier_on: dt.date | None = None
    earlier_basis: str = ""
    earlier: dict[int, tuple[int, int]] = field(default_factory=dict)
    later: frozenset[int] = frozenset()
    taken: bool = False

    def digest(self, content: bytes) -> str:
        """This, beside a file, in short: when it no longer fits, something has changed since it was shown."""
        said = (
            hashlib.sha256(content).hexdigest(), self.departments, self.units, self.earlier_on,
            sorted(self.earlier.items()), sorted(self.later), self.taken,
        )  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()
