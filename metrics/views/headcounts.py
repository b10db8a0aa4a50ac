"""Headcounts in from the HR system's files: chosen, shown, settled, and only then written; and rows put right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from metrics.forms.headcount import HeadcountFileForm, HeadcountForm
from metrics.headcount_import import actions, preview
from metrics.headcount_import.choices import collect
from metrics.headcount_import.reading import read_file
from metrics.models import Headcount, HeadcountFile, HeadcountReport
from organisation.access import require
from program.access import can_edit_program
from program.places import in_program


@require_http_methods(["GET", "POST"])
@in_program
def headcount_upload(request, place):
    """Choose a file or paste text; what cannot be read is refused here, with the reason."""
    require(can_edit_program(place))
    reports = list(preview.reports_of(place))
    form = HeadcountFileForm(
        request.POST or None, request.FILES or None, place=place,
        initial={"basis": reports[0].basis if reports else ""},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kept = actions.keep_headcount_file(
            place=place, name=data["name"], content=data["content"], as_of=data["as_of"], basis=data["basis"],
            by=request.user,
        )  # fmt: skip
        return redirect("metrics:headcount-preview", *place.program.address, kept.pk)
    waiting = HeadcountFile.objects.visible_to(place).filter(applied_at=None).defer("content")
    context = {"form": form, "reports": reports, "waiting": waiting.select_related("by")}
    return render(request, "metrics/headcount_upload.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def headcount_preview(request, place, pk):
    """What the file says and would change; HR settles what is unclear, and nothing is written before it is agreed to."""
    require(can_edit_program(place))
    kept = get_object_or_404(HeadcountFile.objects.visible_to(place).filter(applied_at=None), pk=pk)
    counts = read_file(kept.name, bytes(kept.content))
    if request.method == "POST":
        kept.choices = collect(request.POST.items())
        kept.save(update_fields=["choices"])
        if request.POST.get("step") == "write":
            return _read_in(request, place, kept, counts)
        return redirect(request.path)
    plan = actions.plan_of(counts, place, kept.as_of, kept.choices)
    return render(request, "metrics/headcount_preview.html", preview.context(kept, counts, plan, place))


def _read_in(request, place, kept: HeadcountFile, counts) -> HttpResponse:
    try:
        report, plan = actions.read_in_headcounts(
            place=place, counts=counts, as_of=kept.as_of, basis=kept.basis, choices=kept.choices, file=kept,
            digest=request.POST.get("digest", ""),
        )  # fmt: skip
    except actions.Moved:
        messages.warning(
            request,
            _("Something has changed since you looked. Nothing is written. Look through once more."),
        )
        return redirect(request.path)
    except actions.Unsettled:
        messages.warning(request, _("Nothing is written yet. Settle what is marked below."))
        return redirect(request.path)
    units = len(plan.counted)
    messages.success(
        request,
        ngettext("The headcounts are read in: %(count)s unit.", "The headcounts are read in: %(count)s units.", units)
        % {"count": units},
    )  # fmt: skip
    return redirect("metrics:headcount-rows", *place.program.address, report.pk)


@require_GET
@in_program
def headcount_report(request, place, pk):
    """One report's rows, each with the way to put it right, and what has been put right."""
    require(can_edit_program(place))
    report = get_object_or_404(HeadcountReport.objects.visible_to(place), pk=pk)
    rows = list(report.headcounts.select_related("unit__department").order_by("unit__code").defer("mean_age"))
    context = {"report": report, "rows": rows, "corrections": preview.corrections(rows)}
    return render(request, "metrics/headcount_report.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def headcount_edit(request, place, pk):
    """Put one row right, with a reason."""
    require(can_edit_program(place))
    row = get_object_or_404(
        Headcount.objects.visible_to(place).select_related("unit", "report"), pk=pk
    )  # fmt: skip
    form = HeadcountForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.correct_headcount(form=form)
        messages.success(request, _("Put right: %(unit)s") % {"unit": row.unit.name})
        return redirect("metrics:headcount-rows", *place.program.address, row.report_id)
    context = {"form": form, "row": row, "corrections": preview.corrections([row])}
    return render(request, "metrics/headcount_form.html", context)
