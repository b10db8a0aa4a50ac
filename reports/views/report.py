from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogues.models import Objection, Statement
from dialogues.results import priorities_of
from dialogues.standing import told_by_department
from metrics import wording
from organisation.access import Kind, can_see_people, require
from organisation.actions import discard_draft, find_draft
from program.access import can_edit_program
from program.models import Activity, Need
from program.places import in_program
from program.rows import rows_of
from program.views.activities import row_context
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
from reports.forms import CaseNumbersForm, FreezeForm, HeadingsForm, HearingForm, ReportForm, SectionForm
from reports.models import Hearing, Report, Section, may_see_unfrozen
from reports.overview import SHOWN
from reports.overview import overview as gather
from reports.render import html
from ui.audit import changes_of
from ui.revision import Stale, posted_revision

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


@require_GET
@in_program
def overview(request, place):
    """What needs you first, then the two axes: done, and makes a difference."""
    today = timezone.localdate()
    found = gather(place, today)
    context = {
        "found": found,
        "today": today,
        "shown": SHOWN,
        "may_edit": can_edit_program(place),
        "may_open": may_see_unfrozen(place),
        "verdicts": [
            {
                "pk": reading.indicator.pk,
                "name": reading.indicator.name,
                "kind": reading.verdict.kind,
                "word": wording.verdict_word(reading.verdict),
                "reason": wording.verdict_reason(reading.verdict, reading.indicator),
            }
            for reading in found.readings
            if not reading.indicator.index_id  # statements are read by their index
        ],
        "late_values": _late_values(place, found.readings, today),
        "span_word": wording.verdict_word(found.span_verdict),
        "days_left": (found.report.meets_on - today).days if found.report else None,
    }
    return render(request, "reports/overview.html", context)


def _late_values(place, found, today) -> list[dict]:
    """Values promised to the committee that have not come; for HR, who gather them."""
    if not can_edit_program(place):
        return []
    told = [(reading.indicator, wording.late(reading, today)) for reading in found]
    return [{"indicator": indicator, "late": late} for indicator, late in told if late]


@require_GET
@in_program
def need_thread(request, place, pk):
    """A need between what was said and what answers it."""
    need = get_object_or_404(Need.objects.visible_to(place).prefetch_related("owners"), pk=pk)
    today = timezone.localdate()
    activities = (
        Activity.objects.visible_to(place)
        .filter(needs=need)
        .with_state(today)
        .known()
        .select_related("area")
        .order_by("pk")
    )
    statements = (
        Statement.objects.visible_to(place)
        .filter(needs=need)
        .select_related("dialogue")
        .prefetch_related("dialogue__departments")
        .order_by("dialogue__held_on", "dialogue_id", "order")
    )
    context = row_context(base=reverse("program:activity-list", args=place.program.address)) | {
        "need": need,
        "records": rows_of(activities, place),
        "statements": statements,
        "priorities": priorities_of(place, need),
        "told": told_by_department(place, today, need),
        "objections": Objection.objects.visible_to(place)
        .filter(need=need)
        .select_related("department", "statement"),
        "may_change": can_edit_program(place),
    }
    return render(request, "reports/need_thread.html", context)


def _one(place, period: str) -> Report:
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
def headings_edit(request, place):
    """The organisation's own headings; reports that are frozen keep theirs."""
    require(can_compose(place))
    form = HeadingsForm(request.POST or None, headings=place.organisation.report_headings)
    if request.method == "POST" and form.is_valid():
        place.organisation.report_headings = form.headings
        place.organisation.save(update_fields=["report_headings"])
        messages.success(request, _("The headings are saved."))
        return redirect("reports:report-list", *place.program.address)
    return render(request, "reports/report_form.html", {"form": form, "title": _("Headings of our own")})


@require_http_methods(["GET", "POST"])
@in_program
def report_edit(request, place, period):
    """Period, cut-off and meeting (HR, until approved); case numbers (the secretary, at any time)."""
    report = _one(place, period)
    secretary = place.kind == Kind.SECRETARY
    require(can_register(place) if secretary else can_write(place, report))
    form_class = CaseNumbersForm if secretary else ReportForm
    form = form_class(request.POST or None, instance=report)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_report(form=form)
        except Stale:
            form.show_what_changed(_one(place, period))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(form.instance)
    return render(request, "reports/report_form.html", {"form": form, "title": str(report), "report": report})


