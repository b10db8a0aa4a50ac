"""The section about dialogues and needs."""

import json
from collections import Counter

from django.db.models import Count, Min, Q

from dialogues import matrix_queries as queries
from dialogues import matrix_wording as wording
from dialogues.answers import OPEN, UNANSWERED, Raised, pairs, tally
from dialogues.matrix import Matrix
from dialogues.matrix_chart import PAPER, matrix_chart
from dialogues.models import Dialogue
from dialogues.standing import given
from program.models import Need, Response
from reports import content as c
from reports.facts.frame import Frame, day_or_words
from ui import formats

KINDS = {"current": "Så är det nu", "opportunity": "Utvecklingsmöjligheter", "need": "Behov"}
MEETINGS = {
    Dialogue.Kind.DIALOGUE: ("en dialog", "dialoger"),
    Dialogue.Kind.WORKSHOP: ("en workshop", "workshoppar"),
    Dialogue.Kind.REVIEW: ("en genomgång av svar", "genomgångar av svar"),
}
NO_ANSWER = "Ingen återkoppling ännu"


def dialogues(frame: Frame):
    said = queries.said_by(frame.place.program, frame.cut_off)
    columns = queries.departments(frame.place, said)
    yield from _held(frame, said)
    yield from _themes(queries.theme_matrix(said, columns.heard))
    matrix = queries.need_matrix(frame.place, said, columns.heard)
    yield from _needs(frame, matrix)
    yield from _spread(matrix)
    if not frame.is_plan:
        yield from _answers(frame, said)


def heard(frame: Frame):
    """For managers: what was said, and what was answered."""
    said = queries.said_by(frame.place.program, frame.cut_off)
    columns = queries.departments(frame.place, said)
    yield from _held(frame, said)
    yield from _needs(frame, queries.need_matrix(frame.place, said, columns.heard))
    yield from _answers(frame, said)


def _held(frame: Frame, said: queries.Said):
    shown = Q(statements__is_withheld=False)
    counts = {
        f"said_{kind}": Count("statements", filter=shown & Q(statements__kind=kind), distinct=True)
        for kind in KINDS
    }
    held = list(said.dialogues.prefetch_related("departments").annotate(**counts).order_by("held_on", "pk"))
    total = sum(getattr(row, name) for row in held for name in counts)
    new = sum(frame.previous is None or row.held_on > frame.previous for row in held)
    yield c.Sentence(
        f"{c.sentence_case(_meetings(held))} har hållits i programmet, "
        f"{_of_them(new)} av dem under perioden, med {formats.number(total)} inspel i allt."
    )
    if waiting := sum(row.published_at is None for row in held):
        yield c.Sentence(
            f"{c.sentence_case(_of_them(waiting))} av dem är inte publicerad{'e' if waiting > 1 else ''} ännu: "
            "avdelningen och HR har inte båda sagt ja."
        )
    if held:
        yield _held_table(held)


def _of_them(number: int) -> str:
    """ingen, en, två …: so many of what was just named."""
    return c.counted(number, "en", "") if number else "ingen"


def _meetings(held: list[Dialogue]) -> str:
    """sex dialoger och en workshop."""
    kinds = Counter(row.kind for row in held)
    wanted = [kind for kind in MEETINGS if kinds[kind]] or [Dialogue.Kind.DIALOGUE]
    return c.listed(c.counted(kinds[kind], *MEETINGS[kind]) for kind in wanted)


def _held_table(held: list[Dialogue]) -> c.Table:
    kinds = [kind for kind in KINDS if kind != "need" or any(row.said_need for row in held)]
    only_dialogues = all(row.kind == Dialogue.Kind.DIALOGUE for row in held)
    return c.Table(
        "Dialoger i ledningsgrupperna" if only_dialogues else "Dialoger och andra möten",
        ("Avdelning" if only_dialogues else "Möte", "Datum", *(KINDS[kind] for kind in kinds)),
        tuple(
            (
                row.name,
                day_or_words(row.held_on, row.held_words),
                *(str(getattr(row, f"said_{kind}")) for kind in kinds),
            )
            for row in held
        ),
        numeric=tuple(range(2, 2 + len(kinds))),
        widths=(5, 3, 3, 5, 2)[: 2 + len(kinds)],
    )


def _findings(sentences: list[str]):
    """The first as the finding, the others beneath it."""
    yield c.Sentence(sentences[0])
    if sentences[1:]:
        yield c.Bullets(tuple(sentences[1:]))


