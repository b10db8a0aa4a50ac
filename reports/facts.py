"""From rows to the report's content: reads the database as it stood at a cut-off, and says it in Swedish."""

import datetime as dt
import json
from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import Count, Q
from django.utils import translation

from dialogues.models import Dialogue, Statement
from metrics import wording
from metrics.charts import PAPER, span_chart
from metrics.queries import Reading, SpanOn, readings, span_on
from program.models import Activity, Assignment, Document, Need, ProcessStep, ProgramPart, Resource, Status
from program.schedule import State
from reports import content as c
from reports.comparison import ActivityHistory, Movement, Update, compare
from reports.models import Hearing, Report
from ui import formats

STATUS = {"planned": "planerad", "under_way": "pågår", "completed": "genomförd", "stopped": "stoppad"}
CHART_LABELS = {"axis": "Medarbetare per chef", "within": "högst grundtalet", "over": "över grundtalet"}
ALL_MANAGERS = "Tid per chef räknas i timmar för hela aktiviteten, för den chef som berörs."


@dataclass(frozen=True)
class Frame:
    """What every section's composer needs: the report, its place, and the two cut-offs."""

    report: Report
    place: SimpleNamespace
    previous: dt.date | None
    cut_off: dt.date
    activities: list[ActivityHistory]
    movement: Movement

    @property
    def is_plan(self) -> bool:
        return self.report.kind == Report.Kind.PLAN


def histories(place, cut_off: dt.date) -> list[ActivityHistory]:
    """Every activity with its status updates up to the cut-off. Three queries and one for the needs."""
    rows = (
        Activity.objects.visible_to(place)
        .filter(updates__on__lte=cut_off)
        .distinct()
        .select_related("area")
        .prefetch_related("responsible", "updates", "needs")
        .order_by("pk")
    )
    return [
        ActivityHistory(
            pk=row.pk,
            number=row.number,
            title=row.title,
            area=row.area.name,
            responsible=_responsible(row),
            is_existing=row.is_existing,
            hours_per_manager="" if row.hours_per_manager is None else str(row.hours_per_manager),
            needs=len(row.needs.all()),
            updates=tuple(
                Update(
                    update.on,
                    State(update.status, update.deadline, update.completed_on),
                    update.deadline_words,
                    update.comment,
                )
                for update in sorted(row.updates.all(), key=lambda update: (update.on, update.pk))
                if update.on <= cut_off
            ),
        )
        for row in rows
    ]


def _responsible(activity) -> str:
    roles = [role.name for role in activity.responsible.all()]
    if activity.joint_responsibility and len(roles) > 3:
        return "gemensamt ansvar"
    return ", ".join(roles)


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
    activities = histories(place, report.cut_off)
    frame = Frame(
        report, place, previous, report.cut_off, activities, compare(activities, previous, report.cut_off)
    )
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


def _day_or_words(day: dt.date | None, words: str) -> str:
    return words or (formats.day(day) if day else "–")


def _deadline(update: Update) -> str:
    return _day_or_words(update.state.deadline, update.words)


def _name(row: ActivityHistory) -> str:
    return f"{row.number}. {row.title}" if row.number else row.title


def _clauses(frame: Frame):
    for assignment in Assignment.objects.visible_to(frame.place).prefetch_related("clauses"):
        rows = tuple(
            (str(clause.number), clause.text, clause.answer or "–") for clause in assignment.clauses.all()
        )
        where = ", ".join(part for part in (assignment.paragraph, assignment.case_number) if part)
        yield c.Table(
            f"{assignment.body} {formats.day(assignment.decided_on)} ({where})",
            ("Nr", "Det som uppdraget ber om", "Det som svarar mot det"),
            rows,
            widths=(1, 6, 6),
        )


def _done(frame: Frame):
    if frame.is_plan:
        yield from _process(frame)
        return
    move = frame.movement
    said = [
        c.counted(len(move.completed), "en aktivitet är genomförd", "aktiviteter är genomförda"),
        c.counted(len(move.new), "en är ny", "är nya"),
        c.counted(len(move.stopped), "en är stoppad", "är stoppade"),
        c.counted(len(move.slips), "en har fått senare slutdatum", "har fått senare slutdatum"),
    ]
    since = f"Sedan {formats.day(frame.previous)}" if frame.previous else "Sedan starten"
    yield c.Sentence(f"{since}: {c.listed(said)}.")
    if move.completed:
        yield c.Table(
            "Genomförda aktiviteter under perioden",
            ("Aktivitet", "Ansvarig", "Genomförd", "Kommentar"),
            tuple(
                (_name(row), row.responsible, _day_or_words(row.now.state.completed_on, ""), row.now.comment)
                for row in move.completed
            ),
            widths=(5, 3, 3, 6),
        )
    if move.slips:
        yield c.Table(
            "Slutdatum som har flyttats",
            ("Aktivitet", "Från", "Till", "Varför"),
            tuple((_name(s.activity), _deadline(s.before), _deadline(s.now), _why(s)) for s in move.slips),
            widths=(5, 3, 3, 6),
        )
    yield from _decisions(frame)


