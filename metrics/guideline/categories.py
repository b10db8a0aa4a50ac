"""Which units the guideline's categories hold for, and what matches nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Home:
    """A department as the guideline sees it."""

    pk: int
    code: str
    name: str
    category: str


@dataclass(frozen=True)
class Placed:
    """A unit as the guideline sees it; `own` is its own category, empty where the department's holds."""

    pk: int
    code: str
    name: str
    home: Home
    own: str = ""
    is_management: bool = False

    @property
    def category(self) -> str:
        return self.own or self.home.category


@dataclass
class Use:
    """A category: the departments whose units follow it, each with how many, and units with it as their own."""

    category: str
    homes: dict[Home, int] = field(default_factory=dict)
    units: list[Placed] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(self.homes.values()) + len(self.units)


@dataclass
class Unmatched:
    """Where a category that the guideline lacks is told: at a department (for these units), or at one unit.

    `near` is the guideline's category that differs in capitals and spaces alone, else empty.
    """

    home: Home
    unit: Placed | None
    category: str
    near: str
    units: list[Placed] = field(default_factory=list)


@dataclass(frozen=True)
class Uses:
    by_category: tuple[Use, ...]
    unmatched: tuple[Unmatched, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        return tuple(use.category for use in self.by_category if not use.count)

    @property
    def units_unmatched(self) -> int:
        return sum(len(row.units) for row in self.unmatched)


def _plain(category: str) -> str:
    return " ".join(category.split()).casefold()


def uses(categories: Sequence[str], units: Iterable[Placed]) -> Uses:
    """Lay the units that there are beside the guideline's categories, both in the order given."""
    found = {category: Use(category) for category in categories}
    near = {_plain(category): category for category in categories}
    unmatched: dict[tuple[int, int], Unmatched] = {}
    for unit in units:
        use = found.get(unit.category)
        if use is None:
            key = (unit.home.pk, unit.pk if unit.own else 0)
            row = unmatched.setdefault(
                key,
                Unmatched(
                    unit.home, unit if unit.own else None, unit.category, near.get(_plain(unit.category), "")
                ),
            )
            row.units.append(unit)
        elif unit.own:
            use.units.append(unit)
        else:
            use.homes[unit.home] = use.homes.get(unit.home, 0) + 1
    return Uses(tuple(found.values()), tuple(unmatched.values()))