def _themes(matrix: Matrix):
    """The third clause's own question: strengths and needs of support, change, training … by department."""
    if not matrix.total:
        return
    yield from _findings(wording.theme_sentences(matrix))
    names = [*(c.sentence_case(column.name) for column in matrix.columns), "I allt"]
    counts = [*zip(*(row.cells for row in matrix.rows), strict=True), [row.total for row in matrix.rows]]
    yield c.Table(
        "Styrkor och behov i inspelen, efter tema",
        ("Avdelning", *(row.head.name for row in matrix.rows)),
        tuple(
            (name, *(_figure(count) for count in cells)) for name, cells in zip(names, counts, strict=True)
        ),
        numeric=tuple(range(1, len(matrix.rows) + 1)),
        widths=(5, 2, 2, 3, 3, 2, 4),
        note=" ".join(wording.notes(matrix, of_needs=False, with_names=False)),
    )


def _needs(frame: Frame, matrix: Matrix):
    known = {row.pk for row in frame.activities}
    spoken = {row.head.key: row for row in matrix.rows}
    rows, unanswered = [], []
    for need in Need.objects.visible_to(frame.place).prefetch_related("activities").order_by("order", "pk"):
        answers = [row for row in need.activities.all() if row.pk in known]
        if not answers:
            unanswered.append(need.title.lower())
        row = spoken[need.pk]
        rows.append(
            (need.title, need.get_level_display(), str(row.total), str(row.shared_by), str(len(answers)))
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


def _spread(matrix: Matrix):
    """Likeness and difference between departments: picture and table."""
    if not matrix.total or matrix.departments < 2:
        return
    first, *others = wording.need_sentences(matrix)
    alt = f"Prickdiagram över {len(matrix.rows)} behov i {matrix.departments} avdelningar. {first} Samma tal står i tabellen."
    yield c.Chart(first, alt, json.dumps(matrix_chart(matrix, PAPER)))
    if others:
        yield c.Bullets(tuple(others))
    columns = len(matrix.columns)
    yield c.Table(
        "Behov per avdelning: antal inspel",
        ("Behov", *(column.label for column in matrix.columns), "I allt"),
        tuple((row.head.name, *map(_figure, row.cells), _figure(row.total)) for row in matrix.rows),
        numeric=tuple(range(1, columns + 2)),
        widths=(11 if columns < 8 else 9, *(3 for _column in matrix.columns), 3),
        note=" ".join(wording.notes(matrix, of_needs=True)),
    )


def _answers(frame: Frame, said: queries.Said):
    """What the departments had been answered about the needs they raised; the latest answer holds."""
    raised = (
        said.statements.filter(needs__isnull=False)
        .order_by()
        .values_list("needs", "dialogue__departments")
        .annotate(since=Min("dialogue__held_on"))
    )
    told = Response.objects.filter(need__program=frame.place.program).latest_first(frame.cut_off)
    found = pairs([Raised(*row) for row in raised], given(told))
    if not found:
        return
    count = tally(found)
    yield c.Sentence(
        f"Avdelningarna har lyft behov {_times(count.raised)}, räknat behov för behov och avdelning för avdelning: "
        f"{c.counted(count.answered, 'ett', '')} har fått återkoppling, "
        f"{c.counted(count.open, 'ett är öppet', 'är öppna')} och "
        f"{c.counted(count.unanswered, 'ett väntar', 'väntar')} på svar."
    )
    if count.unanswered == count.raised:
        return
    outcomes = Counter(pair.given.outcome if pair.given else UNANSWERED for pair in found)
    order = [*(value for value in Response.Outcome if value != OPEN), OPEN, UNANSWERED]
    yield c.Table(
        "Återkoppling till avdelningarna",
        ("Återkoppling", "Antal"),
        tuple((_outcome(value), str(outcomes[value])) for value in order if outcomes[value]),
        numeric=(1,),
        widths=(8, 2),
        note=_to_everybody(any(pair.department is None for pair in found)),
    )


def _figure(count: int) -> str:
    return str(count or "–")


def _times(number: int) -> str:
    return c.counted(number, "en gång", "gånger")


def _outcome(value: str) -> str:
    return NO_ANSWER if value == UNANSWERED else c.sentence_case(str(Response.Outcome(value).label))


def _to_everybody(is_so: bool) -> str:
    return "Ett behov som bara möten utan avdelning har lyft besvaras en gång, till alla." if is_so else ""
