"""From rows to the plain values that the pure modules judge; what overview, pages and reports share."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import OuterRef, Subquery

from metrics import gate, movement
from metrics.models import Indicator, LinkedAnswers, Observation
from metrics.readings import certainty, judgement, targets
from metrics.values import computed


@dataclass(frozen=True)
class Reading:
    """One indicator's values in one group up to a day, judged by what the gate lets through.

    `standing` is None without a target, `years` where "better every year" is not agreed; `intervals` tell how far
    chance may reach, one for each observation, None where nothing tells. An index whose statements are answered has
    the values that these give; an indicator worked out from the headcounts those that they give. `parts_until` is
    the last day that departments, units, predecessors or categories have a value of.
    """

    indicator: Indicator
    observations: tuple[Observation, ...]
    verdict: movement.Verdict
    standing: movement.Standing | None = None
    years: movement.EveryYear | None = None
    intervals: tuple[movement.Interval | None, ...] = ()
    parts_until: dt.date | None = None

    @property
    def latest(self) -> Observation | None:
        return self.observations[-1] if self.observations else None

    @property
    def first(self) -> Observation | None:
        return self.observations[0] if self.observations else None

    @property
    def shown(self) -> tuple[Observation, ...]:
        """Those that the gate lets through."""
        return tuple(row for row in self.observations if row.is_shown)


@dataclass(frozen=True)
class Part:
    """A group of an indicator's values: a department, a unit, a predecessor, or a category of a breakdown.

    `within` says of what: the breakdown, and the department or unit that it divides.
    """

    kind: str
    key: int
    name: str
    within: str
    reading: Reading


@dataclass(frozen=True)
class Sheet:
    """Everything of one indicator: the whole and its parts; `earlier` are values that a revision has replaced."""

    whole: Reading
    parts: tuple[Part, ...] = ()
    linked: tuple[LinkedAnswers, ...] = ()
    items: tuple[Reading, ...] = ()
    earlier: dict[tuple, list[Observation]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Part]:
        """Its parts of a kind: department, unit, predecessor or breakdown."""
        return [part for part in self.parts if part.kind == kind]


def held_on(rows: Iterable[Observation], on: dt.date) -> list[Observation]:
    """One value a group and period: the latest revision that was known that day, else the first there was.

    Where the gate keeps a replaced value back (beside its revision it would give somebody away), the revision stands.
    """
    held: dict[tuple, Observation] = {}
    for row in sorted(rows, key=lambda row: row.revision):
        before = held.get(row.group)
        was_known = row.known_on is None or row.known_on <= on
        if before is None or was_known or (row.is_shown and not before.is_shown):
            held[row.group] = row
    return sorted(held.values(), key=lambda row: (row.last_day, row.pk or 0))


def readings(place, on: dt.date) -> list[Reading]:
    """Every indicator with the whole population's values up to a day, as they were known then.

    Three queries; two more when one is worked out from the headcounts.
    """
    divided = _known(place, on).filter(indicator=OuterRef("pk")).divided().order_by("-last_day")
    rows = Indicator.objects.visible_to(place).annotate(parts_until=Subquery(divided.values("last_day")[:1]))
    indicators = list(rows)
    observed = _observed(_known(place, on).whole())
    observed.update(computed.observations_of(place, indicators, on))
    linked = _linked(place, on, observed)
    return [
        _read(
            row,
            observed[row.pk],
            on,
            linked=linked[row.pk],
            items=_items(row, indicators, observed, on),
            parts_until=row.parts_until,
        )
        for row in indicators
    ]


def reading_for(place, indicator: Indicator, on: dt.date, department=None) -> Reading:
    """One indicator's values, of everybody or of one department. Three queries, two more when it is computed."""
    items = list(indicator.items.all())
    rows = _known(place, on).filter(indicator__in=[indicator, *items])
    whole = rows.filter(department=department, breakdown="") if department else rows.whole()
    observed = _observed(whole)
    observed.update(computed.observations_of(place, [indicator], on, department=department))
    linked = () if department else _linked(place, on, observed)[indicator.pk]
    return _read(
        indicator, observed[indicator.pk], on, linked=linked, items=_items(indicator, items, observed, on)
    )


