"""Managers' time: weeks as people write them, hours by month, what a move does, and what collides."""

import datetime as dt
from decimal import Decimal

import pytest

from program.wheel.collisions import collisions, first_day, last_day
from program.wheel.load import (
    PROCESS,
    Occupation,
    changes,
    concerns,
    in_ranges,
    load,
    months_in,
    moved,
    parse_weeks,
    unplaced,
    weeks_in,
    weeks_outside,
    without,
)

HOME, OTHER = 1, 2


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def process(name="Lönesamtal", **fields) -> Occupation:
    return Occupation(name, name, PROCESS, is_recurring=True, **fields)


def training(name, **fields) -> Occupation:
    days = {"first": day("2026-01-01"), "last": day("2026-12-31")}
    return Occupation(name, name, "training", **days | fields)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("", ()),
        ("40", (40,)),
        ("10–12, 40", (10, 11, 12, 40)),
        ("v. 10-12", (10, 11, 12)),
        ("vecka 3 och 5", (3, 5)),
        ("Veckorna 51–52; 1", (1, 51, 52)),
        ("12, 10–12", (10, 11, 12)),
        ("v10", None),
        ("0", None),
        ("54", None),
        ("12–10", None),
        ("mars", None),
        ("10,,12", None),
        ("10–", None),
    ],
)
def test_weeks_are_read_as_written(text, weeks):
    if weeks is None:
        with pytest.raises(ValueError, match=text):
            parse_weeks(text)
    else:
        assert parse_weeks(text) == weeks


@pytest.mark.parametrize(
    ("numbers", "stretches"),
    [((), []), ((40,), [(40, 40)]), ((12, 10, 11, 40), [(10, 12), (40, 40)])],
)
def test_numbers_are_told_as_stretches(numbers, stretches):
    assert in_ranges(numbers) == stretches


@pytest.mark.parametrize(
    ("weeks", "months", "outside"),
    [
        ((10, 11), (3,), []),
        ((9, 14), (3,), []),  # weeks that begin or end in March in some year
        ((10, 40), (3,), [40]),
        ((1,), (12,), []),
        ((53,), (1, 12), []),
        ((53,), (11,), [53]),
    ],
)
def test_weeks_must_touch_the_months(weeks, months, outside):
    assert weeks_outside(weeks, months) == outside


@pytest.mark.parametrize(
    ("fields", "year", "months"),
    [
        ({"first": day("2026-02-10"), "last": day("2026-04-02")}, 2026, (2, 3, 4)),
        ({"first": day("2026-02-10"), "last": day("2026-04-02"), "months": (1, 4, 9)}, 2026, (4,)),
        ({"first": day("2025-11-10"), "last": day("2026-02-02")}, 2025, (11, 12)),
        ({"first": day("2025-11-10"), "last": day("2026-02-02")}, 2027, ()),
        ({"last": day("2026-02-02")}, 2026, (1, 2)),
        ({"first": day("2026-11-10")}, 2026, (11, 12)),
        ({"first": day("2026-11-10")}, 2027, ()),
        ({"months": (3,)}, 2026, ()),  # no day at all: nobody knows which year
        ({"months": (3, 10), "is_recurring": True}, 2031, (3, 10)),
        ({"months": (3, 10), "is_recurring": True, "first": day("2026-08-01")}, 2026, (10,)),
        ({"months": (3, 10), "is_recurring": True, "last": day("2026-08-01")}, 2026, (3,)),
        ({"is_recurring": True}, 2026, tuple(range(1, 13))),
        ({"weeks": (10, 11, 40), "is_recurring": True}, 2026, (3, 10)),
        ({"weeks": (53,), "is_recurring": True}, 2027, ()),  # that year has no such week
    ],
)
def test_months_in_which_something_runs(fields, year, months):
    assert months_in(Occupation("a", "A", **fields), year) == months


