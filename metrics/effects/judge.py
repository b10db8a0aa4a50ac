"""Expected effects: when they are locked, when they are due, what was changed since, and how it went.

What was expected is laid beside what was measured. Nothing here says that an activity gave anything: a figure that
has gone the expected way has gone that way, whatever made it go.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from metrics.movement.verdict import Verdict

STARTED = ("under_way", "completed", "stopped")
WRITTEN, WITHDRAWN, RESTORED = "written", "withdrawn", "restored"  # amendments that change no field
OWN_UNITS = {
    "share": ("share", "value"),
    "rate": ("share", "value"),
    "count": ("count", "value"),
    "mean": ("scale", "value"),
    "median": ("value",),
    "index": ("index", "value"),
}
NUMBERS = {
    "1": "en", "2": "två", "3": "tre", "4": "fyra", "5": "fem", "6": "sex", "7": "sju", "8": "åtta", "9": "nio",
    "10": "tio", "11": "elva", "12": "tolv", "15": "femton", "20": "tjugo", "25": "tjugofem", "30": "trettio",
    "40": "fyrtio", "50": "femtio",
}  # as people write how much  # fmt: skip

Statuses = Iterable[tuple[dt.date, str]]  # (as of, status)
Change = dict[str, str]  # field, before and after in words, held: what the field held before


@dataclass(frozen=True)
class Told:
    """A field as it is kept, and in words."""

    held: str
    words: str


@dataclass(frozen=True)
class Laid:
    """What was measured beside what was expected.

    `way` is as_expected, opposite, still or unknown; `reach` is reached, short, unknown, or empty where no amount
    was expected.
    """

    way: str
    reach: str = ""


def says(words: str, amount: str) -> bool:
    """Whether words say an amount already: "at least five percentage points" says 5 percentage points.

    The number is one that "at least" stands before, or the amount's own unit after; in figures or as a Swedish word.
    """
    figure, _space, unit = amount.replace("\u00a0", " ").partition(" ")
    number = "|".join(re.escape(text) for text in (figure, NUMBERS.get(figure)) if text)
    after = rf"(?!\w|[.,]\d)\s*{re.escape(unit)}" if unit else r"(?!\w|[.,]\d)"
    found = rf"(?<![\w,.])(?:minst|at least)\s+(?:{number})(?!\w|[.,]\d)|(?<![\w,.])(?:{number}){after}"
    return re.search(found, words.replace("\u00a0", " "), re.IGNORECASE) is not None


def started_on(statuses: Statuses, today: dt.date) -> dt.date | None:
    """The first day on which the activity was under way or past that, as known today."""
    return min((on for on, status in statuses if status in STARTED and on <= today), default=None)


def is_locked(statuses: Statuses, today: dt.date) -> bool:
    """Whether the activity has begun: what was expected of it then stands."""
    return started_on(statuses, today) is not None


def due(visible_on: dt.date | None, today: dt.date) -> bool:
    """Whether the effect may be seen by now; one without a day is never due."""
    return visible_on is not None and visible_on <= today


def awaits(visible_on: dt.date | None, recorded: Iterable[dt.date], today: dt.date) -> bool:
    """Due, and nobody has said what came of it since."""
    return due(visible_on, today) and not any(visible_on is not None and on >= visible_on for on in recorded)


def changes(before: Mapping[str, Told], after: Mapping[str, Told]) -> list[Change]:
    """The fields that differ, in the order given, in words; `held` is what a field held before."""
    return [
        {"field": name, "before": before[name].words, "after": now.words, "held": before[name].held}
        for name, now in after.items()
        if now != before[name]
    ]


def rewound(now: Mapping[str, Told], later: Iterable[Sequence[Change]]) -> dict[str, Told]:
    """What stood before later changes were made; `later` has the newest first."""
    then = dict(now)
    for entries in later:
        for entry in entries:
            if entry["field"] in then:
                then[entry["field"]] = Told(entry["held"], entry["before"])
    return then


def holds(amended: Sequence[Sequence[Change]]) -> bool:
    """False when the last thing said of it, the oldest first, is that it no longer holds."""
    return not (amended and amended[-1] and amended[-1][0]["field"] == WITHDRAWN)


def written_late(amended: Sequence[Sequence[Change]]) -> bool:
    """Whether it was written when the activity had begun already; the oldest first."""
    return bool(amended and amended[0] and amended[0][0]["field"] == WRITTEN)


def lay(
    direction: str, amount: Decimal | None, verdict: Verdict, *, kind: str, higher_is_better: bool
) -> Laid:
    """A verdict beside the expectation; `direction` is up or down, `amount` in the indicator's own unit."""
    return Laid(_way(direction, verdict, higher_is_better), _reach(direction, amount, verdict, kind))


def _way(direction: str, verdict: Verdict, higher_is_better: bool) -> str:
    if not verdict.has_direction:
        return "still" if verdict.kind == "unchanged" else "unknown"
    rose = (verdict.kind == "moved") == higher_is_better
    return "as_expected" if rose == (direction == "up") else "opposite"


def _reach(direction: str, amount: Decimal | None, verdict: Verdict, kind: str) -> str:
    """Reached, or short of it, only where the whole interval says so; a full count is its own interval."""
    if amount is None:
        return ""
    ends = _ends(verdict)
    if ends is None or verdict.unit not in OWN_UNITS[kind]:
        return "unknown"
    low, high = ends if direction == "up" else (-ends[1], -ends[0])
    if low >= amount:
        return "reached"
    return "short" if high < amount else "unknown"


def _ends(verdict: Verdict) -> tuple[float | Decimal, float | Decimal] | None:
    if verdict.interval is not None:
        return verdict.interval.low, verdict.interval.high
    if verdict.reason in ("counted", "too_small") and verdict.change is not None:
        return verdict.change, verdict.change
    return None
