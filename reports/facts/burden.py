"""The section about what the programme takes of managers: hours by month, collisions, what is new and what is over."""

from collections.abc import Iterable, Iterator, Sequence

from program.models import Status
from program.schedule import OPEN
from program.wheel import words
from program.wheel.load import MONTHS, Occupation, concerns, months_in
from program.wheel.year import Wheel, wheel
from reports import content as c
from reports.comparison import ActivityHistory
from reports.facts.frame import Frame
from reports.facts.sources import in_order
from reports.facts.words import STATUS, Told, name, since
from ui import formats

HOURS_NOTE = "Tid per chef räknas i timmar för hela aktiviteten, för den chef som berörs."
MONTHS_NOTE = (
    "Timmar per chef för det som gäller alla chefer i avdelningen: aktiviteter och återkommande uppgifter i årshjulet "
    "som har fått tid angiven."
)
COLLISIONS = 5  # told one by one
ACTIVITY = "activity-"  # how the wheel's keys of activities begin
EVERYBODY = "Alla avdelningar"


def burden(frame: Frame) -> Iterator[c.Block]:
    """The coming half-year's load as known on the cut-off; in the final report, what the programme took."""
    if frame.is_final:
        yield from _taken(frame)
        return
    costly = [row for row in frame.activities if _takes_time(row)]
    year = frame.cut_off.year if frame.cut_off.month <= 6 else frame.cut_off.year + 1
    found = wheel(frame.place, frame.cut_off, year)
    yield c.Sentence(_summary(costly), frame.sources.activities(costly))
    yield from since(frame.since, _otherwise(frame))
    yield from _load(found, frame)
    yield from _collisions(found, frame)
    if costly:
        yield _hours(frame, costly, "Aktiviteter som tar chefers tid framöver")


def _taken(frame: Frame) -> Iterator[c.Block]:
    """Every activity that has taken managers' time, whatever became of it."""
    rows = [row for row in frame.activities if _has_hours(row) and row.now.state.status != Status.PLANNED]
    yield from since(frame.since, _otherwise(frame))
    if rows:
        count = c.counted(
            len(rows), "en aktivitet har tagit chefers tid", "aktiviteter har tagit chefers tid"
        )
        yield c.Sentence(f"{formats.sentence(count)} under programmet.", frame.sources.activities(rows))
        yield _hours(frame, rows, "Aktiviteter som har tagit chefers tid")
    else:
        yield c.Sentence("Ingen aktivitet har fått tid per chef angiven.")


def _takes_time(row: ActivityHistory) -> bool:
    return _has_hours(row) and row.now.state.status in OPEN


def _has_hours(row: ActivityHistory) -> bool:
    return bool(row.hours_per_manager) and float(row.hours_per_manager) > 0


def _summary(costly: list[ActivityHistory]) -> str:
    if not costly:
        return "Ingen öppen aktivitet har fått tid per chef angiven."
    count = c.counted(
        len(costly),
        "en öppen aktivitet tar chefers tid framöver",
        "öppna aktiviteter tar chefers tid framöver",
    )
    return f"{formats.sentence(count)}."


def _load(found: Wheel, frame: Frame) -> Iterator[c.Block]:
    """What passes the ceiling, and a row of hours for departments that have the same load."""
    told = [(words.over_sentence(row, found), _at_work(found, row.month)) for row in found.over]
    if told:
        yield c.Sentence(f"Månader under {found.year} då chefer ska lägga fler timmar än taket:")
        yield _bullets(told, frame)
    else:
        yield c.Sentence(words.within_sentence(found), _codes(_at_work(found), frame))
    if found.peak:
        yield _months(found, frame)


def _months(found: Wheel, frame: Frame) -> c.Table:
    alike: dict[tuple[str, ...], list[str]] = {}
    for department, cells in found.loads:
        hours = tuple(words.hours(cell.hours) if cell.hours else "–" for cell in cells)
        alike.setdefault(hours, []).append(department)
    return c.Table(
        f"Timmar per chef och månad {found.year}",
        ("Avdelning", *(formats.short_month(month) for month in MONTHS)),
        tuple((_where(names, found), *cells) for cells, names in alike.items()),
        numeric=tuple(range(1, len(MONTHS) + 1)),
        widths=(6, *(2 for _month in MONTHS)),
        note=MONTHS_NOTE,
        refs=tuple(_codes(_at_work(found, names=names), frame) for names in alike.values()),
        key="load",
    )


def _at_work(found: Wheel, month: int | None = None, names: Sequence[str] = ()) -> list[Occupation]:
    """What takes hours in the year, or in one month of it, of managers in the departments named."""
    homes = [pk for pk, name in found.departments.items() if name in names]
    return [
        row
        for row in (entry.occupation for entry in found.entries)
        if row.hours
        and (month in months_in(row, found.year) if month else months_in(row, found.year))
        and (not homes or any(concerns(row, pk) for pk in homes))
    ]


def _codes(rows: Iterable[Occupation], frame: Frame) -> tuple[str, ...]:
    """The codes of the activities among them; the annual wheel's own processes are no sources of the report."""
    keys = [row.key.removeprefix(ACTIVITY) for row in rows if row.key.startswith(ACTIVITY)]
    return in_order(code for key in keys for code in frame.code(int(key)))


def _bullets(told: Sequence[tuple[str, Iterable[Occupation]]], frame: Frame) -> c.Bullets:
    return c.Bullets(tuple(text for text, _rows in told), tuple(_codes(rows, frame) for _text, rows in told))


def _where(names: list[str], found: Wheel) -> str:
    return EVERYBODY if len(names) == len(found.loads) else ", ".join(names)


def _collisions(found: Wheel, frame: Frame) -> Iterator[c.Block]:
    if not found.collisions:
        return
    count = c.counted(len(found.collisions), "En krock", "krockar")
    yield c.Sentence(f"{formats.sentence(count)} i årshjulet {found.year}:")
    told: list[tuple[str, Sequence[Occupation]]] = [
        (words.collision_sentence(row, found.departments), row.others)
        for row in found.collisions[:COLLISIONS]
    ]
    if (more := len(found.collisions) - COLLISIONS) > 0:
        told.append((f"… och {formats.count(more)} till.", ()))
    yield _bullets(told, frame)


def _hours(frame: Frame, rows: list[ActivityHistory], caption: str) -> c.Table:
    return c.Table(
        caption,
        ("Aktivitet", "Status", "Timmar per chef"),
        tuple((name(row), STATUS[row.now.state.status], _number(row)) for row in rows),
        numeric=(2,),
        widths=(8, 3, 3),
        note=HOURS_NOTE,
        refs=tuple((frame.sources.activity(row),) for row in rows),
        key="hours",
    )


def _number(row: ActivityHistory) -> str:
    """12,5 of the stored 12.5."""
    return row.hours_per_manager.removesuffix(".0").replace(".", ",")


def _otherwise(frame: Frame) -> Iterator[Told]:
    """What has come to take time, and what takes it no longer."""
    for row in filter(_has_hours, frame.activities):
        was = row.before(frame.previous)
        took, takes = was is not None and was.state.status in OPEN, row.now.state.status in OPEN
        text = f"{name(row)}, {_number(row)} timmar per chef"
        if takes and not took:
            yield f"Tillkommer: {text}.", (frame.sources.activity(row),)
        elif took and not takes:
            why = "genomförd" if row.now.state.status == Status.COMPLETED else "stoppad"
            yield f"Tar inte längre tid: {text} ({why}).", (frame.sources.activity(row),)
