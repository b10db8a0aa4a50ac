"""How many people a manager leads, against the guideline's base number, its largest and the unit's own range.

Pure. Managers, not only units, are counted: a unit of 56 people with 2 managers is two managers with 28 each.

Lacking managers are arithmetic and no proposal: for each unit, its people divided by its base number, rounded up to
whole managers, less the managers it has, where that is more than none; summed by department. Each unit is counted by
itself, since one unit's room is no help to another. The same is done with the unit's own assessment in place of the
base number, where there is one. Whether more managers is the answer (or another division, support, or an assessment
with a motivation) is not for arithmetic to say.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

ROUNDING = Decimal("0.02")  # full-time equivalents: sums of rounded figures may differ by this much


@dataclass(frozen=True)
class UnitCount:
    """A unit's headcount as reported; `adjustment` is its own assessment, None when there is none.

    `fte` is None where the source does not say. `name` is what the unit is called now, `stated_name` what the source
    called it; `managers_assumed` where the source says nothing of managers and one is taken for granted.
    """

    code: str
    name: str
    department_code: str
    department: str
    category: str
    managers: int
    employees: int
    fte: Decimal | None
    is_management: bool
    adjustment: int | None = None
    pk: int = 0
    department_short: str = ""
    stated_name: str = ""
    managers_assumed: bool = False
    closed_on: dt.date | None = None
    merged_into: str = ""
    assessed_on: dt.date | None = None

    @property
    def shown_name(self) -> str:
        """The name as the source of the day has it."""
        return self.stated_name or self.name

    @property
    def name_now(self) -> str:
        """What it is called now, where that is another name; else empty."""
        return "" if _plain(self.shown_name) == _plain(self.name) else self.name


@dataclass(frozen=True)
class UnitSpan:
    """A unit beside its guideline. `base` is None when no category matches; then nothing is over it."""

    unit: UnitCount
    per_manager: Decimal
    base: int | None
    largest: int | None
    assessed: int | None

    @property
    def over_base(self) -> bool:
        return self.base is not None and self._over(self.base)

    @property
    def over_largest(self) -> bool:
        return self.largest is not None and self._over(self.largest)

    @property
    def over_assessed(self) -> bool | None:
        return None if self.assessed is None else self._over(self.assessed)

    @property
    def lacking(self) -> int:
        """Managers lacking to come down to the base number; 0 where there is none."""
        return self._lacking(self.base)

    @property
    def lacking_own(self) -> int:
        """Managers lacking to come down to the unit's own assessment, or to the base number where it has none."""
        return self._lacking(self.base if self.assessed is None else self.assessed)

    def _over(self, limit: int) -> bool:
        """By whole people, not by the rounded quotient."""
        return self.unit.employees > limit * self.unit.managers

    def _lacking(self, limit: int | None) -> int:
        if limit is None:
            return 0
        return max(-(-self.unit.employees // limit) - self.unit.managers, 0)


@dataclass(frozen=True)
class Share:
    """So many of so many; `value` is a fraction of one, or None of nobody."""

    count: int
    of: int

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.count) / self.of if self.of else None


@dataclass(frozen=True)
class Totals:
    """Units, managers, people and full-time equivalents added up; `fte` is None when any unit's is not known."""

    units: int
    managers: int
    employees: int
    fte: Decimal | None

    @property
    def per_manager(self) -> Decimal | None:
        return Decimal(self.employees) / self.managers if self.managers else None


@dataclass(frozen=True)
class Discrepancy:
    """A total that the source states and its units do not add up to."""

    where: str
    measure: str  # employees | fte
    stated: Decimal
    computed: Decimal

    @property
    def kind(self) -> str:
        """rounding up to 0.02 full-time equivalents, else error."""
        small = self.measure == "fte" and abs(self.stated - self.computed) <= ROUNDING
        return "rounding" if small else "error"


@dataclass(frozen=True)
class Span:
    """Every unit of one headcount report, or of one department in it, and its sums."""

    units: tuple[UnitSpan, ...]

    @property
    def with_base(self) -> tuple[UnitSpan, ...]:
        """The units that can be laid beside the guideline: shares are of these alone."""
        return tuple(row for row in self.units if row.base is not None)

    @property
    def managers_over_base(self) -> Share:
        """Managers whose unit lies above the base number, of all managers whose unit has one."""
        return self._managers([row for row in self.with_base if row.over_base])

    @property
    def managers_over_largest(self) -> Share:
        """Managers whose unit lies above the largest justified, of all managers whose unit has a base number."""
        return self._managers([row for row in self.with_base if row.over_largest])

    def _managers(self, rows: Iterable[UnitSpan]) -> Share:
        return Share(_managers(rows), _managers(self.with_base))

    @property
    def median(self) -> Decimal | None:
        """Half of the managers lead at most so many; each manager counts once, two decimals. None of nobody."""
        each = [
            Decimal(row.unit.employees) / row.unit.managers
            for row in self.units
            for _one in range(row.unit.managers)
        ]
        return median(each).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) if each else None

    @property
    def lacking(self) -> int:
        """Managers lacking to come down to the base numbers, unit by unit; see the module."""
        return sum(row.lacking for row in self.units)

    @property
    def lacking_own(self) -> int:
        """As `lacking`, by each unit's own assessment where it has one."""
        return sum(row.lacking_own for row in self.units)

    @property
    def managers_assumed(self) -> int:
        """Units of which the source says nothing of managers."""
        return sum(row.unit.managers_assumed for row in self.units)

    @property
    def departments(self) -> tuple["DepartmentSpan", ...]:
        """The same units, department by department in the order of their codes."""
        units: dict[str, list[UnitSpan]] = {}
        for row in self.units:
            units.setdefault(row.unit.department_code, []).append(row)
        return tuple(
            DepartmentSpan(
                code, rows[0].unit.department, rows[0].unit.department_short or rows[0].unit.department, Span(tuple(rows))
            )
            for code, rows in sorted(units.items())
        )  # fmt: skip

    @property
    def totals(self) -> Totals:
        return total(row.unit for row in self.units)

    @property
    def without_management(self) -> Totals:
        return total(row.unit for row in self.units if not row.unit.is_management)

    @property
    def over_base(self) -> int:
        return sum(row.over_base for row in self.units)

    @property
    def over_largest(self) -> int:
        return sum(row.over_largest for row in self.units)

    @property
    def assessed(self) -> int:
        return sum(row.assessed is not None for row in self.units)

    @property
    def without_base(self) -> tuple[UnitSpan, ...]:
        return tuple(row for row in self.units if row.base is None)


