"""Activities: the list with its filter and row editors, one activity, and what is written about it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import RequestConfig

from organisation.access import can_see_people, require
from program import actions
from program.access import can_edit_program, can_report_on
from program.filters import ActivityFilter
from program.forms.activity import ActivityForm, FollowUpForm, PlanLinkForm, StatusForm, StepForm
from program.models import Activity, FollowUp, PlanLink, Status, Step
from program.places import in_program
from program.rows import rows_of
from program.tables import ActivityTable
from program.wording import flags_of
from ui.audit import changes_of
from ui.revision import Stale

PAGE_SIZE = 50


def _activities(place, today):
    """The place's activities with their state and what a row shows."""
    return (
        Activity.objects.visible_to(place)
        .filter(area__program=place.program)  # says no more, but spares the database every other area
        .with_state(today)
        .select_related("area")
        .order_by("pk")
    )


def row_context(**context) -> dict:
    """What every row partial wants besides its record; words are translated once a page."""
    words = {"deadline": _("Deadline"), "change": _("Change"), "key": _("most important")}
    return {"words": words, "base": "", "just_saved": False} | context


def _one(place, pk):
    rows = _activities(place, timezone.localdate()).prefetch_related("departments", "responsible")
    activity = get_object_or_404(rows, pk=pk)
    activity.program = place.program
    return activity


def _back_to(request, place) -> str:
    """The list as it was filtered, when the form came from there."""
    start = reverse("program:activity-list", args=place.program.address)
    came_from = urlsplit(request.htmx.current_url or request.headers.get("Referer", ""))
    here = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    target = request.POST.get("next", here)
    return target if target == start or target.startswith(f"{start}?") else start


@require_GET
@in_program
def activity_list(request, place):
    today = timezone.localdate()
    chosen = ActivityFilter(request.GET, queryset=_activities(place, today).known(), place=place)
    table = ActivityTable(chosen.qs)
    RequestConfig(request, paginate={"per_page": PAGE_SIZE, "silent": True}).configure(table)
    context = row_context() | {
        "filter": chosen,
        "table": table,
        "records": rows_of([row.record for row in table.page.object_list], place),
        "may_edit": can_edit_program(place),
        "sees_people": can_see_people(place),
        "is_filtered": any(value for key, value in request.GET.items() if key in chosen.filters),
    }
    template = "program/_activity_results.html" if request.htmx else "program/activity_list.html"
    return render(request, template, context)


