"""What is late, what is due, what has slipped: judged from a status and a deadline on a given day."""

import datetime as dt
from dataclasses import dataclass

DUE_WITHIN = dt.timedelta(days=60)
OPEN = ("planned", "under_way")


@dataclass(frozen=True)
class State:
    """How an activity stands: its latest status update on or before a day."""

    status: str
    deadline: dt.date | None
    completed_on: dt.date | None = None


def is_late(state: State, today: dt.date) -> bool:
    """Still open although its last day has passed."""
    return state.status in OPEN and state.deadline is not None and state.deadline < today


def is_due(state: State, today: dt.date) -> bool:
    """Open, not late, and due within 60 days."""
    return (
        state.status in OPEN and state.deadline is not None and today <= state.deadline <= today + DUE_WITHIN
    )


def days_late(state: State, today: dt.date) -> int:
    """Whole days since the deadline; 0 when it is not late."""
    return (today - state.deadline).days if state.deadline and is_late(state, today) else 0


def badge(state: State, today: dt.date) -> str:
    """The word that a list shows: late before all else, then the status."""
    return "late" if is_late(state, today) else state.status


def slipped(before: State | None, now: State) -> bool:
    """The deadline has moved to a later day since `before`."""
    return (
        before is not None
        and before.deadline is not None
        and now.deadline is not None
        and now.deadline > before.deadline
    )
