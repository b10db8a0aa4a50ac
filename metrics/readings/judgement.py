"""Which of movement's questions an indicator's values are put to, and with which of them.

Pure: it reads the attributes of an indicator and of its observations (those of the model, or of any plain value that
has them) and asks `metrics/movement`. Only what the gate lets through comes in. Shares and rates are fractions of
one; everything else stands in the indicator's own unit.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from metrics import movement
from metrics.movement import Verdict
from metrics.movement.verdict import direction
from metrics.readings import seasons

SHARES = ("share", "rate")
MEASURES = {"share": "share", "rate": "share", "mean": "mean", "median": "median"}
UNITS = {"share": "share", "rate": "share", "index": "index"}


class Measured(Protocol):
    """What is asked of an indicator."""

    kind: str
    direction: str
    period_kind: str
    computed: str
    baseline: Decimal | None
    baseline_on: dt.date | None
    smallest: Decimal | None
    target: Decimal | None
    target_on: dt.date | None
    better_every_year: bool


class Value(Protocol):
    """What is asked of an observation; `share` is its value, or what its counts give."""

    first_day: dt.date
    last_day: dt.date
    positive: int | None
    answered: int | None
    invited: int | None
    no_opinion: int | None
    is_approximate: bool
    is_preliminary: bool

    @property
    def share(self) -> Decimal | None: ...
    @property
    def distribution(self) -> tuple[int, int, int, int, int] | None: ...


class Pair(Protocol):
    """What is asked of linked answers."""

    earlier: dt.date
    later: dt.date
    both: int
    gained: int
    lost: int
    neither: int


Items = Mapping[str, Sequence[Value]]  # an index's statements, each with its own values


def is_higher_better(indicator: Measured) -> bool:
    return indicator.direction == "up"


def unit_of(indicator: Measured) -> str:
    """Which of the verdict's units the indicator's own values are in."""
    return UNITS.get(indicator.kind, "value")


def verdict_of(
    indicator: Measured,
    rows: Sequence[Value],
    *,
    linked: Iterable[Pair] = (),
    items: Items | None = None,
    some_withheld: bool = False,
) -> Verdict:
    """The verdict on values of one group that are shown, oldest first."""
    if items:
        return _index_verdict(indicator, items)
    if not rows:
        return Verdict("unknown", "withheld" if some_withheld else "no_value", unit=unit_of(indicator))
    if indicator.period_kind == "monthly":
        return _monthly(indicator, rows)
    if indicator.period_kind in ("rolling", "cumulative"):
        return Verdict("unknown", indicator.period_kind, unit=unit_of(indicator))
    first, last = before_and_after(indicator, rows)
    if first is None or last is None:
        return Verdict("unknown", _why_alone(indicator, rows, some_withheld), unit=unit_of(indicator))
    return _linked_verdict(indicator, first, last, linked) or _two_waves(indicator, first, last)


def is_usable(row: Value) -> bool:
    """Whether it may be compared: final, not approximate, and with a value."""
    has_value = row.share is not None or row.distribution is not None
    return has_value and not row.is_approximate and not row.is_preliminary


def before_and_after(indicator: Measured, rows: Sequence[Value]) -> tuple[Value | None, Value | None]:
    """The latest usable value until the baseline ends, else the first one there is, and the last of all.

    Where fewer than two may be used but there are more, the first and the last, so that the reason can be told.
    """
    usable = [row for row in rows if is_usable(row)]
    if not usable or (len(usable) == 1 and len(rows) > 1):
        return (rows[0], rows[-1]) if len(rows) > 1 else (None, None)
    days = [row.last_day for row in usable]
    first, last = usable[_baseline(indicator, days)], usable[-1]
    return (None, None) if first is last else (first, last)


def _baseline(indicator: Measured, days: Sequence[dt.date]) -> int:
    """Which of the days, oldest first, is compared with: the latest until the baseline ends, else the first."""
    until = indicator.baseline_on
    return max(0, sum(day <= until for day in days) - 1) if until else 0


def _why_alone(indicator: Measured, rows: Sequence[Value], some_withheld: bool) -> str:
    until = indicator.baseline_on
    if until and len(rows) > 1 and all(row.last_day <= until for row in rows):
        return "nothing_after"
    return "withheld" if some_withheld else "one_value"


def wave_of(row: Value) -> movement.Wave:
    """The value with its counts."""
    answers = answers_of(row)
    if row.share is None and answers is not None:
        return answers.wave()
    return movement.Wave(
        row.share, row.positive, row.answered, row.invited, not row.is_approximate, row.is_preliminary
    )


def answers_of(row: Value) -> movement.Answers | None:
    """Its distribution on 1–5, where it is known."""
    if row.distribution is None:
        return None
    return movement.Answers(
        row.distribution, row.invited, row.no_opinion or 0, not row.is_approximate, row.is_preliminary
    )


def _two_waves(indicator: Measured, first: Value, last: Value) -> Verdict:
    if indicator.computed or indicator.kind == "count":
        return _counted(indicator, first, last)
    before, after = answers_of(first), answers_of(last)
    up = is_higher_better(indicator)
    if before and after and indicator.kind in MEASURES:
        measure = MEASURES[indicator.kind]
        return movement.judge_answers(
            before, after, measure=measure, higher_is_better=up, smallest=_smallest(indicator)
        )
    found = movement.judge(wave_of(first), wave_of(last), higher_is_better=up, smallest=indicator.smallest)
    return found if indicator.kind in SHARES else _without_counts(indicator, found)


def _smallest(indicator: Measured) -> Decimal | None:
    """Medians are read by how answers lie to each other; a smallest change in steps says nothing of that."""
    return None if indicator.kind == "median" else indicator.smallest


def _without_counts(indicator: Measured, verdict: Verdict) -> Verdict:
    """A mean or an index by itself has nothing that tells how sure it is, whatever counts stand beside it."""
    judged = ("within_chance", "beyond_chance", "within_smallest", "too_small", "few", "no_counts")
    reason = "no_distribution" if verdict.reason in judged else verdict.reason
    return Verdict("unknown", reason, verdict.change, unit=unit_of(indicator))


def _counted(indicator: Measured, first: Value, last: Value) -> Verdict:
    """Everything is counted, so nothing is left to chance; where share and number part ways nothing is said."""
    before, after, unit = first.share, last.share, unit_of(indicator)
    if before is None or after is None:
        return Verdict("unknown", "missing", unit=unit)
    if not (is_usable(first) and is_usable(last)):
        rough = first.is_approximate or last.is_approximate
        return Verdict("unknown", "approximate" if rough else "preliminary", unit=unit)
    change, up = after - before, is_higher_better(indicator)
    if first.positive is not None and last.positive is not None:
        found = movement.judge_count(first.positive, last.positive, higher_is_better=up)
        agree = _sign(change) == _sign(found.change or Decimal(0))
        return found if agree else Verdict("unknown", "counted_apart", change, unit=unit)
    if indicator.smallest is not None and abs(change) < indicator.smallest:
        return Verdict("unchanged", "counted" if not change else "too_small", change, unit=unit)
    kind = direction(change > 0, up) if change else "unchanged"
    return Verdict(kind, "counted", change, unit="count" if indicator.kind == "count" else unit)


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _linked_verdict(indicator: Measured, first: Value, last: Value, linked: Iterable[Pair]) -> Verdict | None:
    """Answers of the same people, when they are of these two waves."""
    for pair in linked:
        if _is_of(pair.earlier, first) and _is_of(pair.later, last):
            return verdict_of_linked(indicator, pair)
    return None


def verdict_of_linked(indicator: Measured, pair: Pair) -> Verdict:
    """What the same people's two answers say."""
    return movement.judge_linked(
        movement.Linked(pair.both, pair.gained, pair.lost, pair.neither),
        higher_is_better=is_higher_better(indicator),
        smallest=indicator.smallest,
    )


