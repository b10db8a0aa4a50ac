"""The period of a value as people write it, and whether it fits the indicator's kind of period.

Pure. A cumulative figure runs from January, a rolling one covers the twelve months that it ends with, a monthly one
is a calendar month: for those it is enough to write the month. A figure "at one time" may be any day or stretch.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from program.when import NotADate, parse

MONTHLY, CUMULATIVE, ROLLING = "monthly", "cumulative", "rolling"
_ENDS = re.compile(
    r"([0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?)(?: ?[-–—] ?| till | to )([0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?)"
)
_ONE_DAY = dt.timedelta(days=1)


class NotAPeriod(ValueError):
    """The text is no period, or none of this kind. `reason`: no_period, backwards, or what `misfit` gives."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Period:
    """From its first to its last day."""

    first: dt.date
    last: dt.date


def read(text: str, kind: str) -> Period:
    """The period that a text means for an indicator of this kind; raises NotAPeriod."""
    try:
        period, has_ends = _written(" ".join(text.split()))
    except NotADate as error:
        raise NotAPeriod("no_period") from error
    if period.last < period.first:
        raise NotAPeriod("backwards")
    if not has_ends:
        period = _filled(period, kind)
    reason = misfit(period, kind)
    if reason:
        raise NotAPeriod(reason)
    return period


def _written(text: str) -> tuple[Period, bool]:
    """What is written, and whether both its ends are."""
    ends = _ENDS.fullmatch(text)
    if ends:
        return Period(parse(ends[1]).first, parse(ends[2]).last), True
    found = parse(text)
    return Period(found.first, found.last), False


def _filled(period: Period, kind: str) -> Period:
    """A day or a month alone says where a cumulative or rolling figure ends; the beginning follows."""
    if (period.first.year, period.first.month) != (period.last.year, period.last.month):
        return period
    if kind == CUMULATIVE:
        return Period(dt.date(period.last.year, 1, 1), period.last)
    if kind == ROLLING:
        return Period(_year_before(period.last) + _ONE_DAY, period.last)
    return period


def misfit(period: Period, kind: str) -> str | None:
    """Why a period does not fit the kind, a key: cumulative_start, rolling_length, monthly_month; None when it does."""
    starts_a_year = (period.first.month, period.first.day) == (1, 1)
    if kind == CUMULATIVE and not (starts_a_year and period.first.year == period.last.year):
        return "cumulative_start"
    if kind == ROLLING and period.first != _year_before(period.last) + _ONE_DAY:
        return "rolling_length"
    if kind == MONTHLY and not (_whole_months(period) and _months(period) == 1):
        return "monthly_month"
    return None


def written(first: dt.date, last: dt.date) -> str:
    """What `read` takes back: 2026, 2026-03, 2026-01–2026-03, 2026-03-31 or 2026-03-02–2026-03-31."""
    period = Period(first, last)
    if first == last:
        return first.isoformat()
    if not _whole_months(period):
        return f"{first.isoformat()}–{last.isoformat()}"
    if _months(period) == 1:
        return f"{first:%Y-%m}"
    if _months(period) == 12 and first.month == 1:
        return f"{first:%Y}"
    return f"{first:%Y-%m}–{last:%Y-%m}"


def _whole_months(period: Period) -> bool:
    return period.first.day == 1 and period.last == month_end(period.last)


def _months(period: Period) -> int:
    first, last = period.first, period.last
    return (last.year - first.year) * 12 + last.month - first.month + 1


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; the last day of a month is met by the last day."""
    end = month_end(dt.date(day.year - 1, day.month, 1))
    return end if day == month_end(day) else day.replace(year=day.year - 1, day=min(day.day, end.day))
