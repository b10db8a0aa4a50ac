"""What a week's reminder says, given rows and a day. Pure: plain values in, a frozen digest out.

Mail is written in Swedish, like documents: whoever gets it has no interface language at hand.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from program.schedule import OPEN, State, days_late, is_late
from ui import formats

SOON = dt.timedelta(days=14)
AHEAD = dt.timedelta(days=30)
STILL_WAITING = dt.timedelta(days=60)
SHOWN = 10


@dataclass(frozen=True)
class ActivityRow:
    """An activity with its state, and the day of its latest status update."""

    label: str
    path: str
    state: State
    words: str
    reported_on: dt.date


@dataclass(frozen=True)
class FollowUpRow:
    """A follow-up or evaluation that is not held; `what` is which of the two, in Swedish."""

    label: str
    path: str
    what: str
    planned_on: dt.date
    words: str


@dataclass(frozen=True)
class ReportRow:
    """A report: how far it has come, whether its letter lacks texts, and whether the committee's handling stands."""

    period: str
    path: str
    cut_off: dt.date
    meets_on: dt.date
    stage: str
    is_unfinished: bool
    is_heard: bool


@dataclass(frozen=True)
class ProgramRows:
    """Everything of one programme that a digest may draw on."""

    name: str
    list_path: str
    activities: Sequence[ActivityRow] = ()
    follow_ups: Sequence[FollowUpRow] = ()
    reports: Sequence[ReportRow] = ()
    owed: "Sequence[Group]" = ()  # what the coming report's checklist wants of the member


@dataclass(frozen=True)
class Item:
    label: str
    path: str
    detail: str


@dataclass(frozen=True)
class Group:
    """One kind of matter: its heading, how the subject counts it, and its items, the most pressing first."""

    heading: str
    count: str
    items: tuple[Item, ...]
    all_path: str

    @property
    def shown(self) -> tuple[Item, ...]:
        return self.items[:SHOWN]

    @property
    def rest(self) -> int:
        return len(self.items[SHOWN:])


@dataclass(frozen=True)
class Section:
    program: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Digest:
    """The week's reminder to one member; `sender` is the organisation, named when several programmes speak.

    With `report`, a period, it is no weekly letter but what somebody (`reminded_by`) reminds of for that report.
    """

    sender: str
    is_example: bool
    sections: tuple[Section, ...]
    report: str = ""
    reminded_by: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.sections

    @property
    def subject(self) -> str:
        """Stärka enhetschefer: 3 försenade, 2 ska vara klara inom 14 dagar."""
        if len(self.sections) == 1:
            name, counts = self.sections[0].program, [group.count for group in self.sections[0].groups]
        else:
            name = self.sender
            counts = [f"{row.program} {group.count}" for row in self.sections for group in row.groups[:1]]
        example = "Exempeldata. " if self.is_example else ""
        about = f", rapport {self.report}" if self.report else ""
        return f"{example}{name}{about}: {', '.join(counts)}"


def compose(
    programs: Iterable[ProgramRows], today: dt.date, *, kind: str, sender: str, is_example: bool = False
) -> Digest:
    """What waits for a member of the kind, programme by programme; programmes with nothing to say are left out."""
    sections = []
    for rows in programs:
        groups = (*_activity_groups(rows, today), *rows.owed, *_waiting(rows, today, kind))
        if groups:
            sections.append(Section(rows.name, groups))
    return Digest(sender, is_example, tuple(sections))


def is_near(cut_off: dt.date, meets_on: dt.date, today: dt.date) -> bool:
    """Whether a report is soon to be composed, or being composed: its meeting has not been yet."""
    return cut_off <= today + AHEAD and today <= meets_on


def _activity_groups(rows: ProgramRows, today: dt.date) -> tuple[Group, ...]:
    made = (_late(rows, today), _due(rows, today), _follow_ups(rows, today), _unreported(rows, today))
    return tuple(group for group in made if group.items)


def counted(number: int, one: str, many: str) -> str:
    """1 försenad, 3 försenade."""
    return f"{number} {one if number == 1 else many}"


def _in_days(day: dt.date, today: dt.date) -> str:
    """i dag, i morgon, om 5 dagar."""
    days = (day - today).days
    return {0: "i dag", 1: "i morgon"}.get(days, f"om {days} dagar")


