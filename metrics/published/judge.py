"""From figures to what each of them is withheld for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from metrics.disclosure import Thresholds, suppress
from metrics.disclosure.thresholds import Primary
from metrics.published.figure import Basis, Figure, Measure, Period, Slot, measured
from metrics.published.hanging import tell
from metrics.published.overlapping import overlap
from metrics.published.sheet import Entry, Sheet

GATED = ("sex", "age", "background")  # breakdowns with a subject of their own
Homes = Mapping[str, str]  # unit group → its department's


def withheld(figures: Iterable[Figure], homes: Homes, thresholds: Thresholds) -> dict[int, str]:
    """For each figure's key the reason why it is not shown, "" when it is. Wants every approved figure."""
    found: dict[int, str] = {}
    for knot in knots(figures):
        found.update(_judge(knot, homes, thresholds))
    return found


def knots(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    """Figures that may hang together: of an index and its statements or one indicator, and of periods of which one
    contains the other, or of surveys at overlapping times."""
    families: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        families[figure.index or figure.indicator].append(figure)
    for family in families.values():
        points = {figure.period for figure in family if figure.period_kind == "point"}
        groups = _together(sorted({figure.period for figure in family}), points)
        for periods in groups:
            yield [figure for figure in family if figure.period in periods]


def _together(periods: Sequence[Period], points: set[Period]) -> list[set[Period]]:
    """Periods in sets: each contains, or is within, another of its set; `points` need only overlap."""
    found: list[set[Period]] = []
    for period in periods:
        near = [group for group in found if any(_hang(period, other, points) for other in group)]
        found = [group for group in found if group not in near] + [{period}.union(*near)]
    return found


def _hang(one: Period, other: Period, points: set[Period]) -> bool:
    return _nested(one, other) or (one in points and other in points and overlap(one, other))


def _nested(one: Period, other: Period) -> bool:
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def _judge(knot: Sequence[Figure], homes: Homes, thresholds: Thresholds) -> dict[int, str]:
    subjects = {figure.key: _subject(figure, thresholds) for figure in knot}
    if not any(map(thresholds.least, subjects.values())):
        return dict.fromkeys(subjects, "")
    current = _current(knot)
    out = {(figure.indicator, figure.period, figure.slot) for figure in knot if figure.is_out}
    measures = _measures(knot, homes, thresholds, subjects)
    alone = {figure.key: _primary(figure, measures[figure.key], subjects, thresholds) for figure in knot}
    sheet = Sheet()
    for figure in current.values():
        is_known = (figure.indicator, figure.period, figure.slot) in out
        sheet.put(figure, measures[figure.key], subjects[figure.key], "known" if is_known else "offered")
    replaced = [row for row in knot if row.key not in sheet.entries and alone[row.key]]
    tell(sheet, list(current.values()), homes, [(row, measures[row.key]) for row in replaced])
    hidden = suppress(sheet.cells(), sheet.sums, thresholds).hidden
    found: dict[int, str] = {
        row.key: "" if row.is_out else alone[row.key] or hidden.get(row.key) or "" for row in current.values()
    }
    return found | _replaced(knot, current, alone, any(found.values()) or bool(hidden))


def _replaced(
    knot: Sequence[Figure], current: Mapping[tuple[int, Period, Slot], Figure], alone: Mapping[int, str | None],
    is_something_hidden: bool,
) -> dict[int, str]:  # fmt: skip
    """Replaced revisions: shown where nothing is hidden, today or then."""
    latest = {row.key for row in current.values()}
    rows = [row for row in knot if row.key not in latest]
    is_closed = is_something_hidden or any(alone[row.key] for row in rows)
    return {
        row.key: "" if row.is_out else alone[row.key] or ("would_give_away" if is_closed else "")
        for row in rows
    }


def _current(knot: Iterable[Figure]) -> dict[tuple[int, Period, Slot], Figure]:
    """The latest revision of each value."""
    ordered = sorted(knot, key=lambda figure: figure.revision)
    return {(figure.indicator, figure.period, figure.slot): figure for figure in ordered}


def _subject(figure: Figure, thresholds: Thresholds) -> str:
    """The stricter of the indicator's subject and the breakdown's."""
    if figure.breakdown not in GATED:
        return figure.subject
    return max(figure.subject, figure.breakdown, key=thresholds.least)


def _primary(
    figure: Figure, measure: Measure, subjects: Mapping[int, str], thresholds: Thresholds
) -> Primary | None:
    """Why it may not be shown even if it stood alone."""
    if measure.layer == "none":
        return None
    entry = Entry(
        measure.layer, measure.counts, subjects[figure.key], "offered", 1, measure.behind, measure.most
    )
    found = entry.cell(figure.key, 0).primary(thresholds)
    if found or measure.layer != "answers" or figure.kind not in ("share", "rate"):
        return found
    *_, four, five = measure.counts
    is_gated = thresholds.least(subjects[figure.key]) > 0
    return "all_alike" if is_gated and four + five in (0, sum(measure.counts)) else None


def _measures(
    knot: Sequence[Figure], homes: Homes, thresholds: Thresholds, subjects: Mapping[int, str]
) -> dict[int, Measure]:
    """What each figure counts, with a number of people taken from its parts or assumed where none is given."""
    rows: dict[int, list[Figure]] = defaultdict(list)
    for row in knot:
        rows[row.indicator].append(row)
    bases = {indicator: _basis(found) for indicator, found in rows.items()}
    numbers = _numbers(knot, homes, thresholds, subjects)
    return {row.key: measured(row, numbers[row.key], bases[row.indicator]) for row in knot}


def _basis(rows: Sequence[Figure]) -> Basis:
    """Of one indicator's figures."""
    is_asked = any(
        row.distribution is not None or (row.invited is not None and row.invited != row.answered)
        for row in rows
    )
    is_census = rows[0].subject != "survey" and not is_asked
    values = [row.value for row in rows if row.value is not None]
    is_on_scale = rows[0].subject != "age" and not is_census and all(1 <= value <= 5 for value in values)
    return Basis(is_census, is_on_scale, all(row.answered is not None for row in rows))


def _numbers(
    knot: Sequence[Figure], homes: Homes, thresholds: Thresholds, subjects: Mapping[int, str]
) -> dict[int, int | None]:
    """The number of people behind each figure: as given, as its parts have, or one fewer than may be shown."""
    below: dict[tuple[int, Period, Slot], int] = defaultdict(int)
    for row in knot:
        home = homes.get(row.group, "" if row.group.startswith("d") else None)
        if home is not None:
            below[row.indicator, row.period, (home, row.breakdown, row.category)] += row.answered or 0
    found: dict[int, int | None] = {}
    for row in knot:
        number = row.answered if row.answered is not None else row.invited
        if number is None and not row.is_approximate:
            number = below[row.indicator, row.period, row.slot] or None
        if number is None and (row.group[:1] in ("d", "u") or row.breakdown):
            number = max(0, thresholds.least(subjects[row.key]) - 1)
        found[row.key] = number
    return found
