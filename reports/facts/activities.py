"""Sections about the assignment and the activities: what was asked, done, is under way and comes next."""

import datetime as dt

from program.models import Assignment, ProcessStep, ProgramPart, Resource, Status
from reports import content as c
from reports.comparison import ActivityHistory, Movement
from reports.facts.frame import STATUS, Frame, day_or_words, deadline, name
from reports.models import Hearing
from ui import formats

HOURS_NOTE = "Tid per chef räknas i timmar för hela aktiviteten, för den chef som berörs."


def clauses(frame: Frame):
    for assignment in Assignment.objects.visible_to(frame.place).prefetch_related("clauses"):
        rows = tuple(
            (str(clause.number), clause.text, clause.answer or "–") for clause in assignment.clauses.all()
        )
        where = ", ".join(part for part in (assignment.paragraph, assignment.case_number) if part)
        yield c.Table(
            f"{assignment.body} {formats.day(assignment.decided_on)} ({where})",
            ("Nr", "Det som uppdraget ber om", "Det som svarar mot det"),
            rows,
            widths=(1, 6, 6),
        )


def done(frame: Frame):
    if frame.is_plan:
        yield from _process(frame)
        return
    move = frame.movement
    said = [
        c.counted(len(move.completed), "en aktivitet är genomförd", "aktiviteter är genomförda"),
        c.counted(len(move.new), "en är ny", "är nya"),
        c.counted(len(move.stopped), "en är stoppad", "är stoppade"),
        c.counted(len(move.slips), "en har fått senare slutdatum", "har fått senare slutdatum"),
    ]
    since = f"Sedan {formats.day(frame.previous)}" if frame.previous else "Sedan starten"
    yield c.Sentence(f"{since}: {c.listed(said)}.")
    if move.completed:
        yield c.Table(
            "Genomförda aktiviteter under perioden",
            ("Aktivitet", "Ansvarig", "Genomförd", "Kommentar"),
            tuple(
                (
                    name(row),
                    row.responsible,
                    day_or_words(row.now.state.completed_on, row.now.completed_words),
                    row.now.comment,
                )
                for row in move.completed
            ),
            widths=(5, 3, 3, 6),
            refs=tuple((frame.sources.activity(row),) for row in move.completed),
            key="completed",
        )
    if move.slips:
        yield c.Table(
            "Slutdatum som har flyttats",
            ("Aktivitet", "Från", "Till", "Varför"),
            tuple((name(s.activity), deadline(s.before), deadline(s.now), _why(s)) for s in move.slips),
            widths=(5, 3, 3, 6),
        )
    yield from _decisions(frame)


def _why(slip) -> str:
    """The comment of the update in which the deadline moved."""
    after = [update for update in slip.activity.updates if update.on > slip.before.on]
    moved = (update for update in after if update.state.deadline != slip.before.state.deadline)
    return next(moved, slip.now).comment or "–"


def _decisions(frame: Frame):
    rows = (
        Hearing.objects.filter(report__program=frame.place.program, held_on__lte=frame.cut_off)
        .filter(held_on__gt=frame.previous or dt.date.min)
        .select_related("forum")
    )
    decided = tuple(
        (row.forum.name, formats.day(row.held_on), row.paragraph or "–", row.outcome)
        for row in rows
        if row.outcome
    )
    if decided:
        yield c.Table(
            "Beslut under perioden", ("Forum", "Datum", "Paragraf", "Utfall"), decided, widths=(3, 3, 2, 8)
        )


def _process(frame: Frame):
    steps = ProcessStep.objects.visible_to(frame.place).select_related("forum")
    rows = tuple(
        (row.words or formats.day(row.first_day), row.text, row.forum.name if row.forum else "–")
        for row in steps
        if row.first_day <= frame.report.meets_on
    )
    if rows:
        yield c.Table("Arbetsgången", ("När", "Vad", "Forum"), rows, widths=(3, 7, 4))


