"""The file beside the programme: what is new, what is changed, what stands as it is, what cannot be understood."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from organisation.models import Department, Role
from program.doubts import Case, flags, step_label
from program.exchange import cells
from program.exchange.cells import DateCell
from program.exchange.items import ActivityItem, Reading
from program.exchange.likeness import alike, differences, matching_follow_up, matching_step
from program.exchange.results import Change, Comparison, Part, Result
from program.exchange.rows import Wrong
from program.exchange.snapshot import Held, HeldActivity, take
from program.exchange.trace import print_of
from program.exchange.trace import read as read_trace
from program.exchange.words import in_words
from program.models import Area, Need, Status
from program.wheel.load import parse_weeks

DATES = {"starts", "deadline", "completed", "planned", "held"}
COLUMN = {"text": "title", "planned": "deadline", "held": "completed"}
WITHOUT_AREA = "Utan område"


def known_roles(place) -> dict[str, Role]:
    """Roles by every name they go by, as `cells.key` compares them."""
    rows = Role.objects.visible_to(place)
    return {cells.key(name): role for role in rows for name in (*role.aliases, role.name)}


def compare(
    reading: Reading, place, today: dt.date, *, overwrite: bool = False, area: str = ""
) -> Comparison:
    """Lay a file beside the place's programme. With `overwrite` what others changed since the file was made counts
    as a change like any other; new activities without an area lie in `area`. Eleven queries, however long the file."""
    return _Comparer(place, today, overwrite, area).compare(reading)


class _Comparer:
    def __init__(self, place, today: dt.date, overwrite: bool, area: str) -> None:
        self.place, self.today, self.overwrite, self.new_area = place, today, overwrite, area
        self.held = take(place, today)
        self.by_pk = {row.row.pk: row for row in self.held}
        self.by_number = _grouped((row.row.number, row) for row in self.held if row.row.number)
        self.by_title = _grouped((cells.key(row.row.title), row) for row in self.held)
        self.roles = known_roles(place)
        self.role_names = {role.name for role in self.roles.values()} | {
            name for row in self.held for name in row.values["responsible"]
        }
        self.areas = {cells.key(area.name): area.name for area in Area.objects.visible_to(place)}
        self.departments = {
            cells.key(name): row.name
            for row in Department.objects.visible_to(place)
            for name in (*row.aliases, row.code, row.name)
        }
        self.needs = {cells.key(row.title): row.title for row in Need.objects.visible_to(place)}
        self.new_roles: dict[str, str] = {}
        self.new_areas: dict[str, str] = {}
        self.seen: dict[int, int] = {}

    def compare(self, reading: Reading) -> Comparison:
        results = [self._result(item) for item in reading.items]
        wrong = reading.wrong + [(result.item.sheet, row) for result in results for row in result.wrong]
        wrong.sort(key=lambda pair: pair[1].row)
        return Comparison(
            results,
            wrong,
            sorted(self.new_roles.values()),
            list(self.new_areas.values()),
            [row for row in self.held if row.row.pk not in self.seen],
            [
                row.values["number"]
                for row in results
                if row.held is None and row.values.get("number") in self.by_number
            ],
            reading.unknown,
            reading.skipped,
        )

    def _result(self, item: ActivityItem) -> Result:
        held = self._find(item)
        result = Result(item, held, {}, wrong=list(item.wrong))
        result.values = self._touched(result, "activity", item, held)
        if item.id is not None and held is None:
            result.wrong.append(Wrong("id", "unknown_id", f"A{item.id}", item.row))
        if held:
            if held.row.pk in self.seen:
                result.wrong.append(Wrong("id", "twice", str(self.seen[held.row.pk]), item.row))
            self.seen.setdefault(held.row.pk, item.row)
        result.values = self._resolved(result)
        result.changes = self._changes(result)
        self._check_status(result)
        result.steps = [*self._parts(result, "step", item.steps, held.steps if held else [], matching_step)]
        result.follow_ups = [
            *self._parts(
                result, "follow_up", item.follow_ups, held.follow_ups if held else [], matching_follow_up
            )
        ]
        result.flags = flags(self._case(result))
        return result

    def _touched(self, result: Result, kind: str, item, held: Held | None) -> dict[str, Any]:
        """What the reader changed in the file; where somebody else has changed the same since, that is told."""
        base = read_trace(kind, item.trace) if held else {}
        if held is None or not base:
            return dict(item.values)
        touched = {key: value for key, value in item.values.items() if print_of(key, value) != base.get(key)}
        for key, value in touched.items():
            now = print_of(key, held.values.get(key))
            if key in base and now not in (base[key], print_of(key, value)) and not self.overwrite:
                told = in_words(key, held.values.get(key)) or "–"
                result.wrong.append(Wrong(COLUMN.get(key, key), "changed_since", told[:200], item.row))
        return touched

    def _find(self, item: ActivityItem) -> HeldActivity | None:
        """The activity that the file means: by id, else by title; by number only when the titles are alike.

        A plan from elsewhere counts from 1 too, and must not take the place of the programme's own.
        """
        if item.id is not None:
            return self.by_pk.get(item.id)
        number, title = item.values.get("number", ""), cells.key(item.values.get("title", ""))
        found = [row for row in self.by_title.get(title, ()) if number in ("", row.row.number)]
        if "id" not in item.cells:
            found += [row for row in self.by_number.get(number, ()) if alike(title, cells.key(row.row.title))]
        return next((row for row in found if row.row.pk not in self.seen), None)

    def _resolved(self, result: Result) -> dict[str, Any]:
        """The file's values with names as the programme spells them; what is unknown is noted."""
        values = result.values
        hint = values.pop("area_hint", "")
        if result.held is None and not values.get("area"):
            values["area"] = self.new_area or hint or self._only_area()
        if values.get("area"):
            values["area"] = self._area(values["area"])
        elif "area" in values:
            result.wrong.append(Wrong("area", "missing", "", result.item.row))
        if "responsible" in values:
            values["responsible"] = tuple(self._role(name) for name in values["responsible"])
        for key, known, code in (
            ("departments", self.departments, "no_department"),
            ("needs", self.needs, "no_need"),
        ):
            if key in values:
                values[key] = tuple(self._known(result, key, known, code, values[key]))
        if not values.get("title") and (result.held is None or "title" in values):
            column = "improvement" if "improvement" in result.item.cells else "title"
            result.wrong.append(Wrong(column, "missing", "", result.item.row))
        return values

    def _only_area(self) -> str:
        return next(iter(self.areas.values())) if len(self.areas) == 1 else WITHOUT_AREA

    def _area(self, name: str) -> str:
        key = cells.key(name)
        return self.areas.get(key) or self.new_areas.setdefault(key, name)

    def _role(self, name: str) -> str:
        if name in self.role_names:
            return name
        key = cells.key(name)
        if key in self.roles:
            return self.roles[key].name
        return self.new_roles.setdefault(key, name[:1].upper() + name[1:])

    def _known(
        self, result: Result, column: str, known: dict[str, str], code: str, names: Iterable[str]
    ) -> Iterator[str]:
        for name in names:
            if found := known.get(cells.key(name)):
                yield found
            else:
                result.wrong.append(Wrong(column, code, name, result.item.row))

    def _changes(self, result: Result) -> list[Change]:
        """What differs from the held row, or all that a new row says; a wrong date is told where it differs."""
        before = result.held.values if result.held else {}
        for key in DATES & result.values.keys():
            cell = result.values[key]
            if cell.is_wrong and cell.text != before.get(key, DateCell("")).text:
                result.wrong.append(Wrong(key, "not_a_date", cell.text, result.item.row))
        for key in ("status", "level", "kind"):
            if not result.values.get(key):
                result.values.pop(key, None)  # an empty choice says nothing
        found = [*differences(before, result.values)]
        if any(change.key == "weeks" for change in found) and not _are_weeks(result.values["weeks"]):
            result.wrong.append(Wrong("weeks", "not_weeks", result.values["weeks"], result.item.row))
        return found

    def _check_status(self, result: Result) -> None:
        """What a status update will demand, told before it is written."""
        before = result.held.values if result.held else {"status": Status.PLANNED, "completed": DateCell("")}
        values, row = result.values, result.item.row
        completed = values.get("completed", DateCell(""))
        if completed.text and values.get("status", "") in ("", Status.COMPLETED):
            values["status"] = Status.COMPLETED
            result.changes = [*differences(result.held.values if result.held else {}, values)]
        status = values.get("status") or before["status"]
        if status != Status.COMPLETED:
            if completed.text:
                result.wrong.append(Wrong("completed", "not_completed", in_words("status", status), row))
            return self._check_stopped(result, before["status"], status)
        if not (completed if "completed" in values else before["completed"]).text:
            result.wrong.append(Wrong("completed", "completed_needs_day", "", row))
        elif completed.when and completed.when.last > self.today and result.changed("completed", "status"):
            result.wrong.append(Wrong("completed", "in_future", completed.text, row))

    def _check_stopped(self, result: Result, before: str, status: str) -> None:
        if status == Status.STOPPED and before != status and not result.values.get("comment"):
            result.wrong.append(Wrong("comment", "stopped_needs_reason", "", result.item.row))

    def _parts(self, result: Result, kind: str, items, held: list[Held], matching) -> Iterator[Part]:
        """Each step or follow-up beside the row it means."""
        left = list(held)
        for item in items:
            found = (
                next((row for row in left if row.row.pk == item.id), None)
                if item.id is not None
                else matching(item, left, items)
            )
            if item.id is not None and found is None and (result.held or result.item.id is None):
                result.wrong.append(Wrong("id", "unknown_id", str(item.id), item.row))
            if found:
                left.remove(found)
            before = found.values if found else {}
            touched = self._touched(result, kind, item, found)
            self._check_part_dates(result, item.row, touched, before)
            yield Part(item.row, found, before | touched, [*differences(before, touched)])

    def _check_part_dates(
        self, result: Result, row: int, values: dict[str, Any], before: dict[str, Any]
    ) -> None:
        for key in DATES & values.keys():
            cell, column = values[key], COLUMN.get(key, key)
            if cell.text == before.get(key, DateCell("")).text:
                continue
            if cell.is_wrong:
                result.wrong.append(Wrong(column, "not_a_date", cell.text, row))
            elif key in ("completed", "held") and cell.when and cell.when.words:
                result.wrong.append(Wrong(column, "not_a_day", cell.text, row))
            elif key in ("completed", "held") and cell.when and cell.when.last > self.today:
                result.wrong.append(Wrong(column, "in_future", cell.text, row))
        if (
            values.get("outcome")
            and not (values if "held" in values else before).get("held", DateCell("")).text
        ):
            result.wrong.append(Wrong("completed", "missing", "", row))

    def _case(self, result: Result) -> Case:
        merged = (result.held.values if result.held else {}) | result.values
        parts = result.steps or [
            Part(0, row, row.values) for row in (result.held.steps if result.held else [])
        ]
        return case_of(self.place.program.dated, merged, [part.values for part in parts])


def case_of(dated: dt.date | None, values: dict[str, Any], steps: list[dict[str, Any]]) -> Case:
    """What `doubts` needs to know of an activity, from values as a file or a snapshot has them."""

    def day(key: str, edge: str = "last") -> dt.date | None:
        cell = values.get(key, DateCell(""))
        return getattr(cell.when, edge) if cell.when else None

    labels = tuple(
        (
            step_label(row.get("number", ""), row["text"], len(steps)),
            row["text"],
            row["deadline"].when.last if row.get("deadline") and row["deadline"].when else None,
        )
        for row in steps
    )
    return Case(
        dated, day("starts", "first"), day("deadline"), day("completed"), values.get("measure", ""), labels
    )


def _are_weeks(text: str) -> bool:
    try:
        parse_weeks(text)
    except ValueError:
        return False
    return True


def _grouped(pairs: Iterable[tuple[str, HeldActivity]]) -> dict[str, list[HeldActivity]]:
    """Rows by key, in their order."""
    found: dict[str, list[HeldActivity]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return found
