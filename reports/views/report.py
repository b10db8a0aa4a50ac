"""Reports: the list, a new one, its frame, and the document as it will be or as it was frozen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import Kind, can_see_people, require
from program.places import in_program
from reports import actions, content, links, listing
from reports.access import (
    can_approve,
    can_compose,
    can_export,
    can_freeze,
    can_register,
    can_reopen,
    can_see_deviations,
    can_shape,
    can_write,
)
from reports.checklist import queries as checklist_queries
from reports.drafts import draft_of
from reports.forms.report import CaseNumbersForm, FreezeForm, ReportForm
from reports.handling.queries import handling_of
from reports.models import Report, may_see_unfrozen
from reports.render import html
from reports.versions import versions
from ui import formats
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
    """What the committee, the months and the managers have been told, and the next report of each."""
    context = {
        "groups": listing.groups(place, timezone.localdate()),
        "may_compose": can_compose(place),
        "may_shape": can_shape(place),
        "may_see_unfrozen": may_see_unfrozen(place),
    }
    return render(request, "reports/report_list.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def report_add(request, place):
    """A new report, suggested from the ones before it; `?slag=monthly` of another kind than the next."""
    require(can_compose(place))
    wanted = request.GET.get("slag", "")
    suggested = listing.suggested(place, wanted if wanted in Report.Kind.values else "", timezone.localdate())
    form = ReportForm(request.POST or None, instance=Report(program=place.program), initial=suggested.initial)
    if request.method == "POST" and form.is_valid():
        report = actions.create_report(report=form.save(commit=False))
        return redirect("reports:report-checklist", *place.program.address, report.period)
    context = {"form": form, "title": _("New report"), "kinds": Report.Kind.choices, "suggested": suggested}
    return render(request, "reports/report_form.html", context)


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
            _say_saved(request, report, form)
            return redirect(form.instance)
    return render(request, "reports/report_form.html", {"form": form, "title": str(report), "report": report})


def _say_saved(request, report: Report, form) -> None:
    """Case numbers are part of what the director approves, so new ones need a new approval."""
    if report.stage == "approved" and "case_numbers" in form.changed_data:
        messages.warning(
            request,
            _(
                "The case numbers are saved. The director has to approve the report again before you can freeze it."
            ),
        )
    else:
        messages.success(request, _("The changes are saved."))


def _frozen_numbers(frozen: content.Content | None, numbers: list[str]) -> list[str]:
    """The case numbers of the frozen document, where the page's own are others."""
    found = list(frozen.case_numbers) if frozen else []
    return found if found != numbers else []


def _writing(place, report: Report, sections) -> dict[str, str]:
    """Where each section is written, by its key."""
    address = (*place.program.address, report.period)
    return {row.key: reverse("reports:section-edit", args=[*address, row.pk]) for row in sections}


@require_GET
@in_program
def report_detail(request, place, period):
    """The document as it will be, or as it was frozen, with what is left to do beside it."""
    report = one_report(place, period)
    release = report.latest
    stage = report.stage if may_see_unfrozen(place) else "frozen"
    is_frozen = stage == "frozen"
    frozen = content.from_json(release.content) if release else None
    draft = None if is_frozen and frozen else draft_of(report)
    composed = draft.content if draft else frozen
    sees_people = can_see_people(place)
    sections = {row.key: row for row in report.sections.all()} if not is_frozen else {}
    files = actions.stored(release) if is_frozen and release else actions.offered(composed)
    shown = draft.checksum if draft else release.checksum
    has_changed = stage == "approved" and shown != report.approved_checksum
    numbers = report.case_numbers if stage == report.stage else list(composed.case_numbers)
    handled = handling_of(place, report, composed, has_changed=has_changed, today=timezone.localdate())
    addresses = links.addresses(place, composed.sources)
    edition = actions.edition_of(release) if is_frozen and release else None
    may_write = can_write(place, report)
    writing = _writing(place, report, sections.values()) if may_write else {}
    document = html.page_context(
        composed, draft=not edition, edition=edition, addresses=addresses, writing=writing
    )
    context = document | {
        **handled,
        "report": report,
        "stage": stage,
        "case_numbers": numbers,
        "frozen_numbers": _frozen_numbers(frozen, numbers),
        "unfinished": actions.unfinished(composed) if stage == "draft" else "",
        "release": release,
        "releases": sorted(report.releases.all(), key=lambda row: row.version) if release else [],
        "versions": versions(report) if release else [],
        "is_frozen": is_frozen,
        "completing": None if is_frozen else checklist_queries.summary(place, report),
        "left_out": formats.listed([row.heading for row in composed.whole if row.is_empty]),
        "may_see_deviations": can_see_deviations(place),
        "may_write": may_write,
        "may_approve": can_approve(place, report),
        "may_reopen": can_reopen(place, report),
        "may_freeze": can_freeze(place, report),
        "may_register": can_register(place),
        "may_export": can_export(place, report),
        "files": [f"{form}/{part}" for form, part in files],
        "freeze_form": FreezeForm(),
        "shown": shown,
        "sees_people": sees_people,
        "changes": changes_of([report, *sections.values()], limit=20) if sees_people and sections else [],
    }
    return render(request, "reports/report_detail.html", context)
