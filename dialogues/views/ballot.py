"""HR's side of a prioritisation, and what everybody reads when it is published."""

import segno
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from dialogues import access
from dialogues.actions import ballot as actions
from dialogues.forms.ballot import BallotForm, ReasonForm, ReportedForm
from dialogues.models import Ballot, Reason
from dialogues.voting.chart import result_chart
from dialogues.voting.results import Result, result_of
from organisation.access import require
from program.places import in_program
from ui.charts import svg
from ui.revision import Stale, posted_revision

STEPS = {
    "oppna": (access.can_open_ballot, actions.open_ballot),
    "stang": (access.can_close_ballot, actions.close_ballot),
    "publicera": (access.can_publish_ballot, actions.publish_ballot),
    "kopiera": (lambda place, _ballot: access.can_run_ballots(place), actions.copy_ballot),
    "ta-bort": (access.can_delete_ballot, actions.delete_ballot),
}
DONE = {
    "stang": lambda: _("The vote is closed. You see the result; nobody else does until you publish it."),
    "publicera": lambda: _("The result is published, here and on the voters' phones."),
    "kopiera": lambda: _("This is a copy, as a draft. Nothing of what was voted is in it."),
    "ta-bort": lambda: _("The prioritisation is gone."),
}


def _one(place, pk) -> Ballot:
    rows = Ballot.objects.visible_to(place).select_related("dialogue")
    ballot = get_object_or_404(rows.prefetch_related("options__reasons"), pk=pk)
    ballot.program = place.program
    return ballot


def drawn(result: Result | None):
    """The result's chart, or nothing where there are no figures."""
    if result is None or not any(line.share for line in result.lines):
        return ""
    return mark_safe(svg(result_chart(result)))


@require_GET
@in_program
def ballot_list(request, place):
    ballots = Ballot.objects.visible_to(place).prefetch_related("options")
    rows = [(ballot, result_of(ballot)) for ballot in ballots]
    return render(
        request, "dialogues/ballot_list.html", {"rows": rows, "may_run": access.can_run_ballots(place)}
    )


@require_GET
@in_program
def ballot_detail(request, place, pk):
    """The ballot as it stands; what it gave when it is closed."""
    ballot = _one(place, pk)
    may_run = access.can_run_ballots(place)
    form = ReasonForm(ballot=ballot) if may_run and ballot.stage == "published" else None
    return render(request, "dialogues/ballot_detail.html", _detail(place, ballot, form))


def _detail(place, ballot, form) -> dict:
    result = result_of(ballot)
    return {
        "ballot": ballot,
        "result": result,
        "chart": drawn(result),
        "has_reasons": any(line.option.reasons.all() for line in result.lines) if result else False,
        "form": form,
        "may_run": access.can_run_ballots(place),
        "may_change": access.can_change_ballot(place, ballot),
        "may_open": access.can_open_ballot(place, ballot),
        "may_close": access.can_close_ballot(place, ballot),
        "may_publish": access.can_publish_ballot(place, ballot),
        "may_delete": access.can_delete_ballot(place, ballot),
    }


@require_http_methods(["GET", "POST"])
@in_program
def ballot_edit(request, place, pk=None, reported=False):
    """Set up a ballot, or record a result that was reported from elsewhere."""
    require(access.can_run_ballots(place))
    ballot = _one(place, pk) if pk else Ballot(program=place.program, is_reported=reported)
    if pk and not (answer := access.can_change_ballot(place, ballot)):
        messages.warning(request, answer.reason)
        return redirect(ballot)
    form_class = ReportedForm if ballot.is_reported else BallotForm
    form = form_class(request.POST or None, instance=ballot, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_ballot(form=form, options=form.options)
        except Stale:
            form.show_what_changed(_one(place, pk), place=place)
        else:
            messages.success(request, _("The prioritisation is saved."))
            return redirect(saved)
    return render(request, "dialogues/ballot_form.html", {"form": form, "ballot": ballot})


@require_POST
@in_program
def ballot_step(request, place, pk, step):
    """Open, close, publish, copy or remove."""
    ballot = _one(place, pk)
    require(access.can_run_ballots(place))
    may, act = STEPS[step]
    answer = may(place, ballot)
    if not answer:
        messages.warning(request, answer.reason)
        return redirect(ballot)
    try:
        target = act(ballot=ballot, by=request.user, revision=posted_revision(request))
    except Stale:
        messages.warning(
            request,
            _("The prioritisation has changed since this page was shown. Look at it, and do it again."),
        )
        return redirect(ballot)
    except actions.NotReady as reason:
        messages.warning(request, str(reason))
        return redirect(ballot)
    if (
        step == "oppna" or request.POST.get("back") == "present"
    ):  # HR's own page would show the room the result
        return redirect("dialogues:ballot-present", *place.program.address, ballot.pk)
    messages.success(request, DONE[step]())
    return redirect(target or reverse("dialogues:ballot-list", args=place.program.address))


@require_GET
@in_program
def ballot_present(request, place, pk):
    """For the projector: how to get to the vote, how many have voted, and what it gave when it is published."""
    ballot = _one(place, pk)
    require(access.can_run_ballots(place))
    if not ballot.code:
        return redirect(ballot)
    if request.htmx and request.GET.get("stage") != ballot.stage:
        return HttpResponseClientRefresh()
    if request.htmx:
        return render(request, "dialogues/_ballot_count.html", {"ballot": ballot})
    address = request.build_absolute_uri(reverse("vote", args=[ballot.code]))
    result = result_of(ballot) if ballot.stage == "published" else None
    context = {
        "ballot": ballot,
        "organisation": place.organisation,
        "address": request.build_absolute_uri(reverse("vote-start")).partition("://")[2].rstrip("/"),
        "qr": mark_safe(segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True)),
        "result": result,
        "chart": drawn(result),
        "may_close": access.can_close_ballot(place, ballot),
    }
    return render(request, "dialogues/ballot_present.html", context)


@require_POST
@in_program
def reason_add(request, place, pk):
    """HR writes down a reason that was said in the room."""
    ballot = _one(place, pk)
    require(access.can_give_reasons(place, ballot))
    form = ReasonForm(request.POST, ballot=ballot)
    if form.is_valid():
        actions.add_reason(option=form.cleaned_data["option"], text=form.cleaned_data["text"])
        messages.success(request, _("The reason is saved."))
        return redirect(ballot)
    return render(request, "dialogues/ballot_detail.html", _detail(place, ballot, form))


@require_POST
@in_program
def reason_remove(request, place, pk, part_pk):
    """Take away a reason for good, for example one that somebody can be recognised by."""
    ballot = _one(place, pk)
    require(access.can_run_ballots(place))
    get_object_or_404(Reason.objects.filter(option__ballot=ballot), pk=part_pk).delete()
    messages.success(request, _("The reason is removed for good."))
    return redirect(ballot)
