"""The feedback to managers: what you have said, what has come of it, whether it shows, and what comes."""

from collections.abc import Iterator

from dialogues.answers.judge import OPEN, UNANSWERED, Pair
from dialogues.matrix import queries
from metrics.readings import wording
from metrics.readings.telling import tell
from program.models import Need, Response, Status
from program.schedule import OPEN as UNDER_WORK
from reports import content as c
from reports.comparison import ActivityHistory
from reports.facts import dialogues, measured
from reports.facts.activities import ahead
from reports.facts.frame import Frame
from reports.facts.indicators import NO_CAUSE, changes
from reports.facts.words import STATUS, Told, after, day_or_words, deadline, enumerated, name, since
from ui import formats

NOTHING = "Ingen aktivitet ännu"
SHOWN = 12  # last days that "next" tells


def heard(frame: Frame) -> Iterator[c.Block]:
    """What the managers have said in dialogues, need by need, with what is done and what was answered."""
    yield from dialogues.held(frame)
    yield from since(frame.since, dialogues.otherwise(frame))
    columns = queries.departments(frame.place, frame.heard.said)
    spoken = {row.head.key: row for row in dialogues.known_needs(frame, columns).rows}
    owed: dict[int, list[Pair]] = {}
    for pair in frame.heard.owed(frame.cut_off):
        owed.setdefault(pair.need, []).append(pair)
    met = dialogues.answering(frame)
    rows = [need for pk, need in frame.heard.needs.items() if spoken[pk].total]
    if rows:
        yield c.Table(
            "Det ni har lyft, och det som kommer av det",
            ("Ni har sagt att ni behöver", "Inspel", "Det som görs", "Svar, antal avdelningar"),
            tuple(
                (need.title, str(spoken[need.pk].total), _done_about(met[need.pk], frame),
                 _answered(owed.get(need.pk, [])))
                for need in rows
            ),
            numeric=(1,),
            widths=(5, 2, 6, 5),
            refs=tuple((frame.sources.need(need.pk), *_codes(met[need.pk], frame)) for need in rows),
            key="heard",
        )  # fmt: skip


def _codes(keys: list[int], frame: Frame) -> tuple[str, ...]:
    return tuple(code for pk in keys for code in frame.code(pk))


def _done_about(keys: list[int], frame: Frame) -> str:
    """Kompetenstrappa (genomförd), Handledning i grupp (pågår)."""
    found = [row for pk in keys if (row := frame.history(pk))]
    return ", ".join(f"{row.title} ({STATUS[row.now.state.status]})" for row in found) or NOTHING


def _answered(found: list[Pair]) -> str:
    """Departments by what they were answered: 3 möts av en aktivitet, 2 väntar på svar."""
    outcomes = [pair.given.outcome if pair.given else UNANSWERED for pair in found]
    order = [*(value for value in Response.Outcome if value != OPEN), OPEN, UNANSWERED]
    told = [f"{outcomes.count(value)} {_outcome(value)}" for value in order if value in outcomes]
    return formats.listed(told) or "–"


def _outcome(value: str) -> str:
    return "väntar på svar" if value == UNANSWERED else str(Response.Outcome(value).label)


def done(frame: Frame) -> Iterator[c.Block]:
    """What is ready to use since the last time, with the needs it answers; what was stopped, and why."""
    move = frame.movement
    count = c.counted(len(move.completed), "En aktivitet är klar", "aktiviteter är klara")
    begun = c.counted(len(move.started), "en har börjat", "har börjat")
    start = f"Sedan {formats.day(frame.previous)}" if frame.previous else "Hittills"
    refs = frame.sources.activities({row.pk: row for row in (*move.completed, *move.started)}.values())
    yield c.Sentence(f"{start}: {count[:1].lower() + count[1:]} och {begun}.", refs)
    yield from since(frame.since, _begun_and_stopped(frame))
    if move.completed:
        yield c.Table(
            "Det som är klart",
            ("Vad", "Svarar mot", "Klart", "Så gick det"),
            tuple((row.title, _needs(row, frame), _day(row), row.now.comment or "–") for row in move.completed),
            widths=(5, 5, 3, 6),
            refs=tuple((frame.sources.activity(row),) for row in move.completed),
            key="completed",
        )  # fmt: skip


