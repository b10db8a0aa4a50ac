from program.models.activity import (
    Activity,
    FollowUp,
    FollowUpAnswer,
    PlanLink,
    Status,
    StatusUpdate,
    Step,
)
from program.models.files import Attachment, ChangeSet, PlanFile
from program.models.need import Need
from program.models.program import (
    Area,
    Assignment,
    Audience,
    Clause,
    Consultation,
    Document,
    InProgramQuerySet,
    Level,
    ProcessStep,
    Program,
    ProgramPart,
    Resource,
    Risk,
    Stage,
)
from program.models.response import Response
from program.models.text import Doubt, Passage
from program.models.wheel import AnnualEvent

__all__ = [
    "Activity",
    "AnnualEvent",
    "Area",
    "Assignment",
    "Attachment",
    "Audience",
    "ChangeSet",
    "Clause",
    "Consultation",
    "Document",
    "Doubt",
    "FollowUp",
    "FollowUpAnswer",
    "InProgramQuerySet",
    "Level",
    "Need",
    "Passage",
    "PlanFile",
    "PlanLink",
    "ProcessStep",
    "Program",
    "ProgramPart",
    "Resource",
    "Response",
    "Risk",
    "Stage",
    "Status",
    "StatusUpdate",
    "Step",
]
