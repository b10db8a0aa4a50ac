"""What the red thread is woven from, as far as the place may see it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from dialogues.answers.judge import Tally
from dialogues.answers.queries import answered_by_need
from dialogues.matrix import queries as matrix_queries
from dialogues.matrix.counts import Matrix, Row
from dialogues.models import Statement
from metrics.models import Expectation
from metrics.movement import Verdict
from metrics.readings.queries import Reading, department_readings, readings
from program.models import Activity, Need, Status
from program.rows import ActivityRow, rows_of
from reports.thread import chain as thread

WORDS = 25  # statements of a need that the page shows unasked


@dataclass(frozen=True)
class Word:
    """A statement with the meeting it comes from."""

    statement: Statement
    meeting: str


@dataclass
class Spoken:
    """How many statements speak for a need, from which departments, and the first of them."""

    count: int = 0
    departments: list[tuple[str, int]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.words)


@dataclass(frozen=True)
class Strands:
    """The thread, and the rows that its parts are shown with, each by its key."""

    thread: thread.Thread
    needs: dict[int, Need]
    spoken: dict[int, Spoken]
    records: dict[int, ActivityRow]
    effects: dict[int, Expectation]
    readings: dict[int, Reading]
    parts: dict[tuple[int, int], Reading]

    def verdict_beside(self, effect: Expectation) -> Verdict:
        """Of the indicator, in the department where the effect should show, or for everybody."""
        if not effect.department_id:
            return self.readings[effect.indicator_id].verdict
        reading = self.parts.get((effect.indicator_id, effect.department_id))
        return reading.verdict if reading else Verdict("unknown", "no_value")


def strands(place, today: dt.date, words: int | None = WORDS) -> Strands:
    """Everything the page shows, in as many queries whatever there is; at most so many words of each need, None all."""
    needs = {row.pk: row for row in Need.objects.visible_to(place).order_by("order", "pk")}
    spoken = _spoken(place, words)
    activities, records = _activities(place, today)
    held = Expectation.objects.visible_to(place).holding().select_related("indicator", "department")
    effects = {row.pk: row for row in held}
    in_departments = any(row.department_id for row in held)
    read = {row.indicator.pk: row for row in readings(place, today)}
    answers = answered_by_need(place.program, today)
    aimed = {row.indicator_id for row in held}

    def stands_alone(key: int) -> bool:
        """A statement of an index is a measure of its own only when something aims at it."""
        return key in aimed or not read[key].indicator.index_id

    woven = thread.weave(
        [_need(row, answers.get(row.pk, Tally()), spoken[row.pk].count) for row in needs.values()],
        activities,
        [thread.Effect(row.activity_id, row.indicator_id, row.pk) for row in effects.values()],
        [thread.Indicator(key, row.indicator.name) for key, row in read.items() if stands_alone(key)],
    )
    parts = department_readings(place, today) if in_departments else {}
    return Strands(woven, needs, spoken, records, effects, read, parts)


def _need(row: Need, answers: Tally, statements: int) -> thread.Need:
    return thread.Need(row.pk, row.title, answers.raised, answers.answered, statements)


def _activities(place, today: dt.date) -> tuple[list[thread.Activity], dict[int, ActivityRow]]:
    """Three queries."""
    rows = list(
        Activity.objects.visible_to(place)
        .with_state(today)
        .known()
        .select_related("area")
        .prefetch_related("needs")
        .order_by("pk")
    )
    plain = [
        thread.Activity(
            row.pk,
            str(row),
            row.state_status == Status.STOPPED,
            frozenset(need.pk for need in row.needs.all()),
            row.is_key,
        )
        for row in rows
    ]
    return plain, {int(record.key): record for record in rows_of(rows, place)}


def _spoken(place, words: int | None) -> dict[int, Spoken]:
    """By need. Eight queries."""
    said = matrix_queries.said_to(place)
    columns = matrix_queries.departments(place, said)
    matrix = matrix_queries.need_matrix(place, said, columns.heard)
    chosen = _first_words(said, words)
    rows = Statement.objects.in_bulk({key for keys in chosen.values() for key in keys})
    meetings = {row.pk: row.name for row in said.dialogues.prefetch_related("departments")}
    found: dict[int, Spoken] = defaultdict(Spoken)
    for row in matrix.rows:
        told = [Word(rows[key], meetings[rows[key].dialogue_id]) for key in chosen[row.head.key]]
        found[row.head.key] = Spoken(row.total, _departments(matrix, row), told)
    return found


def _departments(matrix: Matrix, row: Row) -> list[tuple[str, int]]:
    """(name, count) of those that have spoken of it."""
    return [(column.name, count) for column, count in zip(matrix.columns, row.cells, strict=True) if count]


def _first_words(said: matrix_queries.Said, most: int | None) -> dict[int, list[int]]:
    """Need → the keys of its first statements, the oldest first."""
    linked = said.statements.filter(needs__isnull=False)
    found: dict[int, list[int]] = defaultdict(list)
    order = ("dialogue__held_on", "dialogue_id", "order", "pk")
    for need, key in linked.order_by(*order).values_list("needs", "pk"):
        if most is None or len(found[need]) < most:
            found[need].append(key)
    return found
