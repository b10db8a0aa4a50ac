"""How many people a manager leads, against the guideline's base number, its largest and the unit's own range."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ROUNDING = Decimal("0.02")  # full-time equivalents: sums of rounded figures may differ by this much


@dataclass(frozen=True)
class UnitCount:
    """A unit's headcount as reported; `adjustment` is its own assessment, None when there is none."""

    code: str
    name: str
    department_code: str
    department: str
    category: str
    managers: int
    employees: int
    fte: Decimal
    is_management: bool
    adjustment: int | None = None
    pk: int = 0
    department_short: str = ""


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

    def _over(self, limit: int) -> bool:
        """By whole people, not by the rounded quotient."""
        return self.unit.employees > limit * self.unit.managers


@dataclass(frozen=True)
class Totals:
    """Units, managers, people and full-time equivalents added up."""

    units: int
    managers: int
    employees: int
    fte: Decimal

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
    """Every unit of one headcount report, and its sums."""

    units: tuple[UnitSpan, ...]

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


def total(units: Iterable[UnitCount]) -> Totals:
    rows = list(units)
    return Totals(
        len(rows),
        sum(row.managers for row in rows),
        sum(row.employees for row in rows),
        sum((row.fte for row in rows), Decimal(0)),
    )


def per_manager(employees: int, managers: int) -> Decimal:
    """People per manager, two decimals, rounded half up; 56 people on 2 managers are 28 each."""
    return (Decimal(employees) / Decimal(managers)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def measure(units: Iterable[UnitCount], bases: Mapping[str, int], largest_adjustment: int) -> Span:
    """Lay each unit beside the base number of its category."""
    rows = []
    for unit in units:
        base = bases.get(unit.category)
        rows.append(
            UnitSpan(
                unit,
                per_manager(unit.employees, unit.managers),
                base,
                None if base is None else base + largest_adjustment,
                None if base is None or unit.adjustment is None else base + unit.adjustment,
            )
        )
    return Span(tuple(rows))


def discrepancies(
    units: Iterable[UnitCount], stated: Iterable[tuple[str | None, str, int, Decimal]]
) -> tuple[Discrepancy, ...]:
    """Compare stated totals with sums: (department code or None for the whole, name, employees, fte)."""
    rows = list(units)
    found = []
    for code, name, employees, fte in stated:
        sums = total(row for row in rows if code is None or row.department_code == code)
        if employees != sums.employees:
            found.append(Discrepancy(name, "employees", Decimal(employees), Decimal(sums.employees)))
        if fte != sums.fte:
            found.append(Discrepancy(name, "fte", fte, sums.fte))
    return tuple(found)
