"""The plan as text: what it says, which of its words are measures, and what does not add up in it."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisation.access import require
from organisation.actions import discard_draft, find_draft
from program import actions
from program.access import can_edit_program
from program.forms.text import EXISTING, MOST_BYTES, NEW, MarkForm, ProgramForm
from program.models import Activity, Area, Consultation, Document, Doubt, Need, Passage, Program
from program.places import in_program
from program.rows import rows_of
from program.texts import TITLES, compose, in_tree, passages_of
from program.views.activities import row_context
from ui.richtext import Mark, one_line, sentences

SOURCE = Passage.Source


@require_GET
@in_program
def program_text(request, place):
    """The plan as one readable document, with what is marked in it and what does not add up."""
    today = timezone.localdate()
    passages = passages_of(place, today)
    doubts = list(Doubt.objects.visible_to(place).select_related("area", "activity"))
    pinned = [row for row in doubts if row.settled_on is None]
    areas = Area.objects.visible_to(place).annotate(
        activity_count=Count("activities", distinct=True), need_count=Count("needs", distinct=True)
    )
    head = [compose(place, passages, pinned, source=source) for source in TITLES]
    texts = [compose(place, passages, pinned, source=SOURCE.AREA, area=area) for area in in_tree(list(areas))]
    context = {
        "head": [text for text in head if text.body],
        "texts": texts,
        "listed": _listed(place, today),
        "doubts": doubts,
        "pinned": pinned,
        "questions": place.program.standing_questions.splitlines(),
        "consultations": Consultation.objects.visible_to(place).select_related("forum"),
        "documents": Document.objects.visible_to(place).prefetch_related("attachments"),
        "may_edit": can_edit_program(place),
    }
    return render(request, "program/program_text.html", context)


def _listed(place, today) -> dict[int, list[Activity]]:
    """The activities of the areas that have no text, which stand there instead; by area. One query."""
    rows = Activity.objects.visible_to(place).filter(area__narrative="").with_state(today).known()
    listed: dict[int, list[Activity]] = {}
    for row in rows.order_by("pk"):
        listed.setdefault(row.area_id, []).append(row)
    return listed


@require_http_methods(["GET", "POST"])
@in_program
def program_text_edit(request, place):
    """The head of the plan, its background and its summary; what is being written is kept as a draft."""
    require(can_edit_program(place))
    key = f"program:{place.program.pk}"
    draft = find_draft(place, key)
    instance = get_object_or_404(Program.objects.visible_to(place), pk=place.program.pk)
    form = ProgramForm(request.POST or None, instance=instance, place=place)
    if request.method == "POST" and form.is_valid():
        form.save()
        discard_draft(place, key)
        messages.success(request, _("The text is saved."))
        return redirect("program:program-text", *place.program.address)
    if request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {"form": form, "draft": draft, "draft_key": key}
    return render(request, "program/program_text_form.html", context)


@require_GET
@in_program
def area_detail(request, place, pk):
    """An area: its text with what is marked, its needs, its activities, and what does not add up."""
    area = get_object_or_404(Area.objects.visible_to(place).select_related("parent"), pk=pk)
    today = timezone.localdate()
    passages = passages_of(place, today, area=area)
    doubts = list(Doubt.objects.visible_to(place).select_related("area", "activity"))
    activities = (
        Activity.objects.visible_to(place)
        .filter(Q(area=area) | Q(area__parent=area) | Q(pk__in=[row.activity_id for row in passages]))
        .with_state(today)
        .known()
        .select_related("area")
        .order_by("pk")
    )
    text = compose(place, passages, doubts, source=SOURCE.AREA, area=area)
    context = row_context(base=reverse("program:activity-list", args=place.program.address)) | {
        "area": area,
        "text": text,
        "doubts": text.doubts,
        "pinned": [row for row in text.doubts if row.settled_on is None],
        "children": Area.objects.visible_to(place).filter(parent=area),
        "needs": Need.objects.visible_to(place).filter(area=area).prefetch_related("owners"),
        "records": rows_of(activities, place),
        "elsewhere": [row for row in activities if row.part_of],
        "referred": [row for row in activities if row.referred_to],
        "may_change": can_edit_program(place),
    }
    return render(request, "program/area_detail.html", context)


def _marking(place, source: str, area: Area | None) -> str:
    """The address where a text is marked."""
    if area:
        return reverse("program:area-mark", args=[*place.program.address, area.pk])
    return reverse(f"program:{source}-mark", args=place.program.address)


@dataclass(frozen=True)
class Choice:
    """A sentence to choose, or one that is marked: by which passages, and whether they cover it whole."""

    number: int
    words: str
    block: int
    is_item: bool
    marked: tuple[tuple[Passage, Mark], ...]
    is_covered: bool
    is_too_long: bool

    @property
    def is_free(self) -> bool:
        return not self.is_covered and not self.is_too_long


def _choices(text, passages) -> list[Choice]:
    """Every sentence of a text with what it is marked as already."""
    marks = {mark.quote: mark for mark in text.marks}
    known = [(one_line(row.quote), row, marks[row.quote]) for row in passages if row.quote in marks]
    return [
        Choice(
            number, row.text, row.block, row.is_item,
            marked=tuple((passage, mark) for words, passage, mark in known if words in row.text or row.text in words),
            is_covered=any(row.text in words for words, _passage, _mark in known),
            is_too_long=len(row.text.encode()) > MOST_BYTES,
        )
        for number, row in enumerate(sentences(text.body))
    ]  # fmt: skip


def _chosen(request, choices: list[Choice]) -> list[str]:
    """The free sentences whose numbers the address carries, each once."""
    numbers = set(request.GET.getlist("s"))
    return list(dict.fromkeys(row.words for row in choices if str(row.number) in numbers and row.is_free))


@require_http_methods(["GET", "POST"])
@in_program
def words_mark(request, place, source=SOURCE.AREA, pk=None):
    """First the sentences, to choose among; then what the chosen ones are."""
    require(can_edit_program(place))
    area = get_object_or_404(Area.objects.visible_to(place), pk=pk) if pk else None
    passages = passages_of(place, timezone.localdate(), source=source, area=area)
    text = compose(place, passages, source=source, area=area)
    choices = _choices(text, passages)
    chosen = _chosen(request, choices)
    context = {
        "text": text,
        "here": _marking(place, source, area),
        "activity": request.GET.get("activity", ""),
    }
    if request.method == "GET" and not chosen:
        context |= {"choices": choices, "nothing": "go" in request.GET}
        return render(request, "program/mark_words.html", context)
    free = [row.words for row in choices if row.is_free]
    form = MarkForm(
        request.POST or None,
        place=place,
        choices=free,
        area=area,
        initial=_proposed(chosen, context["activity"]),
    )
    if request.method == "POST" and form.is_valid():
        _save_marks(request, place, form, source, area)
        return redirect(context["here"])
    context |= {"form": form, "chosen": form["quotes"].value() or []}
    return render(request, "program/mark_form.html", context)


def _proposed(chosen: list[str], activity: str) -> dict:
    """What the form begins with: the first words as a title, or the activity that one came from."""
    title = Truncator(chosen[0].rstrip(".")).chars(240) if chosen else ""
    proposed = {"quotes": chosen, "title": title}
    return proposed | {"what": EXISTING, "activity": activity} if activity else proposed


def _save_marks(request, place, form, source: str, area: Area | None) -> None:
    data = form.cleaned_data
    activity, start = data["activity"] if data["what"] == EXISTING else None, None
    if data["what"] == NEW:
        activity = Activity(program=place.program, title=data["title"], area=data["area"])
        activity.measure = "\n".join(data["quotes"])
        completed = data.get("completed")
        start = {
            "departments": (), "responsible": (), "needs": (), "deadline": data.get("deadline"),
            "on": timezone.localdate(), "by": request.user, "status": data["status"],
            "completed_on": completed and completed.last, "completed_words": completed.words if completed else "",
        }  # fmt: skip
    passages = actions.mark_words(
        program=place.program, source=source, area=area, quotes=data["quotes"], activity=activity, start=start
    )
    told = ngettext("The words are marked.", "%(count)d passages are marked.", len(passages))
    messages.success(request, told % {"count": len(passages)})


@require_POST
@in_program
def passage_remove(request, place, pk):
    """Take a mark away; the activity stays."""
    require(can_edit_program(place))
    passage = get_object_or_404(Passage.objects.visible_to(place).select_related("area"), pk=pk)
    passage.delete()
    is_measure = passage.activity_id is not None
    messages.success(
        request,
        _("The mark is gone. The activity is still there.") if is_measure else _("The mark is gone."),
    )
    return redirect(_marking(place, passage.source, passage.area))
