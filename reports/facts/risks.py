"""What goes otherwise than planned, what could, and what the unions have been told and said."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q

from program.models import Consultation, Risk, Status
from program.schedule import OPEN
from reports import content as c
from reports.comparison import ActivityHistory
from reports.facts.frame import Frame
from reports.facts.words import Told, after, deadline, ended, name, since
from ui import formats

WEIGHTS = (Risk.Weight.LARGE, Risk.Weight.MEDIUM, Risk.Weight.SMALL)


def risks(frame: Frame) -> Iterator[c.Block]:
    """Deviations up to the cut-off, then the risks that were open on it, and those closed since the last report."""
    rows = _told_of(frame)
    yield from since(frame.since, _otherwise(frame, rows))
    if not frame.is_plan:
        yield from _deviations(frame)
    if not rows:
        yield c.Sentence("Inga risker är antecknade.")
        return
    yield c.Table(
        "Risker",
        ("Det som kan hända", "Tyngd", "Det vi gör åt det", "Ansvarig", "Läge"),
        tuple(
            (row.title, str(row.get_weight_display()), row.measure or "–",
             row.owner.name if row.owner else "–", _standing(row, frame))
            for row in rows
        ),
        widths=(5, 2, 6, 3, 4),
        refs=tuple((_code(row, frame),) for row in rows),
        key="risks",
    )  # fmt: skip


def _told_of(frame: Frame) -> list[Risk]:
    """Open on the cut-off, the heaviest first; then closed in the period. A plan tells only the open ones."""
    is_open = Q(closed_on=None) | Q(closed_on__gt=frame.cut_off)
    closed = Q() if frame.is_final else Q(closed_on__gt=frame.previous or dt.date.min)
    rows = Risk.objects.visible_to(frame.place).filter(seen_on__lte=frame.cut_off).select_related("owner")
    rows = rows.filter(is_open if frame.is_plan else is_open | closed)
    return sorted(
        rows, key=lambda row: (_is_closed(row, frame), WEIGHTS.index(row.weight), row.seen_on, row.pk)
    )


def _is_closed(row: Risk, frame: Frame) -> bool:
    return row.closed_on is not None and row.closed_on <= frame.cut_off


def _code(row: Risk, frame: Frame) -> str:
    closed = f", ingen risk från {formats.day(row.closed_on)}" if _is_closed(row, frame) else ""
    return frame.sources.add("risk", row.pk, row.title, f"sedd {formats.day(row.seen_on)}{closed}")


def _standing(row: Risk, frame: Frame) -> str:
    if _is_closed(row, frame):
        return f"ingen risk längre, {formats.day(row.closed_on)}. {row.outcome}".strip()
    return f"öppen sedan {formats.day(row.seen_on)}"


def _otherwise(frame: Frame, rows: list[Risk]) -> Iterator[Told]:
    """New and closed risks, then activities that have come late, caught up or been stopped."""
    new = [row for row in rows if frame.previous and row.seen_on > frame.previous]
    for row in (row for row in new if not _is_closed(row, frame)):
        yield f"Ny risk: {row.title} ({row.get_weight_display()}).", (_code(row, frame),)
    for row in (row for row in rows if _closed_since(row, frame)):
        seen = "Ny risk som redan är över" if row in new else "Ingen risk längre"
        yield f"{seen}: {row.title}. {ended(row.outcome)}".strip(), (_code(row, frame),)
    for row in frame.movement.newly_late:
        yield f"Försenad: {name(row)}.", (frame.sources.activity(row),)
    for row in frame.movement.no_longer_late:
        if row.now.state.status in OPEN:
            yield (
                f"Inte längre försenad: {name(row)}, klart senast {deadline(row.now)}.",
                (frame.sources.activity(row),),
            )
    for slip in frame.movement.slips:
        yield f"Senare slutdatum: {name(slip.activity)}.", (frame.sources.activity(slip.activity),)
    for row in frame.movement.stopped:
        yield f"Stoppad: {name(row)}.", (frame.sources.activity(row),)


def _closed_since(row: Risk, frame: Frame) -> bool:
    return _is_closed(row, frame) and (frame.previous is None or row.closed_on > frame.previous)


def _deviations(frame: Frame) -> Iterator[c.Block]:
    """Late on the cut-off, slipped in the period, and stopped in it; in the final report, ever stopped."""
    items = list(_deviating(frame))
    if not items:
        yield c.Sentence("Inga aktiviteter är försenade, stoppade eller har fått senare slutdatum.")
        return
    yield c.Bullets(
        tuple(text for text, _row in items),
        tuple((frame.sources.activity(row),) for _text, row in items),
    )


def _deviating(frame: Frame) -> Iterator[tuple[str, ActivityHistory]]:
    move = frame.movement
    for row in move.late:
        yield (
            f"{name(row)}: försenad, skulle ha varit klar {deadline(row.now)}. {after('försenad', row.now.comment)}".strip(),
            row,
        )
    for slip in move.slips:
        told = f"{name(slip.activity)}: slutdatum flyttat från {deadline(slip.before)} till {deadline(slip.now)}."
        yield f"{told} {ended(slip.why)}".strip(), slip.activity
    ever = [row for row in frame.activities if row.now.state.status == Status.STOPPED]
    for row in ever if frame.is_final else move.stopped:
        told = f"{name(row)}: stoppad {formats.day(row.since.on)}."
        yield f"{told} {after('stoppad', row.since.comment)}".strip(), row


def consultation(frame: Frame) -> Iterator[c.Block]:
    """When the unions were informed or consulted after the last cut-off, and what came of it."""
    rows = Consultation.objects.visible_to(frame.place).filter(held_on__lte=frame.cut_off)
    if frame.previous and not frame.is_final:
        rows = rows.filter(held_on__gt=frame.previous)
    found = list(rows.select_related("forum"))
    yield from since(frame.since, _consulted(frame, found))
    if not found:
        yield c.Sentence("Ingen samverkan är antecknad för perioden.")
        return
    yield c.Table(
        "Samverkan under programmet" if frame.is_final else "Samverkan under perioden",
        ("Forum", "Datum", "Parter", "Utfall"),
        tuple(
            (row.forum.name, formats.day(row.held_on), row.parties or "–", row.outcome or "–") for row in found
        ),
        widths=(3, 3, 4, 7),
        refs=tuple((_consultation(row, frame),) for row in found),
        key="consultation",
    )  # fmt: skip


def _consultation(row: Consultation, frame: Frame) -> str:
    detail = ", ".join(part for part in (formats.day(row.held_on), row.parties) if part)
    return frame.sources.add("consultation", row.pk, row.forum.name, detail)


def _consulted(frame: Frame, rows: list[Consultation]) -> Iterator[Told]:
    for row in rows:
        if frame.previous and row.held_on > frame.previous:
            yield f"{row.forum.name} {formats.day(row.held_on)}.", (_consultation(row, frame),)
