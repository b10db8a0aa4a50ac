"""The organisation's Word template: brought in, looked at, put in use, taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisation.access import require
from program.places import in_program
from reports.access import can_manage_templates
from reports.forms.template import WordTemplateForm
from reports.models import WordTemplate
from reports.render import docx
from reports.render.word.check import check
from reports.word_template import in_use as word_templates
from reports.word_template.wording import PLACEHOLDERS, PLACES, told
from ui import media
from ui.revision import Stale, posted_revision


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media.TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _template(place, pk: int) -> WordTemplate:
    return get_object_or_404(WordTemplate.objects.visible_to(place).select_related("by"), pk=pk)


@require_http_methods(["GET", "POST"])
@in_program
def template_list(request, place):
    """The templates of the organisation, a new one, and what may stand in it."""
    require(can_manage_templates(place))
    form = WordTemplateForm(request.POST or None, request.FILES or None, place=place)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        template = word_templates.add_template(
            organisation=place.organisation, name=data["name"], content=data["file"], by=request.user
        )
        messages.success(request, _("The template is kept. Try it, and then put it in use."))
        return redirect("reports:word-template", *place.program.address, template.pk)
    rows = list(WordTemplate.objects.visible_to(place).select_related("by").defer("content"))
    context = {
        "form": form,
        "templates": rows,
        "in_use": next((row for row in rows if row.is_active), None),
        "placeholders": PLACEHOLDERS,
        "changes": word_templates.history_of(place.organisation),
    }
    return render(request, "reports/word_templates.html", context)


@require_GET
@in_program
def template_detail(request, place, pk):
    """What was found in a template, a sample of it, and the step that it may take."""
    require(can_manage_templates(place))
    template = _template(place, pk)
    found = check(bytes(template.content))
    context = {
        "template": template,
        "problems": [told(problem) for problem in found.problems],
        "found": [(name, PLACES[where]) for name, where in found.placeholders],
        "missing": sorted(set(PLACEHOLDERS) - {name for name, _where in found.placeholders}),
        "lacking": found.lacking,
        "in_use": word_templates.in_use(place.organisation),
    }
    return render(request, "reports/word_template.html", context)


@require_GET
@in_program
def template_sample(request, place, pk):
    """The latest report, or the example, in a template; marked as a draft."""
    require(can_manage_templates(place))
    template = _template(place, pk)
    content, period = word_templates.latest_content(place)
    try:
        data = docx.render(content, draft=True, template=bytes(template.content))
    except Exception:  # checked when it came; a file that no longer works is said to be one
        messages.error(
            request, _("No report can be written into this template. Take it away, and bring it anew.")
        )
        return redirect("reports:word-template", *place.program.address, pk)
    return _file(data, f"prov-{slugify(template.name) or 'mall'}-{period or 'exempel'}.docx")


@require_GET
@in_program
def template_file(request, place, pk):
    """The template as it came."""
    require(can_manage_templates(place))
    template = _template(place, pk)
    return _file(bytes(template.content), f"{slugify(template.name) or 'mall'}.docx")


@require_GET
@in_program
def template_start(request, place):
    """The built-in template, to begin from."""
    require(can_manage_templates(place))
    return _file(word_templates.starting_point(), "ledstang-grundmall.docx")


@require_POST
@in_program
def template_use(request, place, pk=None):
    """Put a template in use; without a key the built-in one."""
    require(can_manage_templates(place))
    template = _template(place, pk) if pk else None
    try:
        word_templates.put_in_use(
            organisation=place.organisation, template=template, seen=posted_revision(request)
        )
    except Stale:
        messages.warning(
            request, _("Somebody else changed the template in use just now. Look, and choose again.")
        )
    else:
        name = template.name if template else _("the built-in template")
        messages.success(
            request, _("In use from now on: %(name)s. Frozen files never change.") % {"name": name}
        )
    return redirect("reports:word-templates", *place.program.address)


@require_POST
@in_program
def template_remove(request, place, pk):
    """Take a template away that is not in use."""
    require(can_manage_templates(place))
    template = _template(place, pk)
    try:
        word_templates.remove(template=template)
        messages.success(request, _("The template is gone: %(name)s.") % {"name": template.name})
    except Stale:
        messages.warning(request, _("The template is in use. Put another one in use first."))
    return redirect("reports:word-templates", *place.program.address)
