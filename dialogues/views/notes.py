"""Notes in: read, corrected beside their lines, and only then saved."""

from collections import Counter
from contextlib import suppress
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dialogues.access import can_log_dialogue
from dialogues.actions.notes import import_notes
from dialogues.forms.notes import KINDS, NotesFileForm, NotesForm, Review, TooMany
from dialogues.forms.presses import press, undone
from dialogues.models import Dialogue, Statement
from dialogues.notes import review
from dialogues.notes.headings import may_head
from dialogues.privacy.known_names import known_names
from dialogues.views.dialogue import saved_words, warn_of_the_same
from dialogues.views.words import warn_of_dialogue
from organisation.access import require
from organisation.actions import discard_draft, find_draft, save_draft
from program.models import Area
from program.places import in_program

WIDTH = 62  # characters that a line of a statement's field holds, about
LISTED = 20
MOST_LOOKED_UP = 10  # dialogues that are looked for twins of


@require_http_methods(["GET", "POST"])
@in_program
def notes_read(request, place):
    """Paste or upload notes; look through what they hold; save it as drafts."""
    require(can_log_dialogue(place))
    do = request.POST.get("do", "")
    if request.method == "GET":
        return _open(request, place)
    if do in ("paste", "upload"):
        return _read(request, place, do)
    if do == "again":
        return _again(request, place)
    return _correct(request, place, do)


def _correct(request, place, do: str):
    """The statements as they were sent, saved or changed by a button."""
    fields = dict(request.POST.lists())
    try:
        made = Review.of_fields(place, undone(fields) if do == "undo" else fields, check=do == "save")
    except TooMany as error:
        form = NotesForm(request.POST)
        form.add_error("notes", error)
        return _start(request, place, form)
    except ValidationError:  # longer notes than the page holds; their field says so
        return _start(request, place, NotesForm(request.POST))
    if do == "save" and made.is_valid():
        return _save(request, place, made)
    press(made, do, fields)
    return _show(request, place, made)


def _key(place) -> str:
    return f"notes:{place.program.pk}"


def _open(request, place):
    """The page as it was left, where a draft of it is kept."""
    draft = find_draft(place, _key(place))
    if draft and "row" in draft.fields:
        with suppress(ValidationError):
            return _show(request, place, Review.of_fields(place, draft.fields), draft)
    form = NotesForm()
    if draft:
        form.restore(draft.fields)
    return _start(request, place, form, draft=draft)


def _read(request, place, do: str):
    is_file = do == "upload"
    form = NotesFileForm(request.POST, request.FILES) if is_file else NotesForm(request.POST)
    if form.is_valid():
        try:
            made = Review.of_notes(place, form.cleaned_data["file" if is_file else "notes"])
        except TooMany as error:
            form.add_error("file" if is_file else "notes", error)
        else:
            return _show(request, place, made)
    if is_file:
        return _start(request, place, NotesForm(initial={"notes": request.POST.get("notes", "")}), form)
    return _start(request, place, form)


def _again(request, place):
    """The notes to be changed and read anew; what was corrected is kept, and the way back to it shown."""
    fields = dict(request.POST.lists())
    form = NotesForm(request.POST)
    if not form.is_valid() or any("\x00" in value for values in fields.values() for value in values):
        return _start(request, place, form)
    save_draft(
        place=place, key=_key(place), title=_("Notes being read in"), url=request.path,
        fields={name: values for name, values in fields.items() if name not in ("csrfmiddlewaretoken", "do")},
    )  # fmt: skip
    return _start(request, place, form, has_corrections=True)


def _start(request, place, form, file_form=None, draft=None, *, has_corrections: bool = False):
    context = {
        "form": form, "file_form": file_form or NotesFileForm(), "draft": draft, "draft_key": _key(place),
        "draft_title": _("Notes being read in"), "has_corrections": has_corrections,
        "areas": [area.name for area in Area.objects.visible_to(place).filter(is_starting_point=True)],
    }  # fmt: skip
    return render(request, "dialogues/notes_start.html", context)