def _why(slip) -> str:
    """The comment of the update in which the deadline moved."""
    after = [update for update in slip.activity.updates if update.on > slip.before.on]
    moved = (update for update in after if update.state.deadline != slip.before.state.deadline)
    return next(moved, slip.now).comment or "–"


def _decisions(frame: Frame):
    rows = (
        Hearing.objects.filter(report__program=frame.place.program, held_on__lte=frame.cut_off)
        .filter(held_on__gt=frame.previous or dt.date.min)
        .select_related("forum")
    )
    decided = tuple(
        (row.forum.name, formats.day(row.held_on), row.paragraph or "–", row.outcome)
        for row in rows
        if row.outcome
    )
    if decided:
        yield c.Table(
            "Beslut under perioden", ("Forum", "Datum", "Paragraf", "Utfall"), decided, widths=(3, 3, 2, 8)
        )


def _process(frame: Frame):
    steps = ProcessStep.objects.visible_to(frame.place).select_related("forum")
    rows = tuple(
        (row.words or formats.day(row.first_day), row.text, row.forum.name if row.forum else "–")
        for row in steps
        if row.first_day <= frame.report.meets_on
    )
    if rows:
        yield c.Table("Arbetsgången", ("När", "Vad", "Forum"), rows, widths=(3, 7, 4))


def _activities(frame: Frame):
    move, rows = frame.movement, frame.activities
    if not rows:
        yield c.Sentence("Programmet har inga aktiviteter ännu.")
        return
    done = sum(row.now.state.status == Status.COMPLETED for row in rows)
    yield c.Sentence(
        f"{c.sentence_case(c.counted(done, 'en', ''))} av {len(rows)} aktiviteter är genomförda; "
        f"{c.counted(len(move.under_way), 'en pågår', 'pågår')} och "
        f"{c.counted(len(move.planned), 'en är planerad', 'är planerade')}. "
        f"{c.sentence_case(c.counted(len(move.late), 'en är försenad', 'är försenade'))}."
    )
    if move.late:
        yield c.Table(
            "Försenade aktiviteter",
            ("Aktivitet", "Ansvarig", "Klart senast", "Lägesrapport"),
            tuple(
                (_name(row), row.responsible, _deadline(row.now), row.now.comment or "–") for row in move.late
            ),
            widths=(5, 3, 3, 6),
        )
    if move.stopped:
        yield c.Table(
            "Stoppade aktiviteter under perioden",
            ("Aktivitet", "Skäl"),
            tuple((_name(row), row.now.comment) for row in move.stopped),
            widths=(5, 9),
        )
    yield c.Table(
        "Alla aktiviteter",
        ("Aktivitet", "Område", "Ansvarig", "Klart senast", "Status"),
        tuple(
            (_name(row), row.area, row.responsible or "–", _deadline(row.now), _status(row, move))
            for row in rows
        ),
        widths=(6, 4, 4, 3, 3),
    )
    if frame.is_plan:
        yield from _support(frame)


def _status(row: ActivityHistory, move: Movement) -> str:
    return "försenad" if row in move.late else STATUS[row.now.state.status]


def _support(frame: Frame):
    rows = tuple(
        (
            row.get_kind_display().capitalize(),
            "inga egna stödfunktioner" if row.is_none else row.name,
            "; ".join(
                part
                for part in (
                    row.department.name if row.department else "",
                    row.scope,
                    f"ingår i {row.part_of}" if row.part_of else "",
                    f"tidigare {row.former_name}" if row.former_name else "",
                )
                if part
            )
            or "–",
        )
        for row in Resource.objects.visible_to(frame.place).select_related("department")
    )
    if rows:
        yield c.Table("Stöd som redan finns för chefer", ("Slag", "Stöd", "Om"), rows, widths=(3, 5, 6))


