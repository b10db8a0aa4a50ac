"""The section about dialogues and needs."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from dialogues.answers.judge import OPEN, UNANSWERED, Pair, tally
from dialogues.matrix import queries, wording
from dialogues.matrix.chart import PAPER, matrix_chart
from dialogues.matrix.counts import Matrix
from dialogues.models import Dialogue
from program.models import Response
from reports import content as c
from reports.facts.chain import KINDS, known_as, published_by
from reports.facts.frame import Frame
from reports.facts.words import Told, day_or_words, named, since
from ui import formats

MEETINGS = {
    Dialogue.Kind.DIALOGUE: ("en dialog", "dialoger"),
    Dialogue.Kind.WORKSHOP: ("en workshop", "workshoppar"),
    Dialogue.Kind.REVIEW: ("en genomgång av svar", "genomgångar av svar"),
}
NO_ANSWER = "Ingen återkoppling ännu"


def dialogues(frame: Frame) -> Iterator[c.Block]:
    """What was said until the cut-off, which needs it gave, and what the departments have been answered."""
    said = frame.heard.said
    columns = queries.departments(frame.place, said)
    yield from held(frame)
    yield from since(frame.since, otherwise(frame))
    yield from _held_table(frame)
    yield from _themes(queries.theme_matrix(said, columns.heard), frame)
    matrix = known_needs(frame, columns)
    yield from _needs(frame, matrix)
    yield from _spread(matrix, frame)
    if not frame.is_plan:
        yield from answers(frame)


def known_needs(frame: Frame, columns: queries.Departments) -> Matrix:
    """Need × department, less needs that came to the programme after the cut-off; no word speaks for those."""
    matrix = queries.need_matrix(frame.place, frame.heard.said, columns.heard)
    known = frame.heard.needs
    return replace(matrix, rows=tuple(row for row in matrix.rows if row.head.key in known))


def held(frame: Frame) -> Iterator[c.Block]:
    """How many meetings and words there are, and how many are not published yet."""
    rows = frame.heard.held
    refs = _codes(frame, rows)
    total = sum(getattr(row, f"said_{kind}") for row in rows for kind in KINDS)
    new = sum(frame.previous is None or row.held_on > frame.previous for row in rows)
    yield c.Sentence(
        f"{formats.sentence(_meetings(rows))} har hållits i programmet, "
        f"{formats.count(new)} av dem under perioden, med {formats.number(total)} inspel i allt.",
        refs,
    )
    waiting = [row for row in rows if not published_by(row, frame.cut_off)]
    if waiting:
        yield c.Sentence(
            f"{formats.sentence(formats.count(len(waiting)))} av dem är inte publicerad{'e' if len(waiting) > 1 else ''} "
            "ännu: avdelningen och HR har inte båda sagt ja.",
            _codes(frame, waiting),
        )


def _codes(frame: Frame, rows: list[Dialogue]) -> tuple[str, ...]:
    return frame.sources.dialogues(row.pk for row in rows)


def otherwise(frame: Frame) -> Iterator[Told]:
    """New meetings, needs raised for the first time, and answers given after the previous cut-off."""
    if frame.previous is None:
        return
    for row in frame.heard.held:
        if row.held_on > frame.previous:
            when = day_or_words(row.held_on, row.held_words)
            yield f"Ny: {known_as(row, frame.cut_off)}, {when}.", (frame.sources.dialogue(row.pk),)
    first = frame.heard.first_raised()
    new = [pk for pk in frame.heard.needs if pk in first and first[pk] > frame.previous]
    if new:
        titles = named([frame.heard.needs[pk].title for pk in new])
        count = c.counted(len(new), "Ett nytt behov", "nya behov")
        yield f"{formats.sentence(count)}: {titles}.", frame.sources.needs(new)
    yield from _answered_since(frame)


def _answered_since(frame: Frame) -> Iterator[Told]:
    """The answers of the period by their outcome, and how many still wait."""
    rows = [row for row in frame.heard.told if row.on > frame.previous]
    if not rows:
        return
    outcomes = Counter(row.outcome for row in rows)
    told = [
        f"{formats.count(outcomes[value])} {_outcome(value).lower()}"
        for value in Response.Outcome
        if outcomes[value]
    ]
    then, now = (tally(frame.heard.owed(day)) for day in (frame.previous, frame.cut_off))
    count = c.counted(len(rows), "En återkoppling har getts", "återkopplingar har getts")
    yield (
        f"{formats.sentence(count)}: {formats.listed(told)}. "
        f"{formats.sentence(formats.count(now.unanswered))} väntar på svar; vid förra rapporten {formats.count(then.unanswered)}.",
        frame.sources.needs(dict.fromkeys(row.need_id for row in rows)),
    )


def _meetings(held: list[Dialogue]) -> str:
    """sex dialoger och en workshop."""
    kinds = Counter(row.kind for row in held)
    wanted = [kind for kind in MEETINGS if kinds[kind]] or [Dialogue.Kind.DIALOGUE]
    return formats.listed(c.counted(kinds[kind], *MEETINGS[kind]) for kind in wanted)


def _held_table(frame: Frame) -> Iterator[c.Table]:
    rows = frame.heard.held
    if not rows:
        return
    kinds = [kind for kind in KINDS if kind != "need" or any(row.said_need for row in rows)]
    only_dialogues = all(row.kind == Dialogue.Kind.DIALOGUE for row in rows)
    yield c.Table(
        "Dialoger i ledningsgrupperna" if only_dialogues else "Dialoger och andra möten",
        ("Avdelning" if only_dialogues else "Möte", "Datum", *(KINDS[kind] for kind in kinds)),
        tuple(
            (
                known_as(row, frame.cut_off),
                day_or_words(row.held_on, row.held_words),
                *(str(getattr(row, f"said_{kind}")) for kind in kinds),
            )
            for row in rows
        ),
        numeric=tuple(range(2, 2 + len(kinds))),
        widths=(5, 3, 3, 5, 2)[: 2 + len(kinds)],
        refs=tuple((frame.sources.dialogue(row.pk),) for row in rows),
        key="held",
    )


def _findings(sentences: list[str], refs: tuple[str, ...]) -> Iterator[c.Block]:
    """The first as the finding, the others beneath it."""
    yield c.Sentence(sentences[0], refs)
    if sentences[1:]:
        yield c.Bullets(tuple(sentences[1:]), tuple(refs for _text in sentences[1:]) if refs else ())


def _themes(matrix: Matrix, frame: Frame) -> Iterator[c.Block]:
    """The third clause's own question: strengths and needs of support, change, training … by department."""
    if not matrix.total:
        return
    everywhere = _codes(frame, frame.heard.held)
    yield from _findings(wording.theme_sentences(matrix), everywhere)
    names = [*(formats.sentence(column.name) for column in matrix.columns), "I allt"]
    counts = [*zip(*(row.cells for row in matrix.rows), strict=True), [row.total for row in matrix.rows]]
    by_column = _by_department(frame)
    yield c.Table(
        "Styrkor och behov i inspelen, efter tema",
        ("Avdelning", *(row.head.name for row in matrix.rows)),
        tuple(
            (name, *(_figure(count) for count in cells)) for name, cells in zip(names, counts, strict=True)
        ),
        numeric=tuple(range(1, len(matrix.rows) + 1)),
        widths=(5, 2, 2, 3, 3, 2, 4),
        note=" ".join(wording.notes(matrix, of_needs=False, with_names=False)),
        refs=(*(by_column.get(column.key, ()) for column in matrix.columns), everywhere),
        key="themes",
    )


