"""What goes otherwise than planned, what could, and what the unions have been told and said."""

from django.db.models import Q

from program.models import Consultation, Risk
from reports import content as c
from reports.facts.frame import Frame, deadline, name
from ui import formats


def risks(frame: Frame):
    """Deviations up to the cut-off, then the risks that were open on it."""
    if not frame.is_plan:
        yield from _deviations(frame)
    rows = list(
        Risk.objects.visible_to(frame.place)
        .filter(
            Q(closed_on=None) | Q(closed_on__gt=frame.previous or frame.cut_off), seen_on__lte=frame.cut_off
        )
        .select_related("owner")
    )
    if not rows:
        yield c.Sentence("Inga risker är antecknade.")
        return
    yield c.Table(
        "Risker",
        ("Det som kan hända", "Tyngd", "Det vi gör åt det", "Ansvarig", "Läge"),
        tuple(
            (row.title, row.get_weight_display(), row.measure or "–", row.owner.name if row.owner else "–",
             _standing(row, frame))
            for row in rows
        ),
        widths=(5, 2, 6, 3, 4),
        refs=tuple((frame.sources.add("risk", row.pk, row.title, f"sedd {formats.day(row.seen_on)}"),) for row in rows),
        key="risks",
    )  # fmt: skip


def _standing(row: Risk, frame: Frame) -> str:
    if row.closed_on and row.closed_on <= frame.cut_off:
        return f"ingen risk längre, {formats.day(row.closed_on)}. {row.outcome}".strip()
    return f"öppen sedan {formats.day(row.seen_on)}"


def _deviations(frame: Frame):
    move = frame.movement
    items = [
        *((f"{name(row)}: försenad, skulle vara klar {deadline(row.now)}", row) for row in move.late),
        *((f"{name(row)}: stoppad. {row.now.comment}", row) for row in move.stopped),
    ]
    if not items:
        yield c.Sentence("Inga aktiviteter är försenade eller stoppade.")
        return
    yield c.Bullets(
        tuple(text for text, _row in items),
        tuple((frame.sources.activity(row),) for _text, row in items),
    )


def consultation(frame: Frame):
    """When the unions were informed or consulted after the last cut-off, and what came of it."""
    rows = (
        Consultation.objects.visible_to(frame.place)
        .filter(held_on__lte=frame.cut_off)
        .select_related("forum")
    )
    if frame.previous:
        rows = rows.filter(held_on__gt=frame.previous)
    if not rows:
        yield c.Sentence("Ingen samverkan är antecknad för perioden.")
        return
    yield c.Table(
        "Samverkan under perioden",
        ("Forum", "Datum", "Parter", "Utfall"),
        tuple(
            (row.forum.name, formats.day(row.held_on), row.parties or "–", row.outcome or "–") for row in rows
        ),
        widths=(3, 3, 4, 7),
        refs=tuple(
            (frame.sources.add("consultation", row.pk, row.forum.name, formats.day(row.held_on)),)
            for row in rows
        ),
        key="consultation",
    )
