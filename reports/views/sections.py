"""Writing a section, with wording beside it that the writer may take in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.access import require
from organisation.actions import discard_draft, find_draft
from program.places import in_program
from reports import actions, content, facts
from reports.access import can_compose, can_write
from reports.checklist import queries
from reports.forms.section import SectionForm
from reports.models import Section
from reports.suggestions import computed, earlier, taken_in
from reports.views.report import one_report
from ui.revision import Stale


@require_http_methods(["GET", "POST"])
@in_program
def section_edit(request, place, period, pk):
    """Write one section; two people in two sections do not meet. What HR typed while the director approved is shown
    again with the reason."""
    report = one_report(place, period)
    may_write = can_write(place, report)
    require(may_write if request.method == "GET" else can_compose(place))
    section = get_object_or_404(Section.objects.visible_to(place), pk=pk, report=report)
    key = f"section:{section.pk}"
    draft = find_draft(place, key)
    form = SectionForm(request.POST or None, instance=section, place=place)
    if request.method == "POST" and not may_write:
        form.add_error(None, may_write.reason)
    elif request.method == "POST" and "take" in request.POST:
        _take_in(form, request.POST)
    elif request.method == "POST" and form.is_valid():
        if _save(form, section, place):
            discard_draft(place, key)
            messages.success(request, _("The text is saved."))
            return redirect(f"{report.get_absolute_url()}#{section.key}")
    elif request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {"form": form, "report": report, "section": section, "draft": draft, "draft_key": key}
    return render(request, "reports/section_form.html", context | _beside(report, section, form))


def _take_in(form: SectionForm, posted) -> None:
    """Show what was typed with the passage at its end; nothing is saved."""
    fields = {name: posted.getlist(name) for name in posted if name not in ("take", "csrfmiddlewaretoken")}
    fields["text"] = [taken_in(posted.get("text", ""), posted["take"])]
    form.restore(fields)


def _save(form: SectionForm, section: Section, place) -> bool:
    """Save text and writer; what stands in the way is shown in the form."""
    data = form.cleaned_data
    try:
        actions.write_section(section=section, text=data["text"], revision=data["revision"])
    except Stale:
        form.show_what_changed(Section.objects.get(pk=section.pk), place=place)
    except actions.NotReady as reason:
        form.add_error(None, str(reason))
    else:
        return True
    return False


def _beside(report, section: Section, form: SectionForm) -> dict:
    """The heading, the organisation's fixed text, and the passages that may be taken in; 404 for a section that the
    organisation has left out."""
    found = facts.compose_section(report, section.key)
    if found is None:
        raise Http404
    release = queries.frozen_before(report)
    previous = content.from_json(release.content) if release else None
    text = form["text"].value() or ""
    return {
        "heading": found.heading,
        "fixed": found.fixed,
        "computed": computed(found, text),
        "earlier": earlier(previous, section.key, text),
        "previous": release.report if release else None,
        "is_untouched": section.key in queries.untouched(release, [section]),
    }
