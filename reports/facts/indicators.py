"""The section about indicators."""

from metrics import wording
from metrics.queries import Reading, readings
from reports import content as c
from reports.facts.frame import Frame
from ui import formats


def indicators(frame: Frame):
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
