"""What each department is owed: the rows that `answers` judges, and those that a department's page is made of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from dialogues.answers.judge import Given, Pair, Raised, Tally, by_need, first_raised, pairs
from dialogues.models import Objection, Statement
from organisation.models import Department
from program.models import Activity, Need, Response
from program.rows import ActivityRow, rows_of


@dataclass(frozen=True)
class Owed:
    """A need in a department that raised it (None: everybody), and the response that holds there."""

    pair: Pair
    need: Need
    department: Department | None
    response: Response | None
    days: int


@dataclass
class Heard:
    """A need as one department raised it: its words, and what became of them. `pair` is None when it no longer
    raises the need, since its words were sorted elsewhere."""

    need: Need
    pair: Pair | None = None
    statements: list[Statement] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    activity: ActivityRow | None = None  # the one that the holding response names
    activities: list[ActivityRow] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)

    @property
    def holding(self) -> Response | None:
        """The response that holds for the department."""
        key = self.pair.given.key if self.pair and self.pair.given else None
        return next((row for row in self.responses if row.pk == key), None)

    @property
    def earlier(self) -> list[Response]:
        return [row for row in self.responses if row is not self.holding]


def raised(place, **only) -> list[Raised]:
    """Who raised which need, as far as the place sees. One query."""
    return raised_by(Statement.objects.visible_to(place).filter(needs__isnull=False, **only))


def raised_by(statements) -> list[Raised]:
    """Which needs statements raised first where and when, those that count; statements without a need are none of
    the caller's, who asks for needs in one `filter` (a second one would bring a statement's other needs). One query."""
    dialogue = ("departments", "held_on", "held_until", "held_words")
    rows = statements.spoken().order_by()
    marks = rows.values_list("needs", *(f"dialogue__{name}" for name in dialogue)).distinct()
    return first_raised(_mark(*row) for row in marks)


def _mark(need: int, department: int | None, on: dt.date, until: dt.date | None, words: str) -> Raised:
    return Raised(need, department, until or on, words, on)


def answered_by_need(program, today: dt.date) -> dict[int, Tally]:
    """In how many departments each need was raised, whoever asks, and how many of them have an answer. What was said
    and what was answered is told to some; that it was is no secret. A need that no words speak for counts where it
    was answered. Two queries."""
    told = given(Response.objects.filter(need__program=program).latest_first(today))
    raised = raised_by(Statement.objects.filter(dialogue__program=program, needs__isnull=False))
    spoken_for = {row.need for row in raised}
    else_raised = [Raised(row.need, row.department, row.on) for row in told if row.need not in spoken_for]
    return by_need(pairs([*raised, *first_raised(else_raised)], told))


def given(responses: Iterable[Response]) -> list[Given]:
    """Responses as plain values."""
    return [Given(row.need_id, row.department_id, row.on, row.pk, row.outcome) for row in responses]


def told(place, today: dt.date, **only) -> list[Response]:
    """The responses up to today that the place sees, the latest first. One query."""
    rows = Response.objects.visible_to(place).latest_first(today).filter(**only)
    return list(rows.select_related("activity", "resource", "department"))


def told_by_department(place, today: dt.date, need: Need) -> dict[Department | None, list[Response]]:
    """A need's responses under whom they went to (None: everybody), the latest first. One query."""
    groups: dict[Department | None, list[Response]] = {}
    for row in sorted(
        told(place, today, need=need), key=lambda row: row.department.code if row.department else ""
    ):
        groups.setdefault(row.department, []).append(row)
    return groups


def owed(place, today: dt.date, need: Need | None = None) -> list[Owed]:
    """Every pair that is owed an answer, the one waiting longest first. Four queries."""
    only = {"need": need} if need else {}
    responses = {row.pk: row for row in told(place, today, **only)}
    found = pairs(raised(place, **({"needs": need} if need else {})), given(responses.values()))
    departments = Department.objects.visible_to(place).in_bulk()
    needs = {need.pk: need} if need else Need.objects.visible_to(place).in_bulk()
    return [
        Owed(
            pair,
            needs[pair.need],
            departments[pair.department] if pair.department else None,
            responses[pair.given.key] if pair.given else None,
            pair.days_waiting(today),
        )
        for pair in found
    ]


def heard(place, department: Department, statements, today: dt.date) -> list[Heard]:
    """The department's needs with what became of them, the longest waiting first.

    `statements` are its own that count, with needs prefetched. Six queries.
    """
    responses = list(
        Response.objects.visible_to(place)
        .filter(Q(department=department) | Q(department__isnull=True))
        .latest_first(today)
        .select_related("need", "activity", "resource")
    )
    objections = Objection.objects.visible_to(place).filter(department=department)
    rows = _gathered(statements, responses, list(objections.select_related("need", "statement")))
    own = {row.need: row for row in pairs(_raised_by(department, statements), given(responses))}
    for key, row in rows.items():
        row.pair = own.get(key)
    _lay_activities(place, department, rows, today)
    order = {key: number for number, key in enumerate(own)}
    return sorted(rows.values(), key=lambda row: order.get(row.need.pk, len(order)))


def _raised_by(department: Department, statements) -> list[Raised]:
    return first_raised(
        _mark(need.pk, department.pk, held.held_on, held.held_until, held.held_words)
        for held, needs in ((row.dialogue, row.needs.all()) for row in statements)
        for need in needs
    )


def _gathered(statements, responses, objections) -> dict[int, Heard]:
    """By need: those with words of the department, answered to it by itself, or objected to by it."""
    rows: dict[int, Heard] = {}

    def row_of(need: Need) -> Heard:
        return rows.setdefault(need.pk, Heard(need))

    for statement in statements:
        for need in statement.needs.all():
            row_of(need).statements.append(statement)
    for objection in objections:
        row_of(objection.need).objections.append(objection)
    for response in responses:
        if response.department_id:
            row_of(response.need)
    for response in responses:
        if response.need_id in rows:
            rows[response.need_id].responses.append(response)
    return rows


def _lay_activities(place, department, rows: dict[int, Heard], today: dt.date) -> None:
    """Beside each need: the activity that the department was told of, and the others for it that answer the need.

    Three queries.
    """
    links = Activity.needs.through.objects.filter(need__in=list(rows)).values_list("need", "activity")
    linked = {(need, activity) for need, activity in links}
    told_of = {key: row.holding.activity_id for key, row in rows.items() if row.holding}
    activities = (
        Activity.objects.visible_to(place)
        .filter(Q(needs__in=list(rows), departments=department) | Q(needs__in=list(rows), departments=None)
                | Q(pk__in=[pk for pk in told_of.values() if pk]))
        .with_state(today).known().select_related("area").order_by("pk").distinct()
    )  # fmt: skip
    for found in rows_of(activities, place):
        for key, row in rows.items():
            if told_of.get(key) == int(found.key):
                row.activity = found
            elif (key, int(found.key)) in linked:
                row.activities.append(found)
