"""How political bodies have handled the programme's reports, as sources."""

from reports.facts.frame import Frame
from reports.models import Hearing
from ui import formats


def held(frame: Frame) -> list[Hearing]:
    """Every handling of the programme's reports up to the cut-off, oldest first. One query, once for a report."""
    return frame.hearings


def code(row: Hearing, frame: Frame) -> str:
    """Its code; paragraph and case number let a reader find the minutes."""
    detail = ", ".join(part for part in (row.paragraph, row.case_number) if part)
    return frame.sources.add("hearing", row.pk, f"{row.forum.name} {formats.day(row.held_on)}", detail)
