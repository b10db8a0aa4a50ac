"""What a monthly series lets us say: the verdict over its charts.

Only shift and crossings carry a verdict. A point outside the limits is an event in a month and no lasting change, and
with limits from a dozen months one of the following dozen falls outside by chance about every sixth time (simulated).
The trend rule is "virtually useless" (Anhøj & Olesen 2014) and is shown because people look for it. More rules would
mean more false alarms, so there are no more.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from metrics.movement.answers import mean, median
from metrics.movement.interval import Spread, welch
from metrics.movement.runs import FEWEST, Chart, chart, read_runs
from metrics.movement.series import Final, Series, covers_a_year, final, has_gaps, refusal
from metrics.movement.verdict import Figures, Verdict, decide, direction

RECENT = 3  # the latest points must still lie on the new side


def chart_series(series: Series, *, baseline_until: dt.date) -> Chart | None:
    """The chart with the baseline up to a day; None where the series is refused or the baseline too short."""
    baseline, later = _split(series, baseline_until)
    if refusal(series) or len(baseline) < FEWEST:
        return None
    return chart(baseline, later, below_zero=series.below_zero)


def judge_series(
    series: Series, *, baseline_until: dt.date, higher_is_better: bool, smallest: Decimal | None = None
) -> Verdict:
    """Verdict on the months after the baseline's last day, in the series' own unit."""
    baseline, later = _split(series, baseline_until)
    refused = refusal(series) or _too_short(baseline, later)
    drawn = None if refused else chart_series(series, baseline_until=baseline_until)
    if drawn is None:
        told = (("points", len(baseline)), ("needed", FEWEST))
        return Verdict("unknown", refused or "short_baseline", unit="value", figures=told)
    verdict = _read(drawn, higher_is_better, smallest)
    return replace(verdict, cautions=_cautions(drawn))


def _split(series: Series, until: dt.date) -> tuple[tuple[Final, ...], tuple[Final, ...]]:
    points = final(series.points)
    baseline = tuple(point for point in points if point.month <= until)
    return baseline, points[len(baseline) :]


def _too_short(baseline: Sequence[Final], later: Sequence[Final]) -> str | None:
    if len(baseline) < FEWEST:
        return "short_baseline"
    return None if later else "nothing_later"


def _read(drawn: Chart, higher_is_better: bool, smallest: Decimal | None) -> Verdict:
    if read_runs(drawn.baseline).has_signal:
        return Verdict("unknown", "unstable_baseline", unit="value")
    if drawn.runs.has_signal:
        return _shifted(drawn, higher_is_better)
    return _steady(drawn, higher_is_better, smallest)


def _shifted(drawn: Chart, higher_is_better: bool) -> Verdict:
    """The run rules say that it is not chance; the medians say which way, and whether it lasts."""
    before, after = _middle(drawn.baseline), _middle(drawn.later)
    change, recent = after - before, _middle(drawn.later[-RECENT:]) - before
    told = (("median_before", before), ("median_after", after), *_run_figures(drawn))
    if change * recent <= 0:
        return Verdict("unknown", "no_direction", change, unit="value", figures=told)
    reason = "shift" if drawn.runs.is_shifted else "crossings"
    return Verdict(direction(change > 0, higher_is_better), reason, change, unit="value", figures=told)


def _run_figures(drawn: Chart) -> Figures:
    runs = drawn.runs
    return (
        ("longest", runs.longest),
        ("longest_allowed", runs.longest_allowed),
        ("crossings", runs.crossings),
        ("crossings_needed", runs.crossings_needed),
    )


def _steady(drawn: Chart, higher_is_better: bool, smallest: Decimal | None) -> Verdict:
    """No signal: unchanged if it is shown to be, else what keeps us from telling."""
    told = (*_run_figures(drawn), ("later", len(drawn.later)))
    verdict = _by_means(drawn, higher_is_better, smallest)
    if verdict and verdict.kind == "unchanged" and not _has_event(drawn):
        return replace(verdict, figures=told)
    change = _middle(drawn.later) - _middle(drawn.baseline)
    return Verdict("unknown", _why_not(drawn), change, unit="value", figures=told)


def _has_event(drawn: Chart) -> bool:
    """Whether a month after the baseline lies outside its limits."""
    return any(drawn.limits.is_outside(point.value) for point in drawn.later) if drawn.limits else False


def _why_not(drawn: Chart) -> str:
    if _has_event(drawn):
        return "outside_alone"
    if len(drawn.later) <= drawn.runs.longest_allowed:
        return "too_early"
    return "trend_alone" if "trend" in drawn.rules else "no_signal"


def _by_means(drawn: Chart, higher_is_better: bool, smallest: Decimal | None) -> Verdict | None:
    """Equivalence of the means, where there are enough later months; their independence was just tried."""
    if smallest is None or len(drawn.later) < FEWEST:
        return None
    before, after = _spread(drawn.baseline), _spread(drawn.later)
    interval = welch(before, after)
    if interval is None:
        return None
    change = (mean(_values(drawn.later)) or Decimal(0)) - (mean(_values(drawn.baseline)) or Decimal(0))
    return decide(change, interval, higher_is_better=higher_is_better, smallest=smallest, unit="value")


def _spread(points: Sequence[Final]) -> Spread:
    numbers = [Fraction(value) for value in _values(points)]
    middle = sum(numbers, Fraction(0)) / len(numbers)
    squares = sum(((number - middle) ** 2 for number in numbers), Fraction(0))
    return Spread(middle, squares / (len(numbers) - 1), len(numbers))


def _values(points: Sequence[Final]) -> list[Decimal]:
    return [point.value for point in points]


def _middle(points: Sequence[Final]) -> Decimal:
    return median(_values(points)) or Decimal(0)


def _cautions(drawn: Chart) -> tuple[str, ...]:
    cautions = []
    if not covers_a_year(drawn.baseline) or not covers_a_year(drawn.later):
        cautions.append("season")
    if has_gaps((*drawn.baseline, *drawn.later)):
        cautions.append("gaps")
    if drawn.limits is None:
        cautions.append("no_limits")
    return tuple(cautions)
