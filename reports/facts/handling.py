"""What the committee is asked to decide and what it has asked for, as it stood at the cut-off."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import prefetch_related_objects

from reports import content as c
from reports.facts import hearings
from reports.facts.frame import Frame
from reports.facts.words import STATUS, day_or_words, deadline, ended, name, since
from reports.handling.judge import standing, urgency
from reports.models import Hearing, Instruction
from ui import formats

WHOLE = "Ärendet i sin helhet"
STANDS = {
    "answered": "besvarat",
    "late": "inte besvarat, och dagen har passerat",
    "under_way": "på väg",
    "open": "inte besvarat",
}


def points(frame: Frame):
    """The points of decision, numbered, below the proposal's own words."""
    texts = tuple(frame.report.points.values_list("text", flat=True))
    if texts:
        yield c.Numbered(texts)


def decisions(frame: Frame):
    """What political bodies decided after the last cut-off, point by point. One query where there is anything."""
    rows = [row for row in frame.hearings if row.held_on > (frame.previous or dt.date.min)]
    prefetch_related_objects(rows, "rulings__point")
    lines = [(row, *line) for row in rows for line in _decided(row)]
    if lines:
        yield c.Table(
            "Beslut under perioden",
            ("Forum", "Datum", "Paragraf", "Beslutssats", "Utfall"),
            tuple(
                (row.forum.name, formats.day(row.held_on), row.paragraph or "–", what, outcome)
                for row, what, outcome in lines
            ),
            widths=(3, 3, 2, 6, 6),
            refs=tuple((hearings.code(row, frame),) for row, _what, _outcome in lines),
            key="decisions",
        )


def _decided(row: Hearing) -> Iterator[tuple[str, str]]:
    """What the body said of the matter as a whole, then its ruling on each point."""
    if row.outcome:
        yield WHOLE, row.outcome
    for ruling in row.rulings.all():
        outcome = ruling.get_outcome_display().capitalize()
        yield ruling.point.text, f"{outcome}: {ruling.words}" if ruling.words else outcome


def instructions(frame: Frame):
    """What political bodies had asked for by the cut-off: what is open, and what was answered since the last one."""
    rows = _asked_for(frame)
    if not rows:
        yield c.Sentence("Nämnden har inte bett om något särskilt.")
        return
    yield from _changes(rows, frame)
    told = [row for row in rows if not _was_answered(row, frame.since)]
    before = len(rows) - len(told)
    if before:
        yield c.Sentence(
            f"{formats.sentence(c.counted(before, 'ett uppdrag', 'uppdrag'))} från nämnden är "
            f"{'besvarat' if before == 1 else 'besvarade'} i tidigare rapporter."
        )
    if told:
        yield c.Table(
            "Det nämnden har bett om, och det som svarar mot det",
            ("Vad", "Av vem och när", "Senast", "Det som svarar mot det", "Läge"),
            tuple(_line(row, frame) for row in told),
            widths=(6, 4, 3, 6, 3),
            refs=tuple((_code(row, frame), *frame.code(row.activity_id)) for row in told),
            key="instructions",
        )


def _asked_for(frame: Frame) -> list[Instruction]:
    """Everything that had been asked for, the unanswered first. One query."""
    rows = Instruction.objects.filter(
        hearing__report__program=frame.place.program, hearing__held_on__lte=frame.cut_off
    ).select_related("hearing__forum", "activity", "step")
    return sorted(
        rows, key=lambda row: (urgency(_stood(row, frame), row.due_on, row.hearing.held_on), row.pk)
    )


def _stood(row: Instruction, frame: Frame) -> str:
    return standing(
        answered_on=row.answered_on,
        is_linked=bool(row.activity_id or row.step_id),
        due_on=row.due_on,
        on=frame.cut_off,
    )


def _was_answered(row: Instruction, day: dt.date | None) -> bool:
    return bool(day and row.answered_on and row.answered_on <= day)


def _changes(rows: list[Instruction], frame: Frame):
    """What is new and what has been answered since the last report."""
    new = [row for row in rows if frame.since and row.hearing.held_on > frame.since]
    answered = [
        row for row in rows if _was_answered(row, frame.cut_off) and not _was_answered(row, frame.since)
    ]
    told = [(f"Nytt: {ended(row.text)} {_asked(row)}.", row) for row in new]
    told += [(f"Besvarat {formats.day(row.answered_on)}: {ended(row.text)}", row) for row in answered]
    yield from since(frame.since, [(text, (_code(row, frame),)) for text, row in told])


def _line(row: Instruction, frame: Frame) -> tuple[str, ...]:
    due = formats.day(row.due_on) if row.due_on else "–"
    return row.text, _asked(row), due, _answer(row, frame), STANDS[_stood(row, frame)]


def _asked(row: Instruction) -> str:
    parts = [row.hearing.forum.name, formats.day(row.hearing.held_on), row.hearing.paragraph]
    return ", ".join(part for part in parts if part)


def _answer(row: Instruction, frame: Frame) -> str:
    """The answer when it had been given by the cut-off; and what is to give it, or gave it."""
    parts = []
    if _was_answered(row, frame.cut_off):
        parts.append(f"{ended(row.answer)} Svaret gavs {formats.day(row.answered_on)}")
    if row.activity:
        parts.append(_activity(row, frame))
    if row.step:
        parts.append(f"Arbetsgången: {row.step.text}, {row.step.words or formats.day(row.step.first_day)}")
    return ". ".join(parts) or "–"


def _activity(row: Instruction, frame: Frame) -> str:
    """The activity as it stood; one that came after the cut-off is named, and nothing is said of it."""
    known = frame.history(row.activity_id)
    if known is None:
        return f"Aktiviteten {row.activity}, som kom till efter {formats.day(frame.cut_off)}"
    now = known.now
    if now.state.completed_on:
        return f"Aktiviteten {name(known)}: genomförd {day_or_words(now.state.completed_on, now.completed_words)}"
    return f"Aktiviteten {name(known)}: {STATUS[now.state.status]}, klart senast {deadline(now)}"


def _code(row: Instruction, frame: Frame) -> str:
    """An instruction rests on the meeting that gave it, and leads on to the activity that answers it."""
    refs = (hearings.code(row.hearing, frame), *frame.code(row.activity_id))
    return frame.sources.add("instruction", row.pk, row.text, _asked(row), refs)
