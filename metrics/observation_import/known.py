"""What a file is read beside: the programme's indicators, the organisation's groups, the values that are kept."""

import datetime as dt
from collections.abc import Iterable

from metrics.models import Indicator, Observation
from metrics.observation_import.compare import FIELDS, Held
from metrics.observation_import.groups import Group, Groups
from metrics.observation_import.judge import Given, Key, Measure, Value
from metrics.values.periods import month_end
from organisation.models import Department, Predecessor, Unit

GROUP = ("indicator_id", "first_day", "last_day", "department_id", "unit_id", "predecessor_id",
         "breakdown", "category")  # fmt: skip
WRITER = ("entered_by_id", "entered_by__username")


def given(place, today: dt.date, *, chosen: int | None = None, is_last_preliminary: bool = False) -> Given:
    """Four queries. `chosen` is an indicator's key; one of another programme counts as none."""
    measures = [
        Measure(row.pk, row.name, row.kind, row.period_kind, bool(row.computed), bool(row.item))
        for row in Indicator.objects.visible_to(place)
    ]
    named = next((row for row in measures if row.pk == chosen), None)
    return Given(measures, groups(place), today, named, is_last_preliminary)


def groups(place) -> Groups:
    """Whom values may be of. Three queries."""
    departments = [
        Group("department", row.pk, row.code, row.name, tuple(row.aliases))
        for row in Department.objects.visible_to(place)
    ]
    units = [
        Group("unit", row.pk, row.code, row.name, (), row.department.code, row.closed_on)
        for row in Unit.objects.visible_to(place).select_related("department")
    ]
    predecessors = [
        Group("predecessor", row.pk, "", row.name, (), "", row.last_day)
        for row in Predecessor.objects.visible_to(place)
    ]
    organisation = place.organisation
    return Groups([*departments, *units, *predecessors], [organisation.name, str(organisation)])


def held(place, values: Iterable[Value], *, lock: bool = False) -> dict[Key, Held]:
    """The latest kept value of every group and period in the months that the values cover. One query."""
    keys = [value.key for value in values]
    if not keys:
        return {}
    rows = Observation.objects.visible_to(place).filter(
        indicator__in={key[0] for key in keys},
        first_day__gte=min(key[1] for key in keys).replace(day=1),
        last_day__lte=month_end(max(key[2] for key in keys)),
    )
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.order_by("revision").values(
        "pk", "revision", "state", "is_example", *WRITER, *GROUP, *FIELDS
    )
    return {tuple(row[name] for name in GROUP): _held(row) for row in found}


def _held(row: dict) -> Held:
    is_draft = row["state"] == Observation.State.DRAFT
    values = {name: row[name] for name in FIELDS}
    by, writer = (row[name] for name in WRITER)
    return Held(row["pk"], row["revision"], is_draft, row["is_example"], values, by, writer or "")
