"""Writes what a comparison found: all of it or nothing."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from organisation.models import Department, Role, User
from program.actions import RELATIONS, new_update
from program.exchange.cells import DateCell
from program.exchange.compare import compare
from program.exchange.items import Reading
from program.exchange.results import Comparison, Part, Result
from program.exchange.snapshot import FIELDS
from program.models import Activity, Area, FollowUp, Need, PlanFile, PlanLink, Status, StatusUpdate, Step
from program.when import When
from ui.audit import log_new, relink
from ui.revision import Stale, claim

STATUS_KEYS = ("status", "deadline", "completed", "comment")
Progress = Callable[[int, int], None]
BATCH = 200


class Moved(Exception):
    """The programme is not what it was when the comparison was shown; nothing was written."""


class HasErrors(Exception):
    """The file holds what cannot be understood; nothing was written."""


@transaction.atomic
def apply_plan(
    *,
    reading: Reading,
    place,
    by: User | None,
    today: dt.date,
    digest: str | None = None,
    overwrite: bool = False,
    area: str = "",
    file: PlanFile | None = None,
    progress: Progress = lambda done, of: None,
) -> Comparison:
    """Compare anew and write the difference. `digest` is of the comparison that was shown and agreed to.

    Raises HasErrors or Moved; `progress` is called with how many activities are done and how many there are.
    """
    if file is not None:
        taken = PlanFile.objects.filter(pk=file.pk, applied_at=None).update(applied_at=timezone.now())
        if not taken:
            raise Moved
    found = compare(reading, place, today, overwrite=overwrite, area=area)
    if found.wrong:
        raise HasErrors
    if digest is not None and digest != found.digest:
        raise Moved
    try:
        _Writer(place, by, today, found).write(progress)
    except Stale as error:
        raise Moved from error
    return found


class _Writer:
    """Holds what every row needs: names resolved to rows, once."""

    def __init__(self, place, by: User | None, today: dt.date, found: Comparison) -> None:
        self.place, self.by, self.today, self.found = place, by, today, found
        self._make_named()
        self.areas = {area.name: area for area in Area.objects.visible_to(place)}
        self.named = {
            "responsible": {row.name: row for row in Role.objects.visible_to(place)},
            "departments": {row.name: row for row in Department.objects.visible_to(place)},
            "needs": {row.title: row for row in Need.objects.visible_to(place)},
        }
        self.updates: list[StatusUpdate] = []

    def _make_named(self) -> None:
        """The roles and areas that only the file knew."""
        Role.objects.bulk_create(
            Role(organisation=self.place.organisation, name=name) for name in self.found.new_roles
        )
        first = Area.objects.visible_to(self.place).count()
        Area.objects.bulk_create(
            Area(program=self.place.program, name=name, order=first + order)
            for order, name in enumerate(self.found.new_areas)
        )

    def write(self, progress: Progress) -> None:
        new = [result for result in self.found.results if result.state == "new"]
        changed = [result for result in self.found.results if result.state == "changed"]
        total = len(new) + len(changed)
        for start in range(0, len(new), BATCH):
            self._add(new[start : start + BATCH])
            progress(min(start + BATCH, len(new)), total)
        for done, result in enumerate(changed, start=len(new) + 1):
            self._change(result)
            progress(done, total)
        StatusUpdate.objects.bulk_create(self.updates, batch_size=BATCH)

    def _rows(self, name: str, names: Iterable[str]) -> list[Any]:
        return [self.named[name][one] for one in names]

    def _set_fields(self, activity: Activity, values: dict[str, Any]) -> None:
        for name in FIELDS:
            if name in values:
                setattr(activity, name, values[name])
        for name in ("months", "audiences"):
            if name in values:
                setattr(activity, name, list(values[name]))
        if "area" in values:
            activity.area = self.areas[values["area"]]
        if "starts" in values:
            starts = values["starts"].when
            activity.starts = starts.first if starts else None
            activity.starts_words = starts.words if starts else ""

    def _add(self, results: list[Result]) -> None:
        """New activities with all that belongs to them, a few queries for the whole batch."""
        made = [(self._new(result), result) for result in results]
        Activity.objects.bulk_create(activity for activity, _result in made)
        log_new((activity for activity, _result in made), self.by)
        for name in RELATIONS:
            links = getattr(Activity, name)
            own, other = links.field.m2m_field_name(), links.field.m2m_reverse_field_name()
            links.through.objects.bulk_create(
                links.through(**{own: activity, other: row})
                for activity, result in made
                for row in self._rows(name, result.values.get(name, ()))
            )
        PlanLink.objects.bulk_create(
            link
            for activity, result in made
            for link in _links(activity, result.values.get("plan_links", ()))
        )
        Step.objects.bulk_create(
            self._step(activity, part, order)
            for activity, result in made
            for order, part in enumerate(result.steps)
        )
        FollowUp.objects.bulk_create(
            self._follow_up(activity, part) for activity, result in made for part in result.follow_ups
        )
        for activity, result in made:
            self._update(activity, result.values, {"status": Status.PLANNED})

    def _new(self, result: Result) -> Activity:
        activity = Activity(program=self.place.program)
        self._set_fields(
            activity, {key: value for key, value in result.values.items() if value not in ("", None)}
        )
        return activity

    def _change(self, result: Result) -> None:
        activity, changed = result.held.row, {change.key for change in result.changes}
        values = {key: value for key, value in result.values.items() if key in changed}
        self._set_fields(activity, values)
        claim(activity, activity.revision)
        activity.save()
        relink(activity, {name: self._rows(name, values[name]) for name in RELATIONS if name in values})
        if "plan_links" in values:
            activity.plan_links.all().delete()
            PlanLink.objects.bulk_create(_links(activity, values["plan_links"]))
        if changed.intersection(STATUS_KEYS):
            self._update(activity, values, result.held.values)
        self._save_parts(result, activity)

    def _update(self, activity: Activity, values: dict[str, Any], before: dict[str, Any]) -> None:
        """A new status update: what the file says, the rest as it was."""

        def cell(key: str) -> When | None:
            found = values.get(key) or before.get(key) or DateCell("")
            return found.when

        status = values.get("status") or before["status"]
        completed = cell("completed") if status == Status.COMPLETED else None
        self.updates.append(
            new_update(
                activity, status, cell("deadline"),
                completed.last if completed else None, completed.words if completed else "",
                values.get("comment", ""), self.today, self.by,
            )
        )  # fmt: skip

    def _save_parts(self, result: Result, activity: Activity) -> None:
        order = len(result.held.steps)
        for part in result.steps:
            if part.state == "new":
                self._step(activity, part, order).save()
                order += 1
            elif part.state == "changed":
                self._step(activity, part, part.held.row.order, part.held.row).save()
        for part in result.follow_ups:
            if part.state != "unchanged":
                self._follow_up(activity, part, part.held and part.held.row).save()

    def _step(self, activity: Activity, part: Part, order: int, step: Step | None = None) -> Step:
        step = step or Step(activity=activity)
        step.order, step.number, step.text = order, part.values["number"], part.values["text"]
        step.deadline, step.deadline_words = _day(part.values["deadline"])
        if "completed" in part.values:
            step.completed_on, _words = _day(part.values["completed"])
        return step

    def _follow_up(self, activity: Activity, part: Part, row: FollowUp | None = None) -> FollowUp:
        row = row or FollowUp(activity=activity)
        row.kind = part.values["kind"]
        row.planned_on, row.planned_words = _day(part.values["planned"])
        if "held" in part.values:
            row.held_on, _words = _day(part.values["held"])
            row.outcome = part.values["outcome"]
        return row


def _links(activity: Activity, links: Iterable[tuple[int, str, str]]) -> list[PlanLink]:
    return [PlanLink(activity=activity, year=year, plan=plan, note=note) for year, plan, note in links]


def _day(cell: DateCell) -> tuple[dt.date | None, str]:
    return (cell.when.last, cell.when.words) if cell.when else (None, "")
