"""Rows of all the organisation's programmes at once, for what follows a person and not a page."""

import datetime as dt
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef

from organisation.access import Kind, Place
from program.models import Activity, Program, Status


def everywhere(place: Place) -> Place:
    """The place with all its organisation's programmes. One query."""
    programs = tuple(Program.objects.visible_to(place))
    for program in programs:
        program.organisation = place.organisation
    return replace(place, programs=programs)


def across(model, place: Place):
    """What the place sees in each of its programmes, through the one door of each, in one query."""
    each = (model.objects.visible_to(replace(place, program=program)) for program in place.programs)
    return reduce(or_, each, model.objects.none())


def activities(place: Place, today: dt.date, *, own_alone: bool) -> dict[int, Activity]:
    """Activities that are not stopped, by key, with their state and programme. One query.

    Department heads and unit managers get those of their own departments, and unless `own_alone` also those
    that are for all departments.
    """
    rows = across(Activity, place).with_state(today).known().exclude(state_status=Status.STOPPED)
    if place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER):
        chosen = Activity.departments.through.objects.filter(activity=OuterRef("pk"))
        own = Exists(chosen.filter(department__in=place.department_ids))
        rows = rows.filter(own if own_alone else own | ~Exists(chosen))
    programs = {program.pk: program for program in place.programs}
    found = {row.pk: row for row in rows.only("number", "title", "program").order_by("pk")}
    for row in found.values():
        row.program = programs[row.program_id]
    return found
