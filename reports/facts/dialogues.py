"""The section about dialogues and needs."""

from django.db.models import Count, Q

from dialogues.models import Dialogue, Statement
from program.models import Need
from reports import content as c
from reports.facts.frame import Frame
from ui import formats


def dialogues(frame: Frame):
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
