"""From rows to the plain values that the pure modules judge; what overview, pages and reports share."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from metrics import movement
from metrics.models import Indicator, Observation


@dataclass(frozen=True)
class Reading:
    """One indicator with its observations up to a day, judged by what the gate lets through."""

    indicator: Indicator
    observations: tuple[Observation, ...]
    verdict: movement.Verdict

    @property
    def latest(self) -> Observation | None:
        return self.observations[-1] if self.observations else None

    @property
    def first(self) -> Observation | None:
        return self.observations[0] if self.observations else None


def _wave(observation: Observation | None) -> movement.Wave | None:
    if observation is None:
        return None
    comparable = not observation.is_approximate and not observation.is_preliminary
    return movement.Wave(
        observation.share, observation.positive, observation.answered, observation.invited, comparable
    )


def _judge(indicator: Indicator, observations: list[Observation]) -> movement.Verdict:
    """First against last comparable wave; cumulated and rolling series are not judged here."""
    if indicator.period_kind != Indicator.Period.POINT:
        return movement.Verdict("unknown", "series")
    waves = [wave for wave in map(_wave, observations) if wave and wave.comparable and wave.share is not None]
    if len(waves) < 2 and len(observations) >= 2:
        return movement.judge(_wave(observations[0]), _wave(observations[-1]), higher_is_better=True)
    first, last = (waves[0], waves[-1]) if len(waves) > 1 else (None, None)
    return movement.judge(first, last, higher_is_better=indicator.direction == Indicator.Direction.UP)


def readings(place, on: dt.date) -> list[Reading]:
    """Every indicator with the whole population's values up to a day, as they were known then. Two queries."""
    observed: dict[int, list[Observation]] = {}
    rows = Observation.objects.visible_to(place).approved().whole().filter(last_day__lte=on)
    for row in rows:
        observed.setdefault(row.indicator_id, []).append(row)
    found = []
    for indicator in Indicator.objects.visible_to(place):
        kept = held_on(observed.get(indicator.pk, []), on)
        shown = [row for row in kept if row.is_shown]
        verdict = _judge(indicator, shown) if kept else movement.Verdict("unknown", "no_value")
        found.append(Reading(indicator, tuple(kept), verdict))
    return found


def held_on(rows: Iterable[Observation], on: dt.date) -> list[Observation]:
    """One value a group and period: the latest revision that was known that day, else the first there was."""
    held: dict[tuple, Observation] = {}
    for row in sorted(rows, key=lambda row: row.revision):
        if row.group not in held or row.known_on is None or row.known_on <= on:
            held[row.group] = row
    return sorted(held.values(), key=lambda row: (row.last_day, row.pk))