def _is_of(day: dt.date, row: Value) -> bool:
    return row.last_day == day and is_usable(row)


# Monthly series


def series_of(indicator: Measured, rows: Iterable[Value]) -> movement.Series:
    """The months; movement itself leaves out the preliminary and approximate ones."""
    points = (movement.Point(row.last_day, row.share, row.is_preliminary, row.is_approximate) for row in rows)
    return movement.Series(indicator.period_kind, tuple(points))


def chart_of(indicator: Measured, rows: Sequence[Value]) -> movement.Chart | None:
    """The run chart; without a day when the baseline ends, all there is is baseline."""
    until = indicator.baseline_on or max((row.last_day for row in rows), default=dt.date.min)
    return movement.chart_series(series_of(indicator, rows), baseline_until=until)


def _monthly(indicator: Measured, rows: Sequence[Value]) -> Verdict:
    if indicator.baseline_on is None:
        return Verdict("unknown", "no_baseline_day", unit="value")
    return seasons.judge(
        series_of(indicator, rows),
        baseline_until=indicator.baseline_on,
        higher_is_better=is_higher_better(indicator),
        smallest=indicator.smallest,
    )


# Indices


def indices_of(items: Items) -> dict[tuple[dt.date, dt.date], movement.Index]:
    """The index of each period that any statement has answers for, oldest first."""
    found: dict[tuple[dt.date, dt.date], list[movement.Item]] = {}
    for key, rows in items.items():
        for row in rows:
            period, answers = (row.first_day, row.last_day), answers_of(row)
            if answers:
                found.setdefault(period, []).append(movement.Item(key, str(period), answers))
    return {period: movement.read_index(found[period]) for period in sorted(found, key=lambda p: p[::-1])}


