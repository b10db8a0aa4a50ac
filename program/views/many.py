"""One change for many activities, shown before it is made and taken back with one press; the move into a new year."""

import hashlib
import re

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import require
from organisation.models import Role
from program import actions
from program.access import can_edit_program
from program.filters import ActivityFilter
from program.forms.plan import ManyForm
from program.many import Planned, Standing, a_year_later, changed
from program.models import Activity, Area, ChangeSet, Status
from program.places import in_program
from program.schedule import OPEN
from program.wording import day_or_words
from ui.revision import Stale

MOST = 500
PICK = re.compile(r"([1-9][0-9]{0,14}):([0-9]{1,9})")


def standing_of(activity) -> Standing:
    """What one change may touch; wants `with_state` and prefetched `responsible`."""
    return Standing(
        activity.state_status or Status.PLANNED,
        activity.state_deadline,
        activity.state_words or "",
        activity.state_completed_on,
        activity.state_completed_words or "",
        activity.area_id,
        tuple(sorted(role.pk for role in activity.responsible.all())),
    )


def _activities(place):
    return (
        Activity.objects.visible_to(place)
        .with_state(timezone.localdate())
        .known()
        .select_related("area")
        .prefetch_related("responsible")
        .order_by("pk")
    )


def _picks(request) -> dict[int, int]:
    """Primary key and revision of every ticked row."""
    found = (PICK.fullmatch(text) for text in request.POST.getlist("pick"))
    return {int(match[1]): int(match[2]) for match in found if match}


def _digest(planned: list[Planned], comment: str) -> str:
    """What is about to be done, in short: the second press does what the first one showed."""
    return hashlib.sha256(repr((planned, comment)).encode()).hexdigest()[:20]


class _Words:
    """Says a standing's values; names are asked for once."""

    def __init__(self, place) -> None:
        self.roles = dict(Role.objects.visible_to(place).values_list("pk", "name"))
        self.areas = dict(Area.objects.visible_to(place).values_list("pk", "name"))

    def differences(self, planned: Planned) -> list[tuple[str, str, str]]:
        """Label, before and after of what changes."""
        before, after = self._told(planned.before), self._told(planned.after)
        return [
            (label, before[label] or "–", after[label] or "–")
            for label in after
            if before[label] != after[label]
        ]

    def _told(self, standing: Standing) -> dict[str, str]:
        return {
            _("Status"): str(Status(standing.status).label),
            _("Deadline"): day_or_words(standing.deadline, standing.deadline_words),
            _("Completed"): day_or_words(standing.completed_on, standing.completed_words),
            _("Area"): self.areas.get(standing.area, ""),
            _("Responsible"): ", ".join(self.roles.get(pk, "") for pk in standing.responsible),
        }


@require_http_methods(["GET", "POST"])
@in_program
def activity_many(request, place):
    """Tick activities, say the change, look at what it does, make it."""
    require(can_edit_program(place))
    chosen = ActivityFilter(request.GET, queryset=_activities(place), place=place)
    rows = list(chosen.qs[:MOST])
    form = ManyForm(request.POST or None, place=place)
    picks = _picks(request)
    planned: list[Planned] = []
    if request.method == "POST":
        is_valid = form.is_valid()
        if not picks:
            form.add_error(None, _("Tick at least one activity."))
        elif is_valid:
            planned = _plan(rows, picks, form.cleaned_data)
            comment = form.cleaned_data["comment"]
            if request.POST.get("seen") == _digest(planned, comment):
                return _make(request, place, planned, _what(form.cleaned_data, place), comment)
    context = {
        "filter": chosen, "rows": rows, "most": MOST, "form": form, "picks": picks, "planned": planned,
        "seen": _digest(planned, form.cleaned_data["comment"]) if planned else "",
    }  # fmt: skip
    return render(request, "program/many.html", context | _preview(place, rows, planned))


def _plan(rows, picks: dict[int, int], data) -> list[Planned]:
    wanted = {
        "status": data["status"],
        "deadline": data["deadline"],
        "completed_on": data["completed_on"],
        "area": data["area"] and data["area"].pk,
        "responsible": [role.pk for role in data["responsible"]],
    }
    planned = []
    for row in rows:
        if row.pk in picks:
            before = standing_of(row)
            planned.append(Planned(row.pk, picks[row.pk], before, changed(before, **wanted)))
    return [row for row in planned if row.differs]


def _preview(place, rows, planned: list[Planned]) -> dict:
    if not planned:
        return {"preview": []}
    words, names = _Words(place), {row.pk: str(row) for row in rows}
    return {"preview": [(names[row.pk], words.differences(row)) for row in planned]}


