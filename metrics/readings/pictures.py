"""From readings to what the charts draw, and the sentence that says the same to who cannot see them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.charts import distribution, multiples, runs
from metrics.charts.multiples import HIDDEN, MISSING, Dot, Panel
from metrics.readings import judgement, wording
from metrics.readings.judgement import SHARES
from metrics.readings.queries import Reading

LEAST = {"share": 10, "mean": 0.5, "index": 10}  # what a panel's scale covers at least, in its unit
MANY = 6  # values told one by one


def scale_of(reading: Reading) -> int:
    """Shares are drawn in per cent."""
    return 100 if reading.indicator.kind in SHARES else 1


def dots_of(reading: Reading) -> list[Dot]:
    """The values that are shown, the latest with its figure."""
    scale, found = scale_of(reading), []
    for row, interval in zip(reading.observations, reading.intervals, strict=True):
        value = judgement.measure_of(reading.indicator, row) if row.is_shown else None
        if value is None:
            continue
        found.append(
            Dot(
                row.last_day,
                round(float(value) * scale, 3),
                not (row.is_approximate or row.is_preliminary),
                round(interval.low * scale, 3) if interval else None,
                round(interval.high * scale, 3) if interval else None,
                wording.measure(reading.indicator, value),
            )
        )
    return found


def panel_of(reading: Reading, title: str = "") -> Panel:
    """One panel of the small multiples."""
    indicator, scale = reading.indicator, scale_of(reading)
    gaps = [
        (row.last_day, MISSING if row.is_shown else HIDDEN)
        for row in reading.observations
        if not row.is_shown or judgement.measure_of(indicator, row) is None
    ]
    target = indicator.target
    return Panel(
        title or indicator.name,
        tuple(dots_of(reading)),
        tuple(gaps),
        None if target is None else float(target) * scale,
        "" if target is None else _("target %(value)s") % {"value": wording.measure(indicator, target)},
        "%" if indicator.kind in SHARES else "",
        LEAST.get(indicator.kind, 0),
        indicator.period_kind == "monthly",
        "" if gaps else _("no value"),
    )


def values_of(reading: Reading) -> str:
    """The panel's values in words: all of a few, else how many with the first and the last."""
    shown = [row for row in reading.shown if judgement.measure_of(reading.indicator, row) is not None]
    values = [
        f"{wording.period(row.first_day, row.last_day)} {wording.observation_value(reading, row)}"
        for row in shown
    ]
    hidden = len(reading.observations) - len(reading.shown)
    words = ngettext("%(count)s value is not shown", "%(count)s values are not shown", hidden)
    told = [words % {"count": hidden}] if hidden else []
    if len(values) <= MANY:
        return ", ".join([*values, *told]) or _("no value")
    count = ngettext("%(count)s value", "%(count)s values", len(values)) % {"count": len(values)}
    ends = _("%(count)s from %(first)s to %(last)s") % {
        "count": count,
        "first": values[0],
        "last": values[-1],
    }
    return ", ".join([ends, *told])


def alt_of(reading: Reading) -> str:
    """The panel in words, for who cannot see it."""
    indicator = reading.indicator
    text = f"{indicator.name}: {values_of(reading)}."
    if indicator.target is not None:
        text += f" {_('Target')} {wording.measure(indicator, indicator.target)}."
    return text


def bars_of(reading: Reading) -> list[distribution.Bar]:
    """The waves with a distribution, and those between them that may not be shown."""
    bars = []
    for row in reading.observations:
        label = wording.period(row.first_day, row.last_day)
        if not row.is_shown:
            bars.append(distribution.Bar(label, None, wording.observation_value(reading, row)))
        elif row.distribution:
            bars.append(distribution.Bar(label, row.distribution))
    return bars if any(bar.counts for bar in bars) else []


def distribution_of(reading: Reading, size: distribution.Size) -> dict | None:
    """Distribution bars, wave by wave; None where no distribution is shown."""
    bars = bars_of(reading)
    labels = {1: _("1 lowest"), 2: "2", 3: "3", 4: "4", 5: _("5 highest")}
    return distribution.distribution_chart(bars, labels, size) if bars else None


def run_of(reading: Reading, size: runs.Size) -> dict | None:
    """The run chart of a series by month; None for other series, and without values."""
    dots = dots_of(reading)
    if reading.indicator.period_kind != "monthly" or not dots:
        return None
    chart = judgement.chart_of(reading.indicator, reading.shown)
    median = wording.measure(reading.indicator, chart.runs.median) if chart else ""
    labels = {"median": _("median %(value)s") % {"value": median}} | {
        key: str(word) for key, word in rule_words().items()
    }
    baseline_on = reading.indicator.baseline_on
    later = baseline_on and dots[0].on < baseline_on < dots[-1].on
    return runs.run_chart(
        dots,
        chart,
        baseline_on if later else None,
        labels,
        size,
        scale=scale_of(reading),
        unit="%" if reading.indicator.kind in SHARES else "",
    )


def rule_words() -> dict[str, str]:
    """Lines and rules of the run chart by name."""
    return {
        "high": _("upper limit"),
        "low": _("lower limit"),
        "baseline": _("the baseline ends"),
        "shift": _("shift"),
        "crossings": _("crosses the median seldom"),
        "trend": _("trend"),
        "outside": _("outside the limits"),
    }


def signals_of(reading: Reading) -> list[str]:
    """The signals of the run chart in words: shift: March 2025–April 2026."""
    indicator = reading.indicator
    if indicator.period_kind != "monthly":
        return []
    chart, words = judgement.chart_of(indicator, reading.shown), rule_words()
    return [
        f"{words[signal.rule]}: {wording.months(signal.first, signal.last)}"
        for signal in (chart.signals if chart else ())
    ]


def multiples_of(found: Sequence[Reading], size: multiples.Size) -> dict:
    """Small multiples in one picture, for paper."""
    return multiples.together([panel_of(reading) for reading in found], size)
