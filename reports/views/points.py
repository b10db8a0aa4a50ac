"""The points of decision: what the committee is asked to decide."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import require
from program.places import in_program
from reports.access import can_compose, can_write
from reports.actions import NotReady
from reports.forms.points import PointsForm
from reports.handling import actions
from reports.views.report import one_report
from ui.revision import Stale


@require_http_methods(["GET", "POST"])
@in_program
def points_edit(request, place, period):
    """Write, order and remove the points; every button saves what is typed. What HR typed while the director approved
    is shown again with the reason."""
    report = one_report(place, period)
    may_write = can_write(place, report)
    require(may_write if request.method == "GET" else can_compose(place))
    posted = request.POST if request.method == "POST" else None
    form = PointsForm(report, _points(report), posted)
    if posted is not None and not may_write:
        messages.error(request, may_write.reason)
    elif posted is not None and form.is_valid():
        try:
            actions.write_points(report=report, texts=form.texts(), seen=form.seen)
        except Stale:
            form = PointsForm(report, _points(report), posted)
        except NotReady as reason:
            messages.error(request, str(reason))
        else:
            _say(request, form)
            return redirect(_after(report, posted.get("press", "")))
    if posted is not None and not form.is_stale:  # nothing is saved, so nothing is moved or removed either
        form = PointsForm(report, _points(report), _unpressed(posted))
        form.is_valid()
    moved, _colon, way = request.GET.get("moved", "").partition(":")
    context = {"form": form, "report": report, "moved": moved, "way": way}
    return render(request, "reports/points_form.html", context)


def _points(report):
    return list(report.points.prefetch_related("rulings"))


def _unpressed(posted):
    data = posted.copy()
    data["press"] = ""
    return data


def _after(report, press: str) -> str:
    """Here again after a move or a removal or an added one; "done" goes back to the report."""
    if press == "done":
        return f"{report.get_absolute_url()}#proposal"
    here = reverse("reports:points-edit", args=[*report.program.address, report.period])
    return f"{here}?{urlencode({'moved': press[:30]})}" if ":" in press else here


def _say(request, form) -> None:
    if form.removed is not None:
        messages.success(request, _("Removed: %(what)s") % {"what": form.removed})
    else:
        messages.success(request, _("The points of decision are saved."))
