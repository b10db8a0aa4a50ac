"""What a report's period is called, in its address and in words: 2026H1, 2026H1-chefer, 2026-05."""

import calendar
import datetime as dt
import re

PATTERN = "(?:19|20)[0-9]{2}(?:H[12](?:-chefer)?|-(?:0[1-9]|1[0-2]))"  # as it stands in addresses
HALF = re.compile(r"((?:19|20)\d\d)[Hh]([12])")
MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
SERIES = (("plan", "half_year", "final"), ("monthly",), ("feedback",))
TO_MANAGERS = "-chefer"
HALVES = {"1": "första", "2": "andra"}
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip


def series(kind: str) -> tuple[str, ...]:
    """The kinds that follow upon one another: plan, half-years and the final report; months; feedback."""
    return next(kinds for kinds in SERIES if kind in kinds)


def address(kind: str, typed: str) -> str | None:
    """The period as an address, from what somebody typed; None when it does not suit the kind of report."""
    text = typed.strip().removesuffix(TO_MANAGERS)
    if kind == "monthly":
        return text if MONTH.fullmatch(text) else None
    found = HALF.fullmatch(text)
    if found is None:
        return None
    return f"{found[1]}H{found[2]}" + (TO_MANAGERS if kind == "feedback" else "")


def in_words(period: str) -> str:
    """första halvåret 2026, maj 2026."""
    if found := MONTH.fullmatch(period):
        return f"{MONTHS[int(found[2]) - 1]} {found[1]}"
    half = HALF.fullmatch(period.removesuffix(TO_MANAGERS))
    if half is None:
        raise ValueError(f"{period} is no period.")
    return f"{HALVES[half[2]]} halvåret {half[1]}"


def last_day(period: str) -> dt.date:
    """The period's last day."""
    if found := MONTH.fullmatch(period):
        year, month = int(found[1]), int(found[2])
    else:
        year, month = int(period[:4]), 6 if period[5] == "1" else 12
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def after(period: str) -> str:
    """The next period of the same length: 2026H2 after 2026H1, 2027-01 after 2026-12."""
    if found := MONTH.fullmatch(period):
        year, month = int(found[1]), int(found[2])
        return f"{year + month // 12}-{month % 12 + 1:02}"
    year, half = int(period[:4]), period[5]
    return (f"{year}H2" if half == "1" else f"{year + 1}H1") + period[6:]


def of_day(kind: str, day: dt.date) -> str:
    """The period that a day lies in, as a report of the kind calls it."""
    if kind == "monthly":
        return f"{day.year}-{day.month:02}"
    return f"{day.year}H{1 if day.month < 7 else 2}" + (TO_MANAGERS if kind == "feedback" else "")
