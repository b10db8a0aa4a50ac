"""The plan out as a file, and in again: uploaded, shown, and only then written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import require
from program import actions, wording
from program.access import can_edit_program
from program.exchange import apply, compare, head, reading, results, snapshot, told, write
from program.exchange.tables import NotATable
from program.forms.plan import PlanFileForm
from program.models import Area, PlanFile
from program.places import in_program
from ui import media
from ui.converters import row_key
from ui.language import language

SHOWN = 200
TYPES = {
    "xlsx": media.TYPES["xlsx"],
    "csv": "text/csv; charset=utf-8",
}


@require_GET
@in_program
def plan_file(request, place, form):
    """The whole plan as Excel or CSV, in the format that can be read in again."""
    today = timezone.localdate()
    held = snapshot.take(place, today)
    if form == "csv":
        content = write.to_csv(held, language())
    else:
        content = write.to_xlsx(held, place.program, language(), head.head(place))
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{place.program.slug}-{today}.{form}"'
    return response


@require_http_methods(["GET", "POST"])
@in_program
def plan_upload(request, place):
    """Choose a file; a file that cannot be read is refused here, with the reason."""
    require(can_edit_program(place))
    form = PlanFileForm(request.POST or None, request.FILES or None, place=place)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            reading.read_file(upload.name, content, place)
        except NotATable as error:
            form.add_error("file", wording.UNREADABLE[error.reason])
        else:
            kept = actions.keep_plan_file(place=place, name=upload.name, content=content, by=request.user)
            area = form.cleaned_data["area"]
            chosen = f"?area={area.pk}" if area else ""
            return redirect(reverse("program:plan-preview", args=[*place.program.address, kept.pk]) + chosen)
    return render(request, "program/plan_upload.html", {"form": form})


@require_http_methods(["GET", "POST"])
@in_program
def plan_preview(request, place, pk):
    """What the file would change, row by row; nothing is written before it is agreed to here."""
    require(can_edit_program(place))
    kept = get_object_or_404(PlanFile.objects.visible_to(place).filter(applied_at=None), pk=pk)
    options = {"overwrite": request.GET.get("overwrite") == "1", "area": _chosen_area(request, place)}
    read = reading.read_file(kept.name, bytes(kept.content), place)
    if request.method == "POST":
        try:
            done = apply.apply_plan(
                reading=read, place=place, by=request.user, today=timezone.localdate(),
                digest=request.POST.get("digest", ""), file=kept, **options,
            )  # fmt: skip
        except (apply.Moved, apply.HasErrors):
            messages.warning(
                request,
                _("The plan has changed since you looked. Nothing is written. Look through once more."),
            )
            return redirect(request.get_full_path())
        messages.success(request, _written(done))
        return redirect("program:activity-list", *place.program.address)
    found = compare.compare(read, place, timezone.localdate(), **options)
    context = _preview(kept, found, options["overwrite"]) | {"area": request.GET.get("area", "")}
    return render(request, "program/plan_preview.html", context)


def _chosen_area(request, place) -> str:
    """The area of the programme that new activities are to lie in; empty when none is chosen."""
    area = Area.objects.visible_to(place).filter(pk=row_key(request.GET.get("area", ""))).first()
    return area.name if area else ""


def _written(done: results.Comparison) -> str:
    new, changed = done.count("new"), done.count("changed")
    return " ".join(
        (
            _("The file is read in."),
            ngettext("%(count)s activity is new,", "%(count)s activities are new,", new) % {"count": new},
            ngettext("%(count)s is changed.", "%(count)s are changed.", changed) % {"count": changed},
        )
    )


def _preview(kept: PlanFile, found: results.Comparison, overwrite: bool) -> dict:
    rows = [row for row in found.results if row.state in ("new", "changed")]
    errors = told.errors(found)
    return {
        "file": kept,
        "found": found,
        "counts": [(state, found.count(state)) for state in ("new", "changed", "unchanged", "error")],
        "errors": errors[:SHOWN],
        "more_errors": max(0, len(errors) - SHOWN),
        "rows": [_row(row) for row in rows[:SHOWN]],
        "more_rows": max(0, len(rows) - SHOWN),
        "unchanged": [(r.item.row, str(r.held.row)) for r in found.results if r.state == "unchanged"][:SHOWN],
        "overwrite": overwrite,
        "only_conflicts": bool(errors) and len(found.conflicts) == len(errors),
    }


def _row(result: results.Result) -> dict:
    values = (result.held.values if result.held else {}) | result.values
    return {
        "number": result.item.row,
        "title": " ".join(filter(None, (values.get("number"), values.get("title")))),
        "state": result.state,
        "told": told.sentences(result) if result.held else [],
        "steps": len(result.steps),
        "deadline": values["deadline"].text if values.get("deadline") else "",
        "flags": [wording.flag(flag) for flag in result.flags],
    }
