from program.models.activity import Activity, FollowUp, Status, StatusUpdate, Step
from program.models.need import Need
from program.models.program import (
    Area,
    Assignment,
    Clause,
    Consultation,
    Document,
    Level,
    ProcessStep,
    Program,
    ProgramPart,
    Resource,
)

__all__ = [
    "Activity",
    "Area",
    "Assignment",
    "Clause",
    "Consultation",
    "Document",
    "FollowUp",
    "Level",
    "Need",
    "ProcessStep",
    "Program",
    "ProgramPart",
    "Resource",
    "Status",
    "StatusUpdate",
    "Step",
]
