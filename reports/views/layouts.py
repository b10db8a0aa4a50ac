"""The organisation's own headings, order and fixed texts for each kind of report."""

import re

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import require
from program.places import in_program
from reports import layouts
from reports.access import can_shape
from reports.forms.layout import LayoutForm
from reports.models import Report
from ui.revision import Stale

MOVE = re.compile(r"([a-z0-9_-]{1,30}):(up|down)")


@require_http_methods(["GET", "POST"])
@in_program
def layout_edit(request, place, kind):
    """All sections of one kind of report on one page, saved at once; moving one saves nothing."""
    require(can_shape(place))
    form = _form(request, place, kind)
    if move := MOVE.fullmatch(request.POST.get("move", "")):
        form.move(move[1], move[2])
    elif request.method == "POST" and form.is_valid():
        try:
            layouts.save_layout(
                organisation=place.organisation, kind=kind, found=form.typed(), seen=form.initial["seen"]
            )
        except Stale:
            messages.warning(request, _("Somebody else saved just now. Look at it, and save again."))
        else:
            messages.success(request, _("The layout is saved. Frozen reports keep the one that they had."))
            return redirect("reports:layout-edit", *place.program.address, kind)
    context = {"form": form, "kind": kind, "kinds": Report.Kind.choices, "moved": move and move[1]}
    context |= {"way": move and move[2], "label": Report.Kind(kind).label}
    return render(request, "reports/layout_form.html", context)


def _form(request, place, kind: str) -> LayoutForm:
    wanted = layouts.wanted_of(place.organisation, kind)
    return LayoutForm(
        request.POST or None,
        found=layouts.with_empty(layouts.lines(kind, wanted)),
        written=layouts.written_in(place.organisation, kind),
        seen=layouts.fingerprint(wanted),
    )
