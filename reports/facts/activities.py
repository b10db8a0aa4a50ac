"""Sections about the activities: what was done, how they stand, and what comes next."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from program.models import Status
from program.schedule import OPEN, is_late
from reports import content as c
from reports.comparison import ActivityHistory, Movement, Update
from reports.facts.frame import Frame
from reports.facts.handling import decisions
from reports.facts.plan import parts, process, support
from reports.facts.words import STATUS, Told, after, day_or_words, deadline, enumerated, name, since
from ui import formats

WAYS = {
    "completed": ("en är genomförd", "är genomförda"),
    "stopped": ("en är stoppad", "är stoppade"),
    "moved": ("en har fått senare slutdatum", "har fått senare slutdatum"),
    "late": ("en är försenad", "är försenade"),
    "open": ("en är öppen", "är öppna"),
}
SHOWN = 12  # last days that "next" tells


def done(frame: Frame) -> Iterator[c.Block]:
    """What happened after the previous cut-off; in a plan, the method."""
    if frame.is_plan:
        yield from process(frame)
        return
    move = frame.movement
    yield _summary_of(frame)
    yield from since(frame.since, _come_and_gone(frame))
    if move.completed:
        yield _completed(frame, move.completed, "Genomförda aktiviteter under perioden")
    if move.slips:
        yield _slips(frame)
    yield from decisions(frame)


def _summary_of(frame: Frame) -> c.Sentence:
    move = frame.movement
    said = [
        c.counted(len(move.completed), "en aktivitet är genomförd", "aktiviteter är genomförda"),
        c.counted(len(move.new), "en är ny", "är nya"),
        c.counted(len(move.stopped), "en är stoppad", "är stoppade"),
        c.counted(len(move.slips), "en har fått senare slutdatum", "har fått senare slutdatum"),
    ]
    start = f"Sedan {formats.day(frame.previous)}" if frame.previous else "Sedan starten"
    rows = {row.pk: row for row in (*move.completed, *move.new, *move.stopped)}
    rows |= {slip.activity.pk: slip.activity for slip in move.slips}
    refs = frame.sources.activities(rows.values())
    return c.Sentence(f"{start}: {formats.listed(said)}.", refs)


def _come_and_gone(frame: Frame) -> Iterator[Told]:
    """What has no table of its own in the section: new and stopped activities."""
    move = frame.movement
    yield from _told(frame, "en ny aktivitet", "nya aktiviteter", move.new)
    for row in move.stopped:
        yield (
            f"Stoppad: {name(row)}. {after('stoppad', row.since.comment)}".strip(),
            (frame.sources.activity(row),),
        )
    if not (move.new or move.stopped) and (move.completed or move.slips):
        yield "Inga aktiviteter är nya och inga är stoppade.", ()


def _told(frame: Frame, one: str, many: str, rows: Sequence[ActivityHistory]) -> Iterator[Told]:
    """One line for so many activities of a sort; nothing when there are none."""
    if rows:
        yield enumerated(one, many, [name(row) for row in rows]), frame.sources.activities(rows)


def _completed(frame: Frame, rows: Sequence[ActivityHistory], caption: str) -> c.Table:
    return c.Table(
        caption,
        ("Aktivitet", "Ansvarig", "Genomförd", "Kommentar"),
        tuple((name(row), row.responsible or "–", _completed_on(row.now), row.now.comment or "–") for row in rows),
        widths=(5, 3, 3, 6),
        refs=tuple((frame.sources.activity(row),) for row in rows),
        key="completed",
    )  # fmt: skip


def _completed_on(update: Update) -> str:
    return day_or_words(update.state.completed_on, update.completed_words)


def _slips(frame: Frame) -> c.Table:
    rows = frame.movement.slips
    return c.Table(
        "Slutdatum som har flyttats",
        ("Aktivitet", "Från", "Till", "Varför"),
        tuple((name(row.activity), deadline(row.before), deadline(row.now), row.why or "–") for row in rows),
        widths=(5, 3, 3, 6),
        refs=tuple((frame.sources.activity(row.activity),) for row in rows),
        key="slips",
    )


def activities(frame: Frame) -> Iterator[c.Block]:
    """Every activity as it stood on the cut-off; in the final report, what became of each."""
    move, rows = frame.movement, frame.activities
    if not rows:
        yield c.Sentence("Programmet har inga aktiviteter ännu.")
        return
    yield c.Sentence(_standing(frame), frame.sources.activities(rows))
    yield from since(frame.since, _moved(frame))
    if move.late:
        yield _late(frame)
    stopped = [row for row in rows if row.now.state.status == Status.STOPPED]
    if shown := (stopped if frame.is_final else move.stopped):
        yield _stopped(frame, shown)
    yield _all(frame)
    if frame.is_plan:
        yield from support(frame)


def _standing(frame: Frame) -> str:
    move, rows = frame.movement, frame.activities
    done = sum(row.now.state.status == Status.COMPLETED for row in rows)
    stopped = sum(row.now.state.status == Status.STOPPED for row in rows)
    rest = [
        c.counted(len(move.under_way), "en pågår", "pågår"),
        c.counted(len(move.planned), "en är planerad", "är planerade"),
        *([c.counted(stopped, "en är stoppad", "är stoppade")] if stopped else []),
    ]
    late = formats.sentence(c.counted(len(move.late), "en av dem är försenad", "av dem är försenade"))
    count = f"{formats.count(done)} av {formats.count(len(rows))}"
    return f"{formats.sentence(count)} aktiviteter är genomförda; {formats.listed(rest)}. {late}."


def _moved(frame: Frame) -> Iterator[Told]:
    """Begun, done, late and caught up since the last report. What slipped and was stopped stands in "done"."""
    move = frame.movement
    known = {row.pk for row in move.new}
    begun = [row for row in move.started if row.pk not in known]
    yield from _told(frame, "en aktivitet är genomförd", "aktiviteter är genomförda", move.completed)
    yield from _told(frame, "en har börjat", "har börjat", begun)
    yield from _told(frame, "en är ny", "är nya", move.new)
    yield from _told(frame, "en är stoppad", "är stoppade", move.stopped)
    yield from _told(
        frame, "en har fått senare slutdatum", "har fått senare slutdatum", [row.activity for row in move.slips]
    )  # fmt: skip
    yield from _told(frame, "en har blivit försenad", "har blivit försenade", move.newly_late)
    open_still = [row for row in move.no_longer_late if row.now.state.status in OPEN]
    yield from _told(
        frame, "en är inte längre försenad", "är inte längre försenade", open_still
    )  # fmt: skip


def _late(frame: Frame) -> c.Table:
    rows = frame.movement.late
    return c.Table(
        "Försenade aktiviteter",
        ("Aktivitet", "Ansvarig", "Klart senast", "Lägesrapport"),
        tuple((name(row), row.responsible or "–", deadline(row.now), row.now.comment or "–") for row in rows),
        widths=(5, 3, 3, 6),
        refs=tuple((frame.sources.activity(row),) for row in rows),
        key="late",
    )


def _stopped(frame: Frame, rows: Iterable[ActivityHistory]) -> c.Table:
    shown = list(rows)
    return c.Table(
        "Stoppade aktiviteter" if frame.is_final else "Stoppade aktiviteter under perioden",
        ("Aktivitet", "Stoppad", "Skäl"),
        tuple((name(row), formats.day(row.since.on), row.since.comment) for row in shown),
        widths=(5, 3, 8),
        refs=tuple((frame.sources.activity(row),) for row in shown),
        key="stopped",
    )


def _all(frame: Frame) -> c.Table:
    move, rows = frame.movement, frame.activities
    last = "Genomförd eller klart senast" if frame.is_final else "Klart senast"
    return c.Table(
        "Alla aktiviteter",
        ("Aktivitet", "Område", "Ansvarig", last, "Status"),
        tuple(
            (name(row), row.area, row.responsible or "–", _last(row, frame), _status(row, move)) for row in rows
        ),
        widths=(6, 4, 4, 3, 3),
        refs=tuple((frame.sources.activity(row),) for row in rows),
        key="activities",
    )  # fmt: skip


def _last(row: ActivityHistory, frame: Frame) -> str:
    is_done = row.now.state.status == Status.COMPLETED
    return _completed_on(row.now) if frame.is_final and is_done else deadline(row.now)


def _status(row: ActivityHistory, move: Movement) -> str:
    return "försenad" if row in move.late else STATUS[row.now.state.status]


# Next


def coming(frame: Frame) -> Iterator[c.Block]:
    """The next last days, and what became of those that the last report had before it."""
    if frame.is_plan:
        yield from parts(frame)
    rows = [row for row in ahead(frame.activities, frame.cut_off) if row not in frame.movement.late][:SHOWN]
    yield from since(frame.since, _became(frame))
    if rows:
        yield c.Table(
            "Nästa slutdatum",
            ("Klart senast", "Aktivitet", "Ansvarig"),
            tuple((deadline(row.now), name(row), row.responsible or "–") for row in rows),
            widths=(3, 7, 4),
            refs=tuple((frame.sources.activity(row),) for row in rows),
            key="next",
        )
    else:
        yield c.Sentence("Ingen öppen aktivitet har ett slutdatum.")


def ahead(rows: Iterable[ActivityHistory], day: dt.date) -> list[ActivityHistory]:
    """Activities that were open on a day and had a last day, the nearest first."""
    found = []
    for row in rows:
        was = row.before(day)
        if was is not None and was.state.status in OPEN and was.state.deadline:
            found.append((was.state.deadline, row.pk, row))
    return [row for *_order, row in sorted(found, key=lambda item: item[:2])]


def _became(frame: Frame) -> Iterator[Told]:
    """Of the last days that were to come when the last report was made, and have come now: how it went."""
    if frame.previous is None:
        return
    due = [
        (row, was)
        for row in ahead(frame.activities, frame.previous)
        if (was := row.before(frame.previous)) and frame.previous <= was.state.deadline <= frame.cut_off
    ]
    if not due:
        return
    slipped = {slip.activity.pk for slip in frame.movement.slips}
    ways = [_way(row, slipped, frame.cut_off) for row, _was in due]
    told = [c.counted(ways.count(way), *words) for way, words in WAYS.items() if way in ways]
    count = c.counted(len(due), "ett slutdatum", "slutdatum")
    text = f"{formats.sentence(count)} låg framför oss i förra rapporten och har passerat: {formats.listed(told)}."
    yield text, frame.sources.activities(row for row, _was in due)


def _way(row: ActivityHistory, slipped: set[int], day: dt.date) -> str:
    """What became of an activity whose last day has come: its status, moved or late."""
    if row.now.state.status not in OPEN:
        return row.now.state.status
    if row.pk in slipped:
        return "moved"
    return "late" if is_late(row.now.state, day) else "open"