def _dialogues(frame: Frame):
    held = (
        Dialogue.objects.filter(
            program=frame.place.program, confirmed_at__isnull=False, held_on__lte=frame.cut_off
        )
        .prefetch_related("departments")
        .annotate(
            now=Count("statements", filter=Q(statements__kind=Statement.Kind.CURRENT), distinct=True),
            could=Count("statements", filter=Q(statements__kind=Statement.Kind.OPPORTUNITY), distinct=True),
        )
        .order_by("held_on", "pk")
    )
    rows = [
        (
            ", ".join(d.name for d in row.departments.all()),
            formats.day(row.held_on),
            str(row.now),
            str(row.could),
        )
        for row in held
    ]
    total = sum(row.now + row.could for row in held)
    new = sum(frame.previous is None or row.held_on > frame.previous for row in held)
    yield c.Sentence(
        f"{c.sentence_case(c.counted(len(rows), 'en dialog har', 'dialoger har'))} hållits i programmet, "
        f"{c.counted(new, 'en', '')} av dem under perioden, med {formats.number(total)} inspel i allt."
    )
    if rows:
        yield c.Table(
            "Dialoger i ledningsgrupperna",
            ("Avdelning", "Datum", "Så är det nu", "Utvecklingsmöjligheter"),
            tuple(rows),
            numeric=(2, 3),
            widths=(5, 3, 3, 5),
        )
    yield from _themes(frame)
    yield from _needs(frame)


def _themes(frame: Frame):
    """The third clause's own question: strengths and needs of support, change, training … by department."""
    spoken = Statement.objects.spoken().filter(
        dialogue__program=frame.place.program, dialogue__held_on__lte=frame.cut_off
    )
    found: dict[str, dict[str, int]] = {}
    rows = (
        spoken.exclude(theme="")
        .values_list("dialogue__departments__name", "theme")
        .annotate(count=Count("pk"))
        .order_by("dialogue__departments__code")
    )
    for department, theme, count in rows:
        found.setdefault(department, {})[theme] = count
    if found:
        themes = [(value, str(label)) for value, label in Statement.Theme.choices]
        yield c.Table(
            "Styrkor och behov i inspelen, efter tema",
            ("Avdelning", *(label.capitalize() for _value, label in themes)),
            tuple(
                (name, *(str(counts.get(value, 0)) for value, _label in themes))
                for name, counts in found.items()
            ),
            numeric=tuple(range(1, len(themes) + 1)),
            widths=(5, 2, 2, 3, 3, 2, 4),
        )


def _needs(frame: Frame):
    known = {row.pk for row in frame.activities}
    spoken = Q(
        statements__dialogue__confirmed_at__isnull=False,
        statements__dialogue__held_on__lte=frame.cut_off,
        statements__is_withheld=False,
    )
    needs = (
        Need.objects.visible_to(frame.place)
        .prefetch_related("activities")
        .annotate(
            said=Count("statements", filter=spoken, distinct=True),
            groups=Count("statements__dialogue__departments", filter=spoken, distinct=True),
        )
        .order_by("order", "pk")
    )
    rows, unanswered = [], []
    for need in needs:
        answers = [row for row in need.activities.all() if row.pk in known]
        if not answers:
            unanswered.append(need.title.lower())
        rows.append(
            (need.title, need.get_level_display(), str(need.said), str(need.groups), str(len(answers)))
        )
    if not rows:
        return
    yield c.Table(
        "Behoven och det som svarar mot dem",
        ("Behov", "Nivå", "Inspel", "Avdelningar", "Aktiviteter"),
        tuple(rows),
        numeric=(2, 3, 4),
        widths=(7, 3, 2, 3, 3),
    )
    if unanswered and not frame.is_plan:
        yield c.Sentence(f"Behov som ingen aktivitet svarar mot: {c.listed(unanswered)}.")


def _span(frame: Frame):
    found = span_on(frame.place, frame.cut_off)
    if found is None:
        yield c.Sentence("Antalet medarbetare per chef är inte räknat till och med stoppdatumet.")
        return
    sentence = wording.span_sentence(found)
    yield c.Chart(
        sentence, _span_alt(found, sentence), json.dumps(span_chart(found.span, CHART_LABELS, PAPER))
    )
    yield c.Sentence(f"Uppgifterna gäller {formats.day(found.report.as_of)}: {found.report.basis}")
    yield _span_totals(found)
    if found.discrepancies:
        yield c.Bullets(tuple(_discrepancy(row) for row in found.discrepancies))
    yield _span_table(found)


def _span_alt(found: SpanOn, sentence: str) -> str:
    return (
        f"Punktdiagram över {len(found.span.units)} chefsområden. {sentence} Samma uppgifter står i tabellen."
    )


def _span_totals(found: SpanOn) -> c.Table:
    totals, without = found.span.totals, found.span.without_management
    return c.Table(
        "Chefsområden i allt",
        ("Omfattning", "Områden", "Chefer", "Medarbetare", "Per chef"),
        tuple(
            (
                name,
                formats.number(total.units),
                formats.number(total.managers),
                formats.number(total.employees),
                formats.number(total.per_manager, 1) if total.per_manager is not None else "–",
            )
            for name, total in (("Alla", totals), ("Utan ledning och gemensamma funktioner", without))
        ),
        numeric=(1, 2, 3, 4),
        widths=(7, 2, 2, 3, 2),
    )


