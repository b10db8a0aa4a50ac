"""Support beside plans: hours are summed for whom they come to, and none is not unknown."""

from decimal import Decimal
from types import SimpleNamespace

from program.support import PLANNED, THERE, UNDER_WAY, Item, by_audience, by_department, heaviest

ITEMS = [
    Item("Chefsforum", THERE),
    Item("Ny som chef", THERE, ("new",)),
    Item("Nätverk", UNDER_WAY, (), Decimal("6"), True),
    Item("Mentorer", PLANNED, ("new",), Decimal("12.5"), True),
    Item("Handledning", PLANNED, ("new", "experienced"), None, True),
]


def test_rows_by_audience():
    everybody, new, experienced, none = by_audience(ITEMS, ["new", "experienced", "prospective"])
    assert [item.name for item in everybody.there] == ["Chefsforum"]
    assert (everybody.hours, everybody.with_all, everybody.unstated) == (6, 6, 0)
    assert [item.name for item in new.planned] == ["Mentorer", "Handledning"]
    assert (new.hours, new.with_all, new.unstated) == (Decimal("12.5"), Decimal("18.5"), 1)
    assert (experienced.hours, experienced.with_all, experienced.unstated) == (0, 6, 1)
    assert (none.is_empty, none.with_all) == (True, 6)


def test_the_heaviest_row():
    rows = by_audience(ITEMS, ["new", "experienced"])
    assert heaviest(rows).audience == "new"
    assert heaviest(by_audience(ITEMS[:2], ["new"])) is None
    assert heaviest([]) is None


def department(pk, name):
    class Named(SimpleNamespace):
        def __str__(self):
            return self.name

    return Named(pk=pk, name=name)


def function(pk, is_none=False):
    return SimpleNamespace(department_id=pk, is_none=is_none)


def test_none_is_not_unknown():
    departments = [department(number, f"Avdelning {number}") for number in (1, 2, 3, 4)]
    rows = by_department(departments, [function(1), function(2, True), function(4), function(4, True)])
    assert [(row.state, len(row.functions), row.contradicts) for row in rows] == [
        ("some", 1, False), ("none", 0, False), ("unknown", 0, False), ("some", 1, True),
    ]  # fmt: skip
