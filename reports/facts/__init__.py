"""From rows to the report's content: reads the database as it stood at a cut-off, and says it in Swedish."""

import datetime as dt
from itertools import chain
from types import SimpleNamespace

from django.utils import translation

from program.models import Document
from reports import content as c
from reports.comparison import compare
from reports.facts import activities, dialogues, effects, indicators, spans
from reports.facts.frame import Frame, histories
from reports.models import Report
from ui import formats

COMPOSERS = {
    "clauses": activities.clauses,
    "done": activities.done,
    "activities": activities.activities,
    "dialogues": dialogues.dialogues,
    "span": spans.span,
    "indicators": lambda frame: chain(indicators.indicators(frame), effects.effects(frame)),
    "burden": activities.burden,
    "next": activities.coming,
}


def previous_report(report: Report) -> Report | None:
    """The report before this one in the same programme."""
    rows = Report.objects.filter(program_id=report.program_id, cut_off__lt=report.cut_off)
    return rows.order_by("-cut_off").first()


def compose(report: Report) -> c.Content:
    """The report's content, as the data stood at its cut-off. Writes nothing."""
    with translation.override("sv"):
        return _compose(report)


def _compose(report: Report) -> c.Content:
    program, organisation = report.program, report.program.organisation
    place = SimpleNamespace(organisation=organisation, program=program)
    before = previous_report(report)
    previous = before.cut_off if before else None
    known = histories(place, report.cut_off)
    frame = Frame(report, place, previous, report.cut_off, known, compare(known, previous, report.cut_off))
    texts = dict(report.sections.values_list("key", "text"))
    headings = (c.PLAN_SECTIONS if frame.is_plan else c.SECTIONS) | c.LETTER | organisation.report_headings
    letter = c.Letter(
        tuple(c.Section(key, headings[key], texts.get(key, "")) for key in c.LETTER),
        tuple(_documents(frame, before)),
    )
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
        previous_cut_off=formats.day(previous) if previous else "",
        meets_on=formats.day(report.meets_on),
        date=report.cut_off.isoformat(),
        is_example=organisation.is_example,
        letter=letter,
        sections=tuple(
            c.Section(key, headings[key], texts.get(key, ""), tuple(composer(frame)))
            for key, composer in COMPOSERS.items()
        ),
    )


def _documents(frame: Frame, before: Report | None):
    """The basis documents since the last meeting, and the report itself as the letter's appendix."""
    report = frame.report
    since = before.meets_on if before else dt.date.min
    rows = Document.objects.visible_to(frame.place).filter(dated__gt=since, dated__lte=report.meets_on)
    for row in rows:
        yield f"{row.title}, daterad {formats.day(row.dated)}" + (f" ({row.note})" if row.note else "")
    yield f"{title_of(report)}, bilaga med uppgifter till och med {formats.day(report.cut_off)}"


def title_of(report: Report) -> str:
    """Plan, or the half-year in words."""
    if report.kind == Report.Kind.PLAN:
        return report.program.name
    half = "första" if report.period.endswith("H1") else "andra"
    what = "Slutrapport" if report.kind == Report.Kind.FINAL else "Lägesrapport"
    return f"{what} {half} halvåret {report.period[:4]}"