def _discrepancy(row) -> str:
    places = 2 if row.measure == "fte" else 0
    what = "årsarbetare" if row.measure == "fte" else "medarbetare"
    why = "avrundning" if row.kind == "rounding" else "ett fel i källan"
    return (
        f"{row.where}: källan anger {formats.number(row.stated, places)} {what}, områdena ger "
        f"{formats.number(row.computed, places)} ({why})."
    )


def _span_table(found: SpanOn) -> c.Table:
    return c.Table(
        "Medarbetare per chef och chefsområde",
        ("Chefsområde", "Avdelning", "Medarbetare", "Per chef", "Grundtal", "Mot grundtal", "Egen bedömning"),
        tuple(
            (
                row.unit.name,
                row.unit.department_short,
                f"{row.unit.employees} på {row.unit.managers} chefer"
                if row.unit.managers > 1
                else str(row.unit.employees),
                formats.number(row.per_manager, 1),
                "–" if row.base is None else str(row.base),
                _against(row),
                "inte bedömd"
                if row.assessed is None
                else f"{row.assessed} ({'över' if row.over_assessed else 'inom'})",
            )
            for row in found.span.units
        ),
        numeric=(2, 3, 4),
        widths=(6, 4, 4, 2, 3, 3, 4),
        note="Ett område utan annan uppgift räknas med en chef.",
    )


def _against(row) -> str:
    if row.base is None:
        return "grundtal saknas"
    if row.over_largest:
        return f"över {row.largest}"
    return "över" if row.over_base else "inom"


def _indicators(frame: Frame):
    found = readings(frame.place, frame.cut_off)
    rows = tuple(_indicator_row(reading) for reading in found)
    if not rows:
        yield c.Sentence("Programmet har inga mått ännu.")
        return
    moved = sum(reading.verdict.kind == "moved" for reading in found)
    yield c.Sentence(
        f"{c.sentence_case(c.counted(moved, 'ett mått visar', 'mått visar'))} tecken på förflyttning. "
        "Ett mått som har rört sig visar inte vad som har fått det att röra sig."
    )
    yield c.Table(
        "Mått",
        ("Mått och vilka det gäller", "Senaste värde", "Svar", "Förflyttning"),
        rows,
        widths=(5, 3, 5, 5),
    )


def _indicator_row(reading: Reading) -> tuple[str, ...]:
    latest = reading.latest
    name = f"{reading.indicator.name} ({reading.indicator.population})"
    reason = wording.verdict_reason(reading.verdict)
    verdict = c.sentence_case(wording.verdict_word(reading.verdict)) + (f". {reason}" if reason else "")
    if latest is None:
        return name, "inget värde", "–", verdict
    value = f"{wording.observation_value(reading, latest)} ({formats.day(latest.last_day)})"
    return name, value, wording.answers(reading, latest) or "–", verdict


def _burden(frame: Frame):
    costly = [
        row
        for row in frame.activities
        if row.hours_per_manager and row.now.state.status in (Status.UNDER_WAY, Status.PLANNED)
    ]
    if costly:
        yield c.Table(
            "Aktiviteter som tar chefers tid framöver",
            ("Aktivitet", "Status", "Timmar per chef"),
            tuple((_name(row), STATUS[row.now.state.status], row.hours_per_manager.replace(".0", "").replace(".", ","))
                  for row in costly),
            numeric=(2,),
            widths=(8, 3, 3),
            note=ALL_MANAGERS,
        )  # fmt: skip


def _next(frame: Frame):
    if frame.is_plan:
        parts = ProgramPart.objects.visible_to(frame.place)
        rows = tuple((f"Del {part.number}", part.covers, part.reported or "–") for part in parts)
        if rows:
            yield c.Table("Programmets delar", ("Del", "Omfattar", "Redovisas"), rows, widths=(2, 9, 4))
    coming = sorted(
        (row for row in (*frame.movement.under_way, *frame.movement.planned) if row.now.state.deadline),
        key=lambda row: (row.now.state.deadline, row.pk),
    )[:12]
    if coming:
        yield c.Table(
            "Nästa slutdatum",
            ("Klart senast", "Aktivitet", "Ansvarig"),
            tuple((_deadline(row.now), _name(row), row.responsible or "–") for row in coming),
            widths=(3, 7, 4),
        )


COMPOSERS = {
    "clauses": _clauses,
    "done": _done,
    "activities": _activities,
    "dialogues": _dialogues,
    "span": _span,
    "indicators": _indicators,
    "burden": _burden,
    "next": _next,
}
