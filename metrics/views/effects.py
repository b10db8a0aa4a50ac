"""What activities are expected to move: below each activity, and all of the programme in one list."""

import hashlib

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from metrics.effects import actions
from metrics.effects import judge as effects
from metrics.effects import wording as effect_wording
from metrics.effects.queries import Followed, awaiting_first, followed, key_without_effect
from metrics.forms.expectation import ExpectationForm, OutcomeForm, WithdrawalForm
from metrics.models import Amendment, Expectation, Indicator, Outcome
from metrics.readings import wording
from organisation.access import Denied, can_see_people, require
from program.access import can_edit_program
from program.models import Activity
from program.places import in_program
from ui.revision import Stale

SHOWN = {"due": "forfallna", "coming": "kommande"}  # filters, as the address says them


def _activity(place, pk) -> Activity:
    activity = get_object_or_404(Activity.objects.visible_to(place), pk=pk)
    activity.program = place.program
    return activity


def _one(place, pk, part_pk) -> Followed:
    """An expected effect with all that is told of it, or 404."""
    rows = followed(place, timezone.localdate(), pk=part_pk, activity=pk)
    if not rows:
        raise Http404
    rows[0].effect.activity.program = place.program
    return rows[0]


def _back(place, pk):
    return redirect("metrics:activity-effects", *place.program.address, pk)


def _shown(row: Followed) -> dict:
    """What a page says of an expected effect."""
    effect = row.effect
    return {
        "row": row,
        "effect": effect,
        "where": effect_wording.where(effect),
        "word": wording.verdict_word(row.verdict),
        "reason": wording.verdict_reason(row.verdict, row.effect.indicator),
        "laid": effect_wording.laid(row.laid, effect),
        "briefly": effect_wording.laid(row.laid, effect, after_verdict=True),
        "amendments": [
            {
                "row": amended,
                "changes": [
                    change | {"label": effect_wording.FIELDS[change["field"]]} for change in amended.changes
                ],
            }
            for amended in row.amendments
        ],
        "outcomes": [
            {"row": said, "word": wording.VERDICTS[said.verdict]()} for said in row.outcomes
        ],
    }  # fmt: skip


@require_GET
@in_program
def effect_list(request, place, pk):
    """What the activity should move, how each indicator stands today, and what was said of it since."""
    activity = _activity(place, pk)
    rows = followed(place, timezone.localdate(), activity=activity)
    context = {
        "activity": activity,
        "rows": [_shown(row) for row in rows],
        "may_edit": can_edit_program(place),
        "sees_people": can_see_people(place),
        "waiting": any(row.awaits for row in rows),
        "has_indicators": bool(rows) or Indicator.objects.visible_to(place).exists(),
    }
    return render(request, "metrics/effect_list.html", context)


