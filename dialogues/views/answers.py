"""Which departments wait for an answer, and answering them; their "this is not what we meant"."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogues.access import can_answer, can_object, can_withdraw_objection
from dialogues.actions import answers as actions
from dialogues.answers.judge import by_need, standing
from dialogues.answers.queries import Owed, given, owed, told
from dialogues.forms.answers import AnswerForm, AnswersFilter, ObjectionForm, ReplyForm
from dialogues.models import Objection, Statement
from dialogues.views.words import erased_from, warn_of_names
from organisation.access import Kind, require
from organisation.actions import discard_draft, find_draft
from organisation.models import Department
from program.access import can_edit_program
from program.models import Level, Need, Response
from program.places import in_program
from ui.revision import Stale


@require_GET
@in_program
def need_list(request, place):
    """Every need and whether something answers it; the leader's own follow the organisation's."""
    needs = Need.objects.visible_to(place).prefetch_related("owners").order_by("level", "order", "pk")
    answers = by_need(row.pair for row in owed(place, timezone.localdate())) if can_answer(place) else {}
    rows = [
        {"need": need, "answers": answers.get(need.pk)}
        for need in needs.annotate(activity_count=Count("activities"))
    ]
    context = {
        "rows": sorted(rows, key=lambda row: row["need"].level != Level.ORGANISATION),
        "may_edit": can_edit_program(place),
        "may_answer": can_answer(place),
    }
    return render(request, "dialogues/need_list.html", context)


@require_GET
@in_program
def need_answers(request, place):
    """The needs of each department and how they stand, the longest waiting first."""
    require(can_answer(place))
    rows = owed(place, timezone.localdate())
    found = standing([row.pair for row in rows])
    asked = AnswersFilter(request.GET, place=place)
    objections = Objection.objects.visible_to(place).select_related("need", "department", "statement")
    context = {
        "found": found,
        "longest": next((row for row in rows if row.pair is found.longest), None),
        "rows": [row for row in rows if asked.keeps(row)],
        "filter": asked,
        "objections": objections.filter(replied_at=None),
    }
    return render(request, "dialogues/need_answers.html", context)


def _statements(place, need):
    return (
        Statement.objects.visible_to(place)
        .spoken()
        .filter(needs=need)
        .select_related("dialogue")
        .prefetch_related("dialogue__departments")
        .order_by("dialogue__held_on", "dialogue_id", "order")
    )


def _sides(rows, statements, responses, seen) -> list[dict]:
    """Each department's side of a need: its standing, what it said, what it was told (the latest first).

    Those that raise it first; then others that were answered, and meetings without departments. `seen` marks the
    responses that the writer had not seen.
    """
    sides = {
        row.pair.department: {"row": row, "department": row.department, "said": [], "told": []}
        for row in rows
    }
    for statement in statements:
        for department in list(statement.dialogue.departments.all()) or [None]:
            key = department.pk if department else None
            sides.setdefault(key, {"department": department, "said": [], "told": []})["said"].append(
                statement
            )
    for row in responses:
        row.is_new = seen is not None and row.pk > seen.get(row.department_id, 0)
        side = sides.setdefault(row.department_id, {"department": row.department, "said": [], "told": []})
        side["told"].append(row)
    return list(sides.values())


@require_http_methods(["GET", "POST"])
@in_program
def need_answer(request, place, pk):
    """Answer the departments that raised a need, several at once when they are told the same."""
    require(can_answer(place))
    need = get_object_or_404(Need.objects.visible_to(place), pk=pk)
    today, key, seen = timezone.localdate(), f"answer:{pk}", None
    draft = find_draft(place, key)
    responses, rows = told(place, today, need=need), owed(place, today, need)
    form = AnswerForm(
        request.POST or None, place=place, need=need, owed=rows, responses=given(responses),
        initial={"departments": request.GET.getlist("department")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.respond(need=need, by=request.user, seen=form.seen, **form.answer)
        except Stale:
            seen, responses = form.seen, told(place, today, need=need)
            form.show_what_came(given(responses))
        else:
            discard_draft(place, key)
            messages.success(request, _("The answer is saved. The group sees it on its own page."))
            warn_of_names(
                request,
                place,
                erased_from(place, need),
                f"{form.answer['text']}\n{form.answer['referred_to']}",
            )
            if _another_holds(made, owed(place, today, need)):
                messages.info(
                    request, _("An answer of a later day stands there already; that one still holds.")
                )
            return redirect("dialogues:need-answers", *place.program.address)
    elif request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {
        "need": need, "form": form, "owed": rows, "draft": draft, "draft_key": key,
        "sides": _sides(rows, _statements(place, need), responses, seen),
        "objections": Objection.objects.visible_to(place).filter(need=need).select_related("department", "statement"),
    }  # fmt: skip
    return render(request, "dialogues/need_answer.html", context)


def _another_holds(made: list[Response], rows: list[Owed]) -> bool:
    """Whether somebody who was just answered still has another answer that holds, since its day is later."""
    keys, to = {row.pk for row in made}, {row.department for row in made}
    return any(
        row.response is not None and row.response.pk not in keys
        for row in rows
        if row.department in to or None in to
    )


def _own_department(place, pk) -> Department:
    """The department that one speaks for; those of others are not found."""
    rows = Department.objects.visible_to(place)
    if place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER):
        rows = rows.filter(pk__in=place.department_ids)
    department = get_object_or_404(rows, pk=pk)
    require(can_object(place, department))
    return department


@require_http_methods(["GET", "POST"])
@in_program
def objection_add(request, place, pk, part_pk):
    """A group says that it did not mean that, on a need that its own words were sorted under."""
    department = _own_department(place, pk)
    need = get_object_or_404(Need.objects.visible_to(place), pk=part_pk)
    statements = (
        Statement.objects.visible_to(place)
        .spoken()
        .filter(needs=need, dialogue__in=department.dialogues.all())
        .order_by("dialogue__held_on", "order")
    )
    if not statements:
        raise Http404
    key = f"objection:{pk}:{part_pk}"
    draft = find_draft(place, key)
    form = ObjectionForm(request.POST or None, statements=statements, initial=_about(request))
    if request.method == "POST" and form.is_valid():
        actions.object_to(need=need, department=department, by=request.user, **form.cleaned_data)
        discard_draft(place, key)
        messages.success(request, _("HR is told. The reply comes here, on the department's page."))
        warn_of_names(request, place, None, form.cleaned_data["text"])
        return redirect("dialogues:department-detail", *place.program.address, pk)
    if request.method == "GET" and draft:
        form.restore(draft.fields)
    context = {
        "form": form, "need": need, "department": department, "draft": draft, "draft_key": key,
    }  # fmt: skip
    return render(request, "dialogues/objection_form.html", context)


def _about(request) -> dict[str, str]:
    return {"statement": request.GET.get("statement", "")}


@require_POST
@in_program
def objection_withdraw(request, place, pk, part_pk):
    """The author takes it back, as long as nobody has replied."""
    department = _own_department(place, pk)
    objection = get_object_or_404(Objection.objects.visible_to(place), pk=part_pk, department=department)
    require(can_withdraw_objection(place, objection))
    try:
        actions.withdraw(objection=objection)
        messages.success(request, _("It is taken back."))
    except Stale:
        messages.warning(request, _("HR has replied in the meantime. What was said and answered stands."))
    return redirect("dialogues:department-detail", *place.program.address, pk)


@require_http_methods(["GET", "POST"])
@in_program
def objection_reply(request, place, pk, part_pk):
    """HR replies, once; whoever comes second sees what was replied beside the own words."""
    require(can_answer(place))
    need = get_object_or_404(Need.objects.visible_to(place), pk=pk)
    rows = Objection.objects.visible_to(place).filter(need=need, pk=part_pk)
    objection = rows.select_related("department", "statement").first()
    form, key = ReplyForm(request.POST or None), f"reply:{part_pk}"
    draft = find_draft(place, key)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(objection_pk=part_pk, need=need, text=form.cleaned_data["reply"], by=request.user)
        except Stale:
            objection = rows.select_related("department", "statement").first()
        else:
            discard_draft(place, key)
            messages.success(request, _("The reply is saved. The group sees it on its own page."))
            warn_of_names(request, place, erased_from(place, need), form.cleaned_data["reply"])
            return redirect("dialogues:need-answers", *place.program.address)
    elif request.method == "GET" and draft:
        form.restore(draft.fields)
    if objection is None and request.method == "GET":
        raise Http404
    context = {"form": form, "need": need, "objection": objection, "draft": draft, "draft_key": key}
    return render(request, "dialogues/objection_reply.html", context)
