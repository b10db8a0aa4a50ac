"""What the programme has learned: the five questions of the national method, and the programme's own, as answered."""

from collections import Counter
from collections.abc import Iterator

from program.forms.meeting import SWEDISH
from program.models import FollowUp, FollowUpAnswer
from reports import content as c
from reports.facts.frame import Frame
from reports.facts.sources import in_order
from reports.facts.words import name
from ui import formats

Verdict = FollowUpAnswer.Verdict
VERDICTS = {
    Verdict.YES: "ja",
    Verdict.PARTLY: "delvis",
    Verdict.NO: "nej",
    Verdict.UNKNOWN: "går inte att säga ännu",
}
JUDGED = tuple(SWEDISH[key] for key in ("carried_out", "effect", "goal"))  # the others are answered in words
METHOD = tuple(SWEDISH.values())


def lessons(frame: Frame) -> Iterator[c.Block]:
    """Follow-ups held by the cut-off: how the questions were answered in all, then answer by answer."""
    rows = _held(frame)
    if not rows:
        yield c.Sentence("Ingen uppföljning är hållen, så frågorna i metoden är inte besvarade.")
        return
    activities = list(dict.fromkeys(row.activity_id for row in rows))
    refs = in_order(code for pk in activities for code in frame.code(pk))
    count = c.counted(len(rows), "en uppföljning har hållits", "uppföljningar har hållits")
    known = c.counted(len(activities), "en aktivitet", "aktiviteter")
    yield c.Sentence(f"{formats.sentence(count)}, om {known}.", refs)
    yield _in_all(rows, frame)
    yield from _in_words(rows, frame)
    yield from _outcomes(rows, frame)


def _held(frame: Frame) -> list[FollowUp]:
    """Those of activities that the report knows, oldest first. Two queries."""
    rows = FollowUp.objects.visible_to(frame.place).filter(held_on__lte=frame.cut_off)
    found = rows.prefetch_related("answers").order_by("held_on", "pk")
    return [row for row in found if frame.history(row.activity_id)]


def _in_all(rows: list[FollowUp], frame: Frame) -> c.Table:
    """The five questions, each with how many answered what; also those that nobody has answered."""
    given: dict[str, Counter[str]] = {question: Counter() for question in METHOD}
    refs: dict[str, list[str]] = {question: [] for question in METHOD}
    for row in rows:
        for answer in row.answers.all():
            if answer.question in given:
                given[answer.question][answer.verdict] += 1
                refs[answer.question] += frame.code(row.activity_id)
    return c.Table(
        "Metodens fem frågor",
        ("Fråga", *(formats.sentence(word) for word in VERDICTS.values()), "Svar i ord"),
        tuple((question, *_counts(question, found)) for question, found in given.items()),
        numeric=tuple(range(1, len(VERDICTS) + 2)),
        widths=(8, 2, 2, 2, 4, 3),
        refs=tuple(in_order(codes) for codes in refs.values()),
        key="method",
    )


def _counts(question: str, found: Counter[str]) -> Iterator[str]:
    for verdict in VERDICTS:
        yield str(found[verdict]) if question in JUDGED else "–"
    yield str(found[""]) if found[""] else "–"


def _in_words(rows: list[FollowUp], frame: Frame) -> Iterator[c.Table]:
    """A table a question of what was written, so that alike answers stand together."""
    asked: dict[str, list[tuple[FollowUp, FollowUpAnswer]]] = {question: [] for question in METHOD}
    for row in rows:
        for answer in row.answers.all():
            if answer.text:
                asked.setdefault(answer.question, []).append((row, answer))
    for at, (question, found) in enumerate(asked.items(), start=1):
        if found:
            yield c.Table(
                question,
                ("Aktivitet", "Datum", "Svar"),
                tuple((_name(row, frame), formats.day(row.held_on), _said(answer)) for row, answer in found),
                widths=(5, 3, 9),
                refs=tuple(frame.code(row.activity_id) for row, _answer in found),
                key=f"question-{at}",
            )


def _said(answer: FollowUpAnswer) -> str:
    word = VERDICTS.get(answer.verdict, "")
    return f"{formats.sentence(word)}. {answer.text}" if word else answer.text


def _name(row: FollowUp, frame: Frame) -> str:
    found = frame.history(row.activity_id)
    return name(found) if found else ""


def _outcomes(rows: list[FollowUp], frame: Frame) -> Iterator[c.Table]:
    """What follow-ups and evaluations found in all, in their own words."""
    found = [row for row in rows if row.outcome]
    if found:
        yield c.Table(
            "Det som uppföljningarna har visat",
            ("Aktivitet", "Slag", "Datum", "Utfall"),
            tuple(
                (_name(row, frame), str(row.get_kind_display()), formats.day(row.held_on), row.outcome)
                for row in found
            ),
            widths=(5, 3, 3, 8),
            refs=tuple(frame.code(row.activity_id) for row in found),
            key="outcomes",
        )
