"""What managers can lean on beside what is coming: so that new activities do not become a burden. Plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

EVERYBODY = ""
THERE, UNDER_WAY, PLANNED = "there", "under_way", "planned"


@dataclass(frozen=True)
class Item:
    """A support or an activity. `audiences` empty means all managers; `hours` is None when nobody has said."""

    name: str
    column: str
    audiences: tuple[str, ...] = ()
    hours: Decimal | None = None
    takes_time: bool = False
    url: str = ""


@dataclass(frozen=True)
class AudienceRow:
    """What one group of managers has, and what is coming to them; `with_all` adds what comes to everybody."""

    audience: str
    there: tuple[Item, ...]
    under_way: tuple[Item, ...]
    planned: tuple[Item, ...]
    hours: Decimal
    with_all: Decimal
    unstated: int

    @property
    def is_empty(self) -> bool:
        return not (self.there or self.under_way or self.planned)


@dataclass(frozen=True)
class DepartmentRow:
    """A department's own support functions: `some`, an explicit `none`, or `unknown` when nothing is recorded.

    `contradicts`: both an explicit none and named functions are recorded.
    """

    key: int
    name: str
    state: str
    functions: tuple[Any, ...] = field(default=())
    contradicts: bool = False


def by_audience(items: Iterable[Item], audiences: Sequence[str]) -> list[AudienceRow]:
    """One row for all managers, then one for each audience in the order given."""
    items = list(items)
    everybody = _row(EVERYBODY, [item for item in items if not item.audiences], Decimal(0))
    rows = [
        _row(audience, [item for item in items if audience in item.audiences], everybody.hours)
        for audience in audiences
    ]
    return [everybody, *rows]


def _row(audience: str, items: list[Item], common: Decimal) -> AudienceRow:
    columns = {
        name: tuple(item for item in items if item.column == name) for name in (THERE, UNDER_WAY, PLANNED)
    }
    coming = [item for item in (*columns[UNDER_WAY], *columns[PLANNED]) if item.takes_time]
    hours = sum((item.hours for item in coming if item.hours is not None), Decimal(0))
    return AudienceRow(
        audience=audience,
        there=columns[THERE],
        under_way=columns[UNDER_WAY],
        planned=columns[PLANNED],
        hours=hours,
        with_all=hours + common,
        unstated=sum(item.hours is None for item in coming),
    )


def heaviest(rows: Iterable[AudienceRow]) -> AudienceRow | None:
    """Who has the most hours coming, everybody's included; None when nobody has any."""
    most = max(rows, key=lambda row: row.with_all, default=None)
    return most if most and most.with_all else None


def by_department(departments: Iterable[Any], functions: Iterable[Any]) -> list[DepartmentRow]:
    """Every department, told apart: has functions, has none, or nothing is recorded."""
    found: dict[int, list[Any]] = {}
    for function in functions:
        found.setdefault(function.department_id, []).append(function)
    return [_department(department, found.get(department.pk, [])) for department in departments]


def _department(department: Any, rows: list[Any]) -> DepartmentRow:
    named = tuple(row for row in rows if not row.is_none)
    says_none = len(named) < len(rows)
    state = "some" if named else "none" if says_none else "unknown"
    return DepartmentRow(department.pk, str(department), state, named, bool(named) and says_none)