@require_GET
@in_program
def report_detail(request, place, period):
    """The document as it will be, or as it was frozen, with what is left to do beside it."""
    report = _one(place, period)
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


@require_http_methods(["GET", "POST"])
@in_program
def section_edit(request, place, period, pk):
    """Write one section; two people in two sections do not meet."""
    report = _one(place, period)
    require(can_write(place, report))
    section = get_object_or_404(Section.objects.visible_to(place), pk=pk, report=report)
    headings = content.PLAN_SECTIONS if report.kind == Report.Kind.PLAN else content.SECTIONS
    headings = headings | content.LETTER | place.organisation.report_headings
    key = f"section:{section.pk}"
    draft = find_draft(place, key)
    form = SectionForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.write_section(section=section, text=data["text"], revision=data["revision"])
        except Stale:
            form.show_what_changed(Section.objects.get(pk=pk))
        except actions.NotReady as reason:
            form.add_error(None, str(reason))
        else:
            discard_draft(place, key)
            messages.success(request, _("The text is saved."))
            return redirect(f"{report.get_absolute_url()}#{section.key}")
    elif request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {
        "form": form,
        "report": report,
        "heading": headings[section.key],
        "draft": draft,
        "draft_key": key,
    }
    return render(request, "reports/section_form.html", context)


@require_POST
@in_program
def report_step(request, place, period, step):
    """Approve, take the approval back, or freeze."""
    report = _one(place, period)
    rules = {"godkann": can_approve, "oppna": can_reopen, "faststall": can_freeze}
    require(rules[step](place, report))
    revision = posted_revision(request)
    try:
        if step == "godkann":
            shown = request.POST.get("shown") or "nothing"
            actions.approve_report(report=report, by=request.user, revision=revision, shown=shown)
            messages.success(request, _("The report is approved. The secretary can freeze it."))
        elif step == "oppna":
            actions.reopen_report(report=report, revision=revision)
            messages.success(request, _("The approval is taken back. The texts can be changed."))
        else:
            form = FreezeForm(request.POST)
            if not form.is_valid():
                raise actions.NotReady(_("Tick that you want to freeze the report, and try again."))
            actions.freeze_report(
                report=report, by=request.user, revision=revision, corrects=form.cleaned_data["corrects"]
            )
            messages.success(request, _("The report is frozen. It never changes from here on."))
    except Stale:
        messages.warning(request, _("Somebody else changed the report just now. Look at it and do it again."))
    except actions.NotReady as reason:
        messages.error(request, str(reason))
    return redirect(report)


@require_GET
@in_program
def report_file(request, place, period, part, form):
    """A form of the report: the frozen file as stored, or the draft as it stands."""
    report = _one(place, period)
    require(can_export(place, report))
    if part not in actions.PARTS.get(form, ("all",)) or form not in TYPES:
        raise Http404
    version = request.GET.get("version", "")
    draft = report.stage != "frozen" and may_see_unfrozen(place) and not version
    if version and version not in {str(row.version) for row in report.releases.all()}:
        raise Http404
    data = actions.export(report, form, part, draft=draft, version=int(version) if version else None)
    response = HttpResponse(data, content_type=TYPES[form])
    names = {"all": "rapport", "letter": "tjansteskrivelse", "report": "bilaga"}
    name = f"{place.organisation.slug}-{period}-{names[part]}{'-utkast' if draft else ''}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@in_program
def hearing_edit(request, place, period, pk=None):
    """What a political body did with the report, from the minutes."""
    require(can_register(place))
    report = _one(place, period)
    if pk:
        hearing = get_object_or_404(Hearing.objects.visible_to(place), pk=pk, report=report)
    else:
        hearing = Hearing(
            report=report, held_on=report.meets_on, case_number=(report.case_numbers or [""])[0]
        )
    form = HearingForm(request.POST or None, instance=hearing, place=place)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The handling is saved."))
        return redirect(report)
    return render(request, "reports/hearing_form.html", {"form": form, "report": report})