def test_weeks_lie_within_the_days():
    row = training("A", weeks=(10, 40, 53), first=day("2026-03-05"), last=day("2027-03-01"))
    assert [weeks_in(row, year) for year in (2025, 2026, 2027)] == [(), (10, 40, 53), ()]
    assert weeks_in(Occupation("a", "A", weeks=(10,)), 2026) == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"hours": Decimal(12), "first": day("2026-01-01"), "last": day("2026-03-31")}, {1: 4, 2: 4, 3: 4}),
        ({"hours": Decimal(12), "first": day("2025-12-01"), "last": day("2026-02-28")}, {1: 4, 2: 4}),
        ({"hours": Decimal(12), "months": (2, 5), "is_recurring": True}, {2: 6, 5: 6}),
        ({"hours": Decimal(12), "months": (2, 5), "is_recurring": True, "first": day("2026-04-01")}, {5: 6}),
        ({"hours": Decimal(10), "first": day("2026-01-01"), "last": day("2026-03-31")},
         {1: Decimal("3.3"), 2: Decimal("3.3"), 3: Decimal("3.3")}),
        ({"hours": Decimal(12), "first": day("2026-01-01"), "last": day("2026-06-30"), "months": (6,)}, {6: 12}),
        ({"hours": None, "first": day("2026-01-01"), "last": day("2026-03-31")}, {}),
        ({"hours": Decimal(12)}, {}),
    ],
)  # fmt: skip
def test_hours_are_spread_evenly(fields, expected):
    cells = load([Occupation("a", "A", **fields)], 2026, HOME)
    assert {cell.month: cell.hours for cell in cells if cell.hours} == expected


@pytest.mark.parametrize(
    ("ceiling", "is_over"),
    [(None, False), (Decimal(10), False), (Decimal("9.9"), True), (Decimal(11), False)],
)
def test_three_thirds_of_ten_are_ten(ceiling, is_over):
    rows = [
        Occupation(key, key, hours=Decimal(10), first=day("2026-01-01"), last=day("2026-03-31"))
        for key in "abc"
    ]
    january = load(rows, 2026, HOME, ceiling)[0]
    assert (january.hours, january.is_over) == (10, is_over)


@pytest.mark.parametrize(
    ("departments", "audiences", "audience", "expected"),
    [
        ((), (), "", True),
        ((HOME,), (), "", True),
        ((OTHER,), (), "", False),
        ((), ("new",), "", False),  # not every manager
        ((), ("new",), "new", True),
        ((), ("new",), "experienced", False),
        ((), (), "new", True),
    ],
)
def test_whom_it_concerns(departments, audiences, audience, expected):
    row = Occupation("a", "A", departments=frozenset(departments), audiences=frozenset(audiences))
    assert concerns(row, HOME, audience) is expected


def test_hours_without_a_time_are_told():
    rows = [
        Occupation("a", "Ingen dag", hours=Decimal(3)),
        Occupation("b", "Månaden ligger utanför", hours=Decimal(3), months=(9,), last=day("2026-03-01")),
        Occupation("c", "Återkommer", hours=Decimal(3), is_recurring=True),
        training("d", hours=Decimal(3)),
        Occupation("e", "Inga timmar"),
    ]
    assert [row.key for row in unplaced(rows)] == ["a", "b"]


def test_stopping_takes_its_hours_away():
    rows = [training("A", hours=Decimal(12), months=(3,)), process(hours=Decimal(6), months=(3,))]
    (change,) = changes(rows, without(rows, "A"), [2026], HOME, Decimal(10))
    assert (change.year, change.before.month) == (2026, 3)
    assert (change.before.hours, change.before.is_over) == (18, True)
    assert (change.after.hours, change.after.is_over) == (6, False)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (2, [(2026, 11, 12, 0), (2027, 1, 0, 12)]),
        (-1, [(2026, 10, 0, 12), (2026, 11, 12, 0)]),
        (0, []),
    ],
)
def test_moving_takes_the_hours_to_other_months(by, expected):
    rows = [
        training("A", hours=Decimal(12), months=(11,), first=day("2026-11-01"), last=day("2026-11-30")),
        training("B", hours=Decimal(12), months=(5,)),
    ]
    found = changes(rows, moved(rows, "A", by), [2026, 2027], HOME)
    assert [(row.year, row.before.month, row.before.hours, row.after.hours) for row in found] == expected


