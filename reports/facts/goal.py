"""How far the programme's goal is reached: its words, and the measures that stand for it."""

from collections.abc import Iterator, Sequence

from metrics.effects import aims
from metrics.readings import wording
from metrics.readings.queries import Reading
from metrics.readings.telling import Told, tell
from reports import content as c
from reports.facts import measured
from reports.facts.frame import Frame
from reports.facts.words import since
from ui import formats

NOTE = (
    "Måtten säger vad som har rört sig, inte vad som har fått det att röra sig. Att en aktivitet är genomförd betyder "
    "inte att målet är nått."
)


def goal(frame: Frame) -> Iterator[c.Block]:
    """The goal in the programme's own words, and its measures one by one."""
    found = stand_for_it(frame)
    yield from in_short(frame, found)
    yield from since(frame.since, measured.otherwise(_before(frame, found), found, frame))


def in_short(frame: Frame, found: Sequence[Reading] | None = None) -> Iterator[c.Block]:
    """The goal and what its measures say, for where the section is about more."""
    if frame.place.program.goal:
        yield c.Sentence(f"Programmets mål: {frame.place.program.goal}")
    found = stand_for_it(frame) if found is None else found
    if not found:
        yield c.Sentence("Inget mått står för målet ännu, så det går inte att säga hur långt det är nått.")
        return
    count = c.counted(len(found), "Ett mått står för målet", "mått står för målet")
    yield c.Sentence(
        f"{formats.sentence(count)}. {wording.summary(row.verdict for row in found)}",
        measured.codes(found, frame),
    )
    told = [tell(row, frame.cut_off) for row in found]
    yield c.Table(
        "Målet, mått för mått",
        ("Mått", "Mål", "Senaste värde", "Förflyttning", "Mot målet"),
        tuple(_row(row) for row in told),
        widths=(5, 3, 4, 4, 5),
        note=NOTE,
        refs=tuple((measured.code(row, frame),) for row in found),
        key="goal",
    )


def _row(told: Told) -> tuple[str, ...]:
    latest = f"{told.latest.value} ({told.latest.period})" if told.latest else "inget värde"
    against = formats.sentence(told.standing.word) if told.standing else "–"
    return told.indicator.name, told.target or "–", latest, formats.sentence(told.verdict.word), against


def stand_for_it(frame: Frame) -> list[Reading]:
    """Measures with a target; else those that the most important activities should move; else all. Four queries."""
    rows = [row for row in frame.measured if measured.stands_alone(row)]
    if aimed := [row for row in rows if row.indicator.target is not None]:
        return aimed
    known = {row.pk for row in frame.activities}
    found = aims.aims(frame.place, frame.cut_off, activity__is_key=True)
    keys = {aim.effect.indicator_id for aim in found if aim.effect.activity_id in known}
    return [row for row in rows if row.indicator.pk in keys] or rows


def _before(frame: Frame, found: Sequence[Reading]) -> list[Reading]:
    """The same measures as they stood at the previous cut-off."""
    keys = {row.indicator.pk for row in found}
    return [row for row in frame.measured_before if row.indicator.pk in keys]
