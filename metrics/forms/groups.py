"""Whom a value is about, as one choice: everybody, or a department, a unit or a predecessor of the organisation."""

import re

from django.utils.translation import gettext as _

from metrics.models import Indicator, Observation
from organisation.models import Department, Predecessor, Unit

KEYS = ("department", "unit", "predecessor")


def group_choices(place, indicator: Indicator) -> list[tuple]:
    """Choices for a select, grouped; only the place's own. Three queries."""
    units = Unit.objects.visible_to(place).select_related("department").order_by("department__code", "code")
    groups = (
        (_("Departments"), "department", [(row.pk, str(row)) for row in Department.objects.visible_to(place)]),
        (_("Units"), "unit", [(row.pk, _unit(row)) for row in units]),
        (_("Predecessors"), "predecessor", [(row.pk, str(row)) for row in Predecessor.objects.visible_to(place)]),
    )  # fmt: skip
    whole = _("The whole population: %(population)s") % {"population": indicator.population}
    return [
        ("", whole),
        *((title, [(f"{key}-{pk}", name) for pk, name in rows]) for title, key, rows in groups if rows),
    ]


def _unit(unit: Unit) -> str:
    words = f"{unit.name} ({unit.department})"
    return _("%(unit)s, no longer there") % {"unit": words} if unit.closed_on else words


def group_key(observation: Observation) -> str:
    """The choice that an observation is, "" for everybody."""
    for key in KEYS:
        pk = getattr(observation, f"{key}_id")
        if pk:
            return f"{key}-{pk}"
    return ""


def named_group(chosen: str) -> dict[str, int | None]:
    """The fields that a choice stands for: {"department_id": 3, "unit_id": None, "predecessor_id": None}."""
    found = re.fullmatch(rf"({'|'.join(KEYS)})-([0-9]+)", chosen)
    return {f"{key}_id": int(found[2]) if found and found[1] == key else None for key in KEYS}
