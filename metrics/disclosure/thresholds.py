"""Primary suppression: which figures may not be shown on their own account."""

from dataclasses import dataclass
from typing import Literal

FLOOR = 5  # no organisation may go below this

Primary = Literal["few", "all_alike"]


@dataclass(frozen=True)
class Thresholds:
    """The smallest number of answers, or of people, behind a figure that is shown."""

    survey: int = 10
    health: int = 11

    def least(self, subject: str) -> int:
        """The threshold for a subject; 0 for staffing figures, which are public."""
        if subject == "staffing":
            return 0
        return max(FLOOR, self.health if subject == "health" else self.survey)


def may_show(subject: str, answered: int | None, positive: int | None, thresholds: Thresholds) -> bool:
    """Whether a figure that stands alone may be shown: enough answers, and not everybody answering alike.

    A figure taken over from elsewhere without any count (`answered` None) was published by its source.
    Figures that add up to one another must be asked about together, with `gate`.
    """
    least = thresholds.least(subject)
    if least == 0 or answered is None:
        return True
    if answered < least:
        return False
    return positive is None or 0 < positive < answered
