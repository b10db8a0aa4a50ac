"""How a report's handling stands: what to look at in a hearing, who takes the next step, what is unanswered. Pure."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from ui import formats


@dataclass(frozen=True)
class Heard:
    """A hearing's plain facts; `points` is how many points of decision there are, `ruled` how many it settled."""

    held_on: dt.date
    is_committee: bool
    case_number: str
    has_outcome: bool
    points: int
    ruled: int
    later_documents: int
    earlier_than_working_party: bool


@dataclass(frozen=True)
class Handled:
    """What of its report a hearing is laid beside."""

    cut_off: dt.date
    meets_on: dt.date
    case_numbers: tuple[str, ...]
    frozen_on: dt.date | None = None  # the first version


def flags(row: Heard, report: Handled, today: dt.date) -> list[str]:
    """What does not add up, by key; nothing here is refused, since it comes from somebody else's minutes."""
    held = row.held_on <= today
    found = {
        "to_come": not held and (row.has_outcome or row.ruled > 0),
        "before_cut_off": row.held_on < report.cut_off,
        "before_frozen": row.is_committee and report.frozen_on is not None and row.held_on < report.frozen_on,
        "other_day": row.is_committee and row.held_on != report.meets_on,
        "before_working_party": row.earlier_than_working_party,
        "other_case": bool(row.case_number) and row.case_number not in report.case_numbers,
        "later_document": row.later_documents > 0,
        "no_outcome": held and not row.has_outcome and not row.ruled,
        "points_left": held and 0 < row.ruled < row.points,
    }
    return [key for key, holds in found.items() if holds]


def fingerprint(points: Iterable[tuple[int, str]]) -> str:
    """What a report's points (key, text) were, in short; another one means that somebody saved in between."""
    return hashlib.sha256(json.dumps(list(points)).encode()).hexdigest()[:20]


def minutes_title(paragraph: str, forum: str, held_on: dt.date) -> str:
    """Protokollsutdrag § 73, Socialnämnden 23 maj 2018: the document's own name, in the committee's language."""
    what = f"Protokollsutdrag {paragraph}".strip()
    return f"{what}, {forum} {formats.day(held_on)}"[:200]


def standing(*, answered_on: dt.date | None, is_linked: bool, due_on: dt.date | None, on: dt.date) -> str:
    """How an instruction stood on a day: answered, late, under_way (something is to answer it) or open."""
    if answered_on is not None and answered_on <= on:
        return "answered"
    if (due_on or dt.date.max) < on:
        return "late"
    return "under_way" if is_linked else "open"


def urgency(standing: str, due_on: dt.date | None, asked_on: dt.date) -> tuple[bool, int]:
    """What instructions are sorted by: the unanswered first by their due day, the answered last, newest first."""
    if standing == "answered":
        return True, -asked_on.toordinal()
    return False, (due_on or dt.date.max).toordinal()


def next_step(
    stage: str,
    kind: str,
    *,
    has_texts: bool,
    has_points: bool,
    has_changed: bool,
    is_heard: bool,
    waits: bool,
) -> str:
    """What this reader does next, by key. `kind` is the membership's; `has_changed`: data since the approval;
    `is_heard`: the committee's decision is registered; `waits`: an instruction of it has no answer yet."""
    table = {
        ("draft", "editor"): "points" if has_texts and not has_points else "compose",
        ("draft", "director"): "approve",
        ("draft", "secretary"): "wait_for_approval",
        ("approved", "secretary"): "ask_again" if has_changed else "freeze",
        ("approved", "director"): "approve_again" if has_changed else "",
        ("approved", "editor"): "approve_again" if has_changed else "",
        ("frozen", "secretary"): "" if is_heard else "register",
        ("frozen", "editor"): "answer" if waits else "",
    }
    return table.get((stage, kind), "")
