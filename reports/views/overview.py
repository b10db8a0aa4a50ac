"""The overview, and a need between what was said and what answers it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from dialogues.answers.queries import told_by_department
from dialogues.models import Objection, Statement
from dialogues.voting.results import priorities_of
from metrics.readings import wording
from program.access import can_edit_program
from program.models import Activity, Need
from program.places import in_program
from program.rows import rows_of
from program.views.activities import row_context
from reports.models import may_see_unfrozen
from reports.overview import SHOWN
from reports.overview import overview as gather


@require_GET
@in_program
def overview(request, place):
    """What needs you first, then the two axes: done, and makes a difference."""
    today = timezone.localdate()
    found = gather(place, today)
    context = {
        "found": found,
        "today": today,
        "shown": SHOWN,
        "may_edit": can_edit_program(place),
        "may_open": may_see_unfrozen(place),
        "verdicts": [
            {
                "pk": reading.indicator.pk,
                "name": reading.indicator.name,
                "kind": reading.verdict.kind,
                "word": wording.verdict_word(reading.verdict),
                "reason": wording.verdict_reason(reading.verdict, reading.indicator),
            }
            for reading in found.readings
            if not reading.indicator.index_id  # statements are read by their index
        ],
        "late_values": _late_values(place, found.readings, today),
        "span_word": wording.verdict_word(found.span_verdict),
        "days_left": (found.report.meets_on - today).days if found.report else None,
    }
    return render(request, "reports/overview.html", context)


def _late_values(place, found, today) -> list[dict]:
    """Values promised to the committee that have not come; for HR, who gather them."""
    if not can_edit_program(place):
        return []
    told = [(reading.indicator, wording.late(reading, today)) for reading in found]
    return [{"indicator": indicator, "late": late} for indicator, late in told if late]


@require_GET
@in_program
def need_thread(request, place, pk):
    """A need between what was said and what answers it."""
    need = get_object_or_404(Need.objects.visible_to(place).prefetch_related("owners"), pk=pk)
    today = timezone.localdate()
    activities = (
        Activity.objects.visible_to(place)
        .filter(needs=need)
        .with_state(today)
        .known()
        .select_related("area")
        .order_by("pk")
    )
    statements = (
        Statement.objects.visible_to(place)
        .filter(needs=need)
        .select_related("dialogue")
        .prefetch_related("dialogue__departments")
        .order_by("dialogue__held_on", "dialogue_id", "order")
    )
    context = row_context(base=reverse("program:activity-list", args=place.program.address)) | {
        "need": need,
        "records": rows_of(activities, place),
        "statements": statements,
        "priorities": priorities_of(place, need),
        "told": told_by_department(place, today, need),
        "objections": Objection.objects.visible_to(place)
        .filter(need=need)
        .select_related("department", "statement"),
        "may_change": can_edit_program(place),
    }
    return render(request, "reports/need_thread.html", context)
