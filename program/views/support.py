"""Support beside plans: what managers can lean on already, and what is coming to them."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from organisation.models import Department
from program.access import can_edit_program
from program.models import Activity, Audience, Resource, Stage, Status
from program.places import in_program
from program.support import PLANNED, THERE, UNDER_WAY, Item, by_audience, by_department, heaviest

Kind = Resource.Kind
FOR_MANAGERS = (Kind.TRAINING, Kind.FORUM, Kind.INTRODUCTION)
COLUMNS = {Status.COMPLETED: THERE, Status.UNDER_WAY: UNDER_WAY, Status.PLANNED: PLANNED}


def _concerns_managers(activity: Activity) -> bool:
    """Whether an activity is aimed at managers or takes their time; other measures are no support of theirs."""
    is_aimed = activity.kind != Activity.Kind.MEASURE or activity.audiences
    return bool(is_aimed) or activity.hours_per_manager is not None


def _items(place, resources: list[Resource]) -> list[Item]:
    """Support and activities as plain values. One query."""
    items = [
        Item(row.name, THERE, tuple(row.audiences))
        for row in resources
        if row.kind in FOR_MANAGERS and not row.is_none
    ]
    activities = Activity.objects.visible_to(place).with_state(timezone.localdate()).known().order_by("pk")
    for row in activities.exclude(state_status=Status.STOPPED):
        if _concerns_managers(row):
            url = reverse("program:activity-detail", args=[*place.program.address, row.pk])
            column = COLUMNS[row.state_status]
            items.append(Item(row.title, column, tuple(row.audiences), row.hours_per_manager, True, url))
    return items


def _kinds(resources: list[Resource]) -> list[dict]:
    """Every kind with its rows, so that a kind without any is seen; support functions go by department."""
    return [
        {"label": kind.label, "rows": [row for row in resources if row.kind == kind]}
        for kind in Kind
        if kind != Kind.FUNCTION
    ]


def _ladder(resources: list[Resource]) -> list[dict]:
    """The stages of the career ladder with what is meant for each; empty when no stage is recorded."""
    if not any(row.stage for row in resources):
        return []
    return [{"label": stage.label, "rows": [r for r in resources if r.stage == stage]} for stage in Stage]


@require_GET
@in_program
def support(request, place):
    resources = list(Resource.objects.visible_to(place).select_related("department"))
    functions = [row for row in resources if row.kind == Kind.FUNCTION]
    rows = by_audience(_items(place, resources), Audience.values)
    labels = {choice.value: choice.label for choice in Audience}
    most = heaviest(rows)
    context = {
        "rows": rows,
        "labels": labels,
        "most": most,
        "most_label": labels.get(most.audience, "") if most else "",
        "ladder": _ladder(resources),
        "kinds": _kinds(resources),
        "departments": by_department(
            Department.objects.visible_to(place), [row for row in functions if row.department_id]
        ),
        "common": [row for row in functions if not row.department_id],
        "may_edit": can_edit_program(place),
    }
    return render(request, "program/support.html", context)