def _by_department(frame: Frame) -> Mapping[int | None, tuple[str, ...]]:
    """Department (None: meetings without any) → the codes of its meetings."""
    found: dict[int | None, tuple[str, ...]] = {}
    for row in frame.heard.held:
        for key in [department.pk for department in row.departments.all()] or [None]:
            found[key] = (*found.get(key, ()), frame.sources.dialogue(row.pk))
    return found


def answering(frame: Frame) -> dict[int, list[int]]:
    """Need → the activities known on the cut-off that answer it, by key."""
    found: dict[int, list[int]] = {pk: [] for pk in frame.heard.needs}
    for row in frame.activities:
        for need in row.needs:
            if need in found:
                found[need].append(row.pk)
    return found


def _needs(frame: Frame, matrix: Matrix) -> Iterator[c.Block]:
    spoken = {row.head.key: row for row in matrix.rows}
    met, needs = answering(frame), frame.heard.needs
    if not needs:
        return
    yield c.Table(
        "Behoven och det som svarar mot dem",
        ("Behov", "Nivå", "Inspel", "Avdelningar", "Aktiviteter"),
        tuple(
            (need.title, str(need.get_level_display()), str(spoken[pk].total), str(spoken[pk].shared_by),
             str(len(met[pk])))
            for pk, need in needs.items()
        ),
        numeric=(2, 3, 4),
        widths=(7, 3, 2, 3, 3),
        refs=tuple((frame.sources.need(pk), *_activities(frame, met[pk])) for pk in needs),
        key="needs",
    )  # fmt: skip
    unanswered = [pk for pk, rows in met.items() if not rows]
    if unanswered and not frame.is_plan:
        titles = formats.listed(needs[pk].title.lower() for pk in unanswered)
        yield c.Sentence(f"Behov som ingen aktivitet svarar mot: {titles}.", frame.sources.needs(unanswered))