@require_GET
@in_program
def activity_detail(request, place, pk):
    activity = _one(place, pk)
    steps, follow_ups = list(activity.steps.all()), list(activity.follow_ups.prefetch_related("answers"))
    doubts = list(activity.doubts.select_related("area", "activity"))
    sees_people = can_see_people(place)
    context = {
        "activity": activity,
        "today": timezone.localdate(),
        "steps": steps,
        "follow_ups": follow_ups,
        "updates": activity.updates.select_related("by"),
        "needs": activity.needs.all(),
        "plan_links": list(activity.plan_links.all()),
        "attachments": list(activity.attachments.all()),
        "flags": flags_of(activity, steps),
        "passages": activity.passages.select_related("area"),
        "doubts": doubts,
        "pinned": [row for row in doubts if row.settled_on is None],
        "sees_people": sees_people,
        "changes": changes_of([activity, *steps, *follow_ups]) if sees_people else [],
        "may_edit": can_edit_program(place),
        "may_report": can_report_on(place, activity),
    }
    return render(request, "program/activity_detail.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def activity_add(request, place):
    require(can_edit_program(place))
    form = ActivityForm(request.POST or None, place=place, instance=Activity(program=place.program))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        activity = actions.create_activity(
            activity=form.save(commit=False),
            departments=data["departments"],
            responsible=data["responsible"],
            needs=data["needs"],
            deadline=data["deadline_text"],
            on=timezone.localdate(),
            by=request.user,
        )
        messages.success(request, _("The activity is added: %(title)s") % {"title": activity.title})
        return redirect(activity)
    return render(request, "program/activity_form.html", {"form": form})


def _bare(place, pk):
    """An activity for its form, which asks for the relations itself."""
    activity = get_object_or_404(Activity.objects.visible_to(place), pk=pk)
    activity.program = place.program
    return activity


@require_http_methods(["GET", "POST"])
@in_program
def activity_edit(request, place, pk):
    require(can_edit_program(place))
    activity = _bare(place, pk)
    form = ActivityForm(request.POST or None, place=place, instance=activity)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_activity(form=form, revision=form.cleaned_data["revision"])
        except Stale:
            form.show_what_changed(_bare(place, pk), place=place)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(activity)
    return render(request, "program/activity_form.html", {"form": form, "activity": activity})


def _save_status(form, by) -> bool:
    """Record what a valid status form says; False when it cannot be, with the reason on the form."""
    data = form.cleaned_data
    try:
        actions.record_status(
            activity=form.instance,
            status=data["status"],
            deadline=data["deadline"],
            completed_on=data["completed_on"],
            comment=data["comment"],
            on=timezone.localdate(),
            by=by,
            revision=data["revision"] or 0,
            responsible=data.get("responsible"),
        )
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return False
    return True


@require_http_methods(["GET", "POST"])
@in_program
def activity_status(request, place, pk):
    """A status update on a page of its own; `?status=stopped` starts with that choice."""
    activity = _one(place, pk)
    require(can_report_on(place, activity))
    options = {"place": place, "may_choose_responsible": bool(can_edit_program(place))}
    form = StatusForm(request.POST or None, instance=activity, **options)
    if request.method == "POST" and form.is_valid():
        try:
            if _save_status(form, request.user):
                messages.success(request, _("The status update is saved."))
                return redirect(activity)
        except Stale:
            form.show_what_changed(_one(place, pk), **options)
    elif request.method == "GET" and request.GET.get("status") in Status:
        form.initial["status"] = request.GET["status"]
    context = {"form": form, "activity": activity, "back": _back_to(request, place)}
    return render(request, "program/status_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def activity_row(request, place, pk):
    """The editor of one row, fetched when wanted; without JavaScript the status page does the same."""
    require(can_edit_program(place))
    activity = _one(place, pk)
    here = _back_to(request, place)
    context = row_context(may_edit=True, here=here, activity=activity)
    if request.GET.get("show") == "row":
        (context["record"],) = rows_of([activity], place)
        return render(request, "program/_activity_row.html", context)
    form = StatusForm(request.POST or None, instance=activity, place=place, auto_id=f"row{pk}_%s")
    if request.method == "POST" and form.is_valid():
        try:
            if _save_status(form, request.user):
                if request.htmx:
                    (record,) = rows_of([_one(place, pk)], place)
                    context |= {"record": record, "just_saved": True}
                    return render(request, "program/_activity_row.html", context)
                return redirect(here)
        except Stale:
            form.show_what_changed(_one(place, pk), place=place)
    template = "program/_activity_row_form.html" if request.htmx else "program/status_form.html"
    return render(request, template, context | {"form": form, "back": here})


def _part_edit(request, place, pk, part_pk, model, form_class, titles):
    """Add or change a step, a follow-up or a link to a plan of an activity."""
    require(can_edit_program(place))
    activity = _one(place, pk)
    if part_pk:
        instance = get_object_or_404(model.objects.visible_to(place), pk=part_pk, activity=activity)
    else:
        instance = model(activity=activity)
    form = form_class(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        if not part_pk and hasattr(instance, "order"):
            instance.order = activity.steps.count()
        actions.save_part(form=form, activity=activity)
        messages.success(request, _("The changes are saved."))
        return redirect(activity)
    context = {
        "form": form,
        "activity": activity,
        "title": titles[bool(part_pk)],
        "part": part_pk and instance,
    }
    return render(request, "program/part_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def step_edit(request, place, pk, part_pk=None):
    titles = (_("New step"), _("Change the step"))
    return _part_edit(request, place, pk, part_pk, Step, StepForm, titles)


@require_http_methods(["GET", "POST"])
@in_program
def follow_up_edit(request, place, pk, part_pk=None):
    titles = (_("New follow-up"), _("Change the follow-up"))
    return _part_edit(request, place, pk, part_pk, FollowUp, FollowUpForm, titles)


@require_http_methods(["GET", "POST"])
@in_program
def plan_link_edit(request, place, pk, part_pk=None):
    titles = (_("Link to a plan"), _("Change the link"))
    return _part_edit(request, place, pk, part_pk, PlanLink, PlanLinkForm, titles)