def activities(frame: Frame):
    move, rows = frame.movement, frame.activities
    if not rows:
        yield c.Sentence("Programmet har inga aktiviteter ännu.")
        return
    done = sum(row.now.state.status == Status.COMPLETED for row in rows)
    yield c.Sentence(
        f"{c.sentence_case(c.counted(done, 'en', ''))} av {len(rows)} aktiviteter är genomförda; "
        f"{c.counted(len(move.under_way), 'en pågår', 'pågår')} och "
        f"{c.counted(len(move.planned), 'en är planerad', 'är planerade')}. "
        f"{c.sentence_case(c.counted(len(move.late), 'en är försenad', 'är försenade'))}."
    )
    if move.late:
        yield c.Table(
            "Försenade aktiviteter",
            ("Aktivitet", "Ansvarig", "Klart senast", "Lägesrapport"),
            tuple(
                (name(row), row.responsible, deadline(row.now), row.now.comment or "–") for row in move.late
            ),
            widths=(5, 3, 3, 6),
        )
    if move.stopped:
        yield c.Table(
            "Stoppade aktiviteter under perioden",
            ("Aktivitet", "Skäl"),
            tuple((name(row), row.now.comment) for row in move.stopped),
            widths=(5, 9),
        )
    yield c.Table(
        "Alla aktiviteter",
        ("Aktivitet", "Område", "Ansvarig", "Klart senast", "Status"),
        tuple(
            (name(row), row.area, row.responsible or "–", deadline(row.now), _status(row, move))
            for row in rows
        ),
        widths=(6, 4, 4, 3, 3),
    )
    if frame.is_plan:
        yield from _support(frame)


def _status(row: ActivityHistory, move: Movement) -> str:
    return "försenad" if row in move.late else STATUS[row.now.state.status]


def _support(frame: Frame):
    rows = tuple(
        (
            row.get_kind_display().capitalize(),
            "inga egna stödfunktioner" if row.is_none else row.name,
            "; ".join(
                part
                for part in (
                    row.department.name if row.department else "",
                    row.scope,
                    f"ingår i {row.part_of}" if row.part_of else "",
                    f"tidigare {row.former_name}" if row.former_name else "",
                )
                if part
            )
            or "–",
        )
        for row in Resource.objects.visible_to(frame.place).select_related("department")
    )
    if rows:
        yield c.Table("Stöd som redan finns för chefer", ("Slag", "Stöd", "Om"), rows, widths=(3, 5, 6))


def burden(frame: Frame):
    costly = [
        row
        for row in frame.activities
        if row.hours_per_manager and row.now.state.status in (Status.UNDER_WAY, Status.PLANNED)
    ]
    if costly:
        yield c.Table(
            "Aktiviteter som tar chefers tid framöver",
            ("Aktivitet", "Status", "Timmar per chef"),
            tuple((name(row), STATUS[row.now.state.status], row.hours_per_manager.replace(".0", "").replace(".", ","))
                  for row in costly),
            numeric=(2,),
            widths=(8, 3, 3),
            note=HOURS_NOTE,
        )  # fmt: skip


def coming(frame: Frame):
    if frame.is_plan:
        parts = ProgramPart.objects.visible_to(frame.place)
        rows = tuple((f"Del {part.number}", part.covers, part.reported or "–") for part in parts)
        if rows:
            yield c.Table("Programmets delar", ("Del", "Omfattar", "Redovisas"), rows, widths=(2, 9, 4))
    coming = sorted(
        (row for row in (*frame.movement.under_way, *frame.movement.planned) if row.now.state.deadline),
        key=lambda row: (row.now.state.deadline, row.pk),
    )[:12]
    if coming:
        yield c.Table(
            "Nästa slutdatum",
            ("Klart senast", "Aktivitet", "Ansvarig"),
            tuple((deadline(row.now), name(row), row.responsible or "–") for row in coming),
            widths=(3, 7, 4),
        )
