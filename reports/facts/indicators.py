"""The section about indicators: does it make a difference."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from metrics.charts import runs
from metrics.charts.multiples import PAPER
from metrics.effects import aims
from metrics.readings import pictures, wording
from metrics.readings.queries import Reading, together
from metrics.readings.telling import Found, Told, comparison_told, tell, verdict_told
from organisation.models import Department
from reports import content as c
from reports.facts import measured
from reports.facts.frame import Frame
from reports.facts.words import since
from ui import formats

PANELS = 9  # a picture, so that it fits on a page with its caption
KEY = (
    "Fylld prick är ett fastställt värde, ihålig ett ungefärligt eller preliminärt. Det lodräta strecket visar hur långt "
    "slumpen kan nå (95 %), den streckade linjen målvärdet. × är ett värde som inte visas (för få svar), – ett som saknas."
)
UNSAID = ("no_comparison", "too_few_departments")
Rest = Callable[[Sequence[Reading], Sequence[Told], Frame], Iterator[c.Block]]
NO_CAUSE = "Ett mått som har rört sig visar inte vad som har fått det att röra sig."


def indicators(frame: Frame) -> Iterator[c.Block]:
    """Verdicts first, then what changed since the last report, pictures, values, targets and departments."""
    yield from _told(frame, _half_year)


def monthly(frame: Frame) -> Iterator[c.Block]:
    """The measures up to the month: run charts of those that come every month, then every value and verdict."""
    yield from _told(frame, _month)


def _told(frame: Frame, rest: Rest) -> Iterator[c.Block]:
    """What is found and what has changed since the last report; then the rest, when there are any measures."""
    found = frame.measured
    if not found:
        yield c.Sentence("Programmet har inga mått ännu.")
        return
    yield summary(found, frame)
    yield from changes(frame)
    yield from rest(found, [tell(reading, frame.cut_off) for reading in found], frame)


def _half_year(found: Sequence[Reading], told: Sequence[Told], frame: Frame) -> Iterator[c.Block]:
    yield from _groups(found, frame)
    yield from _pictures(found, frame)
    yield verdicts(told, frame)
    yield from _cautions(told, frame)
    yield from _targets(told, frame)
    yield from _departments(frame)
    yield from _late(told, frame)


def _month(found: Sequence[Reading], told: Sequence[Told], frame: Frame) -> Iterator[c.Block]:
    yield from _run_charts(found, frame)
    others = [reading for reading in found if pictures.run_of(reading, runs.PAPER) is None]
    yield from _drawings(others, frame)
    yield from _values(found, frame)
    yield verdicts(told, frame)
    yield from _targets(told, frame)
    yield from _late(told, frame)


def summary(found: Sequence[Reading], frame: Frame) -> c.Sentence:
    """How many have moved, worsened and cannot be told yet; an index counts once."""
    alone = [row for row in found if measured.stands_alone(row)]
    text = f"{wording.summary(row.verdict for row in alone)} {NO_CAUSE}"
    return c.Sentence(text, measured.codes(alone, frame))


def changes(frame: Frame) -> Iterator[c.Block]:
    yield from since(frame.since, measured.otherwise(frame.measured_before, frame.measured, frame))


def _groups(found: Sequence[Reading], frame: Frame) -> Iterator[c.Block]:
    """What is said of questions that are read together."""
    verdicts = together(found)
    if verdicts:
        members = {
            name: measured.codes((row for row in found if row.indicator.group == name), frame)
            for name in verdicts
        }
        yield c.Bullets(
            tuple(f"{name}: {_verdict(verdict_told(verdict))}" for name, verdict in verdicts.items()),
            tuple(members[name] for name in verdicts),
        )


def _verdict(found: Found, between: str = "") -> str:
    return " ".join(filter(None, (f"{found.word}.", between, found.reason)))


def _pictures(found: Sequence[Reading], frame: Frame) -> Iterator[c.Block]:
    """Small multiples, a few rows at a time; what they show stands in the table after."""
    yield from _drawings(found, frame)
    yield from _values(found, frame)


def _drawings(found: Sequence[Reading], frame: Frame) -> Iterator[c.Block]:
    drawn = [reading for reading in found if reading.observations]
    for start in range(0, len(drawn), PANELS):
        part = drawn[start : start + PANELS]
        alt = " ".join(("Punktdiagram, ett för varje mått.", *(pictures.alt_of(reading) for reading in part)))
        caption = "Måtten över tid" if start == 0 else "Måtten över tid (forts.)"
        drawing = json.dumps(pictures.multiples_of(part, PAPER))
        yield c.Chart(caption, alt, drawing, measured.codes(part, frame))


def _values(found: Sequence[Reading], frame: Frame) -> Iterator[c.Block]:
    drawn = [reading for reading in found if reading.observations]
    if drawn:
        yield c.Table(
            "Måttens värden",
            ("Mått", "Värden"),
            tuple((reading.indicator.name, pictures.values_of(reading)) for reading in drawn),
            widths=(4, 9),
            note=KEY,
            refs=tuple((measured.code(reading, frame),) for reading in drawn),
            key="values",
        )


def _run_charts(found: Sequence[Reading], frame: Frame) -> Iterator[c.Block]:
    """One for each series by month, with its signals in words."""
    for reading in found:
        spec = pictures.run_of(reading, runs.PAPER)
        if spec is None:
            continue
        signals = pictures.signals_of(reading)
        told = f" Avvikande mönster: {'; '.join(signals)}." if signals else ""
        alt = f"Linjediagram månad för månad med median. {pictures.alt_of(reading)}{told}"
        caption = f"{reading.indicator.name}, månad för månad.{told}"
        yield c.Chart(caption, alt, json.dumps(spec), (measured.code(reading, frame),))


def verdicts(told: Sequence[Told], frame: Frame) -> c.Table:
    return c.Table(
        "Förflyttning",
        ("Mått och vilka det gäller", "Senaste värde", "Svar", "Förflyttning"),
        tuple(_row(row) for row in told),
        widths=(5, 3, 4, 6),
        refs=tuple((measured.code(row.reading, frame),) for row in told),
        key="verdicts",
    )


def _row(told: Told) -> tuple[str, ...]:
    name = f"{told.indicator.name} ({told.indicator.population})"
    verdict = formats.sentence(_verdict(told.verdict, told.between))
    latest = told.latest
    if latest is None:
        return name, "inget värde", "–", verdict
    marks = ", ".join((latest.period, *(mark for mark in latest.marks if mark != "exempeldata")))
    return name, f"{latest.value} ({marks})", latest.answers or "–", verdict


def _cautions(told: Sequence[Told], frame: Frame) -> Iterator[c.Block]:
    """What is to be said beside the verdicts, each once, with how many it concerns."""
    counted = Counter(text for row in told for text in row.verdict.cautions)
    if counted:
        concerned = [[row.reading for row in told if text in row.verdict.cautions] for text in counted]
        yield c.Sentence("Att ha i minnet:")
        yield c.Bullets(
            tuple(f"{text} ({c.counted(count, 'ett mått', 'mått')})" for text, count in counted.items()),
            tuple(measured.codes(rows, frame) for rows in concerned),
        )


def _targets(told: Sequence[Told], frame: Frame) -> Iterator[c.Block]:
    rows, refs = [], []
    for row in told:
        parts = [row.standing.reason] if row.standing else []
        parts += [*(row.standing.cautions if row.standing else ()), *([row.years] if row.years else [])]
        if parts:
            rows.append((row.indicator.name, row.standing.word if row.standing else "–", " ".join(parts)))
            refs.append((measured.code(row.reading, frame),))
    if rows:
        yield c.Table(
            "Mot målvärdena",
            ("Mått", "Läge", "Hur det går"),
            tuple(rows),
            widths=(4, 3, 8),
            refs=tuple(refs),
            key="targets",
        )


def _late(told: Sequence[Told], frame: Frame) -> Iterator[c.Block]:
    """Promised to the committee, and not come."""
    late = [row for row in told if row.late]
    if late:
        yield c.Sentence("Värden som är utlovade till nämnden men inte har kommit:")
        yield c.Bullets(
            tuple(f"{row.indicator.name}: {row.late[:1].lower() + row.late[1:]}" for row in late),
            tuple((measured.code(row.reading, frame),) for row in late),
        )


def _departments(frame: Frame) -> Iterator[c.Block]:
    """Departments that have started beside the rest, where so many can say anything."""
    found = defaultdict(list)
    for aim in aims.aims(frame.place, frame.cut_off):
        found[aim.effect.indicator_id].append(aim)
    names = dict(Department.objects.visible_to(frame.place).values_list("pk", "name"))
    parts: dict[int, dict[tuple[int, str], Reading]] = defaultdict(dict)
    for (indicator, department), reading in frame.heard.departments_measured.items():
        parts[indicator][department, names[department]] = reading
    for key, departments in parts.items():
        indicator = next(iter(departments.values())).indicator
        compared = aims.comparison(indicator, departments, found[key])
        if compared and compared.verdict.reason not in UNSAID:
            told = comparison_told(compared, indicator)
            whole = next((row for row in frame.measured if row.indicator.pk == key), None)
            refs = (measured.code(whole, frame),) if whole else ()
            yield c.Sentence(f"{indicator.name}, avdelning för avdelning: {_verdict(told)}", refs)
            yield c.Bullets(told.cautions, tuple(refs for _text in told.cautions) if refs else ())
