import datetime as dt

import pytest

from program.schedule import State
from reports.comparison import ActivityHistory, Slip, Update, compare

PREVIOUS, CUT_OFF = dt.date(2025, 6, 30), dt.date(2025, 12, 31)
BEFORE, AFTER = dt.date(2025, 3, 1), dt.date(2025, 10, 1)
FAR = dt.date(2027, 1, 1)


def update(on: dt.date, status: str, deadline: dt.date | None = FAR) -> Update:
    return Update(on, State(status, deadline), "", "")


def activity(*updates: Update, pk: int = 1) -> ActivityHistory:
    return ActivityHistory(
        pk, f"1.{pk}", "Rimliga chefsområden", "Förutsättningar", "HR-chef", False, "", (), updates
    )


def lists(row: ActivityHistory, previous: dt.date | None = PREVIOUS, cut_off: dt.date = CUT_OFF) -> set[str]:
    """The names of the lists that one activity stands in."""
    movement = compare([row], previous, cut_off)
    names = ("new", "completed", "stopped", "under_way", "planned", "late", "slips")
    return {name for name in names if getattr(movement, name)}


@pytest.mark.parametrize(
    ("updates", "expected"),
    [
        ([update(BEFORE, "planned")], {"planned"}),
        ([update(BEFORE, "under_way")], {"under_way"}),
        ([update(BEFORE, "completed")], set()),
        ([update(BEFORE, "stopped")], set()),
        ([update(AFTER, "planned")], {"new", "planned"}),
        ([update(AFTER, "completed")], {"new", "completed"}),
        ([update(AFTER, "stopped")], {"new", "stopped"}),
        ([update(BEFORE, "planned"), update(AFTER, "under_way")], {"under_way"}),
        ([update(BEFORE, "under_way"), update(AFTER, "completed")], {"completed"}),
        ([update(BEFORE, "planned"), update(AFTER, "stopped")], {"stopped"}),
        ([update(BEFORE, "stopped"), update(AFTER, "completed")], {"completed"}),
        ([update(BEFORE, "completed"), update(AFTER, "completed")], set()),
        ([update(BEFORE, "completed"), update(AFTER, "under_way")], {"under_way"}),
    ],
)
def test_compare_status_since_previous_cut_off(updates, expected):
    assert lists(activity(*updates)) == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(PREVIOUS, set()), (PREVIOUS + dt.timedelta(days=1), {"new", "completed"})]
)
def test_compare_update_on_previous_cut_off_was_already_reported(on, expected):
    assert lists(activity(update(on, "completed"))) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("planned", {"new", "planned"}),
        ("under_way", {"new", "under_way"}),
        ("completed", {"new", "completed"}),
        ("stopped", {"new", "stopped"}),
    ],
)
def test_compare_without_previous_report_counts_from_the_start(status, expected):
    row = activity(update(BEFORE, "planned", BEFORE), update(AFTER, status))
    assert lists(row, previous=None) == expected


def test_compare_one_history_at_two_cut_offs():
    first, last = update(BEFORE, "planned"), update(AFTER, "completed")
    assert lists(activity(first), previous=None, cut_off=PREVIOUS) == {"new", "planned"}
    assert lists(activity(first, last), previous=PREVIOUS, cut_off=CUT_OFF) == {"completed"}
    assert lists(activity(first, last), previous=CUT_OFF, cut_off=FAR) == set()


@pytest.mark.parametrize(
    ("status", "deadline", "expected"),
    [
        ("planned", CUT_OFF, {"planned"}),
        ("planned", CUT_OFF - dt.timedelta(days=1), {"planned", "late"}),
        ("under_way", CUT_OFF - dt.timedelta(days=1), {"under_way", "late"}),
        ("under_way", None, {"under_way"}),
        ("completed", CUT_OFF - dt.timedelta(days=1), set()),
    ],
)
def test_compare_late_at_cut_off(status, deadline, expected):
    assert lists(activity(update(BEFORE, status, deadline))) == expected


def test_compare_slip_spans_first_known_and_latest_deadline():
    before = update(BEFORE, "planned", dt.date(2026, 1, 1))
    between = update(AFTER, "planned", dt.date(2026, 6, 1))
    now = update(AFTER, "under_way", dt.date(2026, 9, 1))
    row = activity(before, between, now)
    assert compare([row], PREVIOUS, CUT_OFF).slips == (Slip(row, before, now),)


@pytest.mark.parametrize("deadline", [dt.date(2025, 12, 1), dt.date(2026, 1, 1), None])
def test_compare_earlier_same_or_removed_deadline_is_no_slip(deadline):
    row = activity(update(BEFORE, "planned", dt.date(2026, 1, 1)), update(AFTER, "completed", deadline))
    assert lists(row) == {"completed"}


def test_compare_slip_before_previous_report_is_not_told_again():
    row = activity(update(BEFORE, "planned", dt.date(2026, 1, 1)), update(PREVIOUS, "planned", FAR))
    assert lists(row) == {"planned"}


def test_compare_slip_within_first_period_of_an_activity_is_none():
    row = activity(update(AFTER, "planned", dt.date(2026, 1, 1)), update(CUT_OFF, "planned", FAR))
    assert lists(row) == {"new", "planned"}


def test_compare_keeps_order_and_all_activities():
    rows = [activity(update(AFTER, "planned"), pk=pk) for pk in (3, 1, 2)]
    movement = compare(iter(rows), PREVIOUS, CUT_OFF)
    assert ([row.pk for row in movement.new], [row.pk for row in movement.planned]) == ([3, 1, 2], [3, 1, 2])


def test_compare_nothing_is_empty():
    movement = compare([], None, CUT_OFF)
    assert set(vars(movement).values()) == {()}


@pytest.mark.parametrize(
    ("day", "expected"),
    [(None, None), (BEFORE - dt.timedelta(days=1), None), (BEFORE, 0), (PREVIOUS, 0), (AFTER, 1), (FAR, 1)],
)
def test_history_before_day_is_latest_update_on_or_before_it(day, expected):
    updates = (update(BEFORE, "planned"), update(AFTER, "under_way"))
    row = activity(*updates)
    assert row.before(day) == (None if expected is None else updates[expected])
    assert row.now == updates[1]
