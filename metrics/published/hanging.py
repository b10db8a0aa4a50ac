"""Which figures add up to which: groups, breakdowns, periods, indices, replaced revisions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

from metrics.disclosure import Sum
from metrics.published.figure import STATEMENTS, STEPS, Figure, Measure, Period, Slot
from metrics.published.overlapping import Slots, across
from metrics.published.sheet import Sheet, summed

DAY = dt.timedelta(days=1)
Kind = tuple[str, str]  # breakdown, category
NO_KIND: Kind = ("", "")
Tables = dict[tuple[int, Period], Slots]
Homes = Mapping[str, str]
Decomposition = tuple[Hashable, list[Hashable]]


def tell(
    sheet: Sheet, current: Sequence[Figure], homes: Homes, replaced: Sequence[tuple[Figure, Measure]]
) -> None:
    """Put into the sheet what readers know of its figures: first totals are made to hold, then tied."""
    tables: Tables = defaultdict(dict)
    for figure in current:
        if figure.key in sheet.entries:
            tables[figure.indicator, figure.period][figure.slot] = figure.key
    sums = [pair for slots in tables.values() for pair in _sums(sheet, slots, homes)]
    mixed = _mixed(sheet, current, homes, sums)
    stated = {key: entry.counts for key, entry in sheet.entries.items()}
    for total, parts in sums:
        sheet.lift(total, parts)
    _tie_indices(sheet, current, tables)
    sums += mixed
    for total, parts in sums:
        sheet.tie(total, parts)
    by_key: dict[Hashable, Figure] = {figure.key: figure for figure in current}
    _tie_periods(sheet, by_key, tables)
    _tie_positive(sheet, by_key)
    _tie_replaced(sheet, tables, sums, stated, replaced)


# Groups and breakdowns


def _mixed(
    sheet: Sheet, current: Sequence[Figure], homes: Homes, sums: Sequence[Decomposition]
) -> list[Decomposition]:
    """Sums across overlapping periods. They need not hold, so totals are not lifted to them."""
    there = {(total, tuple(parts)) for total, parts in sums}
    figures = [figure for figure in current if figure.key in sheet.entries]
    found = [pair for slots in across(figures) for pair in _sums(sheet, slots, homes)]
    new = dict.fromkeys((total, tuple(parts)) for total, parts in found)
    return [(total, list(parts)) for total, parts in new if (total, parts) not in there]


def _sums(sheet: Sheet, slots: Slots, homes: Homes) -> list[Decomposition]:
    """Totals with their parts, parts that are totals themselves before."""
    found: list[Decomposition] = []
    kinds = sorted({slot[1:] for slot in slots} - {NO_KIND})
    groups = {slot[0] for slot in slots}
    departments = sorted({homes[group] for group in groups if group in homes} | _starting(groups, "d"))
    for kind in [*kinds, NO_KIND]:
        is_all = kind == NO_KIND
        for group in sorted(_starting(groups, "u") | _starting(groups, "p")) if is_all else ():
            _add(sheet, slots, found, (group, *kind), _by_kinds(kinds, group))
        for group in departments:
            options = [_units(slots, group, homes, kind), *(_by_kinds(kinds, group) if is_all else [])]
            _add(sheet, slots, found, (group, *kind), options)
        below = [slot for group in departments for slot in _department(slots, group, homes, kind)]
        _add(sheet, slots, found, ("", *kind), [below, *(_by_kinds(kinds, "") if is_all else [])])
    return found


def _units(slots: Slots, department: str, homes: Homes, kind: Kind) -> list[Slot]:
    return sorted(slot for slot in slots if slot[1:] == kind and homes.get(slot[0]) == department)


def _department(slots: Slots, department: str, homes: Homes, kind: Kind) -> list[Slot]:
    """A department as part of the whole; where it has no figure, its units instead."""
    own = (department, *kind)
    return [own] if own in slots else _units(slots, department, homes, kind)


def _starting(groups: set[str], letter: str) -> set[str]:
    return {group for group in groups if group.startswith(letter)}


def _by_kinds(kinds: Sequence[Kind], group: str) -> list[list[Slot]]:
    names = dict.fromkeys(kind[0] for kind in kinds if kind[0])
    return [[(group, *kind) for kind in kinds if kind[0] == name] for name in names]


def _add(
    sheet: Sheet, slots: Slots, found: list[Decomposition], slot: Slot, options: Sequence[Sequence[Slot]]
) -> None:
    """The slot's decompositions that have figures. Where the total has none, but links them to one another or to
    something above, it is there silently."""
    there = [[slots[part] for part in parts if part in slots] for parts in options]
    there = [parts for parts in there if parts]
    is_link = len(there) > 1 or (len(there) == 1 and slot[0] != "" and slot[1:] == NO_KIND)
    if slot not in slots and is_link:
        total = _silent_total(sheet, slot, there)
        if total is not None:
            slots[slot] = total
    if slot in slots and there and slot[0].startswith("d"):
        sheet.below.setdefault(slots[slot], there[0])
    if slot in slots:
        found += [(slots[slot], list(parts)) for parts in there]


def _silent_total(sheet: Sheet, slot: Slot, options: Sequence[Sequence[Hashable]]) -> Hashable | None:
    """A total that nobody shows, of parts counted alike: it links their breakdowns to one another."""
    entries = [[sheet.entries[key] for key in parts] for parts in options]
    first = entries[0][0]
    if any(entry.layer != first.layer or entry.layer == "alone" for row in entries for entry in row):
        return None
    counts = [summed([entry.counts for entry in row]) for row in entries]
    people = max(sum(entry.people for entry in row) for row in entries)
    key = ("total", slot, tuple(map(tuple, options)))
    total = sheet.add_silent(key, first, tuple(map(max, zip(*counts, strict=True))))
    total.behind = None if first.behind is None else people
    return key


# Indices


def _tie_indices(sheet: Sheet, current: Sequence[Figure], tables: Tables) -> None:
    """An index is made of its statements' points, whatever rounding it came with."""
    statements: dict[tuple[int, Period, Slot], list[Hashable]] = defaultdict(list)
    for figure in current:
        if figure.index and figure.key in sheet.entries and sheet.counts(figure.key, "amount"):
            statements[figure.index, figure.period, figure.slot].append(figure.key)
    for (index, period, slot), keys in statements.items():
        total = tables.get((index, period), {}).get(slot)
        if total is not None and sheet.entries[total].layer == "amount":
            _tie_index(sheet, total, keys)


