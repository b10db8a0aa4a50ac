"""From rows to the report's content: reads the database as it stood at a cut-off, and says it in Swedish."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from types import SimpleNamespace

from django.utils import translation

from program.models import Document
from reports import content as c
from reports.comparison import compare
from reports.facts import (
    activities,
    assignment,
    burden,
    dialogues,
    effects,
    goal,
    handling,
    indicators,
    lessons,
    managers,
    risks,
    spans,
)
from reports.facts.chain import Heard
from reports.facts.frame import Frame, histories
from reports.facts.sources import Sources
from reports.models import Report, SectionLayout
from reports.outline import Place, Wanted, outline
from reports.periods import in_words
from ui import formats

Composer = Callable[[Frame], Iterable[c.Block]]
COMPOSERS: dict[str, Composer] = {
    "proposal": handling.points,
    "clauses": assignment.clauses,
    "instructions": handling.instructions,
    "goal": goal.goal,
    "done": activities.done,
    "activities": activities.activities,
    "dialogues": dialogues.dialogues,
    "span": spans.span,
    "indicators": lambda frame: itertools.chain(indicators.indicators(frame), effects.effects(frame)),
    "lessons": lessons.lessons,
    "burden": burden.burden,
    "risks": risks.risks,
    "consultation": risks.consultation,
    "next": activities.coming,
}
OF_KIND: dict[str, dict[str, Composer]] = {
    Report.Kind.MONTHLY: {"indicators": indicators.monthly},
    Report.Kind.FEEDBACK: {
        "heard": managers.heard,
        "done": managers.done,
        "indicators": managers.indicators,
        "next": managers.coming,
    },
}


def previous_report(report: Report) -> Report | None:
    """The report before this one in the same series of the same programme."""
    rows = Report.objects.filter(
        program_id=report.program_id, kind__in=report.series, cut_off__lt=report.cut_off
    )
    return rows.order_by("-cut_off").first()


def places_of(report: Report) -> list[Place]:
    """The report's sections in order, as the organisation wants its kind of report."""
    rows = SectionLayout.objects.filter(organisation=report.program.organisation, kind=report.kind)
    wanted = [
        Wanted(row.part, row.key, row.heading, row.fixed_text, row.order, row.is_left_out) for row in rows
    ]
    return outline(report.kind, wanted)


def compose(report: Report) -> c.Content:
    """The report's content, as the data stood at its cut-off. Writes nothing."""
    with translation.override("sv"):
        return _compose(report)


def compose_section(report: Report, key: str) -> c.Section | None:
    """One section without its written text, as the data stood at the cut-off; None when the organisation has left it out."""
    with translation.override("sv"):
        frame = frame_of(report)
        wanted = (place for place in places_of(report) if place.key == key)
        return next((_section(frame, place) for place in wanted), None)


def frame_of(report: Report) -> Frame:
    """What the composers need of a report."""
    place = SimpleNamespace(organisation=report.program.organisation, program=report.program)
    before = previous_report(report)
    previous = before.cut_off if before else None
    known, heard = histories(place, report.cut_off), Heard(place, report.cut_off)
    movement = compare(known, previous, report.cut_off)
    sources = Sources(lambda: heard.chain, report.cut_off)
    return Frame(report, place, before, report.cut_off, known, movement, sources, heard)


def _compose(report: Report) -> c.Content:
    program, organisation, frame = report.program, report.program.organisation, frame_of(report)
    sections = _sections(frame)
    return c.Content(
        organisation=organisation.name,
        parent=organisation.parent_name,
        committee=organisation.committee,
        program=program.name,
        goal=program.goal,
        kind=report.kind,
        period=report.period,
        title=title_of(report),
        case_numbers=tuple(report.case_numbers),
        cut_off=formats.day(report.cut_off),
        previous_cut_off=formats.day(frame.previous) if frame.previous else "",
        meets_on=formats.day(report.meets_on),
        date=report.cut_off.isoformat(),
        is_example=organisation.is_example,
        letter=c.Letter(tuple(sections["letter"]), tuple(_documents(frame)) if sections["letter"] else ()),
        sections=tuple(sections["report"]),
        sources=frame.sources.all,
    )


def _sections(frame: Frame) -> dict[str, list[c.Section]]:
    """The sections of each part, in order."""
    texts = dict(frame.report.sections.values_list("key", "text"))
    found: dict[str, list[c.Section]] = {"letter": [], "report": []}
    for place in places_of(frame.report):
        found[place.part].append(_section(frame, place, texts.get(place.key, "")))
    return found


def _section(frame: Frame, place: Place, text: str = "") -> c.Section:
    """What the data says under a heading, and what is written there. A section of the organisation's own holds its
    text alone."""
    composer = (COMPOSERS | OF_KIND.get(frame.report.kind, {})).get(place.key)
    blocks = tuple(composer(frame)) if composer else ()
    return c.Section(place.key, place.heading, text, blocks, place.fixed)


def _documents(frame: Frame):
    """The basis documents since the last meeting, and the report itself as the letter's appendix."""
    report = frame.report
    since = frame.before.meets_on if frame.before else dt.date.min
    rows = Document.objects.filter(
        program=report.program, dated__gt=since, dated__lte=report.meets_on, minutes_of=None
    )  # an extract of minutes comes after what the letter rests on
    for row in rows:
        yield f"{row.title}, daterad {formats.day(row.dated)}" + (f" ({row.note})" if row.note else "")
    yield f"{title_of(report)}, bilaga med uppgifter till och med {formats.day(report.cut_off)}"


TITLES = {
    Report.Kind.HALF_YEAR: "Lägesrapport {}",
    Report.Kind.FINAL: "Slutrapport {}",
    Report.Kind.MONTHLY: "Mått {}",
    Report.Kind.FEEDBACK: "Återkoppling till chefer {}",
}


def title_of(report: Report) -> str:
    """The programme's name for its plan; else the kind with the period in words."""
    if report.kind == Report.Kind.PLAN:
        return report.program.name
    return TITLES[report.kind].format(in_words(report.period))
