"""Asks `metrics/disclosure` about observations that are shown together and keeps its answers beside them.

The answer is stored (`Observation.withheld`), since what is shown must be decided once, for every page, file and
paper alike; until it has been asked nothing is shown. Everything that writes observations settles them in the same
transaction.
"""

from collections.abc import Iterable

from metrics import disclosure
from metrics.models import Indicator, Observation
from organisation.models import Organisation


def thresholds(organisation: Organisation) -> disclosure.Thresholds:
    """The organisation's smallest groups."""
    return disclosure.Thresholds(organisation.survey_threshold, organisation.health_threshold)


def _cell(row: Observation) -> disclosure.Cell:
    counts = ()
    if row.answered is not None:
        positive = row.positive
        counts = (row.answered,) if positive is None else (positive, row.answered - positive)
    return disclosure.Cell(row.pk, counts, row.indicator.subject)


def settle(indicators: Iterable[Indicator]) -> None:
    """Decide what of these indicators' values may be shown. Four queries, however many they are."""
    indicators = list(indicators)
    if not indicators:
        return
    organisation = indicators[0].program.organisation
    rows = list(Observation.objects.filter(indicator__in=indicators).select_related("indicator"))
    decided = disclosure.suppress(map(_cell, rows), (), thresholds(organisation))
    changed = []
    for row in rows:
        withheld = decided.hidden.get(row.pk, "")
        if row.withheld != withheld:
            row.withheld = withheld
            changed.append(row)
    Observation.objects.bulk_update(changed, ["withheld"], batch_size=500)
