"""Indicators that the system works out from the headcounts, as observations that nobody entered."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from metrics.models import Indicator, Observation
from metrics.span.history import in_force, measured
from metrics.span.measure import Share, Span
from metrics.span.queries import headcounts_of, unit_counts, versions_of
from organisation.models import Department

Computed = Indicator.Computed


def observations_of(
    place, indicators: Iterable[Indicator], on: dt.date, *, department: Department | None = None
) -> dict[int, list[Observation]]:
    """Unsaved observations of those of `indicators` that are computed, by the indicator's pk, oldest first.

    One for each headcount report up to the day, of the whole organisation or of one department: `first_day` and
    `last_day` are the report's day, `pk` is None, `state` approved and `withheld` empty, since staffing figures are
    public. `over_base` and `over_largest` give counts: `positive` managers above of all managers whose unit has a
    base number (`answered` and, as everybody is counted, `invited`); `median_span` gives `value`, people per manager.
    Where no unit has a base number there is `missing_reason` and no figures. Two queries; none when nothing is
    computed, and indicators that are not computed are left out.
    """
    computed = [indicator for indicator in indicators if indicator.computed]
    if not computed:
        return {}
    spans = _spans(place, on, Q(unit__department=department) if department else None)
    return {
        indicator.pk: [_observation(indicator, department, day, *found) for day, found in spans.items()]
        for indicator in computed
    }


def _spans(place, on: dt.date, only: Q | None) -> dict[dt.date, tuple[Span, bool]]:
    """Each report's span against the guideline of its day, and whether the report is an example. Two queries."""
    versions = versions_of(place)
    return {
        day: (measured(unit_counts(rows, {}, day), in_force(versions, day)), rows[0].report__is_example)
        for day, rows in headcounts_of(place, on, only).items()
    }


def _observation(
    indicator: Indicator, department: Department | None, day: dt.date, span: Span, is_example: bool
) -> Observation:
    return Observation(
        indicator=indicator,
        department=department,
        first_day=day,
        last_day=day,
        is_example=is_example,
        state=Observation.State.APPROVED,
        withheld="",
        **_figures(indicator.computed, span),
    )


def _figures(computed: str, span: Span) -> dict:
    if computed == Computed.MEDIAN_SPAN:
        return {"value": span.median}
    return _counts(span.managers_over_base if computed == Computed.OVER_BASE else span.managers_over_largest)


def _counts(share: Share) -> dict:
    if not share.of:
        return {"missing_reason": _("no unit has a base number")}
    return {"positive": share.count, "answered": share.of, "invited": share.of}
