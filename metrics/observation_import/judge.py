"""Whether an item can be a value: its indicator, group, period and figures, each against what is known. Pure.

Errors say where and what; nothing is repaired but what says the same in another way (per cent into fractions, a value
beside the counts that it follows from). Figures are judged as when they are typed (`metrics/values/entry.py`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from metrics.observation_import import periods
from metrics.observation_import.figures import LARGEST, PLACES, Figure, kept
from metrics.observation_import.groups import Group, Groups
from metrics.observation_import.items import Item, Reading, Wrong
from metrics.observation_import.near import Nearest
from metrics.values.entry import STEPS, Typed, completed, faults
from metrics.values.periods import Period
from program.exchange.columns import plain

SHARES = ("share", "rate")
BREAKDOWNS = {
    "sex": ("kön", "sex", "gender"),
    "age": ("ålder", "åldersgrupp", "age"),
    "background": ("bakgrund", "background"),
    "level": ("nivå", "chefsnivå", "level"),
    "form": ("anställningsform", "form of employment", "form"),
    "other": ("annat", "övrigt", "other"),
}
BY_WORD = {word: key for key, words in BREAKDOWNS.items() for word in (key, *words)}
AGREES = Decimal("0.0006")  # a share in per cent with one decimal, beside its counts
Key = tuple[int, dt.date, dt.date, int | None, int | None, int | None, str, str]


@dataclass(frozen=True)
class Measure:
    """An indicator as far as its values must fit it."""

    pk: int
    name: str
    kind: str
    period_kind: str
    is_computed: bool = False
    on_scale: bool = False  # its means lie on 1–5


@dataclass(frozen=True)
class Value:
    """An item that can be kept: whose, of when, and the fields that the file says, as they are kept."""

    item: Item
    measure: Measure
    group: Group
    period: Period
    said: dict[str, Any]

    @property
    def key(self) -> Key:
        """Indicator, period and group: what a value has in common with those it revises."""
        ids = {self.group.kind: self.group.pk}
        return (
            self.measure.pk, self.period.first, self.period.last, ids.get("department"), ids.get("unit"),
            ids.get("predecessor"), self.item.breakdown, self.item.category,
        )  # fmt: skip


@dataclass
class Judged:
    """`rounded` counts values with more decimals than are kept; `tiny` says that no share in the file reaches 1 %."""

    values: list[Value] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    rounded: int = 0
    tiny: bool = False


@dataclass(frozen=True)
class Given:
    """What is known beside the file. `chosen` is the indicator of rows that name none; `is_last_preliminary` says that
    the last month of a file by months is preliminary and the others are settled."""

    measures: Sequence[Measure]
    groups: Groups
    today: dt.date
    chosen: Measure | None = None
    is_last_preliminary: bool = False


class Names:
    """The indicators by name, and the one that an unknown name is nearest to."""

    def __init__(self, given: Given) -> None:
        self.known = {plain(row.name): row for row in reversed(given.measures)}
        self.near = Nearest([row.name for row in given.measures], 0.6)


def judge(reading: Reading, given: Given) -> Judged:
    """Every item that can be a value, and everything that is wrong with the others."""
    names = Names(given)
    judged, shares = Judged(), []
    last = max((item.written.period.last for item in reading.items if item.written), default=None)
    for read in reading.items:
        item = replace(read, wrong=[*read.wrong])
        value = _value(item, given, names)
        if value is None or item.wrong:
            judged.wrong += item.wrong
            continue
        if given.is_last_preliminary and item.layout.is_wide:
            value.said["is_preliminary"] = value.period.last == last
        figure = item.said.get("value")
        if isinstance(figure, Figure):
            is_share = value.measure.kind in SHARES
            judged.rounded += kept(figure.number, is_share=is_share) != figure.number / (
                100 if is_share else 1
            )
            shares += [figure] if is_share else []
        judged.values.append(value)
    judged.tiny = any(row.number for row in shares) and all(
        row.number < 1 and not row.is_percent for row in shares
    )
    _refuse_twice(judged)
    judged.wrong = list(dict.fromkeys(judged.wrong))
    return judged


def _refuse_twice(judged: Judged) -> None:
    seen: dict[Key, Value] = {}
    for value in judged.values:
        first = seen.setdefault(value.key, value)
        if first is not value:
            value.item.refuse("period", "twice", str(first.item.row))
            judged.wrong += value.item.wrong
    judged.values = [value for value in judged.values if not value.item.wrong]


def _value(item: Item, given: Given, names: Names) -> Value | None:
    """The item as a value, or None; what is wrong is said on the item."""
    measure = _measure(item, given, names)
    period = _period(item, measure, given.today)
    group = _group(item, given.groups, period)
    _broken_down(item)
    if item.said.get("known_on") and item.said["known_on"] > given.today:
        item.refuse("known_on", "in_future", item.said["known_on"].isoformat())
    if measure is None or period is None or group is None:
        return None
    said = dict(item.said)
    _figure(item, said, measure)
    if not item.wrong:
        _whole(item, said, measure)
    return Value(item, measure, group, period, said)


def _measure(item: Item, given: Given, names: Names) -> Measure | None:
    found = names.known.get(plain(item.indicator)) if item.indicator else given.chosen
    if not item.indicator and found is None:
        item.refuse("indicator", "no_indicator")
    elif found is None:
        item.refuse("indicator", "unknown_indicator", item.indicator, names.near.of(item.indicator))
    elif found.is_computed:
        item.refuse("indicator", "computed_indicator", found.name)
        return None
    return found


def _period(item: Item, measure: Measure | None, today: dt.date) -> Period | None:
    if item.written is None or measure is None:
        return item.written.period if item.written else None
    period = periods.fitted(measure.period_kind, item.written)
    if period is None:
        item.refuse("period", f"not_{measure.period_kind}", measure.name)
    elif period.last > today:
        item.refuse("period", "in_future", period.last.isoformat())
    return period


def _group(item: Item, groups: Groups, period: Period | None) -> Group | None:
    first = period.first if period else dt.date.min
    found = groups.find(item.group, first)
    if found.group is None:
        key = item.layout.group_key if item.layout.is_wide else "group"
        item.refuse(key, found.code, item.group, found.near)
    return found.group


def _broken_down(item: Item) -> None:
    """The breakdown as it is kept; both it and its category, or neither."""
    known = BY_WORD.get(item.breakdown.casefold().removeprefix("efter ").removeprefix("by "), "")
    if item.breakdown and not known:
        item.refuse("breakdown", "not_a_breakdown", item.breakdown)
    elif bool(item.breakdown) != bool(item.category):
        item.refuse("category" if item.breakdown else "breakdown", "breakdown_and_category")
    item.breakdown = known


def _figure(item: Item, said: dict[str, Any], measure: Measure) -> None:
    """The value as it is kept; what its kind allows in per cent, and what room there is."""
    figure: Figure | None = said.get("value")
    if figure is None:
        return
    is_share, text = measure.kind in SHARES, f"{figure.number:f}".replace(".", ",")
    if is_share and not 0 <= figure.number <= 100:
        item.refuse("value", "not_a_share", text)
    elif figure.is_percent and not is_share:
        item.refuse("value", "not_in_percent", measure.name)
    elif abs(figure.number) >= LARGEST:
        item.refuse("value", "too_large", text)
    else:
        said["value"] = kept(figure.number, is_share=is_share)


def _whole(item: Item, said: dict[str, Any], measure: Measure) -> None:
    """Value, counts and distribution together, judged as when they are typed; with what follows from them."""
    if said.get("value") is not None and _agrees(said) and measure.kind in SHARES:
        said["value"] = None  # the counts say it better
    typed = Typed(
        measure.kind,
        **{name: said.get(name) for name in ("value", "positive", "answered", "invited", "no_opinion")},
        steps=tuple(said.get(name) for name in STEPS),
        words=said.get("words", ""),
        missing_reason=said.get("missing_reason", ""),
        on_scale=measure.on_scale,
    )
    for fault in faults(typed):
        number = "" if fault.number is None else f"{round(fault.number, 2)}".replace(".", ",")
        item.refuse(fault.field or "value", fault.key, number)
    if typed.counts:
        whole = completed(typed)
        said |= {"positive": whole.positive, "answered": whole.answered}
        said["value"] = None if whole.value is None else whole.value.quantize(PLACES)
    if said.get("words") and said.get("value") is not None:
        said["is_approximate"] = True


def _agrees(said: dict[str, Any]) -> bool:
    """Whether a share says the same as the counts beside it, as sources round it."""
    positive, answered = said.get("positive"), said.get("answered")
    if positive is None or not answered:
        return False
    return bool(abs(Decimal(positive) / Decimal(answered) - said["value"]) <= AGREES)
