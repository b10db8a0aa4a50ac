"""Writing a section."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import require
from organisation.actions import discard_draft, find_draft
from program.places import in_program
from reports import actions, facts
from reports.access import can_write
from reports.forms.section import SectionForm
from reports.models import Section
from reports.views.report import one_report
from ui.revision import Stale


@require_http_methods(["GET", "POST"])
@in_program
def section_edit(request, place, period, pk):
    """Write one section; two people in two sections do not meet."""
    report = one_report(place, period)
    require(can_write(place, report))
    section = get_object_or_404(Section.objects.visible_to(place), pk=pk, report=report)
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
        "heading": _heading(report, section.key),
        "draft": draft,
        "draft_key": key,
    }
    return render(request, "reports/section_form.html", context)


def _heading(report, key: str) -> str:
    """The section's heading in this report; 404 when the organisation has left it out."""
    for place in facts.places_of(report):
        if place.key == key:
            return place.heading
    raise Http404
