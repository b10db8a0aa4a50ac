"""What every section's composer needs: the report, its two cut-offs, its activities as they stood."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from metrics.readings.queries import Reading
from program.models import Activity
from program.schedule import State
from reports.comparison import ActivityHistory, Movement, Update
from reports.facts.chain import Heard
from reports.facts.sources import Sources
from reports.models import Hearing, Report


@dataclass(frozen=True)
class Frame:
    """What every section's composer needs: the report, its place, the two cut-offs, and where sources get codes."""

    report: Report
    place: SimpleNamespace
    before: Report | None
    cut_off: dt.date
    activities: list[ActivityHistory]
    movement: Movement
    sources: Sources
    heard: Heard | None = None

    @property
    def previous(self) -> dt.date | None:
        """The cut-off before this one."""
        return self.before.cut_off if self.before else None

    @property
    def is_plan(self) -> bool:
        return self.report.kind == Report.Kind.PLAN

    @property
    def is_final(self) -> bool:
        return self.report.kind == Report.Kind.FINAL

    @property
    def since(self) -> dt.date | None:
        """The cut-off before this one, where what has changed is to be told; a plan tells how things are."""
        return None if self.is_plan else self.previous

    @property
    def measured(self) -> list[Reading]:
        """The indicators as they were known on the cut-off."""
        return self.heard.measured if self.heard else []

    @cached_property
    def measured_before(self) -> list[Reading]:
        """The indicators as they were known on the cut-off before this one. Four or five queries."""
        return self.heard.measured_on(self.previous) if self.heard and self.previous else []

    @cached_property
    def hearings(self) -> list[Hearing]:
        """Every handling of the programme's reports up to the cut-off, oldest first. One query."""
        rows = Hearing.objects.filter(report__program=self.place.program, held_on__lte=self.cut_off)
        return list(rows.select_related("forum"))

    def history(self, pk: int | None) -> ActivityHistory | None:
        """An activity by key, as it stood; None when the report does not know it."""
        return next((row for row in self.activities if row.pk == pk), None)

    def code(self, pk: int | None) -> tuple[str, ...]:
        """The code of an activity by key, as `refs` want it; nothing when the report does not know it."""
        row = self.history(pk)
        return (self.sources.activity(row),) if row else ()


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
            needs=tuple(need.pk for need in row.needs.all()),
            updates=_updates(row, cut_off),
        )
        for row in rows
    ]


def _updates(activity: Activity, cut_off: dt.date) -> tuple[Update, ...]:
    return tuple(
        Update(
            row.on,
            State(row.status, row.deadline, row.completed_on),
            row.deadline_words,
            row.comment,
            row.completed_words,
        )
        for row in sorted(activity.updates.all(), key=lambda row: (row.on, row.pk))
        if row.on <= cut_off
    )


def _responsible(activity) -> str:
    roles = [role.name for role in activity.responsible.all()]
    if activity.joint_responsibility and len(roles) > 3:
        return "gemensamt ansvar"
    return ", ".join(roles)
