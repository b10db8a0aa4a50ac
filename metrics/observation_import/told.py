"""A comparison told: as JSON for scripts, as plain values for the preview."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from metrics.models import Observation
from metrics.observation_import import wording
from metrics.observation_import.compare import STATES, Comparison, Result
from metrics.observation_import.items import Wrong
from metrics.observation_import.judge import SHARES, Measure, Value
from metrics.values.entry import STEPS
from metrics.values.periods import Period
from metrics.values.wording import period
from ui import formats
from ui.language import language


def errors(wrong: Iterable[Wrong]) -> list[dict[str, Any]]:
    """Sheet, row, column and message of each, in the order of the file."""
    return [
        {
            "sheet": row.sheet,
            "row": row.row,
            "column": row.column,
            "message": wording.message(row.code, row.text, row.near),
        }
        for row in wrong
    ]


def as_json(found: Comparison) -> dict[str, Any]:
    """Counts, errors and every value; decimals as strings."""
    return {
        "values": len(found.results),
        **{state: found.count(state) for state in STATES},
        "errors": errors(found.wrong),
        "without_value": found.empty,
        "rounded": found.rounded,
        "not_read": {"columns": found.unknown, "sheets": found.skipped},
        "items": [_item(row) for row in found.results],
    }


def _item(row: Result) -> dict[str, Any]:
    value = row.value
    return {
        "sheet": value.item.sheet,
        "row": value.item.row,
        "state": row.state,
        "indicator": value.measure.name,
        "group": value.group.code or value.group.name,
        "breakdown": value.item.breakdown,
        "category": value.item.category,
        "first_day": value.period.first.isoformat(),
        "last_day": value.period.last.isoformat(),
        **{
            key: str(after) if isinstance(after, Decimal) else after
            for key, after in row.after.items()
            if key != "known_on"
        },
    }


def figure(values, measure: Measure) -> str:
    """The fields of a value in short: 4,2 %, 40 of 60, or why there is none."""
    positive, answered = values["positive"], values["answered"]
    if values["value"] is not None:
        return _figure(values["value"], measure)
    if positive is not None and answered:
        share = formats.percent(Decimal(positive) / Decimal(answered), 1, language())
        counted = _("%(positive)s of %(answered)s") % {"positive": positive, "answered": answered}
        return f"{counted}, {share}"
    if values["ones"] is not None:
        return " · ".join(str(values[key]) for key in STEPS)
    return values["missing_reason"] or "–"


def _figure(value: Decimal, measure: Measure) -> str:
    if measure.kind in SHARES:
        return formats.number(value * 100, None, language()) + "\u00a0%"
    return formats.number(value, None, language())


def row(result: Result) -> dict[str, Any]:
    """One value for the preview's tables."""
    value = result.value
    label = Observation.Breakdown(value.item.breakdown).label if value.item.breakdown else ""
    return {
        "number": value.item.row,
        "indicator": value.measure.name,
        "group": value.group.name or _("everybody"),
        "part": f"{label}: {value.item.category}" if label else "",
        "period": period(value.period.first, value.period.last),
        "state": result.state,
        "before": figure(result.held.values, value.measure) if result.held else "",
        "after": figure(result.after, value.measure),
        "is_preliminary": result.after["is_preliminary"],
        "others": _others(result),
    }


def overlaps(found: Iterable[tuple[Value, Period]]) -> list[dict[str, Any]]:
    """Values of a day beside one that is kept of its month, or the other way round."""
    return [
        {
            "number": value.item.row,
            "indicator": value.measure.name,
            "group": value.group.name or _("everybody"),
            "period": period(value.period.first, value.period.last),
            "kept": period(held.first, held.last),
        }
        for value, held in found
    ]


def _others(result: Result) -> list[str]:
    """What else would differ, by name, where the figure says it no clearer."""
    if result.held is None:
        return []
    return [
        str(Observation._meta.get_field(name).verbose_name)
        for name, after in result.after.items()
        if name not in ("value", "known_on", *STEPS) and after != result.held.values[name]
    ]


def by_indicator(found: Comparison) -> list[dict[str, Any]]:
    """For each indicator of the file: how many groups, from when to when, and how many values in each state."""
    rows: dict[int, list[Result]] = {}
    for result in found.results:
        rows.setdefault(result.value.measure.pk, []).append(result)
    return [_summary(results) for results in rows.values()]


def _span(first: Period, last: Period) -> str:
    ends = [period(row.first, row.last) for row in dict.fromkeys((first, last))]
    return " – ".join(ends)


def _summary(results: list[Result]) -> dict[str, Any]:
    first = min((row.value.period for row in results), key=lambda found: found.last)
    last = max((row.value.period for row in results), key=lambda found: found.last)
    return {
        "indicator": results[0].value.measure.name,
        "groups": len({(row.value.group.kind, row.value.group.pk) for row in results}),
        "span": _span(first, last),
        "values": len(results),
        "counts": [sum(row.state == state for row in results) for state in STATES],
    }
