"""What is said of an indicator wherever it stands as a source, and how two readings of it differ."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from metrics.models import Indicator, Observation
from metrics.readings import judgement, wording
from metrics.readings.queries import Reading
from metrics.readings.telling import verdict_told
from reports import content as c
from reports.facts.frame import Frame
from reports.facts.sources import in_order
from reports.facts.words import Told
from ui import formats

LATEST = 3  # values that a source tells


def code(reading: Reading, frame: Frame) -> str:
    """Its code: the latest values with their periods, when they were registered and where they come from."""
    row = reading.indicator
    if found := frame.sources.code("indicator", row.pk):
        return found
    refs: list[str] = []
    if row.computed:
        for value in reversed(reading.observations[-LATEST:]):
            refs += frame.sources.headcount(value.last_day)
    return frame.sources.add("indicator", row.pk, row.name, "; ".join(_detail(reading)), refs)


def codes(found: Iterable[Reading], frame: Frame) -> tuple[str, ...]:
    return in_order(code(reading, frame) for reading in found)


def _detail(reading: Reading) -> Iterator[str]:
    values = [_value(reading, row) for row in reversed(reading.observations[-LATEST:])]
    yield f"senaste värden: {', '.join(values)}" if values else "inget värde"
    if source := _source(reading.indicator):
        yield f"källa: {source}"


def _value(reading: Reading, row: Observation) -> str:
    """oktober 2025 61,3 % (registrerat 3 november 2025)."""
    text = f"{wording.period(row.first_day, row.last_day)} {wording.observation_value(reading, row)}"
    approved = timezone.localtime(row.approved_at).date() if row.approved_at else None
    day = row.known_on or approved
    return f"{text} (registrerat {formats.day(day)})" if day else text


def _source(row: Indicator) -> str:
    """Where the figures come from, without a closing full stop."""
    if row.source:
        return row.source.rstrip(".")
    return "räknas ur personalrapporterna" if row.computed else ""


def stands_alone(reading: Reading) -> bool:
    """A statement of an index is told with its index."""
    return not reading.indicator.index_id


# Since the last report


def otherwise(before: Iterable[Reading], now: Iterable[Reading], frame: Frame) -> Iterator[Told]:
    """Verdicts that are another than at the previous cut-off, then new and revised values, then new indicators."""
    was = {row.indicator.pk: row for row in before}
    known = [row for row in now if stands_alone(row)]
    for row in known:
        if row.indicator.pk in was and (told := _verdict_changed(was[row.indicator.pk], row)):
            yield told, (code(row, frame),)
    for row in known:
        if told := _new_values(was.get(row.indicator.pk), row):
            yield told, (code(row, frame),)


def _verdict_changed(before: Reading, now: Reading) -> str:
    """Sjukfrånvaro: från kan inte avgöras ännu till försämrad. Skillnaden är …"""
    if before.verdict.kind == now.verdict.kind:
        return ""
    told = verdict_told(now.verdict, now.indicator)
    then = wording.verdict_word(before.verdict)
    return f"{now.indicator.name}: från {then} till {told.word}. {told.reason}".strip()


def _new_values(before: Reading | None, now: Reading) -> str:
    """Values of periods that had none that was known, and values that a revision has changed."""
    was = {row.group: row for row in before.observations} if before else {}
    new = [row for row in now.observations if row.group not in was and _says(now, row)]
    revised = [row for row in now.observations if row.group in was and _is_revised(was[row.group], row)]
    parts = []
    if new:
        latest = new[-1]
        told = f"{wording.period(latest.first_day, latest.last_day)} {wording.observation_value(now, latest)}"
        count = c.counted(len(new), "ett nytt värde", "nya värden")
        parts.append(f"{count}, {told}" if len(new) == 1 else f"{count}, senast {told}")
    parts += [_revision(now, was[row.group], row) for row in revised]
    return f"{now.indicator.name}: {'; '.join(parts)}." if parts else ""


def _says(reading: Reading, row: Observation) -> bool:
    """A value, or that there is one which may not be shown; not a noted gap."""
    return not row.is_shown or bool(row.words) or judgement.measure_of(reading.indicator, row) is not None


def _is_revised(before: Observation, now: Observation) -> bool:
    return now.revision > before.revision


def _revision(reading: Reading, before: Observation, now: Observation) -> str:
    """What it was is left out where the gate keeps either back."""
    period = wording.period(now.first_day, now.last_day)
    why = f" ({now.revision_reason})" if now.revision_reason else ""
    if not (before.is_shown and now.is_shown):
        return f"värdet för {period} är reviderat{why}"
    values = [wording.observation_value(reading, row) for row in (before, now)]
    return f"värdet för {period} är reviderat från {values[0]} till {values[1]}{why}"