@dataclass(frozen=True)
class DepartmentSpan:
    """A department's units in one headcount report."""

    code: str
    name: str
    short: str
    span: Span


def _managers(rows: Iterable[UnitSpan]) -> int:
    return sum(row.unit.managers for row in rows)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def total(units: Iterable[UnitCount]) -> Totals:
    rows = list(units)
    known = [row.fte for row in rows if row.fte is not None]
    return Totals(
        len(rows),
        sum(row.managers for row in rows),
        sum(row.employees for row in rows),
        sum(known, Decimal(0)) if len(known) == len(rows) else None,
    )


def per_manager(employees: int, managers: int) -> Decimal:
    """People per manager, two decimals, rounded half up; 56 people on 2 managers are 28 each."""
    return (Decimal(employees) / Decimal(managers)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def measure(units: Iterable[UnitCount], bases: Mapping[str, int], largest_adjustment: int) -> Span:
    """Lay each unit beside the base number of its category; a base number of nought is none."""
    rows = []
    for unit in units:
        base = bases.get(unit.category) or None
        rows.append(
            UnitSpan(
                unit,
                per_manager(unit.employees, unit.managers),
                base,
                None if base is None else base + largest_adjustment,
                None if base is None or unit.adjustment is None else max(base + unit.adjustment, 1),
            )
        )
    return Span(tuple(rows))


def discrepancies(
    units: Iterable[UnitCount], stated: Iterable[tuple[str | None, str, int, Decimal | None]]
) -> tuple[Discrepancy, ...]:
    """Compare stated totals with sums: (department code or None for the whole, name, employees, fte).

    Full-time equivalents that are not known, as stated or of any unit, are compared with nothing.
    """
    rows = list(units)
    found = []
    for code, name, employees, fte in stated:
        sums = total(row for row in rows if code is None or row.department_code == code)
        if employees != sums.employees:
            found.append(Discrepancy(name, "employees", Decimal(employees), Decimal(sums.employees)))
        if fte is not None and sums.fte is not None and fte != sums.fte:
            found.append(Discrepancy(name, "fte", fte, sums.fte))
    return tuple(found)
