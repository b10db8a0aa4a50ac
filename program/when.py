"""Dates as people write them: a day, a month, a season, a half-year or a year, with the words they used.

A stretch of time runs from its first to its last day; what is due in it is late only when it is over.
Seasons are the meteorological ones (SMHI): spring March–May, summer June–August, autumn September–November,
winter December–February, counted to the year it begins in.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS = {
    name: number
    for names in (
        "januari februari mars april maj juni juli augusti september oktober november december",
        "jan feb mar apr maj jun jul aug sep okt nov dec",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
} | {"sept": 9, "oct": 10}
SEASONS = {
    "våren": 3, "vår": 3, "spring": 3,
    "sommaren": 6, "sommar": 6, "summer": 6,
    "hösten": 9, "höst": 9, "autumn": 9, "fall": 9,
    "vintern": 12, "vinter": 12, "winter": 12,
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class When:
    """A stretch of days; `words` is empty when it is a single day."""

    first: dt.date
    last: dt.date
    words: str = ""


class NotADate(ValueError):
    """The text is no date that we understand."""


def _months(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    end_year, end_month = divmod(year * 12 + month - 1 + count - 1, 12)
    last = calendar.monthrange(end_year, end_month + 1)[1]
    return dt.date(year, month, 1), dt.date(end_year, end_month + 1, last)


def _day(text: str) -> dt.date | None:
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    slashed = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})[ -]([0-9]{4})", text)
    written = re.fullmatch(r"([0-9]{1,2}) ([a-zåäö]+)\.? ([0-9]{4})", text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif slashed:
        day, month, year = (int(part) for part in slashed.groups())
    elif written and written[2] in MONTHS:
        day, month, year = int(written[1]), MONTHS[written[2]], int(written[3])
    else:
        return None
    return dt.date(year, month, day)


def _stretch(text: str) -> tuple[dt.date, dt.date] | None:
    half = re.fullmatch(r"([0-9]{4}) ?h([12])", text)
    half_in_words = re.fullmatch(r"(första|andra) halvåret ([0-9]{4})", text)
    quarter = re.fullmatch(r"(?:q|kvartal |kv )([1-4]) ?([0-9]{4})", text)
    month_number = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text)
    two_months = re.fullmatch(r"([a-zåäö]+)(?: ?[-–] ?| till )([a-zåäö]+) ([0-9]{4})", text)
    two_seasons = re.fullmatch(r"([a-zåäö]+)(?: ?[-–/] ?| och | till )([a-zåäö]+) ([0-9]{4})", text)
    two_years = re.fullmatch(r"([0-9]{4}) ?[-–] ?([0-9]{4})", text)
    word_and_year = re.fullmatch(r"([a-zåäö]+) ([0-9]{4})", text)
    year = re.fullmatch(r"(?:år )?([0-9]{4})", text)
    if half:
        return _months(int(half[1]), 1 if half[2] == "1" else 7, 6)
    if half_in_words:
        return _months(int(half_in_words[2]), 1 if half_in_words[1] == "första" else 7, 6)
    if quarter:
        return _months(int(quarter[2]), int(quarter[1]) * 3 - 2, 3)
    if month_number:
        return _months(int(month_number[1]), int(month_number[2]), 1)
    if two_months and two_months[1] in MONTHS and two_months[2] in MONTHS:
        begin, end = MONTHS[two_months[1]], MONTHS[two_months[2]]
        return _months(int(two_months[3]), begin, end - begin + 1) if begin <= end else None
    if two_seasons and two_seasons[1] in SEASONS and two_seasons[2] in SEASONS:
        begin, end = SEASONS[two_seasons[1]], SEASONS[two_seasons[2]]
        return _months(int(two_seasons[3]), begin, end - begin + 3) if begin < end else None
    if two_years and two_years[1] < two_years[2]:
        return dt.date(int(two_years[1]), 1, 1), dt.date(int(two_years[2]), 12, 31)
    if word_and_year and word_and_year[1] in MONTHS:
        return _months(int(word_and_year[2]), MONTHS[word_and_year[1]], 1)
    if word_and_year and word_and_year[1] in SEASONS:
        return _months(int(word_and_year[2]), SEASONS[word_and_year[1]], 3)
    return _months(int(year[1]), 1, 12) if year else None


def parse(text: str) -> When:
    """The stretch that a text means; raises NotADate for what is no date between 1990 and 2100."""
    words = " ".join(text.split())
    plain = words.lower()
    try:
        day = _day(plain)
        stretch = (day, day) if day else _stretch(plain)
    except ValueError as error:
        raise NotADate(words) from error
    if stretch is None or not FIRST_YEAR <= stretch[0].year <= stretch[1].year <= LAST_YEAR:
        raise NotADate(words)
    return When(stretch[0], stretch[1], "" if day else words)
