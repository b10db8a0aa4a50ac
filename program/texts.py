"""The programme's running texts with what is marked in them: background, summary, and each area's."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from program.models import Activity, Area, Doubt, Passage
from program.schedule import badge
from ui.richtext import Mark, held

# How a text says it: a measure "has been done", where a list says "completed".
STANDINGS = {
    "completed": _("has been done"),
    "under_way": _("is under way"),
    "planned": _("is planned"),
    "late": _("late"),
    "stopped": _("stopped"),
}
TITLES = {Passage.Source.BACKGROUND: _("Background"), Passage.Source.SUMMARY: _("Summary")}


@dataclass(frozen=True)
class Text:
    """One text as it is drawn: its marks, the passages whose words it no longer holds, and its doubts."""

    source: str
    title: str
    body: str
    area: Area | None
    marks: tuple[Mark, ...] = ()
    lost: tuple[Passage, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def passages_of(place, today: dt.date, **which) -> list[Passage]:
    """The place's passages, each with its activity as it stands today. Two queries."""
    activities = Activity.objects.with_state(today)
    rows = Passage.objects.visible_to(place).filter(**which)
    return list(rows.prefetch_related(Prefetch("activity", activities)))


def mark_of(passage: Passage, place) -> Mark:
    """How a passage is drawn: a measure with its status and a link to the activity, or a stance."""
    activity = passage.activity
    if activity is None:
        return Mark(passage.quote, "stance", str(_("stance")))
    standing = badge(activity.state, activity.state_as_of)
    url = reverse("program:activity-detail", args=[*place.program.address, activity.pk])
    label = str(STANDINGS.get(standing, _("is planned")))
    return Mark(passage.quote, "measure", label, url, str(activity), standing or "planned")


def compose(
    place, passages: Iterable[Passage], doubts: Iterable[Doubt] = (), *, source: str, area: Area | None = None
) -> Text:
    """One text of the programme out of all its passages and doubts."""
    body = area.narrative if area else getattr(place.program, source)
    own = [row for row in passages if row.source == source and row.area_id == (area.pk if area else None)]
    there = held(body, [row.quote for row in own])
    said_of = {row.activity_id for row in own} - {None}
    return Text(
        source=source,
        title=area.name if area else str(TITLES[source]),
        body=body,
        area=area,
        marks=tuple(mark_of(row, place) for row in own if row.quote in there),
        lost=tuple(row for row in own if row.quote not in there),
        doubts=tuple(
            row for row in doubts if (area and row.area_id == area.pk) or row.activity_id in said_of
        ),
    )


def in_tree(areas: Sequence[Area], parent: int | None = None) -> list[Area]:
    """Areas in order, each followed by those beneath it."""
    found = []
    for area in areas:
        if area.parent_id == parent:
            found += [area, *in_tree(areas, area.pk)]
    return found