def _index_verdict(indicator: Measured, items: Items) -> Verdict:
    read = list(indices_of(items).items())
    if not read:
        return Verdict("unknown", "no_value", unit="index")
    whole = [(period, index) for period, index in read if index.total is not None]
    usable = [pair for pair in whole if pair[1].comparable and not pair[1].preliminary]
    if len(usable) < 2:
        first, last = (read[0][1], read[-1][1]) if len(read) > 1 else (None, None)
        if first is None and read[0][1].reason:
            return _incomplete(read[0][1])
    else:
        first = usable[_baseline(indicator, [period[1] for period, _index in usable])][1]
        last = usable[-1][1]
        if first is last:
            return Verdict("unknown", "nothing_after", unit="index")
    found = movement.judge_index(
        first, last, higher_is_better=is_higher_better(indicator), smallest=indicator.smallest
    )
    return _incomplete(first, last) if first and last and found.reason == "items_missing" else found


def _incomplete(*indices: movement.Index) -> Verdict:
    """Which index cannot be read, and how many statements it lacks."""
    index = next(index for index in indices if index.reason)
    return Verdict(
        "unknown", index.reason or "missing", unit="index", figures=(("missing", len(index.missing)),)
    )


# Departments beside each other


def compare(
    indicator: Measured,
    departments: Mapping[tuple[int, str], Sequence[Value]],
    started: Collection[int],
) -> movement.Comparison:
    """Departments where an activity that aims at the indicator has started, beside the rest.

    `departments` are (key, name) with their shown values; `started` the keys of those that have.
    """
    rows = []
    for (key, name), values in departments.items():
        usable = [value for value in values if is_usable(value)]
        first, last = before_and_after(indicator, usable)
        rows.append(
            movement.Department(name, _plain(indicator, first), _plain(indicator, last), key in started)
        )
    return movement.compare_departments(
        rows,
        higher_is_better=is_higher_better(indicator),
        smallest=indicator.smallest,
        unit=change_unit(indicator),
    )


def change_unit(indicator: Measured) -> str:
    """Which of the verdict's units a change of its values is in."""
    return "scale" if indicator.kind in ("mean", "median") and not indicator.computed else unit_of(indicator)


def _plain(indicator: Measured, row: Value | None) -> Decimal | None:
    return None if row is None else measure_of(indicator, row)


def measure_of(indicator: Measured, row: Value) -> Decimal | None:
    """The value in the indicator's own measure: as given, or what its distribution gives."""
    answers = answers_of(row)
    if answers is None or (row.share is not None and indicator.kind in SHARES):
        return row.share
    found = {"mean": answers.mean, "median": answers.median, "share": answers.share, "rate": answers.share}
    return found.get(indicator.kind, row.share)
