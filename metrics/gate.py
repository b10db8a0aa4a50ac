"""Asks `metrics/disclosure` about observations that are shown together and keeps its answers beside them.

The answer is stored (`Observation.withheld`), since what is shown must be decided once, for every page, file and
paper alike (ADR 14); until it has been asked nothing is shown. Everything that writes observations settles them in
the same transaction; what else decides (the organisation's thresholds, which unit is whose) settles them through
`organisation/changes.py`. `metrics/published/` says what readers know.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.db.models import Q

from metrics import disclosure, published
from metrics.models import Indicator, LinkedAnswers, Observation
from organisation.models import Organisation, Unit

PENDING = Observation.Withheld.PENDING
CHUNK = 5000  # keys in one statement
Period = tuple[dt.date, dt.date]


def thresholds(organisation: Organisation) -> disclosure.Thresholds:
    """The organisation's smallest groups."""
    return disclosure.Thresholds(organisation.survey_threshold, organisation.health_threshold)


def settle(indicators: Iterable[Indicator], periods: Collection[Period] | None = None) -> None:
    """Decide what of these indicators' values may be shown, and of what hangs together with them.

    With `periods` (first and last day) only values that hang together with those. Four queries and one for each
    reason given, however many values there are.
    """
    for organisation, family in _families(indicators).items():
        rows = _rows(family)
        answers = _answers(organisation, rows, periods)
        _store(rows, answers)


def settle_organisation(organisation: Organisation) -> None:
    """Decide everything of an organisation anew, when what is judged by has changed."""
    settle(Indicator.objects.filter(program__organisation=organisation))


def too_open(organisation: Organisation) -> list[Observation]:
    """Values that are shown though the gate would not show them today. Writes nothing."""
    rows = _rows(Indicator.objects.filter(program__organisation=organisation))
    answers = _answers(organisation, rows)
    return [row for row in rows if not row.withheld and answers[row.pk]]


def held_back(indicators: Iterable[Indicator]) -> set[int]:
    """Keys of these indicators' drafts that must be kept from whoever sees only what is shown.

    All drafts are judged together with the approved values, given what is shown today. Where a draft would take the
    place of a shown value and anything is hidden, all are kept back: two versions tell. Writes nothing; four queries.
    """
    found: set[int] = set()
    for organisation, family in _families(indicators).items():
        rows = {row.pk: row for row in _rows(family)}
        drafts = {row.pk: _value(row) for row in rows.values() if row.state == Observation.State.DRAFT}
        figures = [_figure_beside(row, drafts.values()) for row in rows.values()]
        homes, least = _homes(organisation), thresholds(organisation)
        for knot in published.knots(figures):
            if not drafts.keys().isdisjoint(figure.key for figure in knot):
                found |= _kept(published.withheld(knot, homes, least), rows, drafts)
    return found


def mark_published(place, on: dt.date) -> int:
    """Note that what a report of the place's programme up to this day can show is out for good: how many are.

    Reports show the whole and its departments. What is out stays, and everything else is judged given that.
    """
    rows = Observation.objects.visible_to(place).approved().filter(last_day__lte=on, withheld="")
    shown = rows.filter(unit__isnull=True, breakdown="", published_on__isnull=True)
    return shown.update(published_on=on)


def shows_linked(answers: LinkedAnswers, waves: Iterable[Observation], organisation: Organisation) -> bool:
    """Whether linked answers may be shown beside the whole's values of the two surveys.

    Those who answered only once are what the linked leave over of a survey: they must be none, or enough and not
    all alike; a survey that is hidden must not be told by its linked part.
    """
    least = thresholds(organisation)
    number = answers.both + answers.gained + answers.lost + answers.neither
    told = {answers.earlier: answers.both + answers.lost, answers.later: answers.both + answers.gained}
    asked = [(number, positive) for positive in told.values()]
    for row in waves:
        if row.last_day in told and row.answered is not None and row.positive is not None:
            if not row.is_shown:
                return False
            left = row.answered - number, row.positive - told[row.last_day]
            asked += [left] if left != (0, 0) else []
    subject = answers.indicator.subject
    return all(disclosure.may_show(subject, total, positive, least) for total, positive in asked)


