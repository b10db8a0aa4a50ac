"""What belongs to an activity: order of steps, links to plans, files, follow-up meetings, copies of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisation.access import require
from organisation.actions import discard_draft, find_draft
from program import actions
from program.access import can_edit_program, can_report_on
from program.forms.meeting import MeetingForm
from program.forms.plan import AttachmentForm
from program.models import Activity, Attachment, Document, FollowUp, PlanLink, Step
from program.places import in_program
from ui.converters import row_key
from ui.revision import Stale, posted_revision

PARTS = {"delatgard": Step, "uppfoljning": FollowUp, "koppling": PlanLink}


def _activity(place, pk):
    activity = get_object_or_404(Activity.objects.visible_to(place), pk=pk)
    activity.program = place.program
    return activity


@require_http_methods(["GET", "POST"])
@in_program
def step_order(request, place, pk):
    """Move steps up and down, by button, key or mouse, and number them anew."""
    require(can_edit_program(place))
    activity = _activity(place, pk)
    if request.method == "POST":
        order = [key for text in request.POST.getlist("order") if (key := row_key(text))]
        _move(order, request.POST.get("move", ""))
        try:
            actions.order_steps(
                activity=activity,
                order=order,
                renumber="renumber" in request.POST,
                revision=posted_revision(request),
            )
        except Stale:
            messages.warning(
                request,
                _("Somebody else saved the activity while you were ordering. This is how it stands now."),
            )
        else:
            _say_where(request, request.POST.get("move", ""), order)
        moved = urlencode({"moved": request.POST.get("move", "")[:30]})
        return redirect(f"{reverse('program:step-order', args=[*place.program.address, pk])}?{moved}")
    key, _colon, way = request.GET.get("moved", "").partition(":")
    context = {"activity": activity, "steps": activity.steps.all(), "moved": key, "way": way}
    return render(request, "program/step_order.html", context)


def _say_where(request, move: str, order: list[int]) -> None:
    """Tell those who do not see the list where the step went."""
    key = row_key(move.partition(":")[0])
    if key in order:
        words = _("The step is now number %(place)s of %(count)s.")
        messages.success(request, words % {"place": order.index(key) + 1, "count": len(order)})


def _move(order: list[int], move: str) -> None:
    """Change places with the one before or after; `move` is "12:up" or "12:down"."""
    text, _colon, way = move.partition(":")
    key = row_key(text)
    if key not in order:
        return
    at = order.index(key)
    to = at - 1 if way == "up" else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]


@require_http_methods(["GET", "POST"])
@in_program
def part_remove(request, place, noun, pk, part_pk):
    """Ask, then remove a step, a follow-up that was never held, or a link to a plan. The trail keeps what it said."""
    require(can_edit_program(place))
    model = PARTS[noun]
    part = get_object_or_404(
        model.objects.visible_to(place).select_related("activity"), pk=part_pk, activity=pk
    )
    is_told = model is FollowUp and part.held_on is not None
    if request.method == "POST" and not is_told:
        actions.remove_part(part=part)
        messages.success(request, _("Removed: %(what)s") % {"what": part})
        return redirect("program:activity-detail", *place.program.address, pk)
    context = {"part": part, "activity": part.activity, "is_told": is_told}
    return render(request, "program/part_remove.html", context)


@require_POST
@in_program
def activity_duplicate(request, place, pk):
    """A copy to go on from; with years=1 the next round of something that comes back."""
    require(can_edit_program(place))
    activity = _activity(place, pk)
    years = 1 if request.POST.get("years") == "1" else 0
    title = activity.title if years else _("Copy of %(title)s") % {"title": activity.title}
    copy = actions.duplicate_activity(
        activity=activity, title=title[:240], years=years, on=timezone.localdate(), by=request.user
    )
    messages.success(request, _("The copy is made. Change what differs and save."))
    return redirect("program:activity-edit", *place.program.address, copy.pk)


@require_http_methods(["GET", "POST"])
@in_program
def attachment_add(request, place, owner, pk):
    """Give an activity or a basis document a file."""
    require(can_edit_program(place))
    model = Activity if owner == "aktiviteter" else Document
    row = get_object_or_404(model.objects.visible_to(place), pk=pk)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    back = _home_of(row, place)
    if request.method == "POST" and form.is_valid():
        kind = "activity" if model is Activity else "document"
        actions.attach(place=place, upload=form.cleaned_data["file"], by=request.user, **{kind: row})
        messages.success(request, _("The file is kept."))
        return redirect(*back)
    return render(
        request, "program/attachment_form.html", {"form": form, "row": row, "is_activity": model is Activity}
    )


def _home_of(row, place) -> tuple:
    if isinstance(row, Activity):
        return ("program:activity-detail", *place.program.address, row.pk)
    return ("program:framework-edit", *place.program.address, "underlag", row.pk)


@require_GET
@in_program
def attachment(request, place, pk):
    """The file as a download; never shown in the page."""
    found = get_object_or_404(Attachment.objects.visible_to(place), pk=pk)
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "POST"])
@in_program
def attachment_remove(request, place, pk):
    require(can_edit_program(place))
    found = get_object_or_404(
        Attachment.objects.visible_to(place).select_related("activity", "document"), pk=pk
    )
    row = found.activity or found.document
    if request.method == "POST":
        found.delete()
        messages.success(request, _("Removed: %(what)s") % {"what": found.name})
        return redirect(*_home_of(row, place))
    return render(
        request, "program/part_remove.html", {"part": found, "activity": found.activity, "is_told": False}
    )


@require_GET
@in_program
def follow_up_list(request, place):
    """Follow-ups to come, not held, and held, in the order of a meeting."""
    today = timezone.localdate()
    rows = FollowUp.objects.visible_to(place).select_related("activity").order_by("planned_on", "pk")
    groups = {"missed": [], "coming": [], "held": []}
    for row in rows:
        groups["held" if row.held_on else "missed" if row.planned_on < today else "coming"].append(row)
    context = {"groups": groups, "may_edit": can_edit_program(place)}
    return render(request, "program/follow_up_list.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def follow_up_meeting(request, place, pk, part_pk):
    """One page for the meeting: what was to be done and become, and what the questions found."""
    activity = get_object_or_404(
        Activity.objects.visible_to(place).with_state(timezone.localdate()).select_related("area").prefetch_related("departments", "responsible"),
        pk=pk,
    )  # fmt: skip
    activity.program = place.program
    require(can_report_on(place, activity))
    row = get_object_or_404(FollowUp.objects.visible_to(place), pk=part_pk, activity=activity)
    key = f"uppfoljning-{row.pk}"
    draft = find_draft(place, key)
    form = MeetingForm(request.POST or None, instance=row, program=place.program)
    if request.method == "POST" and form.is_valid():
        actions.hold_follow_up(form=form)
        discard_draft(place, key)
        messages.success(request, _("The follow-up is saved."))
        return redirect(activity)
    if request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {
        "form": form, "activity": activity, "row": row, "steps": activity.steps.all(), "draft": draft,
        "draft_key": key, "latest": activity.updates.first(), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "program/meeting.html", context)
