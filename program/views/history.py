"""How it stood on a day, and what changed between two days."""

import datetime as dt

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organisation.access import can_see_people, require
from program.forms.plan import BetweenForm
from program.history import as_it_was, between
from program.models import Activity
from program.places import in_program

MOST = 200


@require_GET
@in_program
def activity_as_it_was(request, place, pk):
    """One activity at the end of a chosen day."""
    text, today = request.GET.get("dag", ""), timezone.localdate()
    try:
        day = min(dt.date.fromisoformat(text), today) if text else today
        is_wrong = False
    except ValueError:
        day, is_wrong = today, True
    rows = Activity.objects.visible_to(place).with_state(day).select_related("area")
    activity = get_object_or_404(rows.prefetch_related("responsible", "departments", "needs"), pk=pk)
    days = activity.updates.order_by("on").values_list("on", flat=True).distinct()
    context = {
        "activity": activity, "day": day, "text": text if is_wrong else day.isoformat(), "is_wrong": is_wrong,
        "then": as_it_was(activity, day), "days": days,
    }  # fmt: skip
    return render(request, "program/as_it_was.html", context)


@require_GET
@in_program
def program_changes(request, place):
    """What changed in the programme between two days, and who did it."""
    require(can_see_people(place))
    today = timezone.localdate()
    first = {"first": today - dt.timedelta(days=30), "last": today}
    form = BetweenForm(request.GET if "first" in request.GET else first)
    told, frame = (
        between(place, form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else ([], [])
    )
    context = {"form": form, "told": told[:MOST], "count": len(told), "frame": frame[:MOST], "most": MOST}
    return render(request, "program/changes.html", context)
