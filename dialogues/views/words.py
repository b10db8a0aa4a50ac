"""Words that stand: corrected with what stood before, erased for good; and the warning about persons in them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dialogues.access import can_change_words, can_correct, can_erase
from dialogues.actions import words as actions
from dialogues.forms.words import CorrectionForm, EraseForm
from dialogues.models import Dialogue, Statement
from dialogues.privacy.erasing import pattern_of, pattern_of_lines
from dialogues.privacy.known_names import known_names
from dialogues.privacy.persons import likely_names
from dialogues.privacy.traces import Trace, traces_elsewhere, traces_frozen, traces_in
from organisation.access import require
from program.places import in_program
from ui.revision import Stale

MOST_NAMES = 12


def one(place, pk) -> Dialogue:
    """The dialogue that an address names, with its departments, if the place may see it."""
    rows = Dialogue.objects.visible_to(place).prefetch_related("departments", "held_by", "heads_agreed")
    dialogue = get_object_or_404(rows, pk=pk)
    dialogue.program = place.program
    return dialogue


def say_stale(request) -> None:
    messages.warning(
        request, _("Somebody else changed this dialogue just now. Look at it as it is, and do it again.")
    )


def warn_of_names(request, place, dialogue: Dialogue | None, words: str, change: str = "") -> None:
    """A message when somebody seems to be named in words that were just saved, with what can be done about it.

    `change` is the page where they are changed, the dialogue's own form as long as it is a draft; `dialogue` the one
    to erase them from, where there is any.
    """
    if dialogue and not change and can_change_words(place, dialogue):
        change = reverse("dialogues:dialogue-edit", args=[*place.program.address, dialogue.pk])
    found = likely_names(words, known_names(place))
    _warn(request, place, dialogue, [{"name": name} for name in found], change)


def warn_of_dialogue(request, place, dialogue: Dialogue, known: set[str] | None = None) -> None:
    """The same for a whole dialogue that was read in, confirmed or agreed to: each name leads to its statement, where
    that is to be corrected. `known` are the `known_names`, where several dialogues are looked through."""
    rows = {
        row: "\n".join([row.heading, row.label, row.text, row.owner_words])
        for row in dialogue.statements.all()
    }
    found = likely_names(
        "\n".join([dialogue.title, dialogue.summary, *rows.values()]), known or known_names(place)
    )
    names, change, at = [], "", [*place.program.address, dialogue.pk]
    may_correct = can_correct(place, dialogue)
    for name in found:
        row = next((row for row, words in rows.items() if name in words), None)
        url = reverse("dialogues:statement-correct", args=[*at, row.pk]) if row and may_correct else ""
        names.append({"name": name, "url": url})
    if can_change_words(place, dialogue):
        change = reverse("dialogues:dialogue-edit", args=at)
    _warn(request, place, dialogue, names, change)


def _warn(request, place, dialogue: Dialogue | None, names: list[dict], change: str) -> None:
    if names:
        context = {
            "names": names[:MOST_NAMES], "more": len(names) - MOST_NAMES, "dialogue": dialogue, "place": place,
            "change": change, "leads": any(row.get("url") for row in names), "may_erase": can_erase(place),
        }  # fmt: skip
        messages.warning(request, render_to_string("dialogues/_names.html", context))


def warn_of_need(request, place, need) -> None:
    """The same for a need that was made or written anew."""
    page = reverse("program:need-edit", args=[*place.program.address, need.pk])
    warn_of_names(request, place, erased_from(place, need), f"{need.title}\n{need.description}", page)


def erased_from(place, need) -> Dialogue | None:
    """A dialogue from which words about a need are erased: one that spoke for it, else any. One or two queries."""
    rows = Dialogue.objects.visible_to(place)
    return rows.filter(statements__needs=need).first() or rows.first()


@require_http_methods(["GET", "POST"])
@in_program
def statement_correct(request, place, pk, part_pk):
    """New words for a confirmed statement, with the reason; and what is laid beside it."""
    dialogue = one(place, pk)
    statement = get_object_or_404(Statement.objects.visible_to(place), dialogue=dialogue, pk=part_pk)
    require(can_correct(place, dialogue))
    said = statement.text
    form = CorrectionForm(request.POST or None, instance=statement, dialogue=dialogue, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            revision = form.cleaned_data["revision"]
            actions.correct_statement(dialogue=dialogue, form=form, by=request.user, revision=revision)
        except Stale:
            saved, dialogue = get_object_or_404(Statement, pk=part_pk), one(place, pk)
            said = saved.text
            form.show_what_changed(saved, dialogue=dialogue, place=place)
        else:
            warn_of_names(request, place, dialogue, form.own_words())
            messages.success(request, _("The changes are saved."))
            return redirect(f"{dialogue.get_absolute_url()}#s{statement.pk}")
    context = {"form": form, "dialogue": dialogue, "said": said}
    return render(request, "dialogues/dialogue_correct.html", context)


@require_http_methods(["GET", "POST"])
@in_program
def words_erase(request, place, pk):
    """Words, where they stand, and then: gone. Nothing of it is kept in an address, a draft or a log."""
    dialogue = one(place, pk)
    require(can_erase(place))
    initial = {"statement": request.GET.get("inspel"), "revision": dialogue.revision}
    form = EraseForm(request.POST or None, dialogue=dialogue, initial=initial)
    context = {"form": form, "dialogue": dialogue}
    if request.method == "POST" and form.is_valid():
        pattern = _pattern(form)
        found = traces_in(dialogue, pattern) + _beside(form.cleaned_data["statement"])
        if request.POST.get("do") == "erase" and form.cleaned_data["places"] == len(found):
            if _erase(request, place, dialogue, form, pattern):
                return redirect(dialogue)
            dialogue = context["dialogue"] = one(place, pk)
        context |= {
            "found": found, "elsewhere": traces_elsewhere(place, dialogue, pattern),
            "frozen": traces_frozen(place, pattern), "looked": True,
        }  # fmt: skip
        form.data = form.data.copy()
        form.data["revision"], form.data["places"] = dialogue.revision, len(found)
    return render(request, "dialogues/dialogue_erase.html", context)


def _pattern(form):
    """What is to be erased: the words, or what the statement says and once said."""
    statement = form.cleaned_data["statement"]
    if statement is None:
        return pattern_of(form.cleaned_data["words"])
    corrections = statement.corrections.values_list("before", "after")
    lines = [statement.text, *(text for pair in corrections for text in pair)]
    return pattern_of_lines(lines, [statement.label])


def _beside(statement: Statement | None) -> list[Trace]:
    """What goes with a statement that is erased as a whole."""
    held = [statement.label, statement.owner_words] if statement else []
    return [Trace(_("Label or owner of the statement"), "", text, "") for text in held if text]


def _erase(request, place, dialogue: Dialogue, form, pattern) -> bool:
    data = form.cleaned_data
    try:
        erasure = actions.erase_words(
            dialogue=dialogue, pattern=pattern, ground=data["ground"], by=request.user,
            revision=data["revision"], statement=data["statement"],
        )  # fmt: skip
    except Stale:
        say_stale(request)
        return False
    words = ngettext(
        "Erased for good in %(count)d place.", "Erased for good in %(count)d places.", erasure.places
    )
    messages.success(request, words % {"count": erasure.places})
    if left := len(traces_elsewhere(place, dialogue, pattern)):
        words = ngettext(
            "They still stand in %(count)d place elsewhere in the programme: mend it by hand and erase once more.",
            "They still stand in %(count)d places elsewhere in the programme: mend them by hand and erase once more.",
            left,
        )
        messages.warning(request, words % {"count": left})
    return True
