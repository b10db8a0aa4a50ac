"""Where participants vote: on a phone, without an account.

Nothing here reads the session or the user. The device is known by its own cookie (`dialogues.voting.device`), whose mark
in the forms does what Django's token against forged posts does elsewhere.
"""

from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from dialogues.actions import ballot as actions
from dialogues.forms.ballot import ReasonForm, VoteForm
from dialogues.models import Ballot, Slip
from dialogues.voting.device import Device, device_of, remember
from dialogues.voting.results import result_of
from dialogues.voting.tally import stride

LONGEST_CODE = 20  # as typed, with blanks
GIVEN = "tack"  # in the address after a reason was given


def _plain(code: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(code.upper().split()).replace("-", "")


def _find(code: str) -> Ballot | None:
    if not code or len(code) > LONGEST_CODE or "\x00" in code:
        return None
    rows = Ballot.objects.select_related("program__organisation")
    return rows.filter(code=_plain(code)).exclude(code="").first()


def _unknown(request, code: str) -> HttpResponse:
    """One answer for every code that leads nowhere."""
    context = {"code": code[:LONGEST_CODE], "is_unknown": True}
    return render(request, "dialogues/vote_start.html", context, status=404)


@never_cache
@login_not_required
@require_GET
def vote_start(request):
    """Type the code that is shown in the room."""
    code = request.GET.get("kod", "")
    if not code.strip():
        return render(request, "dialogues/vote_start.html", {"code": "", "is_unknown": False})
    ballot = _find(code)
    return redirect("vote", ballot.code) if ballot else _unknown(request, code)


@never_cache
@csrf_exempt  # the device's mark is checked instead: see the module
@login_not_required
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def vote(request, code):
    """The vote, or what has become of it on this device."""
    ballot = _find(code)
    if ballot is None:
        return _unknown(request, code)
    device = device_of(request)
    slip = _slip(ballot, device)
    if request.htmx:
        return _how_it_stands(request, ballot)
    is_sent = request.method == "POST"
    if is_sent and slip:  # sent twice, or the answer was lost on the way
        return redirect("vote", ballot.code)
    if slip or ballot.stage != "open":
        return _page(request, ballot, device, slip, came_late=is_sent)
    form = VoteForm(request.POST if is_sent else None, ballot=ballot, options=ballot.options.all())
    if pressed := request.POST.get("step", ""):
        form.step(pressed)
    if pressed or not is_sent:
        return _page(request, ballot, device, None, form=form)
    return _take(request, ballot, device, form)


def _slip(ballot: Ballot, device: Device) -> Slip | None:
    if not device.is_known:
        return None
    return Slip.objects.filter(ballot=ballot, digest=device.digest(ballot)).first()


def _how_it_stands(request, ballot: Ballot) -> HttpResponse:
    """What a waiting page asks for every few seconds: how many, or a new page when the vote has moved on."""
    if request.GET.get("stage") != ballot.stage:
        return HttpResponseClientRefresh()
    return render(request, "dialogues/_ballot_count.html", {"ballot": ballot})


@sensitive_variables()
def _take(request, ballot: Ballot, device: Device, form: VoteForm) -> HttpResponse:
    if not device.sent(request.POST.get("mark", "")):
        return _page(request, ballot, device, None, form=form, has_no_cookie=True)
    if not form.is_valid():
        return _page(request, ballot, device, None, form=form)
    outcome = actions.cast_vote(ballot=ballot, digest=device.digest(ballot), points=form.vote.points)
    if outcome == actions.CLOSED:
        return _page(request, _find(ballot.code), device, None, came_late=True)
    return redirect("vote", ballot.code)


@sensitive_variables()
def _page(request, ballot: Ballot, device: Device, slip: Slip | None, *, form=None, **told) -> HttpResponse:
    """`told`: came_late or has_no_cookie, and a reason_form that was sent."""
    is_published = ballot.stage == "published"
    if is_published:
        prefetch_related_objects([ballot], "options__reasons")
    reason_form = told.pop("reason_form", None) or (ReasonForm(ballot=ballot) if slip else None)
    context = told | {
        "ballot": ballot,
        "organisation": ballot.program.organisation,
        "slip": slip,
        "device": device,
        "form": form,
        "stride": stride(ballot.points),
        "result": result_of(ballot) if is_published else None,
        "reason_form": reason_form if is_published and slip else None,
        "has_given": GIVEN in request.GET,
        "may_give_more": is_published and _reasons(ballot) < actions.most_reasons(ballot),
    }
    response = render(request, "dialogues/vote.html", context, status=409 if told.get("came_late") else 200)
    if request.method == "GET":  # a form that comes from another page brings no cookie, and is to set none
        remember(response, device)
    return response


def _reasons(ballot: Ballot) -> int:
    """How many the ballot has. Reads prefetched reasons."""
    return sum(len(option.reasons.all()) for option in ballot.options.all())


@never_cache
@csrf_exempt  # the device's mark is checked instead: see the module
@login_not_required
@sensitive_post_parameters()
@require_POST
def vote_reason(request, code):
    """Why, in own words, when the result is published; from devices that voted."""
    ballot = _find(code)
    if ballot is None:
        return _unknown(request, code)
    device = device_of(request)
    slip = _slip(ballot, device)
    if ballot.stage != "published" or slip is None or not device.sent(request.POST.get("mark", "")):
        return redirect("vote", ballot.code)
    form = ReasonForm(request.POST, ballot=ballot)
    if form.is_valid():
        try:
            actions.add_reason(**form.cleaned_data, is_from_phone=True)
        except actions.NotReady as reason:
            form.add_error(None, str(reason))
        else:
            return redirect(f"{reverse('vote', args=[ballot.code])}?{GIVEN}#varfor")
    return _page(request, ballot, device, slip, reason_form=form)
