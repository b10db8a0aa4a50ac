"""What a guideline and a unit's own assessment say together: a range with a motivation, never a formula."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Assessed:
    """A unit beside its guideline, in people per manager. `adjustment` is None where nobody has assessed it.

    `larger` and `smaller` count the factors marked either way; `marked` all that were marked, neutral ones too.
    """

    category: str
    base: int
    usual: int
    largest: int
    adjustment: int | None = None
    larger: int = 0
    smaller: int = 0
    marked: int = 0
    is_of_earlier_version: bool = False

    @property
    def lowest(self) -> int:
        return max(1, self.base - self.largest)

    @property
    def highest(self) -> int:
        return self.base + self.largest

    @property
    def own(self) -> int | None:
        return None if self.adjustment is None else max(1, self.base + self.adjustment)


def notices(assessed: Assessed) -> tuple[str, ...]:
    """What a reader should be told of the assessment; none of it makes it wrong.

    earlier_version: it was made by an earlier version of the guideline.
    beyond_largest | beyond_usual: further from the base number than today's guideline allows, or than is usual.
    up_against_marks | down_against_marks: the marks, counted, point the other way.
    """
    adjustment, found = assessed.adjustment, []
    if adjustment is None:
        return ()
    if assessed.is_of_earlier_version:
        found.append("earlier_version")
    if abs(adjustment) > assessed.largest:
        found.append("beyond_largest")
    elif abs(adjustment) > assessed.usual:
        found.append("beyond_usual")
    if adjustment > 0 and assessed.smaller > assessed.larger:
        found.append("up_against_marks")
    if adjustment < 0 and assessed.larger > assessed.smaller:
        found.append("down_against_marks")
    return tuple(found)
