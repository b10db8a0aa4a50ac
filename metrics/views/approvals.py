"""Drafts of values, and the yes of somebody else than the one who entered them."""

import re

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from metrics.access import can_approve_values, can_see_drafts
from metrics.models import Indicator, LinkedAnswers, Observation
from metrics.values import wording as value_wording
from metrics.values.actions import approve_linked_answers, approve_observations, digest, fingerprint
from metrics.values.queries import Waiting, linked_drafts, waiting
from organisation.access import require
from program.access import can_edit_program
from program.places import in_program
from ui.revision import Stale

MOST = 200  # rows on the page; all of them can still be approved at once
CHOSEN = re.compile(r"([0-9]{1,18})-([0-9a-f]{16})")


def _line(found: Waiting) -> dict:
    row, indicator = found.row, found.row.indicator
    return {
        "waiting": found,
        "row": row,
        "key": f"{row.pk}-{found.seen}",
        "group": value_wording.group(row),
        "period": value_wording.period(row.first_day, row.last_day),
        "value": "" if found.is_hidden else value_wording.figure(indicator, row),
        "counts": "" if found.is_hidden else value_wording.counts(row),
        "change": "" if found.is_hidden else value_wording.change(indicator, row, found.previous),
    }


def _linked_line(place, row: LinkedAnswers, is_hidden: bool) -> dict:
    return {
        "row": row,
        "key": f"{row.pk}-{fingerprint(row)}",
        "answer": can_approve_values(place, row, is_hidden),
        "is_hidden": is_hidden,
    }


def _all_seen(found: list[Waiting]) -> str:
    """The digest of everything that this person may approve, in the order of keys."""
    mine = sorted((each.row.pk, each.seen) for each in found if each.answer)
    return digest(seen for _pk, seen in mine)


def _chosen_indicator(request, place) -> Indicator | None:
    key = request.GET.get("matt", "")
    if not re.fullmatch("[0-9]{1,18}", key):
        return None
    return get_object_or_404(Indicator.objects.visible_to(place), pk=key)


@require_GET
@in_program
def approval_page(request, place):
    """What waits for a yes, with what each says and how it differs from the value before it."""
    require(can_see_drafts(place))
    indicator = _chosen_indicator(request, place)
    found = waiting(place, indicator)
    mine = [each for each in found if each.answer]
    linked = [] if indicator else [_linked_line(place, *each) for each in linked_drafts(place)]
    context = {
        "indicator": indicator,
        "lines": [_line(each) for each in found[:MOST]],
        "found": len(found),
        "mine": len(mine),
        "is_cut": len(found) > MOST,
        "all_seen": _all_seen(found),
        "is_ticked": request.GET.get("alla") == "1",
        "linked": linked,
        "may_approve_linked": any(line["answer"] for line in linked),
        "may_edit": can_edit_program(place),
    }
    return render(request, "metrics/approvals.html", context)


@require_POST
@in_program
def observation_approve(request, place):
    """Approve the chosen drafts, or all that the page told of; all or none."""
    require(can_see_drafts(place))
    indicator = _chosen_indicator(request, place)
    is_all = bool(request.POST.get("all_seen"))
    found = waiting(place, indicator if is_all else None)
    if is_all:
        chosen = {each.row.pk: each.seen for each in found if each.answer}
        seen = request.POST["all_seen"]
    else:
        chosen = _chosen(request, "values")
        seen = digest(fp for _pk, fp in sorted(chosen.items()))
        for each in found:
            if each.row.pk in chosen:
                require(each.answer)
    drafts = Observation.objects.visible_to(place).filter(pk__in=chosen)
    return _approve(request, place, approve_observations, drafts, seen, chosen)


@require_POST
@in_program
def linked_approve(request, place):
    """Approve the chosen linked answers; all or none."""
    require(can_see_drafts(place))
    chosen = _chosen(request, "linked")
    drafts = LinkedAnswers.objects.visible_to(place).filter(pk__in=chosen)
    for row, is_hidden in linked_drafts(place):
        if row.pk in chosen:
            require(can_approve_values(place, row, is_hidden))
    seen = digest(fp for _pk, fp in sorted(chosen.items()))
    return _approve(request, place, approve_linked_answers, drafts, seen, chosen)


def _chosen(request, name: str) -> dict[int, str]:
    """What was ticked: each draft's key and what it said then."""
    pairs = filter(None, map(CHOSEN.fullmatch, request.POST.getlist(name)))
    return {int(pair[1]): pair[2] for pair in pairs}


def _approve(request, place, action, drafts, seen, chosen):
    if not chosen:
        messages.error(request, _("Choose what you want to approve."))
    else:
        try:
            number = action(drafts=drafts, seen=seen, by=request.user)
            words = ngettext("%(number)d value is approved.", "%(number)d values are approved.", number)
            messages.success(request, words % {"number": number})
        except Stale:
            messages.error(
                request,
                _(
                    "Something has changed since you opened the page, so nothing is approved. Look again below."
                ),
            )
    back = reverse("metrics:observation-approvals", args=place.program.address)
    indicator = _chosen_indicator(request, place)
    return redirect(f"{back}?matt={indicator.pk}" if indicator else back)
