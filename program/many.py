"""One change for many activities: what it would do to each, and what it takes to take it back. Plain values."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from program.when import When


@dataclass(frozen=True)
class Standing:
    """What one change may touch in an activity. `responsible` are primary keys, in order; dates with their words."""

    status: str
    deadline: dt.date | None
    deadline_words: str
    completed_on: dt.date | None
    completed_words: str
    area: int
    responsible: tuple[int, ...]

    @property
    def update(self) -> tuple[Any, ...]:
        """What a status update tells."""
        return (self.status, self.deadline, self.deadline_words, self.completed_on, self.completed_words)

    def as_json(self) -> dict[str, Any]:
        days = {
            name: day and day.isoformat()
            for name, day in (("deadline", self.deadline), ("completed_on", self.completed_on))
        }
        return {**self.__dict__, **days, "responsible": list(self.responsible)}


def from_json(raw: dict[str, Any]) -> Standing:
    """What `as_json` made."""
    days = {name: raw[name] and dt.date.fromisoformat(raw[name]) for name in ("deadline", "completed_on")}
    return Standing(**{**raw, **days, "responsible": tuple(raw["responsible"])})


@dataclass(frozen=True)
class Planned:
    """An activity by primary key and the revision it was shown with, before and after."""

    pk: int
    revision: int
    before: Standing
    after: Standing

    @property
    def differs(self) -> bool:
        return self.before != self.after


def changed(
    before: Standing,
    *,
    status: str = "",
    deadline: When | None = None,
    completed_on: dt.date | None = None,
    area: int | None = None,
    responsible: Iterable[int] = (),
) -> Standing:
    """The standing with what is given put in; a status other than completed has no day of completion."""
    after = before
    if status:
        is_same = status == before.status == "completed"
        after = replace(
            after,
            status=status,
            completed_on=before.completed_on if is_same else completed_on,
            completed_words=before.completed_words if is_same else "",
        )
    if deadline:
        after = replace(after, deadline=deadline.last, deadline_words=deadline.words)
    if area:
        after = replace(after, area=area)
    if chosen := tuple(sorted(responsible)):
        after = replace(after, responsible=chosen)
    return after


def a_year_later(day: dt.date, words: str) -> tuple[dt.date, str]:
    """The same day next year (29 February becomes the 28th), and the words with their years one higher."""
    try:
        later = day.replace(year=day.year + 1)
    except ValueError:
        later = day.replace(year=day.year + 1, day=28)
    return later, re.sub(r"\b(?:19|20)[0-9]{2}\b", lambda year: str(int(year[0]) + 1), words)


def undoable(planned: Iterable[Planned], revisions: dict[int, int]) -> Iterator[Planned]:
    """Those that nobody has touched since: their revision is the one that the change gave them."""
    return (row for row in planned if revisions.get(row.pk) == row.revision + 1)
