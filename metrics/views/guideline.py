"""The guideline for spans of control: its versions, who follows which category, and making a new one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from metrics.access import can_change_version
from metrics.forms.guideline import (
    GuidelineForm,
    filled_rows,
    rearranged,
    row_forms,
    rows_of,
    rows_sent,
)
from metrics.guideline.actions import remove_version, save_version
from metrics.guideline.assessment import Assessed
from metrics.guideline.queries import category_uses, in_force
from metrics.models import Guideline
from organisation.access import can_manage_organisation, require
from program.access import can_edit_program
from program.places import in_program
from ui.revision import Stale


@require_GET
@in_program
def guideline_detail(request, place, pk=None):
    """One version (by default the one that holds today, else the next), among all of them."""
    today = timezone.localdate()
    rows = Guideline.objects.visible_to(place).with_uses()
    versions = list(rows.order_by("-valid_from"))
    current = next((row for row in versions if row.valid_from <= today), None)
    default = current or (versions[-1] if versions else None)
    shown = get_object_or_404(rows, pk=pk) if pk else default
    context = {"versions": versions, "current": current, "shown": shown, "today": today}
    context |= {"may_edit": can_edit_program(place), "may_manage": can_manage_organisation(place)}
    if shown:
        context |= _in_use(place, shown, max(today, shown.valid_from))
        context |= {
            "factors": list(shown.factors.all()),
            "may_change": can_change_version(shown, today),
        }
    return render(request, "metrics/guideline_detail.html", context)


def _in_use(place, version, on) -> dict:
    """Each base number with its range and who follows it, and what does not match."""
    bases = list(version.bases.all())
    uses = category_uses(place, [row.category for row in bases], on)
    rows = [
        {"use": use, **_range(version, row.base)} for row, use in zip(bases, uses.by_category, strict=True)
    ]
    return {"uses": uses, "rows": rows}


def _range(version, base: int) -> dict:
    ends = Assessed("", base, version.usual_adjustment, version.largest_adjustment)
    return {"base": base, "lowest": ends.lowest, "highest": ends.highest}


@require_http_methods(["GET", "POST"])
@in_program
def guideline_edit(request, place, pk=None):
    """A new version, which begins as a copy of the one that holds; or one that nothing has used yet."""
    require(can_edit_program(place))
    today = timezone.localdate()
    versions = Guideline.objects.visible_to(place).with_uses()
    if pk:
        version = get_object_or_404(versions.prefetch_related("bases", "factors"), pk=pk)
        require(can_change_version(version, today))
        held, initial = rows_of(version), {}
    else:
        version = Guideline(organisation=place.organisation)
        held, initial = _copied(in_force(place, today) or versions.first())
    kept = {"instance": version, "initial": initial, "today": today, "held_rows": held}
    if request.method != "POST":
        return _page(request, version, GuidelineForm(**kept), row_forms(_and_one(held), is_bound=False))
    rows, do = rows_sent(request.POST), request.POST.get("do", "save")
    if do != "save":
        head = GuidelineForm(**kept)
        head.restore(dict(request.POST.lists()))
        return _page(request, version, head, row_forms(rearranged(rows, do), is_bound=False))
    return _save(request, place, GuidelineForm(request.POST, **kept), row_forms(rows, is_bound=True), today)


def _and_one(rows: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """With an empty row after those that there are."""
    return {kind: [*of, {}] for kind, of in rows.items()}


def _copied(source: Guideline | None) -> tuple[dict, dict]:
    """Rows and head of a version to begin from; its first day is for whoever makes the new one to say."""
    names = ("title", "usual_adjustment", "largest_adjustment")
    return rows_of(source), {name: getattr(source, name) for name in names} if source else {}


def _save(request, place, head, forms_of, today):
    head.is_valid()
    rows = filled_rows(forms_of, head)
    if rows is None or head.errors:
        return _page(request, head.instance, head, forms_of)
    try:
        saved = save_version(form=head, bases=rows["base"], factors=rows["factor"], today=today)
    except Stale:
        # Read anew, the form says what somebody else saved a moment ago.
        organisation, program = place.program.address
        return guideline_edit(request, organisation=organisation, program=program, pk=head.instance.pk)
    messages.success(request, _("The version is saved: %(title)s") % {"title": saved.title})
    if lacking := _without_base(place, saved, max(today, saved.valid_from)):
        messages.warning(request, lacking)
    return redirect("metrics:guideline-detail", *place.program.address, saved.pk)


def _without_base(place, version, on) -> str:
    """How many units the version has no base number for, and which categories they have; empty where none."""
    names = list(version.bases.values_list("category", flat=True))
    uses = category_uses(place, names, on)
    if not uses.unmatched:
        return ""
    words = dict.fromkeys(f"“{row.category}”" if row.category else _("no category") for row in uses.unmatched)
    return ngettext(
        "%(count)s unit has no base number in it, since its category is not there: %(words)s.",
        "%(count)s units have no base number in it, since their category is not there: %(words)s.",
        uses.units_unmatched,
    ) % {"count": uses.units_unmatched, "words": ", ".join(words)}


def _page(request, version, head, forms_of):
    context = {
        "form": head,
        "bases": forms_of["base"],
        "factors": forms_of["factor"],
        "version": version,
        "has_errors": any(form.errors for form in (head, *forms_of["base"], *forms_of["factor"])),
    }
    return render(request, "metrics/guideline_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def guideline_remove(request, place, pk):
    """Take away a version that nothing has used and that does not hold yet."""
    require(can_edit_program(place))
    today = timezone.localdate()
    version = get_object_or_404(Guideline.objects.visible_to(place).with_uses(), pk=pk)
    require(can_change_version(version, today))
    if request.method == "POST":
        remove_version(guideline=version, today=today)
        messages.success(request, _("The version is removed."))
        return redirect("metrics:guideline", *place.program.address)
    return render(request, "metrics/guideline_remove.html", {"version": version})
