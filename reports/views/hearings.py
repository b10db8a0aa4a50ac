"""What political bodies did with a report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import require
from organisation.actions import discard_draft, find_draft
from organisation.models import Forum
from program.places import in_program
from reports.access import can_register
from reports.actions import NotReady
from reports.forms.hearing import HearingForm
from reports.handling import actions
from reports.handling.queries import frozen_on, hearings_of
from reports.models import Hearing
from reports.views.report import one_report


@require_http_methods(["GET", "POST"])
@in_program
def hearing_edit(request, place, period, pk=None):
    """What a political body did with the report, from the minutes, which may come with it as a file."""
    require(can_register(place))
    report = one_report(place, period)
    hearing, proposed = (_one(place, report, pk), {}) if pk else _new(place, report)
    key = f"hearing:{pk or f'{report.pk}-new'}"
    draft = find_draft(place, key)
    form = HearingForm(
        request.POST or None, request.FILES or None, instance=hearing, place=place, points=report.points.all(),
        initial=proposed,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.save_hearing(form=form, place=place, by=request.user)
        discard_draft(place, key)
        messages.success(request, _("The handling is saved."))
        return redirect(f"{report.get_absolute_url()}#behandling")
    if request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {"form": form, "report": report, "hearing": hearing, "draft": draft, "draft_key": key}
    context |= {"frozen_on": frozen_on(report), "flags": _flags(report, hearing) if pk else []}
    return render(request, "reports/hearing_form.html", context)


def _one(place, report, pk) -> Hearing:
    rows = Hearing.objects.visible_to(place).select_related("forum", "minutes")
    hearing = get_object_or_404(rows, pk=pk, report=report)
    hearing.report = report
    return hearing


def _flags(report, hearing: Hearing) -> list[str]:
    """What does not add up in what is saved."""
    told = hearings_of(report, timezone.localdate())
    return next((one.flags for one in told if one.row.pk == hearing.pk), [])


def _new(place, report) -> tuple[Hearing, dict]:
    """The working party first, then the committee on the day that the report says."""
    kinds = {hearing.forum.kind for hearing in report.hearings.select_related("forum")}
    forums = {forum.kind: forum for forum in reversed(Forum.objects.visible_to(place))}
    party = forums.get(Forum.Kind.WORKING_PARTY)
    is_party = party is not None and not kinds & {Forum.Kind.WORKING_PARTY, Forum.Kind.COMMITTEE}
    forum = party if is_party else forums.get(Forum.Kind.COMMITTEE)
    case = (report.case_numbers or [""])[0]
    hearing = Hearing(report=report, case_number=case, held_on=None if is_party else report.meets_on)
    return hearing, {"forum": forum.pk if forum else None}


@require_http_methods(["GET", "POST"])
@in_program
def hearing_remove(request, place, period, pk):
    """Ask, then take away what was registered by mistake."""
    require(can_register(place))
    report = one_report(place, period)
    hearing = _one(place, report, pk)
    if request.method == "POST":
        try:
            actions.remove_hearing(hearing=hearing)
        except NotReady as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Removed: %(what)s") % {"what": hearing})
        return redirect(f"{report.get_absolute_url()}#behandling")
    has_asked = hearing.instructions.exists()
    context = {
        "what": str(hearing),
        "title": _("Remove the handling"),
        "reason": _("The body has asked for something here. Take that away first.") if has_asked else "",
        "back": report.get_absolute_url(),
    }
    return render(request, "reports/handling_remove.html", context)