def _what(data, place) -> str:
    """The change in one line, for its record."""
    status = data["status"] and str(Status(data["status"]).label)
    deadline = data["deadline"] and day_or_words(data["deadline"].last, data["deadline"].words)
    roles = ", ".join(role.name for role in data["responsible"])
    said = (
        (_("Status"), status), (_("Deadline"), deadline), (_("Area"), data["area"] and data["area"].name),
        (_("Responsible"), roles),
    )  # fmt: skip
    return ", ".join(f"{label}: {text}" for label, text in said if text)


def _make(request, place, planned: list[Planned], what: str, comment: str):
    try:
        change = actions.change_many(
            place=place, planned=planned, what=what, comment=comment, on=timezone.localdate(), by=request.user
        )
    except Stale:
        messages.warning(
            request,
            _(
                "Somebody else saved one of the activities while you were looking. Nothing is changed. Look again."
            ),
        )
        return redirect(request.get_full_path())
    count = len(planned)
    messages.success(
        request,
        ngettext("%(count)s activity is changed.", "%(count)s activities are changed.", count)
        % {"count": count},
    )
    return redirect("program:change-set", *place.program.address, change.pk)


@require_http_methods(["GET"])
@in_program
def change_set(request, place, pk):
    """What a change of many did, and the button that takes it back."""
    require(can_edit_program(place))
    change = get_object_or_404(ChangeSet.objects.visible_to(place).select_related("by"), pk=pk)
    planned, words = actions.planned_of(change), _Words(place)
    names = {
        row.pk: str(row) for row in Activity.objects.visible_to(place).filter(pk__in=[p.pk for p in planned])
    }
    rows = [(row.pk, names.get(row.pk, ""), words.differences(row)) for row in planned]
    return render(request, "program/change_set.html", {"change": change, "rows": rows})


@require_POST
@in_program
def change_set_undo(request, place, pk):
    require(can_edit_program(place))
    change = get_object_or_404(ChangeSet.objects.visible_to(place), pk=pk)
    comment = _("Taken back: %(what)s") % {"what": change.what}
    try:
        back, left = actions.undo_many(
            change=change, comment=comment, on=timezone.localdate(), by=request.user
        )
    except Stale:
        messages.warning(request, _("The change is taken back already."))
    else:
        said = ngettext("%(count)s activity is as before.", "%(count)s activities are as before.", back) % {
            "count": back
        }
        if left:
            said += " " + ngettext(
                "%(count)s has been changed since and is left as it is.",
                "%(count)s have been changed since and are left as they are.", left,
            ) % {"count": left}  # fmt: skip
        messages.success(request, said)
    return redirect("program:change-set", *place.program.address, pk)


@require_http_methods(["GET", "POST"])
@in_program
def next_year(request, place):
    """The year's unfinished activities with the deadline each would get next year; those ticked are moved."""
    require(can_edit_program(place))
    text = request.GET.get("year", "")
    year = int(text) if re.fullmatch("(?:19|20)[0-9]{2}", text) else timezone.localdate().year
    rows = list(
        _activities(place)
        .filter(state_status__in=OPEN, state_deadline__year__lte=year, is_recurring=False)
        .annotate(
            dated_steps=Count(
                "steps", Q(steps__deadline__isnull=False, steps__completed_on=None), distinct=True
            ),
            open_follow_ups=Count("follow_ups", Q(follow_ups__held_on=None), distinct=True),
        )[:MOST]
    )
    planned = [_moved(row, year) for row in rows]
    if request.method == "POST":
        picks = _picks(request)
        wanted = [Planned(row.pk, picks[row.pk], row.before, row.after) for row in planned if row.pk in picks]
        if wanted:
            comment = _("Carried from %(year)s to %(next)s.") % {"year": year, "next": year + 1}
            return _make(request, place, wanted, comment, comment)
        messages.warning(request, _("Tick at least one activity."))
    context = {
        "year": year,
        "beyond": place.program.last_year < year + 1,
        "rows": [
            (row, day_or_words(plan.before.deadline, plan.before.deadline_words), day_or_words(plan.after.deadline, plan.after.deadline_words))
            for row, plan in zip(rows, planned, strict=True)
        ],
    }  # fmt: skip
    return render(request, "program/next_year.html", context)


def _moved(activity, year: int) -> Planned:
    """The same day in the year after; an older deadline is moved as many years as it takes."""
    before = standing_of(activity)
    day, words = before.deadline, before.deadline_words
    while day.year <= year:
        day, words = a_year_later(day, words)
    after = Standing(before.status, day, words, None, "", before.area, before.responsible)
    return Planned(activity.pk, activity.revision, before, after)
