"""Each department's page: what its own group said, and what became of it."""

from django.db.models import Count, Max, Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dialogues.access import can_object, can_see_department, can_see_departments
from dialogues.answers import Tally, by_department, pairs, tally
from dialogues.models import Dialogue, Statement
from dialogues.standing import given, heard, raised, told
from organisation.access import Kind, require
from organisation.models import Department
from program.models import Need
from program.places import in_program


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
    return render(request, "dialogues/department_list.html", {"rows": rows, "everybody": found.get(None)})


def _counted(place) -> dict[int, dict]:
    """Department → its meetings and statements that count, and the day of the latest meeting. One query."""
    rows = (
        Statement.objects.visible_to(place)
        .spoken()
        .order_by()
        .values("dialogue__departments")
        .annotate(
            dialogues=Count("dialogue", distinct=True),
            statements=Count("pk", distinct=True),
            latest=Max("dialogue__held_on"),
        )
    )
    return {row["dialogue__departments"]: row for row in rows}


@require_GET
@in_program
def department_detail(request, place, pk):
    """In the group's own words: what was said, what it was sorted under, what was answered and what is being done."""
    department = get_object_or_404(Department.objects.visible_to(place), pk=pk)
    require(can_see_department(place, department))
    dialogues = _dialogues(place, department)
    statements = _statements(place, department)
    spoken = [row for row in statements if not row.is_withheld]
    rows = heard(place, department, spoken, timezone.localdate())
    unsorted = [row for row in spoken if not row.needs.all()]
    context = {
        "department": department,
        "dialogues": dialogues,
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


def _dialogues(place, department) -> list[Dialogue]:
    """Its meetings, the latest first."""
    rows = Dialogue.objects.visible_to(place).filter(pk__in=department.dialogues.values("pk"))
    return list(rows.prefetch_related("departments").order_by("-held_on", "-pk"))


def _statements(place, department) -> list[Statement]:
    """Its confirmed words with their needs, the withheld too where the place may see them."""
    return list(
        Statement.objects.visible_to(place)
        .filter(dialogue__in=department.dialogues.filter(confirmed_at__isnull=False))
        .select_related("dialogue", "area")
        .prefetch_related(Prefetch("needs", Need.objects.visible_to(place)))
        .order_by("dialogue__held_on", "dialogue_id", "order", "pk")
    )
