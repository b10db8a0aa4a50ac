"""A report's steps, approved and frozen, and its files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import require
from program.places import in_program
from reports import actions
from reports.access import can_approve, can_export, can_freeze, can_reopen
from reports.forms.report import FreezeForm
from reports.models import may_see_unfrozen
from reports.views.report import one_report
from reports.word_template import in_use as word_templates
from ui import media
from ui.revision import Stale, posted_revision

TYPES = media.TYPES | {"html": "text/html; charset=utf-8"}


@require_http_methods(["GET", "POST"])
@in_program
def report_step(request, place, period, step):
    """Approve, take the approval back, or freeze; whoever lands here after signing in anew gets the report."""
    report = one_report(place, period)
    if request.method == "GET":
        return redirect(report)
    rules = {"godkann": can_approve, "oppna": can_reopen, "faststall": can_freeze}
    require(rules[step](place, report))
    revision = posted_revision(request)
    try:
        if step == "godkann":
            shown = request.POST.get("shown") or "nothing"
            actions.approve_report(report=report, by=request.user, revision=revision, shown=shown)
            messages.success(request, _("The report is approved. The secretary can freeze it."))
        elif step == "oppna":
            said = _reopened(report)
            actions.reopen_report(report=report, revision=revision)
            messages.success(request, said)
        else:
            form = FreezeForm(request.POST)
            if not form.is_valid():
                raise actions.NotReady(_unfrozen(form))
            actions.freeze_report(
                report=report, by=request.user, revision=revision, corrects=form.cleaned_data["corrects"]
            )
            messages.success(request, _("The report is frozen. It never changes from here on."))
            _say_of_template(request, place)
    except Stale:
        messages.warning(request, _("Somebody else changed the report just now. Look at it and do it again."))
    except actions.NotReady as reason:
        messages.error(request, str(reason))
    return redirect(report)


def _unfrozen(form: FreezeForm) -> str:
    """What stands in the way of freezing: the words about the correction, or the tick."""
    wrong = [str(error) for error in form.errors.get("corrects", [])]
    return " ".join(wrong) or _("Tick that you want to freeze the report, and try again.")


def _reopened(report) -> str:
    """What is said once the approval is taken back: a correction begins, or the texts can be changed."""
    if report.stage != "frozen":
        return _("The approval is taken back. The texts can be changed.")
    version = report.latest.version
    words = _("The correction is begun. Version %(version)s holds until version %(next)s is frozen.")
    return words % {"version": version, "next": version + 1}


def _say_of_template(request, place) -> None:
    """Where the organisation's own template gave way to the built-in one, the next page says so."""
    problem = word_templates.usable(place.organisation)[1]
    if problem:
        messages.warning(request, problem)


@require_GET
@in_program
def report_file(request, place, period, part, form):
    """A form of the report: the frozen file as stored, or the draft as it stands."""
    report = one_report(place, period)
    require(can_export(place, report))
    if part not in actions.PARTS.get(form, ("all",)) or form not in TYPES:
        raise Http404
    version = request.GET.get("version", "")
    draft = report.stage != "frozen" and may_see_unfrozen(place) and not version
    if version and version not in {str(row.version) for row in report.releases.all()}:
        raise Http404
    try:
        data = actions.export(report, form, part, draft=draft, version=int(version) if version else None)
    except actions.NoSuchFile:
        raise Http404 from None
    if draft and form == "docx":
        _say_of_template(request, place)
    response = HttpResponse(data, content_type=TYPES[form])
    names = {"all": "rapport", "letter": "tjansteskrivelse", "report": "bilaga"}
    name = f"{place.organisation.slug}-{period}-{names[part]}-{'utkast' if draft else f'v{version or report.latest.version}'}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
