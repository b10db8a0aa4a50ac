from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogues.access import (
    can_agree,
    can_change_words,
    can_correct,
    can_erase,
    can_log_dialogue,
    can_see_corrections,
    can_work_with,
    has_agreed,
)
from dialogues.actions import dialogue as actions
from dialogues.actions import grouping
from dialogues.forms.dialogue import DialogueForm, SortForm
from dialogues.models import Ballot, Correction, Dialogue, Statement
from dialogues.notes.reader import statements as lines
from dialogues.views.words import one, say_stale, warn_of_dialogue, warn_of_names
from organisation.access import Kind, can_see_people, require
from organisation.actions import discard_draft, find_draft
from organisation.models import Department
from program.access import can_edit_program
from program.models import Need
from program.places import in_program
from ui import formats
from ui.audit import changes_of
from ui.language import language
from ui.revision import Stale, posted_revision


@require_GET
@in_program
def dialogue_list(request, place):
    seen = (
        Q()
        if place.kind == Kind.EDITOR
        else Q(statements__is_withheld=False) | Q(departments__in=place.department_ids)
    )
    by_kind = {
        kind: Count("statements", filter=Q(statements__kind=kind) & seen, distinct=True)
        for kind in Statement.Kind.values
    }
    dialogues = (
        Dialogue.objects.visible_to(place)
        .prefetch_related("departments", "heads_agreed")
        .annotate(**by_kind)
        .order_by("-held_on", "-pk")
    )
    silent = Department.objects.visible_to(place).exclude(
        dialogues__in=Dialogue.objects.filter(program=place.program).values("pk")
    )
    for row in dialogues:
        may = row.stage == "confirmed" and can_work_with(place, row)
        row.waits_for_me = bool(may) and not has_agreed(place, row)
    context = {
        "dialogues": dialogues,
        "has_needs": any(row.need for row in dialogues),
        "may_log": can_log_dialogue(place),
        "silent": silent,
    }
    return render(request, "dialogues/dialogue_list.html", context)


@require_GET
@in_program
def dialogue_detail(request, place, pk):
    dialogue = one(place, pk)
    may_work = can_work_with(place, dialogue)
    statements = Statement.objects.visible_to(place).filter(dialogue=dialogue)
    corrections = Correction.objects.select_related("by")
    statements = statements.select_related("area").prefetch_related(
        "owners", Prefetch("corrections", corrections)
    )
    if place.kind == Kind.EDITOR:
        statements = statements.prefetch_related(Prefetch("needs", Need.objects.visible_to(place)))
    sees_people = can_see_people(place)
    context = {
        "dialogue": dialogue,
        "summary": lines(dialogue.summary),
        "groups": _by_heading(statements),
        "needs": Need.objects.visible_to(place) if place.kind == Kind.EDITOR else [],
        "themes": Statement.Theme.choices,
        "may_work": may_work,
        "may_change": can_change_words(place, dialogue),
        "may_correct": can_correct(place, dialogue),
        "may_erase": can_erase(place),
        "may_agree": can_agree(place, dialogue),
        "sees_corrections": can_see_corrections(place, dialogue),
        "erasures": dialogue.erasures.select_related("by") if may_work else [],
        "ballots": Ballot.objects.visible_to(place).filter(dialogue=dialogue),
        "is_editor": place.kind == Kind.EDITOR,
        "sees_people": sees_people,
        "sides": dialogue.sides() if may_work and dialogue.stage == "confirmed" else [],
        "changes": changes_of([dialogue]) if may_work else [],  # they hold words that were never agreed to
    }
    return render(request, "dialogues/dialogue_detail.html", context)


def _by_heading(statements):
    """[(area, [(kind label, [statement …])])] in the order of areas and kinds."""
    kinds = Statement.Kind.values
    groups: dict = {}
    for row in sorted(
        statements, key=lambda row: (row.area.order, row.area_id, kinds.index(row.kind), row.order)
    ):
        groups.setdefault(row.area, {}).setdefault(row.get_kind_display(), []).append(row)
    return [(area, list(kinds.items())) for area, kinds in groups.items()]


