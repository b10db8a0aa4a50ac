"""Reports: the list, a new one, its frame, and the document as it will be or as it was frozen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import Kind, can_see_people, require
from program.places import in_program
from reports import actions, content, facts
from reports.access import (
    can_approve,
    can_compose,
    can_export,
    can_freeze,
    can_register,
    can_reopen,
    can_write,
)
from reports.forms.report import CaseNumbersForm, FreezeForm, ReportForm
from reports.models import Report, may_see_unfrozen
from reports.render import html
from ui.audit import changes_of
from ui.revision import Stale


def one_report(place, period: str) -> Report:
    """The report of that period, or 404."""
    rows = Report.objects.visible_to(place).prefetch_related("releases")
    report = get_object_or_404(rows, period=period)
    report.program = place.program
    return report


@require_GET
@in_program
def report_list(request, place):
    reports = Report.objects.visible_to(place).prefetch_related("releases", "hearings__forum")
    context = {"reports": reports, "may_compose": can_compose(place), "today": timezone.localdate()}
    return render(request, "reports/report_list.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def report_add(request, place):
    require(can_compose(place))
    form = ReportForm(request.POST or None, instance=Report(program=place.program))
    if request.method == "POST" and form.is_valid():
        report = actions.create_report(report=form.save(commit=False))
        return redirect(report)
    return render(request, "reports/report_form.html", {"form": form, "title": _("New report")})


@require_http_methods(["GET", "POST"])
@in_program
def report_edit(request, place, period):
    """Period, cut-off and meeting (HR, until approved); case numbers (the secretary, at any time)."""
    report = one_report(place, period)
    secretary = place.kind == Kind.SECRETARY
    require(can_register(place) if secretary else can_write(place, report))
    form_class = CaseNumbersForm if secretary else ReportForm
    form = form_class(request.POST or None, instance=report)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_report(form=form)
        except Stale:
            form.show_what_changed(one_report(place, period))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(form.instance)
    return render(request, "reports/report_form.html", {"form": form, "title": str(report), "report": report})


@require_GET
@in_program
def report_detail(request, place, period):
    """The document as it will be, or as it was frozen, with what is left to do beside it."""
    report = one_report(place, period)
    release = max(report.releases.all(), key=lambda row: row.version, default=None)
    is_frozen = report.stage == "frozen" or not may_see_unfrozen(place)
    composed = content.from_json(release.content) if is_frozen and release else facts.compose(report)
    sees_people = can_see_people(place)
    sections = {row.key: row for row in report.sections.all()} if not is_frozen else {}
    context = html.context(composed, draft=not is_frozen) | {
        "report": report,
        "release": release,
        "releases": sorted(report.releases.all(), key=lambda row: row.version) if release else [],
        "is_frozen": is_frozen,
        "missing": [] if is_frozen else actions.missing(composed),
        "section_pks": {key: row.pk for key, row in sections.items()},
        "hearings": report.hearings.select_related("forum", "presenter").prefetch_related("documents"),
        "may_write": can_write(place, report),
        "may_approve": can_approve(place, report),
        "may_reopen": can_reopen(place, report),
        "may_freeze": can_freeze(place, report),
        "may_register": can_register(place),
        "may_export": can_export(place, report),
        "freeze_form": FreezeForm(),
        "shown": actions.content_checksum(composed),
        "changes": changes_of([report, *sections.values()], limit=20) if sees_people and sections else [],
    }
    return render(request, "reports/report_detail.html", context)
