"""Periods as people and HR systems write them, and whether they fit what an indicator measures. Pure."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from metrics.values.periods import CUMULATIVE, MONTHLY, ROLLING, Period, misfit
from program.when import FIRST_YEAR, LAST_YEAR, MONTHS, NotADate
from program.when import parse as parse_when

DASH = "[-\u2010-\u2015\u2212]"
ISO = r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?"
BETWEEN = (
    re.compile(rf"({ISO})\s*(?:{DASH}|\btill\b|\bt\.?o\.?m\.?)\s*({ISO})"),
    re.compile(r"(.+?)\s*(?:[\u2012-\u2015\u2212]|\s-\s|\btill\b|\bt\.?o\.?m\.?)\s*(.+)"),
)
YEAR_FIRST = re.compile(r"([0-9]{4}) ?[-/.m]? ?(0[1-9]|1[0-2])")
MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[-/.]([0-9]{4})")
WORD_FIRST = re.compile(rf"([a-zåäö]+)\.?(?: |{DASH}|')*([0-9]{{4}}|[0-9]{{2}})")
WORD_LAST = re.compile(rf"([0-9]{{4}})(?: |{DASH})([a-zåäö]+)\.?")
TERTIAL = re.compile(r"(?:([0-9]{4}) ?t([123])|t([123]) ?([0-9]{4}))")


@dataclass(frozen=True)
class Written:
    """A period as a file has it, and whether both its ends are written out."""

    period: Period
    has_ends: bool = False


def parse(text: str) -> Written | None:
    """What a text means: a day, a month, a half-year, a year, or a stretch between two; None for anything else."""
    plain = " ".join(text.replace("\u2011", "-").split()).lower()
    alone = _month(plain) or _tertial(plain) or _when(plain)
    if alone:
        return Written(alone)
    between = _between(plain)
    return Written(between, True) if between else None


def month(text: str) -> Period | None:
    """The month that a heading names, also by its first or last day, as Excel keeps it; None for no month."""
    found = parse(text) if text else None
    return as_month(found.period) if found else None


def as_month(period: Period) -> Period | None:
    """The month that a period is, or that its only day begins or ends."""
    whole = months(period.last.year, period.last.month, 1)
    return whole if period in (whole, _one(whole.first), _one(whole.last)) else None


def months(year: int, first: int, count: int) -> Period:
    """So many months from the first of them, within a year."""
    last = first + count - 1
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


def fitted(kind: str, written: Written) -> Period | None:
    """The period as an indicator of this kind keeps it, or None when it does not fit.

    A month alone is the end of what is cumulative or rolling; what is measured at one time is of the day or the month
    that is written, as when it is typed (`metrics/values/periods.py`).
    """
    period, column = written.period, as_month(written.period)
    if kind == MONTHLY:
        return column
    if kind in (CUMULATIVE, ROLLING) and column and not written.has_ends:
        period = through(kind, column)
    return None if misfit(period, kind) else period


def through(kind: str, column: Period) -> Period:
    """The period that a month stands for: itself, the year until then, or the 12 months until then."""
    if kind == CUMULATIVE:
        return Period(column.first.replace(month=1), column.last)
    if kind == ROLLING:
        begins = column.last + dt.timedelta(days=1)  # the first of the next month
        return Period(begins.replace(year=begins.year - 1), column.last)
    return column


def _one(day: dt.date) -> Period:
    return Period(day, day)


def _month(text: str) -> Period | None:
    year, number = 0, 0
    if found := YEAR_FIRST.fullmatch(text):
        year, number = int(found[1]), int(found[2])
    elif found := MONTH_FIRST.fullmatch(text):
        year, number = int(found[2]), int(found[1])
    elif found := WORD_FIRST.fullmatch(text):
        year, number = int(found[2]), MONTHS.get(found[1], 0)
    elif found := WORD_LAST.fullmatch(text):
        year, number = int(found[1]), MONTHS.get(found[2], 0)
    year += 2000 if year < 100 else 0
    return months(year, number, 1) if number and FIRST_YEAR <= year <= LAST_YEAR else None


def _tertial(text: str) -> Period | None:
    found = TERTIAL.fullmatch(text)
    if not found:
        return None
    year, number = int(found[1] or found[4]), int(found[2] or found[3])
    return months(year, number * 4 - 3, 4) if FIRST_YEAR <= year <= LAST_YEAR else None


def _when(text: str) -> Period | None:
    try:
        found = parse_when(text)
    except NotADate:
        return None
    return Period(found.first, found.last)


def _between(text: str) -> Period | None:
    for form in BETWEEN:
        if found := form.fullmatch(text):
            first, last = (_month(end) or _when(end) for end in found.groups())
            return Period(first.first, last.last) if first and last and first.first <= last.last else None
    return None
