"""Values with what came before them: one indicator's history, and the drafts that wait for a yes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from metrics import gate
from metrics.access import can_approve_values, is_small
from metrics.forms.groups import group_key
from metrics.models import Indicator, LinkedAnswers, Observation
from metrics.values.actions import fingerprint
from organisation.access import Answer, Kind


@dataclass
class History:
    """One group's value for one period. `current` is the latest approved, `draft` what would take its place,
    `earlier` what it has replaced, the latest first."""

    current: Observation | None = None
    draft: Observation | None = None
    earlier: list[Observation] = field(default_factory=list)

    @property
    def row(self) -> Observation:
        """The one that tells whom and when."""
        return self.current or self.draft

    def take(self, row: Observation) -> None:
        """Rows come in the order of their revisions."""
        if row.state == Observation.State.DRAFT:
            self.draft = row
            return
        if self.current:
            self.earlier.insert(0, self.current)
        self.current = row


@dataclass(frozen=True)
class Waiting:
    """A draft, the latest approved value before it, and whether this person may say yes to it.

    `is_hidden`: this person may not see the figures: too few, or they would give such away. `is_small`: too few to be shown to anybody once approved.
    """

    row: Observation
    previous: Observation | None
    answer: Answer
    seen: str
    is_small: bool
    is_hidden: bool


def _named(rows):
    return rows.select_related("department", "unit__department", "predecessor", "entered_by", "approved_by")


def histories(place, indicator: Indicator) -> list[History]:
    """Every value of an indicator with its revisions, the latest period first. One query."""
    found: dict[tuple, History] = defaultdict(History)
    rows = Observation.objects.visible_to(place).filter(indicator=indicator)
    for row in _named(rows).order_by("revision", "pk"):
        row.indicator = indicator
        found[row.group].take(row)
    return sorted(found.values(), key=_by_period)


def _by_period(history: History) -> tuple:
    row = history.row
    group = (row.department_id or 0, row.unit_id or 0, row.predecessor_id or 0, row.breakdown, row.category)
    return (-row.last_day.toordinal(), row.first_day, group)


def waiting(place, indicator: Indicator | None = None) -> list[Waiting]:
    """Drafts of the programme, or of one indicator, in the order of indicators and periods. Two queries,
    and four more for whoever sees only what the gate lets through."""
    drafts = Observation.objects.visible_to(place).drafts().select_related("indicator")
    if indicator:
        drafts = drafts.filter(indicator=indicator)
    rows = list(_named(drafts).order_by("indicator__order", "indicator_id", "last_day", "pk"))
    before = _approved(place, {row.indicator_id for row in rows})
    kept = set() if sees_all(place) or not rows else gate.held_back(row.indicator for row in rows)
    return [_waiting(place, row, before[_series(row)], row.pk in kept) for row in rows]


def sees_all(place) -> bool:
    """HR enter the figures and see them however few they are of."""
    return place.kind == Kind.EDITOR


def _waiting(place, row: Observation, before: list[Observation], is_kept: bool) -> Waiting:
    small = is_small(place, row)
    hidden = not sees_all(place) and (small or is_kept)
    return Waiting(
        row,
        _previous(row, before),
        can_approve_values(place, row, hidden),
        fingerprint(row),
        small,
        hidden,
    )


def _series(row: Observation) -> tuple:
    """The same indicator and group, whatever the period."""
    return (row.indicator_id, *row.group[2:])


def _approved(place, indicators: Iterable[int]) -> dict[tuple, list[Observation]]:
    found: dict[tuple, list[Observation]] = defaultdict(list)
    rows = Observation.objects.visible_to(place).approved().filter(indicator__in=indicators)
    for row in rows.order_by("last_day", "revision"):
        found[_series(row)].append(row)
    return found


def _previous(row: Observation, before: list[Observation]) -> Observation | None:
    """What a revision replaces; else the latest of an earlier period."""
    ends: dt.date = row.last_day
    for earlier in reversed(before):
        if earlier.group == row.group if row.revision > 1 else earlier.last_day < ends:
            return earlier
    return None


def groups_of(found: Iterable[History]) -> list[tuple[str, Observation]]:
    """The groups that have values, everybody first: (its key, one of its rows)."""
    rows = {group_key(history.row): history.row for history in found}
    return sorted(rows.items(), key=lambda pair: (pair[0] != "", pair[0].split("-")[0], str(_owner(pair[1]))))


def _owner(row: Observation):
    return row.department or row.unit or row.predecessor or ""


def linked_drafts(place) -> list[tuple[LinkedAnswers, bool]]:
    """Linked answers that wait for a yes, and whether this person may not see them. One query; two but for HR."""
    drafts = LinkedAnswers.objects.visible_to(place).drafts().select_related("indicator", "entered_by")
    rows = list(drafts.order_by("indicator__order", "later", "pk"))
    if sees_all(place) or not rows:
        return [(row, False) for row in rows]
    waves = _waves(place, {row.indicator_id for row in rows})
    return [(row, not gate.shows_linked(row, waves[row.indicator_id], place.organisation)) for row in rows]


def _waves(place, indicators: Iterable[int]) -> dict[int, list[Observation]]:
    """The whole's latest values by indicator. A draft is not shown, so what is linked to it waits for it."""
    latest: dict[tuple, Observation] = {}
    rows = Observation.objects.visible_to(place).filter(indicator__in=indicators, breakdown="")
    whole = rows.filter(department=None, unit=None, predecessor=None)
    for row in whole.order_by("revision"):
        latest[row.indicator_id, row.group] = row
    found: dict[int, list[Observation]] = defaultdict(list)
    for row in latest.values():
        found[row.indicator_id].append(row)
    return found
