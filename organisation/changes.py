"""What must be decided anew when an organisation changes.

Apps above decide things by the organisation's thresholds and by which unit belongs to which department, and
organisation knows no app above it: each registers here what it does then (`metrics.gate.settle_organisation`), once,
in its `ready`. Whatever changes such a thing calls `tell` in the same transaction.
"""

from collections.abc import Callable

from organisation.models import Organisation

DECIDING = {"survey_threshold", "health_threshold", "department"}  # names of fields, of forms too
listeners: list[Callable[[Organisation], None]] = []


def tell(organisation: Organisation, changed: list[str]) -> None:
    """Let everybody decide anew, if one of the changed fields decides something."""
    if DECIDING.intersection(changed):
        for listener in listeners:
            listener(organisation)
