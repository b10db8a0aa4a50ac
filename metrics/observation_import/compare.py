"""What a file's values would do beside those that are kept: new, revised, changed, unchanged. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from metrics.observation_import.columns import COUNTS
from metrics.observation_import.figures import PLACES
from metrics.observation_import.items import Wrong
from metrics.observation_import.judge import Key, Value
from metrics.values.entry import STEPS
from metrics.values.periods import CUMULATIVE, MONTHLY, ROLLING, Period

FIELDS = ("value", *COUNTS, "is_preliminary", "is_approximate", "words", "missing_reason", "known_on")
EMPTY = {"is_preliminary": False, "is_approximate": False, "words": "", "missing_reason": ""}
STATES = ("new", "revised", "changed", "unchanged")


@dataclass(frozen=True)
class Held:
    """The latest value that is kept of a group and period. A draft may be changed; what is approved is revised."""

    pk: int
    revision: int
    is_draft: bool
    is_example: bool
    values: Mapping[str, Any]
    by: int | None = None  # who entered it, by key and by name
    writer: str = ""


@dataclass(frozen=True)
class Result:
    """A value of the file beside the one that is kept, and the fields as they will be."""

    value: Value
    held: Held | None
    state: str
    after: dict[str, Any]


@dataclass
class Comparison:
    """All of it; with anything wrong, nothing is written."""

    results: list[Result] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    empty: int = 0
    rounded: int = 0
    tiny: bool = False
    overlaps: list[tuple[Value, Period]] = field(default_factory=list)

    def of(self, *states: str) -> list[Result]:
        return [row for row in self.results if row.state in states]

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.results)

    @property
    def has_work(self) -> bool:
        return any(row.state != "unchanged" for row in self.results)

    @property
    def needs_reason(self) -> bool:
        """Whether something that is approved would be revised."""
        return any(row.state == "revised" for row in self.results)

    @property
    def digest(self) -> str:
        """What would be written, in short: the same file beside other values gives another."""
        said = [
            (
                row.state, row.value.key, [str(row.after[key]) for key in FIELDS],
                row.held and (row.held.pk, row.held.revision, row.held.is_draft, row.held.values),
            )
            for row in self.results
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def compare(values: Iterable[Value], held: Mapping[Key, Held]) -> list[Result]:
    """Each value beside the latest that is kept of the same group and period."""
    return [_beside(value, held.get(value.key)) for value in values]


def overlaps(values: Iterable[Value], held: Iterable[Key]) -> list[tuple[Value, Period]]:
    """Values at one time of a day within a month that is kept of the same group, or of a month with such a day."""
    kept: dict[Any, list[Period]] = {}
    for key in held:
        if _is_within_a_month(key):
            kept.setdefault(_month(key), []).append(Period(key[1], key[2]))
    return [
        (value, period)
        for value in values
        if value.measure.period_kind not in (MONTHLY, CUMULATIVE, ROLLING) and _is_within_a_month(value.key)
        for period in kept.get(_month(value.key), [])
        if period != value.period and period.first <= value.period.last and value.period.first <= period.last
    ]


def _is_within_a_month(key: Key) -> bool:
    return (key[1].year, key[1].month) == (key[2].year, key[2].month)


def _month(key: Key) -> Any:
    """The month of a value that lies within one, and what else it has in common with those beside it."""
    return key[0], key[1].replace(day=1), *key[3:]


def others_drafts(results: Iterable[Result], by: int | None) -> list[Wrong]:
    """A draft is changed by nobody but the one who wrote it, who then cannot be the one to approve it."""
    wrong = []
    for row in results:
        if row.state == "changed" and row.held and row.held.by not in (None, by):
            row.value.item.refuse("value", "others_draft", row.held.writer)
            wrong += row.value.item.wrong
    return wrong


def _beside(value: Value, held: Held | None) -> Result:
    if held is None:
        empty: dict[str, Any] = dict.fromkeys(FIELDS) | EMPTY
        return Result(value, None, "new", empty | value.said)
    if all(_same(held.values, key, said) for key, said in value.said.items()):
        return Result(value, held, "unchanged", dict(held.values))
    return Result(value, held, "changed" if held.is_draft else "revised", _over(held.values, value.said))


def _same(held: Mapping[str, Any], key: str, said: Any) -> bool:
    """Whether the file says what is kept. When a figure became known is no part of what it says."""
    if key == "known_on":
        return True
    if key == "value" and said is not None and held["value"] is None:
        return bool(_share(held) == said)
    return bool(held[key] == said)


def _share(held: Mapping[str, Any]) -> Decimal | None:
    positive, answered = held["positive"], held["answered"]
    return (
        (Decimal(positive) / Decimal(answered)).quantize(PLACES)
        if positive is not None and answered
        else None
    )


def _over(held: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says over what is kept; what no longer fits the new figure goes."""
    after: dict[str, Any] = {**held, **said}
    if said.get("value") is not None:
        after |= {key: None for key in ("positive", *STEPS) if key not in said}
        after |= {key: EMPTY[key] for key in ("missing_reason", "words", "is_approximate") if key not in said}
    elif "value" not in said and said.get("positive") is not None:
        after["value"] = None
    if None not in (after["answered"], after["invited"]) and after["answered"] > after["invited"]:
        after["invited"] = None
    return after
