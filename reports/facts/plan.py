"""What a plan tells besides: how the work goes, what support there is already, and the programme's parts."""

from collections.abc import Iterator

from program.models import ProcessStep, ProgramPart, Resource
from reports import content as c
from reports.facts.frame import Frame
from ui import formats


def process(frame: Frame) -> Iterator[c.Block]:
    """Steps of the process that begin until the meeting."""
    steps = ProcessStep.objects.visible_to(frame.place).select_related("forum")
    rows = tuple(
        (row.words or formats.day(row.first_day), row.text, row.forum.name if row.forum else "–")
        for row in steps
        if row.first_day <= frame.report.meets_on
    )
    if rows:
        yield c.Table("Arbetsgången", ("När", "Vad", "Forum"), rows, widths=(3, 7, 4), key="process")


def parts(frame: Frame) -> Iterator[c.Block]:
    found = ProgramPart.objects.visible_to(frame.place)
    rows = tuple((f"Del {part.number}", part.covers, part.reported or "–") for part in found)
    if rows:
        yield c.Table(
            "Programmets delar", ("Del", "Omfattar", "Redovisas"), rows, widths=(2, 9, 4), key="parts"
        )


def support(frame: Frame) -> Iterator[c.Block]:
    """Support that exists, or the explicit word that there is none."""
    found = Resource.objects.visible_to(frame.place).select_related("department")
    rows = tuple(
        (row.get_kind_display().capitalize(), _name(row), "; ".join(_about(row)) or "–") for row in found
    )
    if rows:
        yield c.Table(
            "Stöd som redan finns för chefer", ("Slag", "Stöd", "Om"), rows, widths=(3, 5, 6), key="support"
        )


def _name(row: Resource) -> str:
    return "inga egna stödfunktioner" if row.is_none else row.name


def _about(row: Resource) -> Iterator[str]:
    if row.department:
        yield row.department.name
    if row.scope:
        yield row.scope
    if row.part_of:
        yield f"ingår i {row.part_of}"
    if row.former_name:
        yield f"tidigare {row.former_name}"
