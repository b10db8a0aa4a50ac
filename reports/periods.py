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
