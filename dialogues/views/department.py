"""Each department's page: what its own group said, and what became of it."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dialogues.access import can_object, can_see_department, can_see_departments
from dialogues.answers.judge import Tally, by_department, pairs, tally
from dialogues.answers.queries import given, heard, raised, told
from dialogues.models import Dialogue, Statement
from organisation.access import Kind, require
from organisation.models import Department
from program.models import Need
from program.places import in_program
from ui import formats
from ui.language import language


@require_GET
@in_program
def department_list(request, place):
    """What each department has said and what it waits for; heads and unit managers see their own."""
    require(can_see_departments(place))
    departments = Department.objects.visible_to(place)
    if place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER):
        departments = departments.filter(pk__in=place.department_ids)
    found = by_department(pairs(raised(place), given(told(place, timezone.localdate()))))
    meetings = _counted(place)
    rows = [
        {"department": row, "tally": found.get(row.pk, Tally()), **meetings.get(row.pk, {"dialogues": 0})}
        for row in departments
    ]
    # That no department raised a need is for those to say who see all departments' words.
    everybody = found.get(None) if place.is_one_of(Kind.EDITOR, Kind.DIRECTOR) else None
    return render(request, "dialogues/department_list.html", {"rows": rows, "everybody": everybody})


def _counted(place) -> dict[int, dict]:
    """Department → its confirmed meetings, and the statements of them that count. One query."""
    counts = Q(statements__is_withheld=False)
    rows = Dialogue.objects.visible_to(place).filter(confirmed_at__isnull=False).order_by()
    counted = rows.values("departments").annotate(
        dialogues=Count("pk", distinct=True), statements=Count("statements", filter=counts, distinct=True)
    )
    return {row["departments"]: row for row in counted}


@require_GET
@in_program
def department_detail(request, place, pk):
    """In the group's own words: what was said, what it was sorted under, what was answered and what is being done."""
    department = get_object_or_404(Department.objects.visible_to(place), pk=pk)
    require(can_see_department(place, department))
    statements = _statements(place, department)
    spoken = [row for row in statements if not row.is_withheld]
    rows = heard(place, department, spoken, timezone.localdate())
    unsorted = [row for row in spoken if not row.needs.all()]
    context = {
        "department": department,
        "meetings": _meetings(place, department),
        "rows": rows,
        "tally": tally([row.pair for row in rows if row.pair]),
        "strengths": [row for row in unsorted if row.theme == Statement.Theme.STRENGTH],
        "unsorted": [row for row in unsorted if row.theme != Statement.Theme.STRENGTH],
        "said": len(spoken),
        "withheld": len(statements) - len(spoken),
        "may_object": can_object(place, department),
        "member": place.membership.user_id,
    }
    return render(request, "dialogues/department_detail.html", context)


@dataclass(frozen=True)
class Meeting:
    """A dialogue of a department's; `others` names those that it was held together with, if any."""

    dialogue: Dialogue
    others: str


def _meetings(place, department) -> list[Meeting]:
    """Its meetings, the latest first. Two queries."""
    rows = Dialogue.objects.visible_to(place).filter(pk__in=department.dialogues.values("pk"))
    return [
        Meeting(
            row,
            formats.listed(
                [other.name for other in row.departments.all() if other != department], language()
            ),
        )
        for row in rows.prefetch_related("departments").order_by("-held_on", "-pk")
    ]


def _statements(place, department) -> list[Statement]:
    """Its confirmed words with their needs, the withheld too where the place may see them."""
    return list(
        Statement.objects.visible_to(place)
        .filter(dialogue__in=department.dialogues.filter(confirmed_at__isnull=False))
        .select_related("dialogue", "area")
        .prefetch_related(Prefetch("needs", Need.objects.visible_to(place)))
        .order_by("dialogue__held_on", "dialogue_id", "order", "pk")
    )
