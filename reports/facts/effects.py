"""Expected effects in the indicators' section: those that can be seen, and what was changed after the start."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from metrics.effects import wording as effect_wording
from metrics.effects.queries import Followed, followed
from metrics.models import Expectation
from metrics.readings import wording
from reports import content as c
from reports.facts import measured
from reports.facts.frame import Frame
from reports.facts.sources import in_order
from reports.facts.words import ended
from ui import formats

WAYS = {
    "as_expected": "har måttet rört sig åt det väntade hållet",
    "opposite": "har måttet rört sig åt motsatt håll",
    "still": "har måttet inte rört sig nämnvärt",
    "unknown": "kan det inte avgöras ännu",
}
NOTE = (
    "Hur en aktivitet kan ha bidragit är ett resonemang, inte ett bevis. Det väntade skrevs innan aktiviteten"
    " började, om inget annat anges."
)


def effects(frame: Frame) -> Iterator[c.Block]:
    """Nothing where nothing can be seen yet and nothing was changed. At most nine queries."""
    known = frame.heard
    whole, parts = (known.everything_measured, known.departments_measured) if known else (None, None)
    rows = followed(frame.place, frame.cut_off, whole=whole, parts=parts)
    seen = [row for row in rows if row.is_due and row.holds]
    if seen:
        ordered = sorted(seen, key=lambda row: (row.effect.visible_on, row.effect.pk))
        yield c.Sentence(_finding(seen), _codes((row.effect for row in ordered), frame))
        yield c.Table(
            "Förväntade effekter som nu kan synas",
            ("Aktivitet", "Det som väntades", "Så är det nu", "Så kan den ha bidragit"),
            tuple(_row(row) for row in ordered),
            widths=(4, 6, 6, 6),
            note=NOTE,
            refs=tuple(_codes([row.effect], frame) for row in ordered),
            key="effects",
        )
    changed = list(_amended(rows, frame.previous or dt.date.min))
    if changed:
        yield c.Table(
            "Förväntade effekter som har ändrats efter att aktiviteten började",
            ("Datum", "Aktivitet och mått", "Ändring", "Varför"),
            tuple(row for row, _effect in changed),
            widths=(3, 6, 6, 5),
            refs=tuple(_codes([effect], frame) for _row, effect in changed),
            key="amended",
        )


def _codes(effects: Iterable[Expectation], frame: Frame) -> tuple[str, ...]:
    """The codes of the activities and of the indicators, each once."""
    found: list[str] = []
    for effect in effects:
        found += frame.code(effect.activity_id)
        found += measured.codes(
            (row for row in frame.measured if row.indicator.pk == effect.indicator_id), frame
        )
    return in_order(found)


def _finding(seen: list[Followed]) -> str:
    """Of those that can be seen, how many went which way; nothing of what made them go."""
    ways = Counter(row.laid.way for row in seen)
    told = [f"för {formats.count(ways[way])} {words}" for way, words in WAYS.items() if ways[way]]
    count = c.counted(len(seen), "en förväntad effekt", "förväntade effekter")
    return f"{formats.sentence(count)} kan synas nu: {formats.listed(told)}."


def _row(row: Followed) -> tuple[str, ...]:
    return str(row.effect.activity), _expected(row), _now(row), _argued(row)


def _expected(row: Followed) -> str:
    """The indicator, where, which way and how much, from when; and what would show that we were wrong."""
    effect, earlier = row.effect, row.earlier

    def then(field: str) -> str:
        return f" ({earlier[field]})" if field in earlier else ""

    which = f"{effect.indicator.name}{then('indicator')}, {effect_wording.where(effect)}{then('department')}"
    way = str(effect.get_direction_display())
    much = effect.how_much or ("inte angivet" if then("size") else "")
    how = ", ".join(part for part in (way + then("direction"), much + then("size")) if part)
    seen = (effect.visible_words or formats.day(effect.visible_on)) + then("visible_on")
    late = " Skrevs efter att aktiviteten hade börjat." if row.is_late else ""
    wrong = (effect.wrong_if or ("inte angivet" if then("wrong_if") else "")) + then("wrong_if")
    wrong = f" Det som skulle visa att vi har fel: {wrong}" if wrong else ""
    return f"{which}: {how}. Kan synas från {seen}.{late}{wrong}"


def _now(row: Followed) -> str:
    told = (
        wording.verdict_word(row.verdict) + ".",
        *effect_wording.laid(row.laid, row.effect, after_verdict=True),
    )
    started = () if row.is_locked else ("Aktiviteten har inte börjat.",)
    return formats.sentence(" ".join((*told, *started)))


def _argued(row: Followed) -> str:
    """The latest outcome, with what else may explain it, and whether a value has come since."""
    if not row.outcomes:
        return "Inget utfall är noterat ännu."
    said = row.outcomes[0]
    newer = f"; ett nyare värde kom {formats.day(row.known_on)}" if row.is_outdated and row.known_on else ""
    told = f"{ended(said.contribution)} Annat som kan förklara det: {ended(said.others)}"
    return f"{told} ({formats.day(said.on)}{newer})"


def _amended(rows: list[Followed], since: dt.date) -> Iterator[tuple[tuple[str, ...], Expectation]]:
    """A row for each amendment after a day, with the effect that was changed."""
    found = [(amended, row.effect) for row in rows for amended in row.amendments if amended.on > since]
    for amended, effect in sorted(found, key=lambda pair: (pair[0].on, pair[0].pk)):
        lines = [
            f"{effect_wording.FIELDS[change['field']]}: {change['before'] or '–'} → {change['after'] or '–'}"
            for change in amended.changes
        ]
        name = f"{effect.activity}: {effect.indicator.name}"
        told = formats.day(amended.on), name, "; ".join(lines), " ".join(amended.reason.split())
        yield told, effect
