"""What every section's composer needs: the report, its two cut-offs, its activities as they stood."""

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace

from program.models import Activity
from program.schedule import State
from reports.comparison import ActivityHistory, Movement, Update
from reports.facts.sources import Sources
from reports.models import Report
from ui import formats

STATUS = {"planned": "planerad", "under_way": "pågår", "completed": "genomförd", "stopped": "stoppad"}


@dataclass(frozen=True)
class Frame:
    """What every section's composer needs: the report, its place, the two cut-offs, and where sources get codes."""

    report: Report
    place: SimpleNamespace
    before: Report | None
    cut_off: dt.date
    activities: list[ActivityHistory]
    movement: Movement
    sources: Sources = field(default_factory=Sources)

    @property
    def previous(self) -> dt.date | None:
        """The cut-off before this one."""
        return self.before.cut_off if self.before else None

    @property
    def is_plan(self) -> bool:
        return self.report.kind == Report.Kind.PLAN


def histories(place, cut_off: dt.date) -> list[ActivityHistory]:
    """Every activity with its status updates up to the cut-off. Three queries and one for the needs."""
    rows = (
        Activity.objects.visible_to(place)
        .filter(updates__on__lte=cut_off)
        .distinct()
        .select_related("area")
        .prefetch_related("responsible", "updates", "needs")
        .order_by("pk")
    )
    return [
        ActivityHistory(
            pk=row.pk,
            number=row.number,
            title=row.title,
            area=row.area.name,
            responsible=_responsible(row),
            is_existing=row.is_existing,
            hours_per_manager="" if row.hours_per_manager is None else str(row.hours_per_manager),
            needs=len(row.needs.all()),
            updates=tuple(
                Update(
                    update.on,
                    State(update.status, update.deadline, update.completed_on),
                    update.deadline_words,
                    update.comment,
                    update.completed_words,
                )
                for update in sorted(row.updates.all(), key=lambda update: (update.on, update.pk))
                if update.on <= cut_off
            ),
        )
        for row in rows
    ]


def _responsible(activity) -> str:
    roles = [role.name for role in activity.responsible.all()]
    if activity.joint_responsibility and len(roles) > 3:
        return "gemensamt ansvar"
    return ", ".join(roles)


def day_or_words(day: dt.date | None, words: str) -> str:
    return words or (formats.day(day) if day else "–")


def deadline(update: Update) -> str:
    return day_or_words(update.state.deadline, update.words)


def name(row: ActivityHistory) -> str:
    return f"{row.number}. {row.title}" if row.number else row.title