def _when(day: dt.date | None, words: str) -> str:
    return words or (formats.day(day) if day else "")


def _day_of(row: ActivityRow) -> dt.date:
    return row.state.deadline or dt.date.max


def _items(rows: Iterable[ActivityRow], detail: Callable[[ActivityRow], str]) -> tuple[Item, ...]:
    return tuple(Item(row.label, row.path, detail(row)) for row in sorted(rows, key=_day_of))


def _late(rows: ProgramRows, today: dt.date) -> Group:
    def detail(row: ActivityRow) -> str:
        days = counted(days_late(row.state, today), "dag", "dagar")
        return f"{days} försenad, klart senast {_when(row.state.deadline, row.words)}"

    items = _items((row for row in rows.activities if is_late(row.state, today)), detail)
    return Group(
        "Försenade", counted(len(items), "försenad", "försenade"), items, f"{rows.list_path}?standing=late"
    )


def _due(rows: ProgramRows, today: dt.date) -> Group:
    def detail(row: ActivityRow) -> str:
        return f"{_in_days(_day_of(row), today)}, klart senast {_when(row.state.deadline, row.words)}"

    soon = (
        row for row in rows.activities if row.state.status in OPEN and today <= _day_of(row) <= today + SOON
    )
    items = _items(soon, detail)
    count = counted(len(items), "ska vara klar inom 14 dagar", "ska vara klara inom 14 dagar")
    return Group("Ska vara klara inom 14 dagar", count, items, f"{rows.list_path}?standing=due")


def _follow_ups(rows: ProgramRows, today: dt.date) -> Group:
    def detail(row: FollowUpRow) -> str:
        day = _when(row.planned_on, row.words)
        if row.planned_on < today:
            return f"{row.what} {day} är inte hållen"
        return f"{row.what} {day}, {_in_days(row.planned_on, today)}"

    near = (row for row in rows.follow_ups if row.planned_on <= today + AHEAD)
    ordered = sorted(near, key=lambda row: row.planned_on)
    items = tuple(Item(row.label, row.path, detail(row)) for row in ordered)
    heading = "Uppföljningar och utvärderingar"
    return Group(heading, counted(len(items), "uppföljning", "uppföljningar"), items, rows.list_path)


def _unreported(rows: ProgramRows, today: dt.date) -> Group:
    """Open activities that the next report would have to tell of from the last report's updates."""
    ahead = min((row.cut_off for row in rows.reports if row.cut_off >= today), default=None)
    since = max((row.cut_off for row in rows.reports if row.cut_off < today), default=None)
    if ahead is None or since is None or ahead > today + AHEAD:
        return Group("", "", (), "")
    silent = (row for row in rows.activities if row.state.status in OPEN and row.reported_on <= since)
    items = _items(silent, lambda row: f"senaste lägesrapport {formats.day(row.reported_on)}")
    heading = f"Lägesrapport behövs före stoppdatumet {formats.day(ahead)}"
    count = counted(len(items), "lägesrapport saknas", "lägesrapporter saknas")
    return Group(heading, count, items, rows.list_path)


def _waiting(rows: ProgramRows, today: dt.date, kind: str) -> tuple[Group, ...]:
    """What the director has to approve, and the secretary to freeze or to register."""
    near = [row for row in rows.reports if today <= row.meets_on + STILL_WAITING]
    items = tuple(
        Item(f"Rapport {row.period}", row.path, said) for row in near if (said := _asks(row, today, kind))
    )
    count = counted(len(items), "rapport väntar på dig", "rapporter väntar på dig")
    return (Group("Väntar på dig", count, items, ""),) if items else ()


def _asks(row: ReportRow, today: dt.date, kind: str) -> str:
    """What the report asks of the member; nothing when it is somebody else's turn."""
    meeting = f"nämnden möts {formats.day(row.meets_on)}"
    if kind == "director" and row.stage == "draft" and row.cut_off <= today and not row.is_unfinished:
        return f"väntar på ditt godkännande, {meeting}"
    if kind == "secretary" and row.stage == "approved":
        return f"är godkänd och väntar på att du fastställer den, {meeting}"
    if kind == "secretary" and row.stage == "frozen" and row.meets_on < today and not row.is_heard:
        return f"nämnden möttes {formats.day(row.meets_on)}, ärendets behandling är inte införd"
    return ""