@require_GET
@in_program
def effect_overview(request, place):
    """Every expected effect of the programme, what waits first; ?visa=forfallna or kommande shows those alone."""
    rows = awaiting_first(followed(place, timezone.localdate()))
    groups = {
        "due": [row for row in rows if row.holds and row.is_due],
        "coming": [row for row in rows if row.holds and not row.is_due],
    }
    chosen = next((key for key, word in SHOWN.items() if request.GET.get("visa") == word), "")
    context = {
        "rows": [_shown(row) for row in (groups[chosen] if chosen else rows)],
        "all": len(rows),
        "counts": {key: len(found) for key, found in groups.items()},
        "waiting": sum(row.awaits for row in rows),
        "chosen": chosen,
        "missing": key_without_effect(place, timezone.localdate()),
        "has_key": Activity.objects.visible_to(place).filter(is_key=True).exists(),
        "may_edit": can_edit_program(place),
    }
    return render(request, "metrics/effect_overview.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def effect_add(request, place, pk):
    """Say what the activity should move; after its start the effect is marked as written late."""
    require(can_edit_program(place))
    activity, today = _activity(place, pk), timezone.localdate()
    is_late = effects.is_locked(activity.updates.values_list("on", "status"), today)
    why = _("Why it is written only now") if is_late else ""
    form = ExpectationForm(
        request.POST or None, instance=Expectation(activity=activity), place=place, why=why
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        actions.write_effect(
            effect=form.save(commit=False), is_late=is_late, reason=reason, on=today, by=request.user
        )
        messages.success(request, _("The changes are saved."))
        return _back(place, pk)
    context = {
        "form": form,
        "activity": activity,
        "title": _("New expected effect"),
        "is_late": is_late,
        "found": None,
    }
    return render(request, "metrics/effect_form.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def effect_edit(request, place, pk, part_pk):
    """Change what the activity should move; after its start with a reason, and as an amendment."""
    require(can_edit_program(place))
    found = _one(place, pk, part_pk)
    before = effect_wording.told(found.effect)
    form = ExpectationForm(
        request.POST or None, instance=found.effect, place=place, why="" if found.is_free else _("Why it is changed"),
        said=len(found.amendments) + len(found.outcomes),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _save(form, found, before, request.user))
            return _back(place, pk)
        except Stale:
            form.say_it_is_taken()
    context = {
        "form": form,
        "activity": found.effect.activity,
        "title": _("Change the expected effect"),
        "found": found,
    }
    return render(request, "metrics/effect_form.html", context)


def _save(form: ExpectationForm, found: Followed, before, by) -> str:
    """Write what a valid form says; what to tell of it."""
    effect = form.save(commit=False)
    if found.is_free:
        actions.change_effect(effect=effect, before=before)
        return _("The changes are saved.")
    reason = form.cleaned_data["reason"]
    amended = actions.amend_effect(
        effect=effect, before=before, reason=reason, on=timezone.localdate(), by=by
    )
    return _("The change is saved and shows with its reason.") if amended else _("Nothing was changed.")


@require_http_methods(["GET", "POST"])
@in_program
def effect_remove(request, place, pk, part_pk):
    """Ask, then remove; what has begun stays, and is said to hold no longer instead."""
    require(can_edit_program(place))
    found = _one(place, pk, part_pk)
    if not found.is_free:
        return _withdraw(request, place, found)
    if request.method == "POST":
        found.effect.delete()
        messages.success(request, _("Removed: %(what)s") % {"what": found.effect.indicator})
        return _back(place, pk)
    return render(request, "metrics/effect_remove.html", {"found": found, "effect": found.effect})


def _withdraw(request, place, found: Followed):
    """Why it cannot be removed, and the form that says that it no longer holds."""
    effect = found.effect
    form = WithdrawalForm(request.POST or None, instance=Amendment(expectation=effect))
    if request.method == "POST" and found.holds and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw_effect(effect=effect, reason=reason, on=timezone.localdate(), by=request.user)
        except Stale:
            form.add_error(None, _("Somebody else has just said so."))
        else:
            messages.success(request, _("It is noted that the expected effect no longer holds."))
            return _back(place, effect.activity_id)
    context = {"found": found, "effect": effect, "form": form}
    return render(request, "metrics/effect_remove.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def effect_outcome(request, place, pk, part_pk):
    """Say how the activity may have contributed, beside the verdict of the day."""
    require(can_edit_program(place))
    found = _one(place, pk, part_pk)
    if not (found.is_due and found.holds):
        require(Denied(_("An outcome is recorded when the effect can be seen, and while it holds.")))
    words = effect_wording.standing(found.verdict, found.laid, found.effect)
    seen = hashlib.sha256(f"{words}{len(found.outcomes)}{len(found.amendments)}".encode()).hexdigest()[:20]
    form = OutcomeForm(request.POST or None, instance=Outcome(expectation=found.effect), laid=seen)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("contribution", "others")}
        actions.record_outcome(
            effect=found.effect, verdict=found.verdict, words=words, on=timezone.localdate(), by=request.user, **said
        )  # fmt: skip
        messages.success(request, _("The outcome is recorded."))
        return _back(place, pk)
    context = {"form": form, "shown": _shown(found), "activity": found.effect.activity}
    return render(request, "metrics/effect_outcome.html", context)