def _families(indicators: Iterable[Indicator]) -> Mapping[Organisation, list[int]]:
    """By organisation, the indicators with their indices and those indices' statements. Two queries."""
    keys = {indicator.pk for indicator in indicators}
    heads = Indicator.objects.filter(pk__in=keys).values_list("pk", "index_id")
    heads_of = {index or pk for pk, index in heads}
    found: dict[Organisation, list[int]] = defaultdict(list)
    family = Indicator.objects.filter(Q(pk__in=heads_of) | Q(index__in=heads_of))
    for indicator in family.select_related("program__organisation"):
        found[indicator.program.organisation].append(indicator.pk)
    return found


def _rows(indicators) -> list[Observation]:
    rows = Observation.objects.filter(indicator__in=indicators)
    return list(rows.select_related("indicator__program__organisation").order_by("pk"))


def _answers(
    organisation: Organisation, rows: Iterable[Observation], periods: Collection[Period] | None = None
) -> dict[int, str]:
    """By key, why each value is withheld: drafts until they are approved. One query."""
    found = {row.pk: str(PENDING) for row in rows if row.state == Observation.State.DRAFT}
    figures = [_figure(row) for row in rows if row.pk not in found]
    if periods is not None:
        figures = _near(figures, set(periods))
    return found | published.withheld(figures, _homes(organisation), thresholds(organisation))


def _homes(organisation: Organisation) -> dict[str, str]:
    """Units' departments. One query."""
    units = Unit.objects.filter(department__organisation=organisation)
    return {f"u{unit}": f"d{department}" for unit, department in units.values_list("pk", "department_id")}


def _value(row: Observation) -> tuple:
    """What its revisions have in common."""
    return row.indicator_id, *row.group


def _figure_beside(row: Observation, drafts: Collection[tuple]) -> published.Figure:
    """As readers of drafts know it: what is shown is known, unless a draft would take its place."""
    is_shown = row.state == Observation.State.APPROVED and row.is_shown
    return replace(_figure(row), is_out=is_shown and _value(row) not in drafts)


def _kept(
    answers: Mapping[int, str], rows: Mapping[int, Observation], drafts: Mapping[int, tuple]
) -> set[int]:
    """Of one knot."""
    mine = {key for key in answers if key in drafts}
    revised = {drafts[key] for key in mine}
    is_two_versions = any(
        rows[key].is_shown and key not in drafts and _value(rows[key]) in revised for key in answers
    )
    hidden = {key for key, reason in answers.items() if reason}
    return mine if is_two_versions and hidden else mine & hidden


def _near(figures: Iterable[published.Figure], periods: set[Period]) -> list[published.Figure]:
    return [
        figure
        for knot in published.knots(figures)
        if periods.intersection(figure.period for figure in knot)
        for figure in knot
    ]


def _figure(row: Observation) -> published.Figure:
    group = (
        f"d{row.department_id}" if row.department_id
        else f"u{row.unit_id}" if row.unit_id
        else f"p{row.predecessor_id}" if row.predecessor_id
        else ""
    )  # fmt: skip
    indicator = row.indicator
    return published.Figure(
        key=row.pk, indicator=indicator.pk, kind=indicator.kind, subject=indicator.subject,
        index=indicator.index_id, period_kind=indicator.period_kind, first=row.first_day, last=row.last_day,
        group=group, breakdown=row.breakdown, category=row.category, revision=row.revision, value=row.value,
        positive=row.positive, answered=row.answered, invited=row.invited, no_opinion=row.no_opinion or 0,
        distribution=row.distribution, is_approximate=row.is_approximate, is_out=row.published_on is not None,
    )  # fmt: skip


def _store(rows: Iterable[Observation], answers: Mapping[int, str]) -> None:
    """One statement for each reason, a few where there are very many values."""
    changed: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        reason = answers.get(row.pk, row.withheld)
        if reason != row.withheld:
            changed[reason].append(row.pk)
            row.withheld = reason
    for reason, keys in changed.items():
        for start in range(0, len(keys), CHUNK):
            Observation.objects.filter(pk__in=keys[start : start + CHUNK]).update(withheld=reason)
