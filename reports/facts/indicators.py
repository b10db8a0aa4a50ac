"""The section about indicators: does it make a difference."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from metrics import aims, pictures, wording
from metrics.charts.multiples import PAPER
from metrics.queries import Reading, department_readings, readings, together
from metrics.telling import Found, Told, comparison_told, tell, verdict_told
from reports import content as c
from reports.facts.frame import Frame

PANELS = 9  # a picture, so that it fits on a page with its caption
KEY = (
    "Fylld prick är ett fastställt värde, ihålig ett ungefärligt eller preliminärt. Det lodräta strecket visar hur långt "
    "slumpen kan nå (95 %), den streckade linjen målvärdet. × är ett värde som inte visas (för få svar), – ett som saknas."
)
UNSAID = ("no_comparison", "too_few_departments")


def indicators(frame: Frame):
    found = readings(frame.place, frame.cut_off)
    if not found:
        yield c.Sentence("Programmet har inga mått ännu.")
        return
    told = [tell(reading, frame.cut_off) for reading in found]
    yield c.Sentence(
        f"{wording.summary(row.verdict for row in found if not row.indicator.index_id)} "
        "Ett mått som har rört sig visar inte vad som har fått det att röra sig."
    )
    yield from _groups(found)
    yield from _pictures(found)
    yield _verdicts(told)
    yield from _cautions(told)
    yield from _targets(told)
    yield from _departments(frame)
    late = tuple(f"{row.indicator.name}: {row.late[:1].lower() + row.late[1:]}" for row in told if row.late)
    if late:
        yield c.Sentence("Värden som är utlovade till nämnden men inte har kommit:")
        yield c.Bullets(late)


def _groups(found: Sequence[Reading]) -> Iterator[c.Block]:
    """What is said of questions that are read together."""
    items = tuple(f"{name}: {_verdict(verdict_told(verdict))}" for name, verdict in together(found).items())
    if items:
        yield c.Bullets(items)


def _verdict(found: Found, between: str = "") -> str:
    return " ".join(filter(None, (f"{found.word}.", between, found.reason)))


def _pictures(found: Sequence[Reading]) -> Iterator[c.Block]:
    """Small multiples, a few rows at a time; what they show stands in the table after."""
    drawn = [reading for reading in found if reading.observations]
    for start in range(0, len(drawn), PANELS):
        part = drawn[start : start + PANELS]
        alt = " ".join(("Punktdiagram, ett för varje mått.", *(pictures.alt_of(reading) for reading in part)))
        caption = "Måtten över tid" if start == 0 else "Måtten över tid (forts.)"
        yield c.Chart(caption, alt, json.dumps(pictures.multiples_of(part, PAPER)))
    if drawn:
        yield c.Table(
            "Måttens värden",
            ("Mått", "Värden"),
            tuple((reading.indicator.name, pictures.values_of(reading)) for reading in drawn),
            widths=(4, 9),
            note=KEY,
        )


def _verdicts(told: Sequence[Told]) -> c.Table:
    return c.Table(
        "Förflyttning",
        ("Mått och vilka det gäller", "Senaste värde", "Svar", "Förflyttning"),
        tuple(_row(row) for row in told),
        widths=(5, 3, 4, 6),
    )


def _row(told: Told) -> tuple[str, ...]:
    name = f"{told.indicator.name} ({told.indicator.population})"
    verdict = c.sentence_case(_verdict(told.verdict, told.between))
    latest = told.latest
    if latest is None:
        return name, "inget värde", "–", verdict
    marks = ", ".join((latest.period, *(mark for mark in latest.marks if mark != "exempeldata")))
    return name, f"{latest.value} ({marks})", latest.answers or "–", verdict


def _cautions(told: Sequence[Told]) -> Iterator[c.Block]:
    """What is to be said beside the verdicts, each once, with how many it concerns."""
    counted = Counter(text for row in told for text in row.verdict.cautions)
    if counted:
        yield c.Sentence("Att ha i minnet:")
        yield c.Bullets(
            tuple(f"{text} ({c.counted(count, 'ett mått', 'mått')})" for text, count in counted.items())
        )


def _targets(told: Sequence[Told]) -> Iterator[c.Block]:
    rows = []
    for row in told:
        parts = [row.standing.reason] if row.standing else []
        parts += [*(row.standing.cautions if row.standing else ()), *([row.years] if row.years else [])]
        if parts:
            rows.append((row.indicator.name, row.standing.word if row.standing else "–", " ".join(parts)))
    if rows:
        yield c.Table("Mot målvärdena", ("Mått", "Läge", "Hur det går"), tuple(rows), widths=(4, 3, 8))


def _departments(frame: Frame) -> Iterator[c.Block]:
    """Departments that have started beside the rest, where so many can say anything."""
    found = defaultdict(list)
    for aim in aims.aims(frame.place, frame.cut_off):
        found[aim.effect.indicator_id].append(aim)
    parts: dict[int, dict[tuple[int, str], Reading]] = defaultdict(dict)
    for (indicator, department), reading in department_readings(frame.place, frame.cut_off).items():
        parts[indicator][department, reading.observations[0].department.name] = reading
    for key, departments in parts.items():
        indicator = next(iter(departments.values())).indicator
        compared = aims.comparison(indicator, departments, found[key])
        if compared and compared.verdict.reason not in UNSAID:
            told = comparison_told(compared, indicator)
            yield c.Sentence(f"{indicator.name}, avdelning för avdelning: {_verdict(told)}")
            yield c.Bullets(told.cautions)
