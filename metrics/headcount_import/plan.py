"""A file laid beside the structure, with HR's choices: what would be written, and what is still to be settled. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from metrics.headcount_import.choices import Choices
from metrics.headcount_import.departments import Departments, name_wrong
from metrics.headcount_import.known import Known, KnownUnit
from metrics.headcount_import.printed import MOST_MANAGERS, Count, Counts
from metrics.headcount_import.rows import GoneRow, StatedRow, UnitRow, UnreadRow
from metrics.span.measure import Discrepancy, UnitCount, discrepancies


@dataclass
class Plan:
    """All that would happen. Nothing is written while anything is open."""

    known: Known
    departments: Departments
    units: list[UnitRow]
    gone: list[GoneRow]
    unread: list[UnreadRow]
    stated: list[StatedRow]
    other_sums: list[Count]
    rounded: list[int]
    free: list[KnownUnit]  # units that no row of the file has the code of
    as_of: dt.date

    @property
    def counted(self) -> list[UnitRow]:
        return [row for row in self.units if row.is_counted]

    @property
    def new_here(self) -> list[UnitRow]:
        return [row for row in self.units if row.is_new_here]

    @property
    def asks_managers(self) -> list[UnitRow]:
        return [
            row
            for row in self.units
            if row.count.starred and row.count.managers is None and not row.had_several
        ]

    @property
    def asks_whether_shared(self) -> list[UnitRow]:
        return [row for row in self.units if row.do != "out" and row.had_several]

    @property
    def assumed(self) -> list[UnitRow]:
        return [row for row in self.counted if row.is_assumed]

    @property
    def renamed(self) -> list[UnitRow]:
        return [row for row in self.counted if row.has_other_name]

    @property
    def changed(self) -> list[UnitRow]:
        return [row for row in self.counted if row.is_changed]

    @property
    def closed(self) -> list[UnitRow]:
        return [row for row in self.counted if row.is_closed]

    @property
    def open(self) -> int:
        """How much is still to be settled."""
        wrong = sum(
            bool(row.wrong) for rows in (self.units, self.gone, self.departments.rows) for row in rows
        )
        return wrong + sum(not row.is_out for row in self.unread)

    @property
    def is_settled(self) -> bool:
        return not self.open and bool(self.counted) and not self.known.taken

    @cached_property
    def unit_counts(self) -> list[UnitCount]:
        """The rows that count as `metrics.span.measure` knows them."""
        return [self._unit_count(row) for row in self.units if row.do != "out"]

    def _unit_count(self, row: UnitRow) -> UnitCount:
        home = self.departments.named(row.department)
        own = row.unit.category if row.unit else ""
        return UnitCount(
            code=row.count.code, name=row.name, department_code=home.code, department=home.name,
            category=own or home.category, managers=row.managers, employees=row.count.employees, fte=row.count.fte,
            is_management=row.is_management, pk=row.unit.pk if row.unit else 0, managers_assumed=row.is_assumed,
        )  # fmt: skip

    @cached_property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """Where the file's own totals differ from its rows."""
        stated = [(row.department, row.count.name, row.count.employees, row.count.fte) for row in self.stated]
        return discrepancies(self.unit_counts, stated)


def lay(
    counts: Counts,
    known: Known,
    as_of: dt.date,
    held: object = None,
    is_bad: Callable[[str], bool] | None = None,
) -> Plan:
    """Lay a file beside what is known. `held` are choices as kept; `is_bad` refuses a name for reasons of its own."""
    return _Layer(
        counts, known, as_of, Choices(held if isinstance(held, dict) else {}), is_bad or (lambda name: False)
    ).plan()


