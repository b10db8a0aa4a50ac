"""One indicator's values: all of them with their revisions, and entering, revising and removing one."""

from copy import copy

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from metrics.access import can_change_draft, can_enter_values, is_small
from metrics.forms.groups import group_key
from metrics.forms.observation import ObservationForm, RevisionOfValueForm
from metrics.models import Indicator, LinkedAnswers, Observation
from metrics.values import wording as value_wording
from metrics.values.actions import enter_observation, remove_draft, revise_observation
from metrics.values.queries import groups_of, histories
from organisation.access import require
from program.access import can_edit_program
from program.places import in_program
from ui.revision import Stale

PER_PAGE = 50


def _indicator(place, pk) -> Indicator:
    indicator = get_object_or_404(Indicator.objects.visible_to(place), pk=pk)
    indicator.program = place.program
    return indicator


def _observation(place, indicator: Indicator, pk) -> Observation:
    rows = Observation.objects.visible_to(place).filter(indicator=indicator)
    rows = rows.select_related("department", "unit", "predecessor", "entered_by")
    observation = get_object_or_404(rows, pk=pk)
    observation.indicator = indicator
    return observation


def _to_values(place, indicator: Indicator):
    return redirect("metrics:observation-list", *place.program.address, indicator.pk)


def _told(indicator: Indicator, row: Observation, *, raw: bool) -> dict:
    tell = value_wording.figure if raw else value_wording.shown
    is_told = raw or row.is_shown
    return {
        "row": row,
        "value": tell(indicator, row),
        "counts": value_wording.counts(row) if is_told else "",
    }


def _lines(indicator: Indicator, found) -> list[dict]:
    """Drafts as they were typed, approved values as the gate lets them through."""
    return [
        {
            "group": value_wording.group(history.row),
            "period": value_wording.period(history.row.first_day, history.row.last_day),
            "current": history.current and _told(indicator, history.current, raw=False),
            "draft": history.draft and _told(indicator, history.draft, raw=True),
            "earlier": [_told(indicator, row, raw=False) for row in history.earlier],
        }
        for history in found
    ]


@require_GET
@in_program
def observation_list(request, place, pk):
    """Every value of an indicator, with the drafts that wait and what revisions have replaced."""
    require(can_edit_program(place))
    indicator = _indicator(place, pk)
    found = histories(place, indicator)
    groups = [(key or "alla", value_wording.group(row)) for key, row in groups_of(found)]
    whom = request.GET.get("grupp", "")
    if whom in dict(groups):
        found = [history for history in found if (group_key(history.row) or "alla") == whom]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "indicator": indicator,
        "page": page,
        "lines": _lines(indicator, page.object_list),
        "drafts": sum(history.draft is not None for history in found),
        "groups": groups,
        "whom": whom,
        "may_enter": can_enter_values(place, indicator),
        "linked": LinkedAnswers.objects.visible_to(place).filter(indicator=indicator)
        if indicator.kind == Indicator.Kind.SHARE
        else None,
    }
    return render(request, "metrics/observation_list.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def observation_edit(request, place, pk, observation_pk=None):
    """Enter a value, or change a draft; it waits for another person's yes."""
    require(can_edit_program(place))
    indicator = _indicator(place, pk)
    require(can_enter_values(place, indicator))
    if observation_pk:
        observation = _observation(place, indicator, observation_pk)
    else:
        observation = Observation(indicator=indicator, state=Observation.State.DRAFT)
    if request.method == "GET" and observation.state == Observation.State.APPROVED:
        return redirect("metrics:observation-revise", *place.program.address, pk, observation_pk)
    may_change = can_change_draft(place, observation)
    if request.method == "POST":
        require(may_change)
    form = ObservationForm(request.POST or None, instance=observation, indicator=indicator, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            saved = enter_observation(observation=form.save(commit=False), by=request.user)
            messages.success(request, _saved(place, saved, _("Saved as a draft. Somebody else approves it.")))
            return _to_values(place, indicator)
        except Stale:
            form.add_error(
                None,
                _("It was approved or removed while you were writing. Revise it among the values instead."),
            )
    context = {"form": form, "indicator": indicator, "observation": observation if observation_pk else None}
    context |= {"refusal": getattr(may_change, "reason", "")} | (_whom(observation) if observation_pk else {})
    return render(request, "metrics/observation_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def observation_revise(request, place, pk, observation_pk):
    """Give an approved value a new figure, with the reason; the earlier one is kept."""
    require(can_edit_program(place))
    indicator = _indicator(place, pk)
    require(can_enter_values(place, indicator))
    earlier = _observation(place, indicator, observation_pk)
    revision = copy(earlier)
    revision.pk, revision.revision_reason, revision.known_on = None, "", timezone.localdate()
    form = RevisionOfValueForm(request.POST or None, instance=revision, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            saved = revise_observation(earlier=earlier, revision=form.save(commit=False), by=request.user)
            words = _("Saved as a draft. The earlier value holds until it is approved.")
            messages.success(request, _saved(place, saved, words))
            return _to_values(place, indicator)
        except Stale:
            form.add_error(
                None, _("Somebody else has revised this value already. Look among the values, and start from there.")
            )  # fmt: skip
    context = {"form": form, "indicator": indicator, "revised": earlier}
    return render(request, "metrics/observation_form.html", context | _whom(earlier))


def _saved(place, row: Observation, words: str) -> str:
    """What becomes of a draft that is saved; of one of too few, that it reaches nobody and who may say yes to it."""
    if not is_small(place, row):
        return words
    few = _(
        "Too few have answered, so the value will be shown to nobody. Another person in HR approves it; the director "
        "cannot, who does not see it."
    )
    return f"{words} {few}"


def _whom(row: Observation) -> dict[str, str]:
    return {"group": value_wording.group(row), "period": value_wording.period(row.first_day, row.last_day)}


@require_http_methods(["GET", "POST"])
@in_program
def observation_remove(request, place, pk, observation_pk):
    """Ask, then remove a draft; an approved value stays."""
    require(can_edit_program(place))
    indicator = _indicator(place, pk)
    draft = get_object_or_404(
        Observation.objects.visible_to(place).drafts().filter(indicator=indicator), pk=observation_pk
    )
    draft.indicator = indicator
    if request.method == "POST":
        try:
            remove_draft(draft=draft)
            messages.success(request, _("The draft is removed."))
        except Stale:
            messages.error(request, _("It has just been approved or removed, so nothing was done."))
        return _to_values(place, indicator)
    context = {"indicator": indicator, "value": value_wording.figure(indicator, draft)} | _whom(draft)
    return render(request, "metrics/observation_remove.html", context)
