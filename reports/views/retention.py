"""How long an organisation keeps its records, and the removal of what its time is out for."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import require
from organisation.places import in_organisation
from reports.access import can_set_retention, can_thin
from reports.forms.openness import RuleForm, ThinForm
from reports.models import RetentionRule
from reports.openness import register, retention
from reports.openness.actions import NotReady


def _kind(record: str):
    kind = register.BY_KEY.get(record)
    if kind is None:
        raise Http404
    return kind


def _stands(kind) -> bool:
    """What may be removed comes first on the page."""
    return not kind.is_removable


@require_GET
@in_organisation
def retention_list(request, place):
    require(can_set_retention(place))
    lines = {line.kind.key: line for line in retention.lines(place.organisation, timezone.localdate())}
    groups = [
        (group, [lines[kind.key] for kind in kinds])
        for group, kinds in register.groups(sorted(register.KINDS, key=_stands))
    ]
    context = {
        "groups": groups,
        "removals": retention.removals(place.organisation),
        "may_thin": can_thin(place),
    }
    return render(request, "reports/retention_list.html", context)


@require_http_methods(["GET", "POST"])
@in_organisation
def retention_edit(request, place, record):
    """How long one kind of record is kept."""
    require(can_set_retention(place))
    kind = _kind(record)
    rule = RetentionRule.objects.visible_to(place).filter(record=kind.key).first()
    instance = rule or RetentionRule(organisation=place.organisation, record=kind.key)
    form = RuleForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved: %(name)s") % {"name": kind.label})
        return redirect("retention", place.organisation.slug)
    return render(request, "reports/retention_form.html", {"form": form, "kind": kind})


@require_http_methods(["GET", "POST"])
@in_organisation
def retention_remove(request, place, record):
    """Remove what may be removed of a kind; says how many before and after."""
    require(can_thin(place))
    kind, today = _kind(record), timezone.localdate()
    if kind.thin is None:
        raise Http404
    form = ThinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _removed(request, place, kind, today)
        return redirect("retention", place.organisation.slug)
    rule = RetentionRule.objects.visible_to(place).filter(record=kind.key).first()
    years = rule.years if rule else None
    rows = None if years is None else retention.removable_rows(kind, place.organisation, years, today)
    context = {"form": form, "kind": kind, "rule": rule, "number": 0 if rows is None else rows.count()}
    return render(request, "reports/retention_remove.html", context)


def _removed(request, place, kind, today) -> None:
    posted = request.POST.get("number", "")
    number = int(posted) if posted.isdecimal() and len(posted) < 10 else -1
    try:
        gone = retention.remove(
            organisation=place.organisation, kind=kind, by=request.user, number=number, today=today
        )
    except NotReady as reason:
        messages.error(request, str(reason))
    else:
        told = ngettext("%(count)d record is removed.", "%(count)d records are removed.", gone)
        messages.success(request, told % {"count": gone})