def _activities(frame: Frame, keys: list[int]) -> tuple[str, ...]:
    return tuple(code for pk in keys for code in frame.code(pk))


def _spread(matrix: Matrix, frame: Frame) -> Iterator[c.Block]:
    """Likeness and difference between departments: picture and table."""
    if not matrix.total or matrix.departments < 2:
        return
    first, *others = wording.need_sentences(matrix)
    what = f"{formats.count(len(matrix.rows), neuter=True)} behov i {formats.count(matrix.departments)} avdelningar"
    alt = f"Prickdiagram över {what}. {first} Samma tal står i tabellen."
    needs = frame.sources.needs(row.head.key for row in matrix.rows)
    yield c.Chart(first, alt, json.dumps(matrix_chart(matrix, PAPER)), needs)
    if others:
        yield c.Bullets(tuple(others), tuple(needs for _text in others))
    columns = len(matrix.columns)
    yield c.Table(
        "Behov per avdelning: antal inspel",
        ("Behov", *(column.label for column in matrix.columns), "I allt"),
        (
            *((row.head.name, *map(_figure, row.cells), _figure(row.total)) for row in matrix.rows),
            ("I allt", *map(_figure, matrix.column_totals), _figure(matrix.total)),
        ),
        numeric=tuple(range(1, columns + 2)),
        widths=(11 if columns < 8 else 9, *(3 for _column in matrix.columns), 3),
        note=" ".join(wording.notes(matrix, of_needs=True)),
        refs=(*((frame.sources.need(row.head.key),) for row in matrix.rows), ()),
        key="spread",
    )


def answers(frame: Frame) -> Iterator[c.Block]:
    """What the departments had been answered about the needs they raised; the latest answer holds."""
    found = [pair for pair in frame.heard.owed(frame.cut_off) if pair.need in frame.heard.needs]
    if not found:
        return
    count = tally(found)
    yield c.Sentence(
        f"Avdelningarna har lyft behov {_times(count.raised)}, räknat behov för behov och avdelning för avdelning: "
        f"{c.counted(count.answered, 'ett har fått', 'har fått')} återkoppling, "
        f"{c.counted(count.open, 'ett är öppet', 'är öppna')} och "
        f"{c.counted(count.unanswered, 'ett väntar', 'väntar')} på svar.",
        _raised(frame, found),
    )
    if count.unanswered == count.raised:
        return
    groups: dict[str, list[Pair]] = {}
    for pair in found:
        groups.setdefault(pair.given.outcome if pair.given else UNANSWERED, []).append(pair)
    order = [*(value for value in Response.Outcome if value != OPEN), OPEN, UNANSWERED]
    shown = [value for value in order if value in groups]
    yield c.Table(
        "Återkoppling till avdelningarna",
        ("Återkoppling", "Antal"),
        tuple((_outcome(value), str(len(groups[value]))) for value in shown),
        numeric=(1,),
        widths=(8, 2),
        note=_to_everybody(any(pair.department is None for pair in found)),
        refs=tuple(_raised(frame, groups[value]) for value in shown),
        key="answers",
    )


def _raised(frame: Frame, found: list[Pair]) -> tuple[str, ...]:
    """The codes of the needs of pairs, in the needs' own order."""
    keys = {pair.need for pair in found}
    return frame.sources.needs(pk for pk in frame.heard.needs if pk in keys)


def _figure(count: int) -> str:
    return str(count or "–")


def _times(number: int) -> str:
    return c.counted(number, "en gång", "gånger")


def _outcome(value: str) -> str:
    return NO_ANSWER if value == UNANSWERED else formats.sentence(str(Response.Outcome(value).label))


def _to_everybody(is_so: bool) -> str:
    return "Ett behov som bara möten utan avdelning har lyft besvaras en gång, till alla." if is_so else ""
