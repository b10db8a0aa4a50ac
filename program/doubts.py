"""What does not add up in a plan: kept and flagged, never refused. Judged from plain values."""

import datetime as dt
import re
from dataclasses import dataclass

# "Under 2020 prova att …", "införs hösten 2021": the year in which the work itself is to be done.
# "Inför budget 2021" is about what comes before that year, and says nothing of the work's own.
WORK_YEAR = re.compile(
    r"\b(?:under|i|från och med|våren|sommaren|hösten|vintern|during|in|from|spring|summer|autumn|winter)\s+"
    r"((?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """An activity's dates and words. `steps`: number or text, words and own deadline of each."""

    plan_dated: dt.date | None
    starts: dt.date | None
    deadline: dt.date | None
    completed_on: dt.date | None
    text: str
    steps: tuple[tuple[str, str, dt.date | None], ...] = ()


@dataclass(frozen=True)
class Flag:
    """One thing that does not add up: a code of `wording.FLAGS` and what its sentence needs."""

    code: str
    day: dt.date
    against: dt.date | None = None
    year: int = 0
    step: str = ""


def flags(case: Case) -> list[Flag]:
    """Everything about one activity that its reader should look at twice."""
    found = [*_of(case, "", case.text, case.deadline)]
    for label, words, own in case.steps:
        found += _of(case, label, words, own)
        if own is None and case.deadline:
            found += _year(words, case.deadline, label)
        if own and case.deadline and own > case.deadline:
            found.append(Flag("step_after_activity", own, case.deadline, step=label))
    if case.starts and case.deadline and case.deadline < case.starts:
        found.append(Flag("deadline_before_start", case.deadline, case.starts))
    if case.starts and case.completed_on and case.completed_on < case.starts:
        found.append(Flag("completed_before_start", case.completed_on, case.starts))
    return found


def step_label(number: str, text: str, count: int) -> str:
    """What a step is called in a finding: its number, else its first words, nothing when it is the only one."""
    return number or (f"”{text[:40]}”" if count > 1 else "")


def _of(case: Case, step: str, words: str, deadline: dt.date | None) -> list[Flag]:
    if deadline is None:
        return []
    found = _year(words, deadline, step)
    if case.plan_dated and deadline < case.plan_dated:
        found.append(Flag("before_plan", deadline, case.plan_dated, step=step))
    return found


def _year(words: str, deadline: dt.date, step: str) -> list[Flag]:
    """The words place the work in a year after the deadline."""
    years = [int(year) for year in WORK_YEAR.findall(words)]
    return (
        [Flag("before_its_year", deadline, year=min(years), step=step)]
        if years and deadline.year < min(years)
        else []
    )