@require_http_methods(["GET", "POST"])
@in_program
def dialogue_edit(request, place, pk=None):
    """Log a dialogue, or go on with a draft; what is typed is kept all the while."""
    require(can_log_dialogue(place))
    dialogue = one(place, pk) if pk else Dialogue(program=place.program)
    if pk and request.method == "POST" and dialogue.stage != "draft" and can_work_with(place, dialogue):
        return _confirmed_meanwhile(request, place, dialogue)
    if pk:
        require(can_change_words(place, dialogue))
    key = f"dialogue:{pk}" if pk else f"dialogue:new:{place.program.pk}"
    draft = find_draft(place, key)
    form = DialogueForm(request.POST or None, instance=dialogue, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            dialogue = actions.save_dialogue(form=form, words=form.words, by=request.user)
        except Stale:
            form.show_what_changed(one(place, pk), place=place)
        else:
            discard_draft(place, key)
            warn_of_names(request, place, dialogue, form.own_words())
            warn_of_the_same(request, place, dialogue)
            messages.success(request, saved_words(dialogue))
            return redirect(dialogue)
    elif request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {"form": form, "dialogue": dialogue, "draft": draft, "draft_key": key}
    return render(request, "dialogues/dialogue_form.html", context)


def _confirmed_meanwhile(request, place, dialogue: Dialogue):
    """Somebody confirmed it while this was typed: the words are shown, to be copied, and nothing is saved."""
    form = DialogueForm(request.POST, instance=dialogue, place=place)
    form.add_error(
        None,
        _(
            "The dialogue was confirmed while you wrote, so its words stand and nothing of yours is saved. Copy what you need from here, and correct the statements one by one on the dialogue's page."
        ),
    )
    context = {"form": form, "dialogue": dialogue, "is_confirmed": True}
    return render(request, "dialogues/dialogue_form.html", context, status=409)


def saved_words(dialogue: Dialogue) -> str:
    """Who sees the draft that was just saved."""
    if dialogue.departments.all():
        return _("The dialogue is saved as a draft that your department and HR see.")
    return _("The dialogue is saved as a draft that HR sees.")


def warn_of_the_same(request, place, dialogue: Dialogue) -> None:
    """A message when a department that took part has another dialogue of that day: it may be the same, logged twice."""
    others = Dialogue.objects.visible_to(place).exclude(pk=dialogue.pk)
    others = others.filter(
        kind=dialogue.kind, held_on=dialogue.held_on, departments__in=dialogue.departments.all()
    )
    other = others.prefetch_related("departments").first()
    if other:
        words = _(
            "%(name)s already has a dialogue of %(day)s. Is it the same? Then remove one of the drafts."
        )
        told = {"name": other.name, "day": formats.day(other.held_on, language())}
        messages.warning(request, words % told)


@require_POST
@in_program
def dialogue_step(request, place, pk, step):
    """Confirm, agree to publish, or withdraw."""
    dialogue = one(place, pk)
    rules = {
        "bekrafta": can_change_words,
        "publicera": can_agree,
        "dra-tillbaka": can_work_with,
        "ta-bort": can_change_words,
    }
    require(rules[step](place, dialogue))
    revision = posted_revision(request)
    try:
        if step == "bekrafta":
            actions.confirm_dialogue(dialogue=dialogue, by=request.user, revision=revision)
            messages.success(request, _("The dialogue is confirmed. Its words stand as they were said."))
            warn_of_dialogue(request, place, dialogue)
        elif step == "publicera":
            actions.agree_to_publish(dialogue=dialogue, place=place, by=request.user, revision=revision)
            published = dialogue.published_at is not None
            waits = _("You have agreed. It is published when the others have, too.")
            messages.success(request, _("The dialogue is published.") if published else waits)
            warn_of_dialogue(request, place, dialogue)
        elif step == "ta-bort":
            actions.remove_draft(dialogue=dialogue, revision=revision)
            messages.success(request, _("The draft is removed."))
            return redirect("dialogues:dialogue-list", *place.program.address)
        else:
            actions.withdraw(dialogue=dialogue, revision=revision)
            messages.success(request, _("Nobody has agreed any longer; the dialogue is not published."))
    except Stale:
        say_stale(request)
    return redirect(dialogue)


@require_POST
@in_program
def statements_sort(request, place, pk):
    """Needs and themes (HR), and what is not to be published (HR and the own department)."""
    dialogue = one(place, pk)
    require(can_correct(place, dialogue))
    form = SortForm(request.POST, place=place, dialogue=dialogue)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, errors[0])
        return redirect(dialogue)
    data = form.cleaned_data
    if data["do"] in ("withhold", "release"):
        try:
            asked_again = actions.withhold(
                dialogue=dialogue,
                statements=data["statements"],
                withheld=data["do"] == "withhold",
                revision=data["revision"] or 0,
            )
        except Stale:
            say_stale(request)
            return redirect(dialogue)
        if asked_again:
            messages.warning(
                request, _("What was agreed to publish is changed, so it has to be agreed to again.")
            )
    else:
        require(can_edit_program(place))
        _sort(data, request.user)
    messages.success(request, _("The changes are saved."))
    return redirect(dialogue)


def _sort(data, by) -> None:
    """Lay judgement beside the words: link to or unlink from a need, or set a theme."""
    keys = [row.pk for row in data["statements"]]
    if data["do"] == "theme":
        grouping.set_theme(keys=keys, theme=data["theme"])
    else:
        link = grouping.link_statements if data["do"] == "link" else grouping.unlink_statements
        link(need=data["need"], keys=keys, by=by)
