"""What a new report is likely to be: its period and its days, from the reports before it and the meetings planned.

Pure. Everything is a suggestion in a form; nothing is decided here.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.periods import after, last_day, of_day, series

A_YEAR = dt.timedelta(weeks=52)  # keeps the day of the week
HANDLING = dt.timedelta(days=40)  # from the cut-off to the end of a half-year, when nothing tells otherwise
TO_MEETING = dt.timedelta(weeks=3)
LEAST, MOST = (
    dt.timedelta(days=7),
    dt.timedelta(days=90),
)  # from the cut-off to a meeting that can take the report
TEXTS = dt.timedelta(weeks=2)  # texts are ready so long before the meeting


@dataclass(frozen=True)
class Known:
    """A report that there is already."""

    kind: str
    period: str
    cut_off: dt.date
    texts_due_on: dt.date | None
    meets_on: dt.date


@dataclass(frozen=True)
class Suggested:
    period: str
    cut_off: dt.date
    texts_due_on: dt.date
    meets_on: dt.date


def kind_of(known: Iterable[Known]) -> str:
    """A plan begins; then half-years."""
    return "half_year" if any(row.kind in series("plan") for row in known) else "plan"


def suggest(
    kind: str,
    known: Sequence[Known],
    meetings: Iterable[dt.date],
    today: dt.date,
    *,
    last_year: int | None = None,
) -> Suggested:
    """The period after the latest of the series, with days like those of a year ago or of the planned meeting.

    A final report tells of the end of the programme's last year.
    """
    rows = sorted((row for row in known if row.kind in series(kind)), key=lambda row: row.cut_off)
    latest = rows[-1] if rows else None
    period = after(latest.period) if latest else of_day(kind, today)
    if kind == "final" and last_year:
        period = max(period, f"{last_year}H2")
    year_ago = next((row for row in rows if _a_year_on(row.period) == period), None)
    cut_off = _cut_off(kind, period, year_ago, latest)
    meets_on = _meeting(cut_off, year_ago, meetings)
    before = year_ago if year_ago and year_ago.texts_due_on else latest
    lead = before.meets_on - before.texts_due_on if before and before.texts_due_on else TEXTS
    return Suggested(period, cut_off, _working_day(meets_on - lead, cut_off), meets_on)


def _working_day(day: dt.date, earliest: dt.date) -> dt.date:
    """The day itself or the Friday before a weekend; not before the earliest, rather the Monday after."""
    day = max(day, earliest)
    friday = day - dt.timedelta(days=max(day.weekday() - 4, 0))
    return friday if friday >= earliest else _monday(day)


def _monday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _a_year_on(period: str) -> str:
    """The same half or month a year later."""
    return f"{int(period[:4]) + 1}{period[4:]}"


def _cut_off(kind: str, period: str, year_ago: Known | None, latest: Known | None) -> dt.date:
    """As a year ago, else some weeks before the half-year ends; a month is told to its end, whatever the weekday."""
    if kind == "monthly":
        return last_day(period)
    day = year_ago.cut_off + A_YEAR if year_ago else last_day(period) - HANDLING
    return _working_day(day, latest.cut_off + dt.timedelta(days=1) if latest else dt.date.min)


def _meeting(cut_off: dt.date, year_ago: Known | None, meetings: Iterable[dt.date]) -> dt.date:
    """The first planned meeting that leaves time to compose the report; else like a year ago, else three weeks on."""
    fit = [day for day in sorted(meetings) if cut_off + LEAST <= day <= cut_off + MOST]
    if fit:
        return fit[0]
    return _monday(max(cut_off, year_ago.meets_on + A_YEAR) if year_ago else cut_off + TO_MEETING)
