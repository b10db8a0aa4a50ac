"""The handling as pages show it: hearings with what does not add up, instructions with how they stand."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from organisation.models import Forum
from program.models import Activity, Attachment
from reports.access import can_answer_instruction, can_note_instruction
from reports.content import Content
from reports.handling import judge as handling
from reports.handling.wording import FLAGS
from reports.models import Hearing, Instruction, Report, may_see_unfrozen
from reports.outline import WITH_LETTER


@dataclass(frozen=True)
class Told:
    """A hearing, what does not add up in it, what it asked for, and the file with the extract of its minutes."""

    row: Hearing
    flags: list[str]
    instructions: list["Asked"]
    minutes: Attachment | None

    @property
    def words(self) -> str:
        """What the rulings came to: each outcome once, in the points' order."""
        return ", ".join(dict.fromkeys(row.get_outcome_display() for row in self.row.rulings.all()))


@dataclass(frozen=True)
class Asked:
    """An instruction with its standing, and how many days late it is."""

    row: Instruction
    standing: str
    days_late: int
    is_early: bool


def asked(row: Instruction, today: dt.date) -> Asked:
    """How an instruction stands; needs `hearing` loaded."""
    standing = handling.standing(
        answered_on=row.answered_on,
        is_linked=bool(row.activity_id or row.step_id),
        due_on=row.due_on,
        on=today,
    )
    late = (today - row.due_on).days if standing == "late" and row.due_on else 0
    return Asked(row, standing, late, bool(row.answered_on and row.answered_on < row.hearing.held_on))


def instructions_of(place, today: dt.date) -> list[Asked]:
    """All that political bodies have asked of the programme, the open first. Two queries, and one for activities."""
    rows = list(
        Instruction.objects.visible_to(place)
        .select_related("hearing__forum", "hearing__report", "step")
        .prefetch_related(Prefetch("activity", Activity.objects.with_state(today).select_related("area")))
    )
    for row in rows:
        row.hearing.report.program = place.program
    found = [asked(row, today) for row in rows]
    return sorted(
        found,
        key=lambda one: (handling.urgency(one.standing, one.row.due_on, one.row.hearing.held_on), one.row.pk),
    )


def frozen_on(report: Report) -> dt.date | None:
    """The day that the report's first version was frozen."""
    return min((timezone.localtime(row.at).date() for row in report.releases.all()), default=None)


def hearings_of(report: Report, today: dt.date) -> list[Told]:
    """A report's hearings in order, with everything that hangs on them. Seven queries, one more where the report's
    releases are not loaded."""
    rows = list(
        report.hearings.select_related("forum", "presenter", "minutes").prefetch_related(
            "documents",
            "rulings__point",
            Prefetch("instructions", Instruction.objects.select_related("activity", "step")),
            "minutes__attachments",
        )
    )
    count = report.points.count() if rows else 0
    parties = [row.held_on for row in rows if row.forum.kind == Forum.Kind.WORKING_PARTY]
    beside = handling.Handled(
        report.cut_off, report.meets_on, tuple(report.case_numbers), frozen_on(report) if rows else None
    )
    return [_told(beside, row, count, parties, today) for row in rows]


def _told(
    beside: handling.Handled, row: Hearing, points: int, parties: list[dt.date], today: dt.date
) -> Told:
    is_committee = row.forum.kind == Forum.Kind.COMMITTEE
    heard = handling.Heard(
        held_on=row.held_on,
        is_committee=is_committee,
        case_number=row.case_number,
        has_outcome=bool(row.outcome),
        points=points,
        ruled=len(row.rulings.all()),
        later_documents=sum(
            bool(document.dated and document.dated > row.held_on) for document in row.documents.all()
        ),
        earlier_than_working_party=is_committee and any(day > row.held_on for day in parties),
    )
    files = list(row.minutes.attachments.all()) if row.minutes else []
    for instruction in row.instructions.all():
        instruction.hearing = row
    return Told(
        row,
        [str(FLAGS[key]) for key in handling.flags(heard, beside, today)],
        [asked(instruction, today) for instruction in row.instructions.all()],
        files[-1] if files else None,
    )


def handling_of(place, report: Report, composed: Content, *, has_changed: bool, today: dt.date) -> dict:
    """What the report's page shows of stages and handling, and the next step of this reader. Eight queries."""
    told = hearings_of(report, today)
    has_letter = report.kind in WITH_LETTER
    is_unpointed = has_letter and not report.points.exists()
    waiting = sum(asked.standing != "answered" for one in told for asked in one.instructions)
    stage = report.stage if may_see_unfrozen(place) else "frozen"
    step = handling.next_step(
        stage,
        place.kind,
        has_texts=all(row.narrative.strip() for row in composed.letter.sections),
        has_points=not is_unpointed,
        has_changed=has_changed,
        is_heard=not report.is_for_meeting
        or any(one.row.forum.kind == Forum.Kind.COMMITTEE and _is_decided(one.row) for one in told),
        waits=waiting > 0,
    )
    return {
        "told": told,
        "next": step,
        "waiting": waiting,
        "has_letter": has_letter,
        "is_unpointed": is_unpointed,
        "is_held": report.meets_on <= today,
        "makes": may_see_unfrozen(place),
        "tells_approval": report.approved_at and (may_see_unfrozen(place) or report.stage == "frozen"),
        "may_note": can_note_instruction(place),
        "may_answer": can_answer_instruction(place),
    }


def _is_decided(row: Hearing) -> bool:
    return bool(row.outcome or row.rulings.all())