def _day(row: ActivityHistory) -> str:
    return day_or_words(row.now.state.completed_on, row.now.completed_words)


def _needs(row: ActivityHistory, frame: Frame) -> str:
    known: dict[int, Need] = frame.heard.needs
    return ", ".join(known[pk].title for pk in row.needs if pk in known) or "–"


def _begun_and_stopped(frame: Frame) -> Iterator[Told]:
    move = frame.movement
    if move.started:
        names = [name(row) for row in move.started]
        yield enumerated("en har börjat", "har börjat", names), frame.sources.activities(move.started)
    for row in move.stopped:
        yield (
            f"Stoppad: {name(row)}. {after('stoppad', row.since.comment)}".strip(),
            (frame.sources.activity(row),),
        )
    if move.completed and not (move.started or move.stopped):
        yield "Inget nytt har börjat.", ()


def indicators(frame: Frame) -> Iterator[c.Block]:
    """The measures in short: the latest value and what can be said of it."""
    found = [row for row in frame.measured if measured.stands_alone(row) and row.observations]
    if not found:
        yield c.Sentence("Det finns inga värden ännu, så vi kan inte säga om det gör skillnad.")
        return
    told = [tell(row, frame.cut_off) for row in found]
    text = f"{wording.summary(row.verdict for row in found)} {NO_CAUSE}"
    yield c.Sentence(text, measured.codes(found, frame))
    yield from changes(frame)
    yield c.Table(
        "Så ser det ut",
        ("Mått", "Senaste värde", "Det vi kan säga"),
        tuple(
            (
                row.indicator.name,
                f"{row.latest.value} ({row.latest.period})" if row.latest else "–",
                formats.sentence(f"{row.verdict.word}. {row.verdict.reason}".strip()),
            )
            for row in told
        ),
        widths=(5, 4, 8),
        refs=tuple((measured.code(row, frame),) for row in found),
        key="verdicts",
    )


def coming(frame: Frame) -> Iterator[c.Block]:
    """What managers will meet next, and the needs that nothing is done about yet."""
    rows = [row for row in ahead(frame.activities, frame.cut_off) if row not in frame.movement.late][:SHOWN]
    yield from since(frame.since, _ready_earlier(frame))
    if rows:
        yield c.Table(
            "Det som kommer härnäst",
            ("Klart senast", "Vad", "Svarar mot"),
            tuple((deadline(row.now), row.title, _needs(row, frame)) for row in rows),
            widths=(3, 7, 6),
            refs=tuple((frame.sources.activity(row),) for row in rows),
            key="next",
        )
    without = [pk for pk, keys in dialogues.answering(frame).items() if not keys]
    if without:
        titles = formats.listed(frame.heard.needs[pk].title.lower() for pk in without)
        yield c.Sentence(f"Vi har inget svar ännu på: {titles}.", frame.sources.needs(without))


def _ready_earlier(frame: Frame) -> Iterator[Told]:
    """Of what the last feedback said was to come: what came, and what comes later than was said."""
    if frame.previous is None:
        return
    told = ahead(frame.activities, frame.previous)[:SHOWN]
    ready = [row for row in told if row.now.state.status == Status.COMPLETED]
    if ready:
        names = [row.title for row in ready]
        yield enumerated("en är klar", "är klara", names), frame.sources.activities(ready)
    for slip in frame.movement.slips:
        if slip.activity in told and slip.now.state.status in UNDER_WORK:
            text = f"{slip.activity.title}: från {deadline(slip.before)} till {deadline(slip.now)}."
            yield text, (frame.sources.activity(slip.activity),)
