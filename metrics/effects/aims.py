"""What aims at an indicator: the expected effects that hold, and where their activities have started."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from metrics import movement
from metrics.effects import judge as effects
from metrics.models import Expectation, Indicator
from metrics.readings import judgement
from metrics.readings.queries import Reading


@dataclass(frozen=True)
class Aim:
    """An expected effect with the day its activity started, None before; `departments` empty means all of them."""

    effect: Expectation
    started_on: dt.date | None
    departments: frozenset[int]


def aims(place, on: dt.date, **only) -> list[Aim]:
    """Those of the programme, or `only` some, that hold on a day. Four queries, however many they are."""
    rows = (
        Expectation.objects.visible_to(place)
        .filter(**only)
        .select_related("activity", "department", "indicator")
        .prefetch_related("amendments", "activity__updates", "activity__departments")
    )
    found = []
    for row in rows:
        amended = [change.changes for change in row.amendments.all() if change.on <= on]
        if effects.holds(amended):
            statuses = [(update.on, update.status) for update in row.activity.updates.all()]
            found.append(Aim(row, effects.started_on(statuses, on), _departments(row)))
    return found


def _departments(row: Expectation) -> frozenset[int]:
    if row.department_id:
        return frozenset({row.department_id})
    return frozenset(department.pk for department in row.activity.departments.all())


def started(found: Iterable[Aim], departments: Collection[int]) -> set[int]:
    """Which of these departments have started an activity that aims here."""
    reached: set[int] = set()
    for aim in found:
        if aim.started_on:
            reached |= (aim.departments & set(departments)) if aim.departments else set(departments)
    return reached


def comparison(
    indicator: Indicator, parts: Mapping[tuple[int, str], Reading], found: Iterable[Aim]
) -> movement.Comparison | None:
    """Departments that have started beside the rest; None where no activity that aims here has started."""
    reached = started(found, [key for key, _name in parts])
    if not reached:
        return None
    return judgement.compare(indicator, {key: reading.shown for key, reading in parts.items()}, reached)
