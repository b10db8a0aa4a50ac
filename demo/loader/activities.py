"""Activities with their status updates, through the actions; their steps and follow-ups in bulk.

An activity is one object of JSON. `title`, `area` (a key of the frame's areas) and `updates` must be there; every
other key may be missing. Named as the model's fields: number, kind, current_state, measure, desired_result, level,
referred_to, referral_outcome, part_of, funding, months, weeks, is_recurring, audiences. Besides:

    existing, joint       true or false: was under way before the programme; joint responsibility
    starts                a date in words
    hours_per_manager     a decimal
    departments           codes
    responsible           names of roles
    needs                 keys of the frame's needs
    steps                 [{text, number, deadline, completed_on}]
    follow_ups            [{kind: follow_up or evaluation, planned, held_on, outcome,
                          answers: [[question's name in SWEDISH, verdict, text]]}]
    updates               [{on, status, deadline, completed_on, comment}], the first makes the activity
"""

from collections.abc import Iterable
from dataclasses import dataclass

from demo.loader.read import day, decimal, when
from organisation.models import Department, Role, User
from program.actions import create_activity, record_status
from program.forms.meeting import SWEDISH
from program.models import Activity, Area, FollowUp, FollowUpAnswer, Need, Program, Step

PLAIN = (
    "number", "title", "kind", "current_state", "measure", "desired_result", "level", "referred_to",
    "referral_outcome", "part_of", "funding", "months", "weeks", "is_recurring", "audiences",
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """What activities point at, by the keys that the JSON uses."""

    program: Program
    departments: dict[str, Department]
    roles: dict[str, Role]
    areas: dict[str, Area]
    needs: dict[str, Need]
    by: User | None = None


def add_activities(frame: Frame, rows: list[dict]) -> list[Activity]:
    made = [_add_activity(frame, row) for row in rows]
    told = list(zip(made, rows, strict=True))
    Step.objects.bulk_create(step for activity, row in told for step in _steps(activity, row))
    held = FollowUp.objects.bulk_create(
        planned for activity, row in told for planned in _follow_ups(activity, row)
    )
    rows = [follow_up for _activity, row in told for follow_up in row.get("follow_ups", [])]
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(follow_up=follow_up, order=order, question=SWEDISH[name], verdict=verdict, text=text)
        for follow_up, row in zip(held, rows, strict=True)
        for order, (name, verdict, text) in enumerate(row.get("answers", []))
    )
    return made


def _add_activity(frame: Frame, row: dict) -> Activity:
    first, *rest = row["updates"]
    activity = create_activity(
        activity=_activity(frame, row),
        departments=[frame.departments[code] for code in row.get("departments", [])],
        responsible=[frame.roles[name] for name in row.get("responsible", [])],
        needs=[frame.needs[key] for key in row.get("needs", [])],
        by=frame.by,
        **_update(first),
    )
    for update in rest:
        record_status(activity=activity, by=frame.by, **_update(update))
    return activity


def _activity(frame: Frame, row: dict) -> Activity:
    starts = when(row.get("starts"))
    return Activity(
        program=frame.program,
        area=frame.areas[row["area"]],
        is_existing=row.get("existing", False),
        joint_responsibility=row.get("joint", False),
        starts=starts.first if starts else None,
        starts_words=starts.words if starts else "",
        hours_per_manager=decimal(row.get("hours_per_manager")),
        **{name: row[name] for name in PLAIN if name in row},
    )


def _update(row: dict) -> dict:
    """A status update as the actions take it."""
    completed = when(row.get("completed_on"))
    return {
        "on": day(row["on"]),
        "status": row["status"],
        "deadline": when(row.get("deadline")),
        "completed_on": completed.last if completed else None,
        "completed_words": completed.words if completed else "",
        "comment": row.get("comment", ""),
    }


def _steps(activity: Activity, row: dict) -> Iterable[Step]:
    for order, step in enumerate(row.get("steps", [])):
        deadline = when(step.get("deadline"))
        yield Step(
            activity=activity, order=order, number=step.get("number", ""), text=step["text"],
            deadline=deadline.last if deadline else None, deadline_words=deadline.words if deadline else "",
            completed_on=day(step.get("completed_on")),
        )  # fmt: skip


def _follow_ups(activity: Activity, row: dict) -> Iterable[FollowUp]:
    for follow_up in row.get("follow_ups", []):
        planned = when(follow_up["planned"])
        yield FollowUp(
            activity=activity, kind=follow_up["kind"], planned_on=planned.last, planned_words=planned.words,
            held_on=day(follow_up.get("held_on")), outcome=follow_up.get("outcome", ""),
        )  # fmt: skip