def _tie_index(sheet: Sheet, total: Hashable, keys: Sequence[Hashable]) -> None:
    entry = sheet.entries[total]
    points = [sheet.counts(key, "amount") or () for key in keys]
    parts, left = [sheet.view(key, "amount") for key in keys], STATEMENTS - len(keys)
    if left > 0:
        rest = max(1, sum(entry.counts) - sum(map(sum, points)))
        sheet.add_silent(("other statements", total), entry, (rest,)).most = left * STEPS
        parts, points = [*parts, ("other statements", total)], [*points, (rest,)]
    entry.counts = summed(points)
    sheet.sums.append(Sum(total, tuple(parts)))


# Periods


def _tie_periods(sheet: Sheet, by_key: Mapping[Hashable, Figure], tables: Tables) -> None:
    """A period is the sum of those within it; for accumulated figures also of what they leave, which nobody shows."""
    series: dict[tuple[int, Slot], list[Figure]] = defaultdict(list)
    for (indicator, _), slots in tables.items():
        for slot, key in slots.items():
            if key in by_key:
                series[indicator, slot].append(by_key[key])
    for rows in series.values():
        for row in rows:
            _tie_period(sheet, row, _within(row, rows))


def _within(row: Figure, rows: Sequence[Figure]) -> list[Figure]:
    """Of the periods inside another: from its beginning on the longest at a time, none over another."""
    inside = [one for one in rows if one is not row and row.first <= one.first and one.last <= row.last]
    found: list[Figure] = []
    for one in sorted(inside, key=lambda one: (one.first, -one.last.toordinal())):
        if not found or one.first > found[-1].last:
            found.append(one)
    return found


