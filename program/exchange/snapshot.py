"""What the programme holds, in the same words as a file: the basis of both export and comparison."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from organisation.models import Department, Role
from program.exchange.cells import DateCell
from program.models import Activity, FollowUp, Need, Status, StatusUpdate, Step
from program.when import When

FIELDS = (
    "number", "title", "current_state", "measure", "desired_result", "joint_responsibility", "level", "kind",
    "is_existing", "part_of", "referred_to", "referral_outcome", "funding", "hours_per_manager", "weeks",
    "is_recurring",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A row of the programme and its values by column."""

    row: Any
    values: dict[str, Any]


@dataclass(frozen=True)
class HeldActivity(Held):
    steps: list[Held]
    follow_ups: list[Held]


def date_cell(day, words: str) -> DateCell:
    """A stored date as a file shows it."""
    if day is None:
        return DateCell("")
    return DateCell(words or day.isoformat(), When(day, day, words))


def take(place, today) -> list[HeldActivity]:
    """Every activity of the place with its steps and follow-ups. Seven queries, however many they are."""
    latest = StatusUpdate.objects.filter(activity=OuterRef("pk")).latest_first(today)
    rows = (
        Activity.objects.visible_to(place)
        .with_state(today)
        .annotate(state_comment=Subquery(latest.values("comment")[:1]))
        .select_related("area")
        .prefetch_related(
            Prefetch("departments", Department.objects.only("code", "name")),
            Prefetch("responsible", Role.objects.only("name")),
            Prefetch("needs", Need.objects.only("title")),
            Prefetch("steps", Step.objects.order_by("order", "pk")),
            Prefetch("follow_ups", FollowUp.objects.order_by("planned_on", "pk")),
            "plan_links",
        )
        .order_by("pk")
    )
    return [_held(row) for row in rows]


def _held(activity: Activity) -> HeldActivity:
    values = {name: getattr(activity, name) for name in FIELDS}
    values |= {
        "area": activity.area.name,
        "responsible": tuple(role.name for role in activity.responsible.all()),
        "departments": tuple(row.name for row in activity.departments.all()),
        "needs": tuple(row.title for row in activity.needs.all()),
        "months": tuple(sorted(activity.months)),
        "audiences": tuple(activity.audiences),
        "plan_links": tuple(sorted((row.year, row.plan, row.note) for row in activity.plan_links.all())),
        "starts": date_cell(activity.starts, activity.starts_words),
        "status": activity.state_status or Status.PLANNED,
        "deadline": date_cell(activity.state_deadline, activity.state_words or ""),
        "completed": date_cell(activity.state_completed_on, activity.state_completed_words or ""),
        "comment": activity.state_comment or "",
    }
    return HeldActivity(
        activity,
        values,
        [_step(row) for row in activity.steps.all()],
        [_follow_up(row) for row in activity.follow_ups.all()],
    )


def _step(step: Step) -> Held:
    values = {
        "number": step.number,
        "text": step.text,
        "deadline": date_cell(step.deadline, step.deadline_words),
        "completed": date_cell(step.completed_on, ""),
    }
    return Held(step, values)


def _follow_up(row: FollowUp) -> Held:
    values = {
        "kind": row.kind,
        "planned": date_cell(row.planned_on, row.planned_words),
        "held": date_cell(row.held_on, ""),
        "outcome": row.outcome,
    }
    return Held(row, values)