def department_readings(place, on: dt.date) -> dict[tuple[int, int], Reading]:
    """By indicator's and department's key, each department's own values. Two queries, however many they are.

    What is worked out from the headcounts is not among them; `reading_for` has it.
    """
    indicators = {row.pk: row for row in Indicator.objects.visible_to(place)}
    observed: dict[int, dict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in _known(place, on).filter(department__isnull=False, breakdown=""):
        observed[row.department_id][row.indicator_id].append(row)
    return {
        (key, department): _read(
            indicators[key], found, on, items=_items(indicators[key], indicators.values(), rows, on)
        )
        for department, rows in observed.items()
        for key, found in list(rows.items())
    }


def sheet(place, indicator: Indicator, on: dt.date) -> Sheet:
    """All that is known of one indicator on a day, group by group. Three queries, two more when it is computed."""
    items = list(indicator.items.all())
    rows = _with_groups(_known(place, on).filter(indicator__in=[indicator, *items]))
    whole = _observed(row for row in rows if _part(row) is None)
    whole.update(computed.observations_of(place, [indicator], on))
    linked = _linked(place, on, whole)[indicator.pk]
    own = [row for row in rows if row.indicator_id == indicator.pk]
    until = max((row.last_day for row in own if _part(row)), default=None)
    statements = _items(indicator, items, whole, on)
    return Sheet(
        _read(indicator, whole[indicator.pk], on, linked=linked, items=statements, parts_until=until),
        _parts(indicator, own, on),
        tuple(linked),
        tuple(_read(item, whole[item.pk], on) for item in items),
        _replaced(own),
    )


def parts(place, indicators: Iterable[Indicator], on: dt.date) -> dict[int, tuple[Part, ...]]:
    """By indicator's key all values that are not of the whole population, group by group. One query."""
    rows = _observed(row for row in _with_groups(_known(place, on)) if _part(row))
    return {row.pk: _parts(row, rows[row.pk], on) for row in indicators}


def _with_groups(rows):
    return rows.select_related("department", "unit__department", "predecessor")


def _parts(indicator: Indicator, rows: Iterable[Observation], on: dt.date) -> tuple[Part, ...]:
    groups: dict[tuple, list[Observation]] = defaultdict(list)
    for row in rows:
        if key := _part(row):
            groups[key].append(row)
    return tuple(Part(*key, _read(indicator, found, on)) for key, found in sorted(groups.items()))


def together(found: Iterable[Reading]) -> dict[str, movement.Verdict]:
    """The verdict of each group of questions that are read together."""
    groups: dict[str, list[movement.Verdict]] = defaultdict(list)
    for reading in found:
        if reading.indicator.group:
            groups[reading.indicator.group].append(reading.verdict)
    return {name: movement.judge_together(rows) for name, rows in groups.items()}


def _known(place, on: dt.date):
    return Observation.objects.visible_to(place).approved().filter(last_day__lte=on)


def _observed(rows: Iterable[Observation]) -> dict[int, list[Observation]]:
    found: dict[int, list[Observation]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return found


def _linked(place, on: dt.date, observed: dict[int, list[Observation]]) -> dict[int, list[LinkedAnswers]]:
    """Linked answers that the gate lets through beside the values of the whole, by indicator. One query."""
    found: dict[int, list[LinkedAnswers]] = defaultdict(list)
    rows = LinkedAnswers.objects.visible_to(place).approved().filter(later__lte=on)
    for row in rows.select_related("indicator"):
        waves = held_on(observed.get(row.indicator_id, ()), on)
        if gate.shows_linked(row, waves, place.organisation):
            found[row.indicator_id].append(row)
    return found


def _items(
    index: Indicator, indicators: Iterable[Indicator], observed: dict[int, list[Observation]], on: dt.date
) -> dict[str, list[Observation]]:
    """The statements of an index with the values of each that are shown, by statement."""
    return {
        row.item: [value for value in held_on(observed.get(row.pk, ()), on) if value.is_shown]
        for row in indicators
        if row.index_id == index.pk
    }


def _read(
    indicator: Indicator,
    rows: Iterable[Observation],
    on: dt.date,
    *,
    linked: Sequence[LinkedAnswers] = (),
    items: dict[str, list[Observation]] | None = None,
    parts_until: dt.date | None = None,
) -> Reading:
    kept, answered = held_on(rows, on), items and any(items.values())
    indices = judgement.indices_of(items) if items and answered else {}
    if any(index.total is not None for index in indices.values()):
        kept = _values_of(indicator, items or {}, indices)
    shown = [row for row in kept if row.is_shown]
    verdict = judgement.verdict_of(
        indicator,
        shown,
        linked=linked,
        items=items if answered else None,
        some_withheld=len(shown) < len(kept),
    )
    if parts_until and verdict.reason == "no_value":
        verdict = replace(verdict, reason="only_parts")
    return Reading(
        indicator,
        tuple(kept),
        verdict,
        targets.standing_of(indicator, shown, on),
        targets.years_of(indicator, shown),
        tuple(_interval(indicator, row, indices) for row in kept),
        parts_until,
    )


def _interval(indicator: Indicator, row: Observation, indices: dict) -> movement.Interval | None:
    if not row.is_shown:
        return None
    index = indices.get((row.first_day, row.last_day))
    return certainty.interval_of_index(index) if index else certainty.interval_of(indicator, row)


def _values_of(
    indicator: Indicator, items: dict[str, list[Observation]], indices: dict[tuple, movement.Index]
) -> list[Observation]:
    """The index as values, never saved: made of shown answers alone, so it gives nothing away."""
    is_example = any(row.is_example for rows in items.values() for row in rows)
    return [
        Observation(
            indicator=indicator,
            first_day=first_day,
            last_day=last_day,
            value=index.total,
            answered=index.answered,
            is_approximate=not index.comparable,
            is_preliminary=index.preliminary,
            is_example=is_example,
            withheld="",
        )
        for (first_day, last_day), index in indices.items()
        if index.total is not None
    ]


def _part(row: Observation) -> tuple[str, int, str, str] | None:
    """Kind, key, name and within of the group that a value is of; None for the whole."""
    owner, key, kind = "", 0, ""
    if row.department_id:
        owner, key, kind = row.department.name, row.department_id, "department"
    elif row.unit_id:
        owner, key, kind = row.unit.name, row.unit_id, "unit"
    elif row.predecessor_id:
        owner, key, kind = row.predecessor.name, row.predecessor_id, "predecessor"
    if row.breakdown:
        label = str(row.get_breakdown_display())
        return "breakdown", key, row.category, f"{owner}, {label}" if owner else label
    if not kind:
        return None
    return kind, key, owner, row.unit.department.name if kind == "unit" else ""


def _replaced(rows: Iterable[Observation]) -> dict[tuple, list[Observation]]:
    """Values by group and period, where there is more than one revision, the oldest first."""
    found: dict[tuple, list[Observation]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.revision):
        found[row.group].append(row)
    return {group: revisions for group, revisions in found.items() if len(revisions) > 1}