def test_moving_knows_short_months_and_forgets_weeks():
    row = training("A", weeks=(10,), first=day("2026-01-31"), last=day("2026-12-31"))
    (later,) = moved([row], "A", 1)
    assert (later.first, later.last, later.months, later.weeks) == (
        day("2026-02-28"), day("2027-01-31"), (4,), (),
    )  # fmt: skip
    everlasting = process(months=(12,))
    assert moved([everlasting], everlasting.key, 1)[0].months == (1,)


TALKS = process(weeks=(10, 11, 12))
A, B = training("A", weeks=(10,)), training("B", weeks=(12, 13))
MARCH = training("Mars", months=(3,))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # in the same weeks when both give weeks
        ([TALKS, A, B], [("Lönesamtal", "AB", (10, 12), ())]),
        ([TALKS, training("C", weeks=(13,))], []),
        # else in the same months
        ([TALKS, MARCH], [("Lönesamtal", "Mars", (), (3,))]),
        ([process(months=(3, 4)), training("C", weeks=(14,))], [("Lönesamtal", "C", (), (4,))]),
        ([TALKS, training("C", months=(4,))], []),
        # a meeting collides with a process, a measure does not
        ([TALKS, Occupation("M", "M", "meeting", weeks=(11,), last=day("2026-12-31"))],
         [("Lönesamtal", "M", (11,), ())]),
        ([TALKS, Occupation("M", "M", weeks=(11,), last=day("2026-12-31"))], []),
        # two trainings; two meetings are nothing to tell
        ([A, training("C", weeks=(10, 11))], [(None, "AC", (10,), ())]),
        ([A, B], []),
        ([A, MARCH], [(None, "AMars", (), (3,))]),
        ([MARCH, Occupation("M", "M", "meeting", months=(3,), last=day("2026-12-31"))], []),
        ([training(key, months=(9, 10)) for key in "CDE"], [(None, "CDE", (), (9, 10))]),
        ([training("C", months=(9,)), training("D", months=(9, 10)), training("E", months=(10,))],
         [(None, "CD", (), (9,)), (None, "DE", (), (10,))]),
        # what a process tells is not told again
        ([process(weeks=(10,)), A, training("C", weeks=(10,))], [("Lönesamtal", "AC", (10,), ())]),
        # only where managers are shared
        ([process(weeks=(10,), departments=frozenset({HOME})), training("C", weeks=(10,), departments=frozenset({OTHER}))],
         []),
        ([process(weeks=(10,), audiences=frozenset({"new"})), training("C", weeks=(10,), audiences=frozenset({"experienced"}))],
         []),
        ([process(weeks=(10,)), training("C", weeks=(10,), audiences=frozenset({"new"})),
          training("D", weeks=(10,), audiences=frozenset({"experienced"}))],
         [("Lönesamtal", "C", (10,), ()), ("Lönesamtal", "D", (10,), ())]),
        # in another year there is nothing
        ([TALKS, training("C", weeks=(10,), first=day("2027-01-01"), last=day("2027-12-31"))], []),
        ([], []),
    ],
)  # fmt: skip
def test_collisions(rows, expected):
    found = [
        (row.process and row.process.name, "".join(other.name for other in row.others), row.weeks, row.months)
        for row in collisions(rows, 2026)
    ]
    assert found == expected


def test_a_collision_says_which_managers_and_when():
    rows = [
        process(months=(3, 4), departments=frozenset({HOME, OTHER})),
        training("C", months=(3, 4), departments=frozenset({HOME, 3}), audiences=frozenset({"new"})),
    ]
    (found,) = collisions(rows, 2026)
    assert (found.departments, found.audiences) == ({HOME}, {"new"})
    assert (first_day(found, 2026), last_day(found, 2026)) == (day("2026-03-01"), day("2026-04-30"))
    (weekly,) = collisions([TALKS, A], 2026)
    assert (first_day(weekly, 2026), last_day(weekly, 2026)) == (day("2026-03-02"), day("2026-03-08"))


def test_what_has_no_month_of_its_own_does_not_collide():
    assert collisions([process(months=(3,)), training("C"), training("D")], 2026) == []
