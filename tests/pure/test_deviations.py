"""Changes that nobody has said why."""

import datetime as dt

from program.schedule import State
from reports.comparison import ActivityHistory, Update
from reports.deviations import unexplained

D = dt.date
PREVIOUS, CUT_OFF = D(2026, 1, 1), D(2026, 6, 1)


def update(on, status="under_way", deadline="2026-12-31", comment=""):
    day = D.fromisoformat(deadline) if deadline else None
    done = on if status == "completed" else None
    return Update(on, State(status, day, done), "", comment)


def found(*updates, previous=PREVIOUS):
    row = ActivityHistory(1, "1", "Sak", "Område", "HR", False, "", 0, updates)
    return [entry.what for entry in unexplained([row], previous, CUT_OFF)]


def test_a_slip_without_a_comment_is_listed_and_one_with_is_not():
    first = update(D(2025, 6, 1))
    assert found(first, update(D(2026, 2, 1), deadline="2027-03-31")) == ["later"]
    assert found(first, update(D(2026, 2, 1), deadline="2027-03-31", comment="Vakanser.")) == []
    assert found(first, update(D(2026, 2, 1), deadline="2027-03-31", comment="  ")) == ["later"]


def test_only_the_period_counts():
    first = update(D(2025, 3, 1))
    assert found(first, update(PREVIOUS, deadline="2027-03-31")) == []
    assert found(first, update(CUT_OFF, deadline="2027-03-31")) == ["later"]
    assert found(first, update(CUT_OFF + dt.timedelta(days=1), deadline="2027-03-31")) == []
    assert found(first, update(D(2025, 4, 1), deadline="2027-03-31"), previous=None) == ["later"]


def test_other_changes_follow_the_slips():
    assert found(
        update(D(2025, 3, 1), "completed"),
        update(D(2026, 2, 1), deadline="2026-06-30"),
        update(D(2026, 3, 1), "planned", deadline=""),
        update(D(2026, 4, 1), "planned", deadline="2026-09-30"),
        update(D(2026, 5, 1), "planned", deadline="2026-10-31"),
    ) == ["later", "reopened", "earlier", "deadline", "deadline", "status"]


def test_the_first_update_and_one_that_says_the_same_are_no_changes():
    assert found(update(D(2026, 2, 1)), update(D(2026, 3, 1))) == []
