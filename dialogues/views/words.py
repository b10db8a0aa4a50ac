"""Words that stand: corrected with what stood before, erased for good; and the warning about persons in them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dialogues.access import can_change_words, can_correct, can_erase
from dialogues.actions import words as actions
from dialogues.erasing import pattern_of, pattern_of_lines
from dialogues.forms.words import CorrectionForm, EraseForm
from dialogues.models import Dialogue, Statement
from dialogues.persons import likely_names
from dialogues.traces import Trace, traces_elsewhere, traces_in
from organisation.access import require
from organisation.models import Department, Forum, Role, Unit
from program.models import Area, Resource
from program.places import in_program
from ui.revision import Stale

MOST_NAMES = 12


def one(place, pk) -> Dialogue:
    """The dialogue that an address names, with its departments, if the place may see it."""
    rows = Dialogue.objects.visible_to(place).prefetch_related("departments", "held_by")
    dialogue = get_object_or_404(rows, pk=pk)
    dialogue.program = place.program
    return dialogue


def say_stale(request) -> None:
    messages.warning(
        request, _("Somebody else changed this dialogue just now. Look at it as it is, and do it again.")
    )


def known_names(place) -> set[str]:
    """What the organisation and the programme call their own, and nobody is to take for a person. Six queries."""
    names = {place.program.name, place.program.short_name, *place.organisation.name.split(",")}
    for model in (Department, Role):
        for name, aliases in model.objects.visible_to(place).values_list("name", "aliases"):
            names |= {name, *map(str, aliases)}
    for model in (Unit, Forum, Area):
        names.update(model.objects.visible_to(place).values_list("name", flat=True))
    for row in Resource.objects.visible_to(place).values_list("name", "former_name", "part_of"):
        names.update(row)
    return {name.strip() for name in names if name.strip()}


def warn_of_names(request, place, dialogue: Dialogue, words: str) -> None:
    """A message when somebody seems to be named in words that were just saved, with what can be done about it."""
    found = likely_names(words, known_names(place))
    if found:
        context = {
            "names": found[:MOST_NAMES],
            "more": len(found) - MOST_NAMES,
            "dialogue": dialogue,
            "place": place,
            "may_change": can_change_words(place, dialogue),
            "may_erase": can_erase(place),
        }
        messages.warning(request, render_to_string("dialogues/_names.html", context))


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
            if _erase(request, dialogue, form, pattern):
                return redirect(dialogue)
            dialogue = context["dialogue"] = one(place, pk)
        context |= {"found": found, "elsewhere": traces_elsewhere(place, dialogue, pattern), "looked": True}
        form.data = form.data.copy()
        form.data["revision"], form.data["places"] = dialogue.revision, len(found)
    return render(request, "dialogues/dialogue_erase.html", context)


def _pattern(form):
    """What is to be erased: the words, or what the statement says and once said."""
    statement = form.cleaned_data["statement"]
    if statement is None:
        return pattern_of(form.cleaned_data["words"])
    corrections = statement.corrections.values_list("before", "after")
    return pattern_of_lines([statement.text, *(text for pair in corrections for text in pair)])


def _beside(statement: Statement | None) -> list[Trace]:
    """What goes with a statement that is erased as a whole."""
    held = [statement.label, statement.owner_words] if statement else []
    return [Trace(_("Label or owner of the statement"), "", text, "") for text in held if text]


def _erase(request, dialogue: Dialogue, form, pattern) -> bool:
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
    return True
