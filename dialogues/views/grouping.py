"""Statements are grouped into needs on one page; a need is merged with another, or taken away."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialogues import grouping
from dialogues.access import can_remove_need
from dialogues.actions import grouping as actions
from dialogues.actions.grouping import Moved
from dialogues.filters import StatementFilter
from dialogues.forms.grouping import BARE, MergeForm, MoveForm, NewNeedForm
from dialogues.views.words import warn_of_need
from organisation.access import require
from program.access import can_edit_program
from program.models import Need
from program.places import in_program

KEPT = "grouping"  # the last move, in the session
TOLD = ("act", "count", "need", "theme")  # what a sentence on it is made of


@require_http_methods(["GET", "POST"])
@in_program
def need_group(request, place):
    """Statements on the left, needs on the right; every button is one move."""
    require(can_edit_program(place))
    if request.method == "GET":
        return _page(request, place)
    form = MoveForm(request.POST, place=place)
    new = _new_need(request, place) if form.act == "new" else None
    if form.is_valid() and (new is None or new.is_valid()):
        try:
            moved = _carry_out(request, place, form, new)
        except IntegrityError:  # somebody else made the same need just now
            if new is None:
                raise
            new.add_error("title", _("There is already a need with this title."))
        else:
            if moved.made and new:
                warn_of_need(request, place, new.instance)
            return _answer(request, place, moved, form.cleaned_data["statements"] or moved.statements)
    if not request.htmx:
        return _page(request, place, new=new, problem=form.problem, ticked=request.POST.getlist("statements"))
    context = {"new": new, "problem": form.problem or next(iter(new.errors.values()))[0]}
    return render(request, "dialogues/need_group_moved.html", context)


def _new_need(request=None, place=None) -> NewNeedForm:
    """The form of a new need: what was typed in it, or empty."""
    if request is None:
        return NewNeedForm(auto_id="new_%s")
    need = Need(program=place.program, order=Need.objects.visible_to(place).count())
    return NewNeedForm(request.POST, instance=need, auto_id="new_%s")


def _carry_out(request, place, form, new) -> Moved:
    """Do what the form says, and keep what it did in the session to be taken back: keys and counts, never words,
    which may be erased before they are shown."""
    kept = _kept(request, place) or {}
    if form.act == "undo":
        moved = _undo(request, place, kept) if "moved" in kept else Moved()
        last = {"undone": {name: kept[name] for name in TOLD if name in kept}} if "moved" in kept else {}
    else:
        moved, last = _do(form, new, request.user)
        last |= {"moved": moved.as_json()} if moved.statements else {}
    told = {"act": form.act, "count": len(moved.statements)}
    request.session[KEPT] = {"program": place.program.pk} | told | last
    return moved


def _do(form, new, by) -> tuple[Moved, dict]:
    """What was moved, and the need or theme that it was about."""
    keys, need = form.cleaned_data["statements"], form.cleaned_data["need"]
    if form.act == "theme":
        theme = "" if form.cleaned_data["theme"] == BARE else form.cleaned_data["theme"]
        return actions.set_theme(keys=keys, theme=theme), {"theme": theme}
    if form.act == "new":
        moved = actions.make_need(need=new.instance, keys=keys, by=by)
        return moved, {"need": moved.made}
    do = actions.link_statements if form.act == "link" else actions.unlink_statements
    return do(need=need, keys=keys, by=by), {"need": need.pk}


def _undo(request, place, kept: dict) -> Moved:
    return actions.undo(place=place, moved=Moved.from_json(kept["moved"]), by=request.user)


def _kept(request, place) -> dict | None:
    """What was done last in this programme; with `moved` while it can be taken back."""
    kept = request.session.get(KEPT)
    return kept if kept and kept["program"] == place.program.pk and "act" in kept else None


def _shown(request, place, needs) -> dict | None:
    """The same with `said`, in words as the needs are called now."""
    kept = _kept(request, place)
    return kept and kept | {"said": grouping.said_of(kept, {need.pk: need.title for need in needs})}


def _chosen(request, place, needs) -> StatementFilter:
    """The statements that the address bar asks for; `markera` names some of them, which come ticked."""
    rows = grouping.spoken(place)
    if marked := _marked(request):
        rows = rows.filter(pk__in=marked)
    return StatementFilter(request.GET, queryset=rows, place=place, needs=needs)


def _marked(request) -> list[str]:
    return re.findall("[0-9]{1,15}", request.GET.get("markera", ""))[:100]


def _answer(request, place, moved: Moved, keys: list[int]) -> HttpResponse:
    """The page again as it was filtered; for htmx only the statements and needs that changed."""
    if not request.htmx:
        return redirect(f"{request.get_full_path()}#{f's{keys[-1]}' if keys else 'statements'}")
    needs = grouping.needs_of(place)
    fit = dict(_chosen(request, place, needs).qs.filter(pk__in=keys).values_list("pk", "theme"))
    context = {
        "kept": _shown(request, place, needs),
        "moved": grouping.marks_of(fit, needs).values(),
        "gone": [key for key in keys if key not in fit],
        "cards": [card for card in grouping.cards(needs) if int(card.pk) in moved.needs],
        "tally": grouping.tally(place),
        "words": grouping.words(),
        "oob": True,
    }
    if moved.made:
        context |= {"levels": grouping.by_level(needs), "cards": [], "new": _new_need()}
    return render(request, "dialogues/need_group_moved.html", context)


def _page(request, place, new=None, problem: str = "", ticked=()) -> HttpResponse:
    needs = grouping.needs_of(place)
    chosen = _chosen(request, place, needs)
    page = Paginator(chosen.qs, grouping.MOST_ON_A_PAGE).get_page(request.GET.get("page"))
    hinted = request.GET.get("forslag") == "1"
    context = {
        "filter": chosen,
        "is_filtered": any(value for key, value in request.GET.items() if key in chosen.filters),
        "page": page,
        "rows": grouping.rows_of(page.object_list, needs, grouping.hints(place, needs) if hinted else None),
        "levels": grouping.by_level(needs),
        "tally": grouping.tally(place),
        "themes": MoveForm.base_fields["theme"].choices,
        "new": new or _new_need(),
        "ticked": set(ticked) | set(_marked(request)),
        "kept": _shown(request, place, needs),
        "problem": problem,
        "hinted": hinted,
        "words": grouping.words(),
    }
    return render(request, "dialogues/need_group.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def need_merge(request, place, pk):
    """A need goes up in another: first which, then what that means, then it is done."""
    require(can_edit_program(place))
    counted = Need.objects.visible_to(place).annotate(
        said=Count("statements", distinct=True),
        answered=Count("activities", distinct=True),
        told=Count("responses", distinct=True),
    )
    gone = get_object_or_404(counted, pk=pk)
    form = MergeForm(request.POST or request.GET or None, place=place, gone=gone)
    keep = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and keep:
        actions.merge_needs(keep=keep, gone=gone, by=request.user)
        messages.success(request, _("“%(gone)s” has gone up in this need.") % {"gone": gone.title})
        return redirect("reports:need-thread", *place.program.address, keep.pk)
    return render(request, "dialogues/need_merge.html", {"form": form, "gone": gone, "keep": keep})


@require_http_methods(["GET", "POST"])
@in_program
def need_remove(request, place, pk):
    """Take away a need that nothing hangs on, after asking."""
    require(can_edit_program(place))
    need = get_object_or_404(Need.objects.visible_to(place), pk=pk)
    may = can_remove_need(place, need)
    if request.method == "POST":
        require(may)
        need.delete()
        messages.success(request, _("The need is removed: %(title)s") % {"title": need.title})
        return redirect("dialogues:need-list", *place.program.address)
    return render(request, "dialogues/need_remove.html", {"need": need, "may": may})
