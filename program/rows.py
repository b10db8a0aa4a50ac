"""What one row of an activity list shows, as plain values: a template of fifty rows does no work of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.models import Role
from program.models import Activity, Status
from program.schedule import badge
from program.wording import day_or_words


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity in a list. `key` is its primary key as text; `badge` a status, or late; `is_key` one of the most important."""

    key: str
    number: str
    title: str
    area: str
    responsible: str
    deadline: str
    badge: str
    badge_label: str
    is_key: bool = False


def responsible_names(pks: Iterable[int], place) -> dict[int, str]:
    """Who answers for each activity, names joined. One query."""
    names: dict[int, list[str]] = {}
    pairs = Role.objects.visible_to(place).filter(activities__in=list(pks)).values_list("activities", "name")
    for pk, name in pairs:
        names.setdefault(pk, []).append(name)
    return {pk: ", ".join(found) for pk, found in names.items()}


def rows_of(activities: Sequence[Activity], place) -> list[ActivityRow]:
    """The rows of activities that carry their state (`with_state`) and area. One query."""
    names = responsible_names([activity.pk for activity in activities], place)
    labels = {"late": _("late"), **{status.value: str(status.label) for status in Status}}
    rows = []
    for activity in activities:
        standing = badge(activity.state, activity.state_as_of)
        rows.append(
            ActivityRow(
                key=str(activity.pk),
                number=activity.number,
                title=activity.title,
                area=activity.area.name,
                responsible=names.get(activity.pk, "")
                or (_("joint responsibility") if activity.joint_responsibility else ""),
                deadline=day_or_words(activity.state_deadline, activity.state_words),
                badge=standing,
                badge_label=labels[standing],
                is_key=activity.is_key,
            )
        )
    return rows
