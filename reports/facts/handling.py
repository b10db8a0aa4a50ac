"""What the committee is asked to decide, and what it has asked for."""

from reports import content as c
from reports.facts.frame import Frame
from reports.models import Instruction
from ui import formats


def points(frame: Frame):
    """The points of decision, numbered, below the proposal's own words."""
    texts = tuple(frame.report.points.values_list("text", flat=True))
    if texts:
        yield c.Numbered(texts)


def instructions(frame: Frame):
    """Each thing a political body asked for up to the cut-off, with what has answered it."""
    rows = list(
        Instruction.objects.filter(
            hearing__report__program=frame.place.program, hearing__held_on__lte=frame.cut_off
        ).select_related("hearing__forum", "activity", "step")
    )
    if not rows:
        yield c.Sentence("Nämnden har inte bett om något särskilt.")
        return
    yield c.Table(
        "Det nämnden har bett om, och det som svarar mot det",
        ("Vad", "Av vem och när", "Det som svarar mot det"),
        tuple((row.text, _asked(row), _answer(row, frame)) for row in rows),
        widths=(6, 4, 6),
        refs=tuple((_code(row, frame),) for row in rows),
        key="instructions",
    )


def _asked(row: Instruction) -> str:
    parts = [row.hearing.forum.name, formats.day(row.hearing.held_on), row.hearing.paragraph]
    return ", ".join(part for part in parts if part)


def _answer(row: Instruction, frame: Frame) -> str:
    if row.answered_on and row.answered_on <= frame.cut_off:
        return f"{row.answer} ({formats.day(row.answered_on)})"
    if row.activity:
        return f"Aktiviteten {row.activity.title}"
    if row.step:
        return f"Arbetsgången: {row.step.text}"
    return "Inte besvarat ännu"


def _code(row: Instruction, frame: Frame) -> str:
    return frame.sources.add("instruction", row.pk, row.text, _asked(row))
