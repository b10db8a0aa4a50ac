"""When an expected effect is locked and due, what was changed, and how it went; no database."""

import datetime as dt
from decimal import Decimal

import pytest

from metrics.effects import judge as effects
from metrics.effects.judge import Laid, Told
from metrics.movement import Interval, Verdict

TODAY = dt.date(2026, 9, 1)
BEFORE, AFTER = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], None),
        ([(BEFORE, "planned")], None),
        ([(BEFORE, "under_way")], BEFORE),
        ([(TODAY, "completed")], TODAY),
        ([(TODAY, "stopped")], TODAY),
        ([(AFTER, "under_way")], None),
        ([(TODAY, "completed"), (BEFORE, "under_way"), (BEFORE, "planned")], BEFORE),
        ([(BEFORE, "under_way"), (TODAY, "planned")], BEFORE),
    ],
)
def test_it_locks_on_the_first_day_that_the_activity_has_begun(statuses, expected):
    assert effects.started_on(statuses, TODAY) == expected
    assert effects.is_locked(statuses, TODAY) is (expected is not None)


@pytest.mark.parametrize(
    ("visible_on", "expected"), [(None, False), (BEFORE, True), (TODAY, True), (AFTER, False)]
)
def test_it_is_due_from_its_day(visible_on, expected):
    assert effects.due(visible_on, TODAY) is expected


@pytest.mark.parametrize(
    ("visible_on", "recorded", "expected"),
    [
        (TODAY, [], True),
        (TODAY, [TODAY], False),
        (TODAY, [BEFORE], True),
        (AFTER, [], False),
        (None, [], False),
    ],
)
def test_it_waits_until_something_is_said_since_its_day(visible_on, recorded, expected):
    assert effects.awaits(visible_on, recorded, TODAY) is expected


def told(**words):
    return {name: Told(value, value) for name, value in words.items()}


def test_changes_are_told_in_order_with_what_was_held():
    before = told(direction="up", size="fem") | {"amount": Told("0.05", "5 procentenheter")}
    after = told(direction="up", size="") | {"amount": Told("0.1", "10 procentenheter")}
    assert effects.changes(before, after) == [
        {"field": "size", "before": "fem", "after": "", "held": "fem"},
        {"field": "amount", "before": "5 procentenheter", "after": "10 procentenheter", "held": "0.05"},
    ]
    assert effects.changes(before, before) == []


def test_changes_can_be_rewound_to_any_day():
    first, second, third = (
        told(size="ett", way="up"),
        told(size="två", way="up"),
        told(size="tre", way="down"),
    )
    one, two = effects.changes(first, second), effects.changes(second, third)
    assert effects.rewound(third, [two]) == second
    assert effects.rewound(third, [two, one]) == first
    withdrawn = [{"field": effects.WITHDRAWN, "before": "gäller", "after": "", "held": ""}]
    assert effects.rewound(third, [withdrawn, two]) == second


def entry(field):
    return [{"field": field, "before": "", "after": "", "held": ""}]


@pytest.mark.parametrize(
    ("amended", "holds", "late"),
    [
        ([], True, False),
        ([entry("written")], True, True),
        ([entry("size")], True, False),
        ([entry("withdrawn")], False, False),
        ([entry("written"), entry("withdrawn")], False, True),
        ([entry("withdrawn"), entry("restored")], True, False),
        ([entry("withdrawn"), entry("size")], True, False),
    ],
)
def test_the_last_word_says_whether_it_holds_and_the_first_whether_it_came_late(amended, holds, late):
    assert effects.holds(amended) is holds
    assert effects.written_late(amended) is late


@pytest.mark.parametrize(
    ("words", "amount", "says"),
    [
        ("minst fem procentenheter", "5 procentenheter", True),
        ("Minst 5", "5 procentenheter", True),
        ("2,5 procentenheter upp", "2,5 procentenheter", True),
        ("minst sju procentenheter", "10 procentenheter", False),
        ("minst 5,5 procentenheter", "5 procentenheter", False),
        ("i fem av elva områden", "5 procentenheter", False),
        ("främst i natt", "5 procentenheter", False),
        ("", "5 procentenheter", False),
        ("tre fler", "3", True),
    ],
)
def test_words_that_say_the_amount_are_told_from_those_that_do_not(words, amount, says):
    assert effects.says(words, amount) is says


def verdict(kind, low=None, high=None, *, unit="share", reason="beyond_chance", change=None):
    interval = None if low is None else Interval(low, high)
    return Verdict(kind, reason, change, interval, unit)


@pytest.mark.parametrize(
    ("kind", "higher_is_better", "direction", "way"),
    [
        ("moved", True, "up", "as_expected"),
        ("moved", True, "down", "opposite"),
        ("worsened", True, "up", "opposite"),
        ("worsened", True, "down", "as_expected"),
        ("moved", False, "down", "as_expected"),
        ("moved", False, "up", "opposite"),
        ("worsened", False, "up", "as_expected"),
        ("unchanged", True, "up", "still"),
        ("unknown", True, "up", "unknown"),
    ],
)
def test_the_way_is_judged_by_what_moved_not_by_what_is_better(kind, higher_is_better, direction, way):
    found = effects.lay(direction, None, verdict(kind), kind="share", higher_is_better=higher_is_better)
    assert found == Laid(way, "")


@pytest.mark.parametrize(
    ("direction", "low", "high", "reach"),
    [
        ("up", 0.05, 0.20, "reached"),
        ("up", 0.04, 0.20, "unknown"),
        ("up", -0.02, 0.29, "unknown"),
        ("up", 0.01, 0.04, "short"),
        ("up", -0.20, -0.06, "short"),
        ("down", -0.20, -0.05, "reached"),
        ("down", -0.04, -0.01, "short"),
        ("down", -0.06, 0.01, "unknown"),
        ("down", 0.06, 0.10, "short"),
    ],
)
def test_the_amount_is_reached_only_when_the_whole_interval_says_so(direction, low, high, reach):
    found = effects.lay(
        direction, Decimal("0.05"), verdict("unknown", low, high), kind="share", higher_is_better=True
    )
    assert found.reach == reach


@pytest.mark.parametrize(
    ("given", "kind", "reach"),
    [
        (verdict("moved", unit="count", reason="counted", change=Decimal(-3)), "count", "reached"),
        (verdict("moved", unit="count", reason="counted", change=Decimal(-2)), "count", "short"),
        (verdict("moved", unit="count", reason="counted", change=Decimal(-9)), "share", "unknown"),
        (verdict("moved", 3, 9, unit="superiority"), "mean", "unknown"),
        (verdict("moved", -9, -3, unit="scale"), "mean", "reached"),
        (verdict("unknown", reason="few", change=Decimal(-9)), "share", "unknown"),
        (verdict("unknown", reason="one_value"), "share", "unknown"),
    ],
)
def test_a_full_count_is_exact_and_another_unit_cannot_be_told(given, kind, reach):
    assert effects.lay("down", Decimal(3), given, kind=kind, higher_is_better=False).reach == reach
