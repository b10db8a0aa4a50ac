"""What page, file and document say of a reading: the verdict with its reason, the target, and value by value."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from metrics.models import Indicator, LinkedAnswers, Observation
from metrics.movement import Comparison, Verdict
from metrics.readings import target_wording, wording
from metrics.readings.judgement import answers_of, before_and_after, verdict_of_linked
from metrics.readings.queries import Reading, together

LOOKS = {
    "reached": "completed",
    "on_way": "under_way",
    "slow": "attention",
    "away": "late",
    "missed": "late",
    "unknown": "unknown",
}


@dataclass(frozen=True)
class Found:
    """A verdict, or a standing against a target, in words; `kind` is the look of its badge."""

    kind: str
    word: str
    reason: str
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One value in words; `earlier` are the revisions that it replaced, as (value, why) or empty."""

    observation: Observation
    period: str
    value: str
    answers: str
    response: str
    marks: tuple[str, ...]
    distribution: tuple[int, ...] | None = None
    earlier: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Told:
    """Everything that is said of one reading; `between` names the two values that were compared, if any."""

    reading: Reading
    between: str
    verdict: Found
    target: str
    standing: Found | None
    years: str
    late: str
    lines: tuple[Line, ...]

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator

    @property
    def latest(self) -> Line | None:
        return self.lines[-1] if self.lines else None

    @property
    def recent(self) -> tuple[Line, ...]:
        """The latest few, for where the whole series has no room."""
        return self.lines[-4:]


@dataclass(frozen=True)
class Group:
    """Indicators that are read together, with what is said of them all; or one that stands alone."""

    name: str
    verdict: Found | None
    told: list[Told] = field(default_factory=list)


def tell(reading: Reading, today: dt.date, earlier: dict | None = None) -> Told:
    """`earlier` has the revisions of each group and period that has more than one."""
    indicator = reading.indicator
    standing = reading.standing and Found(
        LOOKS[reading.standing.kind],
        target_wording.standing_word(reading.standing),
        target_wording.standing_reason(reading.standing, indicator),
        tuple(target_wording.standing_cautions(reading.standing)),
    )
    return Told(
        reading,
        _between(reading),
        verdict_told(reading.verdict, indicator),
        "" if indicator.target is None else wording.measure(indicator, indicator.target),
        standing,
        target_wording.years_reason(reading.years) if reading.years else "",
        wording.late(reading, today),
        tuple(_line(reading, row, (earlier or {}).get(row.group, ())) for row in reading.observations),
    )


def _between(reading: Reading) -> str:
    """From 65,5 % (October 2024) to 70,4 % (October 2026), where two values were compared."""
    indicator, verdict = reading.indicator, reading.verdict
    if verdict.change is None or indicator.period_kind != Indicator.Period.POINT:
        return ""
    shown = [row for row in reading.observations if row.is_shown]
    first, last = before_and_after(indicator, shown)
    if first is None or last is None:
        return ""
    return _("From %(before)s (%(then)s) to %(after)s (%(now)s).") % {
        "before": wording.observation_value(reading, first),
        "then": wording.period(first.first_day, first.last_day),
        "after": wording.observation_value(reading, last),
        "now": wording.period(last.first_day, last.last_day),
    }


def verdict_told(
    verdict: Verdict, indicator: Indicator | None = None, *, left_out: Iterable[str] = ()
) -> Found:
    """The verdict in words, with its reason and what is to be said beside it."""
    return Found(
        verdict.kind,
        wording.verdict_word(verdict),
        wording.verdict_reason(verdict, indicator),
        tuple(wording.verdict_cautions(verdict, indicator, left_out=left_out)),
    )


def comparison_told(comparison: Comparison, indicator: Indicator) -> Found:
    """How the departments that have started stand beside the rest, with the limits of saying so."""
    return verdict_told(comparison.verdict, indicator, left_out=comparison.left_out)


def linked_told(indicator: Indicator, pairs: Iterable[LinkedAnswers]) -> list[tuple[str, Found]]:
    """What the same people's two answers say, each with its two surveys."""
    return [
        (
            wording.day_or_days(row.earlier, row.later),
            verdict_told(verdict_of_linked(indicator, row), indicator),
        )
        for row in pairs
    ]


def _line(reading: Reading, row: Observation, revisions: Sequence[Observation]) -> Line:
    before = [one for one in revisions if one.revision < row.revision]
    after = {one.revision: one.revision_reason for one in revisions}
    answers = answers_of(row) if row.is_shown else None
    return Line(
        row,
        wording.period(row.first_day, row.last_day),
        wording.observation_value(reading, row),
        wording.answers(reading, row),
        wording.response_rate(row),
        tuple(wording.marks(row)),
        answers.counts if answers else None,
        tuple(_replaced(reading, one, after.get(one.revision + 1, ""), row.is_shown) for one in before),
    )


def _replaced(reading: Reading, row: Observation, why: str, may_say: bool) -> tuple[str, str]:
    """What a value was before its revision and why that came; empty where the gate keeps either back."""
    return (wording.observation_value(reading, row), why) if row.is_shown and may_say else ("", "")


def groups(found: Sequence[Reading], today: dt.date) -> list[Group]:
    """Questions that are read together as one, the others each by itself, in the indicators' own order."""
    verdicts, made = together(found), {}
    for reading in found:
        name = reading.indicator.group
        key = name or reading.indicator.pk
        if key not in made:
            made[key] = Group(name, verdict_told(verdicts[name]) if name else None)
        made[key].told.append(tell(reading, today))
    return list(made.values())
