"""What we tell: reports and their sections, frozen releases, the committee's handling, layouts, openness."""

from reports.models.hearing import DecisionPoint, Hearing, Instruction, Ruling
from reports.models.layout import SectionLayout, WordTemplate
from reports.models.openness import Handout, Mask, RetentionRule
from reports.models.release import Release, ReleaseFile
from reports.models.reminder import ChecklistSent, DigestSent
from reports.models.report import Report, Section, may_see_unfrozen

__all__ = [
    "ChecklistSent",
    "DecisionPoint",
    "DigestSent",
    "Handout",
    "Hearing",
    "Instruction",
    "Mask",
    "Release",
    "ReleaseFile",
    "Report",
    "RetentionRule",
    "Ruling",
    "Section",
    "SectionLayout",
    "WordTemplate",
    "may_see_unfrozen",
]