def _save(request, place, made: Review):
    dialogues = import_notes(program=place.program, occasions=made.occasions(), by=request.user)
    known = known_names(place)
    for dialogue in dialogues[:MOST_LOOKED_UP]:
        warn_of_the_same(request, place, dialogue)
        warn_of_dialogue(request, place, dialogue, known)
    discard_draft(place, _key(place))
    count = len(dialogues)
    if count == 1:
        messages.success(request, saved_words(dialogues[0]))
        return redirect(dialogues[0])
    words = ngettext(
        "%(count)s dialogue is saved as a draft.", "%(count)s dialogues are saved as drafts.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("dialogues:dialogue-list", *place.program.address)


def _show(request, place, made: Review, draft=None):
    marks = made.marks()
    lost = review.spans(mark.number for mark in marks if mark.is_lost)
    context = {
        "review": made, "marks": marks, "lost": lost[:LISTED], "more_lost": max(0, len(lost) - LISTED),
        "lost_count": sum(mark.is_lost for mark in marks), "sources": _sources(made), "draft": draft,
        "homeless": sum(row.area is None for row in made.rows), "places": _drawn_places(made),
        "headable": {mark.number for mark in marks if may_head(mark)},
        "others": Counter(mark.became for mark in marks),
        "draft_key": _key(place), "draft_title": _("Notes being read in"),
        "error": made.error() if made.is_checked else "",
        "has_errors": made.is_checked and not made.is_valid(),
    }  # fmt: skip
    return render(request, "dialogues/notes_review.html", context)


def _sources(made: Review) -> list[dict]:
    """Each source with its head and its statements under starting point, kind and heading."""
    shown = _rows(made)
    return [
        {
            "head": head,
            "number": at + 1,
            "name": _name(head),
            "count": sum(row["row"].occasion == at for row in shown),
            "areas": _areas(made, at, [row for row in shown if row["row"].occasion == at]),
        }
        for at, head in enumerate(made.heads)
    ]


def _name(head) -> str:
    """What the source is called, else what it is and when."""
    if title := head["title"].value():
        return str(title)
    kind = dict(Dialogue.Kind.choices).get(head["kind"].value(), "")
    return capfirst(f"{kind} {head['held_on'].value() or ''}".strip())


def _rows(made: Review) -> list[dict]:
    """The statements in order, each with its number, what is wrong with it and whom it may name."""
    found = zip(made.rows, made.problems(), made.warnings(), strict=True)
    return [
        {
            "at": at, "number": at + 1, "row": row, "problems": wrong, "names": named,
            "may_merge": at > 0 and made.rows[at - 1].place == row.place,
            "height": 1 + len(row.text) // WIDTH, "has_focus": at == made.focus,
        }
        for at, (row, wrong, named) in enumerate(found)
    ]  # fmt: skip


def _areas(made: Review, at: int, rows: list[dict]) -> list[dict]:
    """Every starting point with the kinds that this source uses, also those where nothing stands."""
    used = {row["row"].kind for row in rows} or {Statement.Kind.CURRENT, Statement.Kind.OPPORTUNITY}
    if used & {Statement.Kind.CURRENT, Statement.Kind.OPPORTUNITY}:
        used |= {Statement.Kind.CURRENT, Statement.Kind.OPPORTUNITY}
    keys = [None, *made.areas] if any(row["row"].area is None for row in rows) else list(made.areas)
    return [
        {
            "name": made.areas[key].name if key else "",
            "count": sum(row["row"].area == key for row in rows),
            "kinds": [
                _kind(made, (at, key, kind), [row for row in rows if row["row"].place == (at, key, kind)])
                for kind in KINDS
                if kind in used
            ],
        }
        for key in keys
    ]


def _kind(made: Review, place: tuple, rows: list[dict]) -> dict:
    runs = [(heading, list(run)) for heading, run in groupby(rows, key=lambda row: row["row"].heading)]
    return {
        "place": _value(*place),
        "name": KINDS[place[2]],
        "count": len(rows),
        "is_placed": place[1] is not None,
        "lists": [(heading, f"{_value(*place)}:{heading}", run) for heading, run in runs] or [("", "", [])],
        "options": _drawn_places(made, _value(*place)) if rows else "",
    }


def _value(occasion: int, area: int | None, kind: str) -> str:
    return f"{occasion}:{area or ''}:{kind}"


def _drawn_places(made: Review, chosen: str = "") -> str:
    """The options of a place; drawn once for all statements of a place."""
    context = {"groups": _places(made), "homeless": _no_places(made) if chosen else [], "chosen": chosen}
    return render_to_string("dialogues/_notes_places.html", context)


def _places(made: Review) -> list[tuple]:
    """The places that a statement can be moved to: (source and starting point, [(value, kind)])."""
    return [
        (
            area.name if len(made.heads) == 1 else f"{at + 1}. {area.name}",
            [(_value(at, area.pk, kind), name) for kind, name in KINDS.items()],
        )
        for at in range(len(made.heads))
        for area in made.areas.values()
    ]


def _no_places(made: Review) -> list[tuple]:
    """Where statements under no heading stand; a row carried there with the keyboard has such a place as well."""
    if all(row.area is not None for row in made.rows):
        return []
    return [(_value(at, None, kind), name) for at in range(len(made.heads)) for kind, name in KINDS.items()]
