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
    """An activity and every update up to the cut-off, oldest first; at least one. `needs` are keys, in order."""

    pk: int
    number: str
    title: str
    area: str
    responsible: str
    is_existing: bool
    hours_per_manager: str
    needs: tuple[int, ...]
    updates: tuple[Update, ...]

    @property
    def now(self) -> Update:
        return self.updates[-1]

    def before(self, day: dt.date | None) -> Update | None:
        """How it stood on a day: the latest update on or before it."""
        known = [update for update in self.updates if day is not None and update.on <= day]
        return known[-1] if known else None

    @property
    def since(self) -> Update:
        """The update with which the present status began: why it was stopped stands there."""
        began = self.now
        for update in reversed(self.updates):
            if update.state.status != self.now.state.status:
                break
            began = update
        return began


@dataclass(frozen=True)
class Slip:
    """A last day that moved to a later one between two cut-offs."""

    activity: ActivityHistory
    before: Update
    now: Update

    @property
    def why(self) -> str:
        """The comment of the first update after which the last day was another."""
        after = [row for row in self.activity.updates if row.on > self.before.on]
        moved = (row for row in after if row.state.deadline != self.before.state.deadline)
        return next(moved, self.now).comment


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
    started: tuple[ActivityHistory, ...] = ()
    newly_late: tuple[ActivityHistory, ...] = ()
    no_longer_late: tuple[ActivityHistory, ...] = ()


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
    late = tuple(row for row in rows if is_late(row.now.state, cut_off))
    were_late = {row.pk for row in rows if was_late(row, previous)}
    return Movement(
        new=tuple(row for row in rows if row.before(previous) is None),
        completed=became("completed"),
        stopped=became("stopped"),
        under_way=tuple(row for row in rows if row.now.state.status == "under_way"),
        planned=tuple(row for row in rows if row.now.state.status == "planned"),
        late=late,
        slips=tuple(slips),
        started=became("under_way"),
        newly_late=tuple(row for row in late if row.pk not in were_late),
        no_longer_late=tuple(row for row in rows if row.pk in were_late and row not in late),
    )


def was_late(row: ActivityHistory, day: dt.date | None) -> bool:
    """Whether an activity was late on a day, as it stood then."""
    was = row.before(day)
    return day is not None and was is not None and is_late(was.state, day)
