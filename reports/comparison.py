"""What changed since the last report, from an activity's dated status updates."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from program.schedule import State, is_late, slipped


@dataclass(frozen=True)
class Update:
    """One status update, as plain values."""

    on: dt.date
    state: State
    words: str
    comment: str
    completed_words: str = ""


@dataclass(frozen=True)
class ActivityHistory:
    """An activity and every update up to the cut-off, oldest first; at least one."""

    pk: int
    number: str
    title: str
    area: str
    responsible: str
    is_existing: bool
    hours_per_manager: str
    needs: int
    updates: tuple[Update, ...]

    @property
    def now(self) -> Update:
        return self.updates[-1]

    def before(self, day: dt.date | None) -> Update | None:
        """How it stood on a day: the latest update on or before it."""
        known = [update for update in self.updates if day is not None and update.on <= day]
        return known[-1] if known else None


@dataclass(frozen=True)
class Slip:
    activity: ActivityHistory
    before: Update
    now: Update


@dataclass(frozen=True)
class Movement:
    """The activities of a period, sorted by what happened to them. One may stand in several lists."""

    new: tuple[ActivityHistory, ...]
    completed: tuple[ActivityHistory, ...]
    stopped: tuple[ActivityHistory, ...]
    under_way: tuple[ActivityHistory, ...]
    planned: tuple[ActivityHistory, ...]
    late: tuple[ActivityHistory, ...]
    slips: tuple[Slip, ...]


def compare(activities: Iterable[ActivityHistory], previous: dt.date | None, cut_off: dt.date) -> Movement:
    """What happened after the previous cut-off up to this one; with no previous, everything is since the start."""
    rows = list(activities)

    def became(status: str) -> tuple[ActivityHistory, ...]:
        return tuple(
            row
            for row in rows
            if row.now.state.status == status
            and ((was := row.before(previous)) is None or was.state.status != status)
        )

    slips = []
    for row in rows:
        was = row.before(previous)
        if was is not None and slipped(was.state, row.now.state):
            slips.append(Slip(row, was, row.now))
    return Movement(
        new=tuple(row for row in rows if row.before(previous) is None),
        completed=became("completed"),
        stopped=became("stopped"),
        under_way=tuple(row for row in rows if row.now.state.status == "under_way"),
        planned=tuple(row for row in rows if row.now.state.status == "planned"),
        late=tuple(row for row in rows if is_late(row.now.state, cut_off)),
        slips=tuple(slips),
    )
