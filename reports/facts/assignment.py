"""The section about the assignment: clause by clause, what answers it and how far, and the programme's goal."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from metrics.readings import wording
from program.models import Assignment, Clause, Status
from reports import content as c
from reports.answering import Named, Offered, named
from reports.comparison import ActivityHistory
from reports.facts import hearings, measured
from reports.facts.frame import Frame
from reports.facts.goal import in_short
from reports.facts.words import Told, since
from reports.models import Hearing
from ui import formats

NOTE = "Hur långt är räknat på det som svaret nämner: aktiviteter, dialoger, behov, rapporter eller mått."
NO_ANSWER = "Inget svar ännu"


@dataclass(frozen=True)
class Answered:
    """A clause with what its answer names; `then` is how far it had come at the previous cut-off."""

    clause: Clause
    where: str
    named: Named
    now: str
    then: str


def clauses(frame: Frame) -> Iterator[c.Block]:
    """Each clause with what answers it, and the goal; the final report has a section of its own for that."""
    found = Assignment.objects.visible_to(frame.place).prefetch_related("clauses")
    told = [_answered(assignment, frame) for assignment in found]
    yield from since(frame.since, _otherwise([row for rows in told for row in rows], frame))
    for at, rows in enumerate(told):
        if rows:
            yield _table(rows, frame, "clauses" if at == 0 else f"clauses-{at + 1}")
    if not frame.is_final:
        yield from in_short(frame)


def _answered(assignment: Assignment, frame: Frame) -> list[Answered]:
    offered = [Offered(row.pk, row.number, row.title, row.area) for row in frame.activities]
    where = ", ".join(part for part in (assignment.paragraph, assignment.case_number) if part)
    where = f"{assignment.body} {formats.day(assignment.decided_on)}" + (f" ({where})" if where else "")
    rows = []
    for clause in assignment.clauses.all():
        said = named(clause.answer, offered)
        then = "; ".join(_how_far(said, frame, frame.previous)) if frame.previous else ""
        rows.append(Answered(clause, where, said, "; ".join(_how_far(said, frame, frame.cut_off)), then))
    return rows


def _table(rows: list[Answered], frame: Frame, key: str) -> c.Table:
    return c.Table(
        rows[0].where,
        ("Nr", "Det som uppdraget ber om", "Det som svarar mot det", "Hur långt"),
        tuple(
            (
                str(row.clause.number),
                row.clause.text,
                row.clause.answer or NO_ANSWER,
                formats.sentence(row.now) or "–",
            )
            for row in rows
        ),
        widths=(1, 6, 5, 4),
        note=NOTE if any(row.now for row in rows) else "",
        refs=tuple((_code(row, frame),) for row in rows),
        key=key,
    )


def _code(row: Answered, frame: Frame) -> str:
    """The clause, resting on what answers it."""
    if code := frame.sources.code("clause", row.clause.pk):
        return code
    title = f"Att-sats {row.clause.number}: {row.clause.text}"
    code = frame.sources.add("clause", row.clause.pk, title)
    frame.sources.tell("clause", row.clause.pk, row.where, _rests_on(row.named, frame))
    return code


def _rests_on(said: Named, frame: Frame) -> Iterator[str]:
    yield from frame.sources.activities(_named_activities(said, frame))
    if said.needs:
        yield from frame.sources.needs(frame.heard.needs)
    if said.dialogues:
        yield from frame.sources.dialogues(row.pk for row in frame.heard.held)
    if said.reports:
        yield from (hearings.code(row, frame) for row in _handled(frame, frame.cut_off))
    if said.indicators:
        yield from measured.codes(filter(measured.stands_alone, frame.measured), frame)


def _how_far(said: Named, frame: Frame, day: dt.date) -> Iterator[str]:
    """What the answer names, counted on the cut-off or on the one before it."""
    if rows := _named_activities(said, frame):
        yield from _activities(rows, day)
    if said.dialogues:
        held = sum(row.held_on <= day for row in frame.heard.held)
        yield c.counted(held, "en dialog är hållen", "dialoger är hållna")
    if said.needs:
        yield from _needs(frame, day)
    if said.reports:
        yield from _reports(_handled(frame, day))
    if said.indicators:
        found = frame.measured if day == frame.cut_off else frame.measured_before
        yield wording.summary(row.verdict for row in found if measured.stands_alone(row)).rstrip(".")


def _named_activities(said: Named, frame: Frame) -> list[ActivityHistory]:
    keys = set(said.activities)
    return [row for row in frame.activities if row.pk in keys]


def _activities(rows: list[ActivityHistory], day: dt.date) -> Iterator[str]:
    states = [was.state.status for row in rows if (was := row.before(day))]
    done = states.count(Status.COMPLETED)
    if len(states) == 1:
        yield "aktiviteten är genomförd" if done else "aktiviteten är inte genomförd ännu"
    elif states:
        told = f"{formats.count(done)} av {formats.count(len(states))} aktiviteter"
        yield f"{told} är {'genomförd' if done < 2 else 'genomförda'}"


def _needs(frame: Frame, day: dt.date) -> Iterator[str]:
    """How many of the needs raised by a day an activity known by then answers."""
    answered = {need for row in frame.activities if row.before(day) for need in row.needs}
    first = frame.heard.first_raised()
    raised = [pk for pk in frame.heard.needs if pk not in first or first[pk] <= day]
    if raised:
        met = sum(pk in answered for pk in raised)
        yield f"{formats.count(met, neuter=True)} av {formats.count(len(raised), neuter=True)} behov har minst en aktivitet"


def _handled(frame: Frame, day: dt.date) -> list[Hearing]:
    """Handlings in the committee by a day."""
    return [row for row in frame.hearings if row.forum.kind == "committee" and row.held_on <= day]


def _reports(rows: list[Hearing]) -> Iterator[str]:
    reports = len({row.report_id for row in rows})
    told = c.counted(reports, "en rapport är behandlad i nämnden", "rapporter är behandlade i nämnden")
    yield f"{told}, senast {formats.day(rows[-1].held_on)}" if rows else told


def _otherwise(rows: list[Answered], frame: Frame) -> Iterator[Told]:
    for row in rows:
        if row.now != row.then:
            text = f"Nr {row.clause.number}: {row.now}. I förra rapporten: {row.then or 'inget'}."
            yield text, (_code(row, frame),)