def _tie_period(sheet: Sheet, row: Figure, parts: Sequence[Figure]) -> None:
    layer = sheet.entries[row.key].layer
    alike = [part for part in parts if sheet.entries[part.key].layer == layer]
    if not alike or layer == "alone":
        return
    whole, keys = sheet.entries[row.key].counts, [part.key for part in alike]
    left = tuple(
        a - b for a, b in zip(whole, summed([sheet.entries[key].counts for key in keys]), strict=True)
    )
    is_people = sheet.entries[row.key].most == 1 or layer != "amount"
    if _is_tiled(row, alike):
        if not is_people or not any(left):
            sheet.tie(row.key, keys)
    elif row.period_kind == "cumulative" and min(left) >= 0:
        _tie_rest(sheet, row, alike, left)


def _is_tiled(row: Figure, parts: Sequence[Figure]) -> bool:
    days = [(part.last - part.first).days + 1 for part in parts]
    return sum(days) == (row.last - row.first).days + 1


def _tie_rest(sheet: Sheet, row: Figure, parts: Sequence[Figure], left: tuple[int, ...]) -> None:
    """The months between two accumulated figures. Where less has come than there was before, nothing is told:
    what is counted has changed, and the months cannot be worked out."""
    entry, months = sheet.entries[row.key], row.months - sum(part.months for part in parts)
    most = entry.most
    if most is not None and row.kind == "rate":
        most = most // row.months * max(1, months)
    key = ("months between", row.key)
    sheet.add_silent(key, entry, left).most = most
    sheet.sums.append(Sum(row.key, (key, *(part.key for part in parts))))


# All positive, and what has been replaced


def _tie_positive(sheet: Sheet, by_key: Mapping[Hashable, Figure]) -> None:
    """Everybody positive, though some answered 4 and some 5, is all alike for a share."""
    for key, figure in by_key.items():
        if key in sheet.entries and figure.kind in ("share", "rate"):
            counts = sheet.counts(key, "positive")
            if counts and sheet.entries[key].layer == "answers" and 0 in counts:
                sheet.view(key, "positive")


def _tie_replaced(
    sheet: Sheet,
    tables: Tables,
    sums: Sequence[Decomposition],
    stated: Mapping[Hashable, tuple[int, ...]],
    replaced: Sequence[tuple[Figure, Measure]],
) -> None:
    """A replaced value that was too small, where figures shown today still give it: the whole was not revised."""
    for figure, measure in replaced:
        latest = tables.get((figure.indicator, figure.period), {}).get(figure.slot)
        if latest is None or sheet.entries[latest].layer != measure.layer:
            continue
        key = ("replaced", figure.key)
        for total, parts in sums:
            if latest in parts and _adds_up(stated, total, parts, latest, measure):
                if key not in sheet.entries:
                    entry = sheet.add_silent(key, sheet.entries[latest], measure.counts)
                    entry.behind, entry.invited = measure.behind, measure.invited
                sheet.tie(total, [key if part == latest else part for part in parts])


def _adds_up(
    stated: Mapping[Hashable, tuple[int, ...]],
    total: Hashable,
    parts: Sequence[Hashable],
    latest: Hashable,
    measure: Measure,
) -> bool:
    """Whether the total, as it is stated, is the sum with the replaced value; amounts to within rounding."""
    rows = [measure.counts, *(stated.get(part, ()) for part in parts if part != latest)]
    whole = stated.get(total, ())
    if {len(row) for row in rows} != {len(whole)}:
        return False
    slack = len(parts) if measure.layer == "amount" else 0
    return all(abs(a - b) <= slack for a, b in zip(whole, summed(rows), strict=True))
