"""A report as it stands, for those who read and complete it: composed anew only when something has been written."""

from dataclasses import dataclass

from organisation.writes import remembered
from reports.actions import content_checksum
from reports.content import Content
from reports.facts import compose
from reports.models import Report


@dataclass(frozen=True)
class Draft:
    """What the report says now, and the SHA-256 by which an approval knows it."""

    content: Content
    checksum: str


def draft_of(report: Report) -> Draft:
    """One query when nothing has been written since the last time. Approving and freezing compose for themselves."""
    return remembered(f"draft:{report.pk}", lambda: _composed(report))


def _composed(report: Report) -> Draft:
    content = compose(report)
    return Draft(content, content_checksum(content))
