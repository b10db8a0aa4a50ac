"""The span of control over time: every headcount report beside the guideline that was in force on its day.

Pure. A unit is the same unit whatever it is called; each report shows it by its own source's name. A unit that was
not counted in a report has no figure there, never nought. Which department and which guideline category a unit
belongs to is known as it is now, and is used for earlier reports too.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from metrics.span.measure import Discrepancy, Span, UnitCount, UnitSpan, measure


@dataclass(frozen=True)
class Version:
    """A guideline: base numbers by category, and how far factors may move them, usually and at most."""

    pk: int
    title: str
    valid_from: dt.date
    usual_adjustment: int
    largest_adjustment: int
    bases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Point:
    """One headcount report, measured: the span of control on its day.

    `stated` holds the source's own totals: (department code or None for the whole, name, employees, fte or None).
    """

    as_of: dt.date
    basis: str
    is_example: bool
    guideline: Version | None
    span: Span
    stated: tuple[tuple[str | None, str, int, Decimal | None], ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()


@dataclass(frozen=True)
class DepartmentLine:
    """A department through every report; None where none of its units was counted."""

    code: str
    name: str
    short: str
    spans: tuple[Span | None, ...]


@dataclass(frozen=True)
class UnitLine:
    """A unit through every report; None where it was not counted."""

    unit: UnitCount  # as last counted
    rows: tuple[UnitSpan | None, ...]

    @property
    def earlier_names(self) -> tuple[str, ...]:
        """What sources have called it, other than now, oldest first and each once."""
        names = [row.unit.shown_name for row in self.rows if row is not None and row.unit.name_now]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class History:
    """Every headcount report up to a day, oldest first, and the versions of the guideline."""

    points: tuple[Point, ...]
    versions: tuple[Version, ...] = ()

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(point.as_of for point in self.points)

    def at(self, day: dt.date) -> Point | None:
        """The latest report on or before a day."""
        return next((point for point in reversed(self.points) if point.as_of <= day), None)

    def latest(self, count: int) -> "History":
        """The last `count` reports alone."""
        return History(self.points[-count:], self.versions)

    @property
    def departments(self) -> tuple[DepartmentLine, ...]:
        """One line a department that was ever counted, by code; its name as it is now."""
        named: dict[str, tuple[str, str]] = {}
        spans: list[dict[str, Span]] = []
        for point in self.points:
            rows = point.span.departments
            named |= {row.code: (row.name, row.short) for row in rows}
            spans.append({row.code: row.span for row in rows})
        return tuple(
            DepartmentLine(code, *named[code], tuple(found.get(code) for found in spans)) for code in sorted(named)
        )  # fmt: skip

    @property
    def units(self) -> tuple[UnitLine, ...]:
        """One line a unit that was ever counted, by department and code."""
        last: dict[int, UnitCount] = {}
        rows: list[dict[int, UnitSpan]] = []
        for point in self.points:
            rows.append({row.unit.pk: row for row in point.span.units})
            last |= {pk: row.unit for pk, row in rows[-1].items()}
        lines = [UnitLine(unit, tuple(found.get(pk) for found in rows)) for pk, unit in last.items()]
        return tuple(sorted(lines, key=lambda line: (line.unit.department_code, line.unit.code)))

    @property
    def gone(self) -> tuple[UnitLine, ...]:
        """Units that earlier reports count and the latest does not: closed, merged, or only missing."""
        return tuple(line for line in self.units if line.rows[-1] is None)


def in_force(versions: Sequence[Version], day: dt.date) -> Version | None:
    """The guideline that was in force on a day: the one that was valid from latest before or on it."""
    begun = [version for version in versions if version.valid_from <= day]
    return max(begun, key=lambda version: version.valid_from, default=None)


def measured(units: Sequence[UnitCount], guideline: Version | None) -> Span:
    """The units beside a guideline; without one no unit has a base number."""
    return (
        measure(units, guideline.bases, guideline.largest_adjustment) if guideline else measure(units, {}, 0)
    )
