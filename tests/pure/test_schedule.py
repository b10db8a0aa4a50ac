import datetime as dt

import pytest

from program.schedule import State, badge, days_late, is_due, is_late, slipped

TODAY = dt.date(2026, 3, 1)


def in_days(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "late", "due", "days_over"),
    [
        (-400, True, False, 400),
        (-1, True, False, 1),
        (0, False, True, 0),
        (1, False, True, 0),
        (60, False, True, 0),
        (61, False, False, 0),
    ],
)
@pytest.mark.parametrize("status", ["planned", "under_way"])
def test_open_activity_at_boundary(status, days, late, due, days_over):
    state = State(status, in_days(days))
    found = (is_late(state, TODAY), is_due(state, TODAY), days_late(state, TODAY), badge(state, TODAY))
    assert found == (late, due, days_over, "late" if late else status)


@pytest.mark.parametrize("status", ["completed", "stopped"])
@pytest.mark.parametrize("days", [-400, -1, 0, 60])
def test_closed_activity_is_never_late_nor_due(status, days):
    state = State(status, in_days(days), TODAY if status == "completed" else None)
    found = (is_late(state, TODAY), is_due(state, TODAY), days_late(state, TODAY), badge(state, TODAY))
    assert found == (False, False, 0, status)


@pytest.mark.parametrize("status", ["planned", "under_way", "completed", "stopped"])
def test_activity_without_deadline_is_never_late_nor_due(status):
    state = State(status, None)
    found = (is_late(state, TODAY), is_due(state, TODAY), days_late(state, TODAY), badge(state, TODAY))
    assert found == (False, False, 0, status)


def test_days_late_over_leap_day():
    assert days_late(State("planned", dt.date(2024, 2, 28)), dt.date(2024, 3, 1)) == 2


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        (0, 1, True),
        (0, 365, True),
        (0, 0, False),
        (1, 0, False),
        (None, 1, False),
        (0, None, False),
        (None, None, False),
    ],
)
def test_slipped_only_to_a_later_day(before, now, moved):
    first = State("planned", None if before is None else in_days(before))
    last = State("under_way", None if now is None else in_days(now))
    assert slipped(first, last) is moved


def test_slipped_without_earlier_state():
    assert slipped(None, State("planned", TODAY)) is False