class _Layer:
    def __init__(
        self, counts: Counts, known: Known, as_of: dt.date, choices: Choices, is_bad: Callable[[str], bool]
    ) -> None:
        self.counts, self.known, self.as_of, self.choices, self.is_bad = counts, known, as_of, choices, is_bad
        self.by_code: dict[str, list[KnownUnit]] = {}
        for unit in known.units:
            self.by_code.setdefault(unit.code, []).append(unit)
        self.matched = {row.code: self._match(row) for row in counts.units}
        self.taken = {unit.pk for unit in self.matched.values() if unit}
        self.free = {str(unit.pk): unit for unit in known.units if unit.pk not in self.taken}
        new = [row for row in counts.units if self.matched[row.code] is None]
        self.departments = Departments(counts, known, choices, new)

    def plan(self) -> Plan:
        rows = self._without_doubles([self._unit(row) for row in self.counts.units])
        stated, rest = self.departments.stated()
        unread = [
            UnreadRow(row, bool(self.choices.for_all("lines") or self.choices.of("lines", row.line)))
            for row in sorted(self.counts.problems, key=lambda row: row.line)
        ]
        return Plan(
            self.known, self.departments, rows, self._gone(rows), unread, stated, rest, self.counts.rounded,
            list(self.free.values()), self.as_of,
        )  # fmt: skip

    def _match(self, row: Count) -> KnownUnit | None:
        """The unit with the row's code; of several in different departments the one whose department fits."""
        found = self.by_code.get(row.code, [])
        if len(found) > 1:
            found = [unit for unit in found if row.code.startswith(unit.department)] or [
                unit for unit in found if not self._is_closed(unit)
            ]
        return found[0] if len(found) == 1 else None

    def _is_closed(self, unit: KnownUnit) -> bool:
        return unit.closed_on is not None and unit.closed_on < self.as_of

    def _unit(self, count: Count) -> UnitRow:
        unit = self.matched[count.code]
        row = self._known(count, unit) if unit else self._unknown(count)
        row = self._led(row)
        return replace(row, wrong="name_bad") if row.do != "out" and self.is_bad(count.name) else row

    def _led(self, row: UnitRow) -> UnitRow:
        """How many managers share the unit: as the file says, or HR; one where neither it nor an earlier report tells.

        Until HR has said so, a unit that several managers shared is shown as shared by as many as before.
        """
        count, said = row.count, self.choices.of("managers", row.count.code).get("count", "")
        row = replace(
            row, managers=count.managers or 1, is_assumed=count.managers is None, managers_text=said
        )
        if row.do == "out" or not (row.had_several or (count.starred and count.managers is None)):
            return row
        if said.isascii() and said.isdigit() and 1 <= int(said) <= MOST_MANAGERS:
            return replace(row, managers=int(said), is_assumed=False)
        if not row.had_several or row.before is None:
            return _wrong(row, "managers")
        row = replace(row, managers=row.before[1], is_assumed=False)
        return row if self.choices.for_all("managers") else _wrong(row, "managers_before")

    def _known(self, count: Count, unit: KnownUnit, do: str = "known") -> UnitRow:
        takes = bool(self.choices.of("names", count.code))
        return UnitRow(
            count, do, unit, count.name if takes else unit.name, unit.department, 1,
            is_management=unit.is_management, takes_name=takes, before=self.known.earlier.get(unit.pk),
            is_closed=self._is_closed(unit),
        )  # fmt: skip

    def _unknown(self, count: Count) -> UnitRow:
        said = self.choices.of("units", count.code)
        do = said.get("do", "") if said.get("do") in ("new", "is", "out") else ""
        if not do and (self.choices.for_all("units") or not self.known.units):
            do = "new"
        chosen = said.get("home") or said.get("department") if do == "is" else said.get("department")
        department = chosen or self.departments.of(count.code)
        row = UnitRow(
            count, do, None, " ".join((said.get("name") or count.name).split()), department, 1,
            is_management=bool(said.get("management")), unit_text=said.get("unit", ""),
        )  # fmt: skip
        if do == "is" and row.unit_text in self.free:
            row = replace(
                self._known(count, self.free[row.unit_text], do),
                unit_text=row.unit_text,
                department=department,
            )
        return _wrong(row, *self._unknown_wrong(row))

    def _unknown_wrong(self, row: UnitRow) -> list[str]:
        if not row.do or row.do == "out":
            return [] if row.do else ["choose"]
        name = "name_bad" if self.is_bad(row.name) else name_wrong(row.name)
        beside = [unit for unit in self.by_code.get(row.count.code, []) if unit != row.unit]
        found = {
            "unit_missing": row.do == "is" and row.unit is None,
            "department_missing": row.department not in dict(self.departments.choosable),
            "code_taken": any(unit.department == row.department for unit in beside),
            name: bool(name),
        }
        return [key for key, is_wrong in found.items() if is_wrong]

    def _without_doubles(self, rows: list[UnitRow]) -> list[UnitRow]:
        """Two rows cannot be the same existing unit."""
        chosen = Counter(row.unit.pk for row in rows if row.do == "is" and row.unit)
        return [
            replace(row, wrong="unit_twice") if row.do == "is" and row.unit and chosen[row.unit.pk] > 1 else row
            for row in rows
        ]  # fmt: skip

    def _gone(self, rows: list[UnitRow]) -> list[GoneRow]:
        """What the file lacks; a unit whose row is there but cannot be read is not gone."""
        there = {row.unit.pk for row in rows if row.unit}
        unread = {row.code for row in self.counts.problems}
        codes = {row.count.code for row in rows if row.is_counted}
        return [
            self._gone_row(unit, codes)
            for unit in self.known.units
            if unit.pk in self.known.earlier
            and unit.pk not in there
            and unit.code not in unread
            and not self._was_closed(unit)
        ]

    def _was_closed(self, unit: KnownUnit) -> bool:
        return unit.closed_on is not None and unit.closed_on <= self.as_of

    def _gone_row(self, unit: KnownUnit, codes: set[str]) -> GoneRow:
        said = self.choices.of("gone", unit.pk)
        do = said.get("do", "") if said.get("do") in ("closed", "merged", "missing") else ""
        text, into = said.get("on", ""), said.get("into", "")
        employees, managers = self.known.earlier[unit.pk]
        row = GoneRow(
            unit, employees, managers, do or self.choices.for_all("gone"), _day(text), text, into,
            unit.pk not in self.known.later,
        )  # fmt: skip
        return _wrong(row, *self._gone_wrong(row, codes))

    def _gone_wrong(self, row: GoneRow, codes: set[str]) -> list[str]:
        if not row.do or row.do == "missing":
            return [] if row.do else ["choose"]
        if not row.may_close:
            return ["counted_later"]
        since = self.known.earlier_on
        is_day = bool(row.on and since and since <= row.on <= self.as_of)
        found = {"into_missing": row.do == "merged" and row.into not in codes, "day": not is_day}
        return [key for key, is_wrong in found.items() if is_wrong]


Row = TypeVar("Row", UnitRow, GoneRow)


def _wrong(row: Row, *keys: str) -> Row:
    """The row with what more is wrong with it."""
    told = [key for key in (row.wrong, *row.also, *keys) if key]
    return replace(row, wrong=told[0], also=tuple(told[1:])) if told else row


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
