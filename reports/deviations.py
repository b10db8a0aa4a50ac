"""Changes of activities that nobody has said why: status updates of a period without a comment. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from program.schedule import slipped
from reports.comparison import ActivityHistory, Update

LATER, EARLIER, DEADLINE, STATUS, REOPENED = "later", "earlier", "deadline", "status", "reopened"
ORDER = (LATER, REOPENED, EARLIER, DEADLINE, STATUS)


@dataclass(frozen=True)
class Unexplained:
    """One change without a comment: what it was, how it stood before and what the update says instead."""

    activity: ActivityHistory
    before: Update
    now: Update
    what: str


def unexplained(
    activities: Iterable[ActivityHistory], previous: dt.date | None, cut_off: dt.date
) -> list[Unexplained]:
    """Every change after the previous cut-off up to this one that came without a comment, slips first.

    An activity's first update is no change: it says how it stood when it came.
    """
    found = [
        Unexplained(row, before, now, what)
        for row in activities
        for before, now in zip(row.updates, row.updates[1:], strict=False)
        if (previous is None or now.on > previous) and now.on <= cut_off and not now.comment.strip()
        for what in _changes(before, now)
    ]
    return sorted(found, key=lambda row: (ORDER.index(row.what), row.now.on, row.activity.pk))


def _changes(before: Update, now: Update) -> list[str]:
    """What differs between two updates on end: the deadline first, then the status."""
    found = []
    if before.state.deadline != now.state.deadline:
        found.append(_of_deadline(before, now))
    if before.state.status != now.state.status:
        found.append(REOPENED if before.state.status in ("completed", "stopped") else STATUS)
    return found


def _of_deadline(before: Update, now: Update) -> str:
    if slipped(before.state, now.state):
        return LATER
    return EARLIER if before.state.deadline and now.state.deadline else DEADLINE
