"""Expected effects with everything that is told of them on a day: the verdict beside, amendments and outcomes."""

import copy
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from metrics.effects import judge as effects
from metrics.effects import wording as effect_wording
from metrics.effects.wording import told
from metrics.models import Amendment, Expectation, Indicator, Outcome
from metrics.movement import Verdict
from metrics.readings.judgement import is_higher_better
from metrics.readings.queries import Reading, department_readings, readings
from organisation.models import Department
from program.models import Activity, Status


@dataclass(frozen=True)
class Followed:
    """An expected effect as it stood on a day; amendments the oldest first, outcomes the latest first."""

    effect: Expectation
    started_on: dt.date | None
    amendments: tuple[Amendment, ...]
    outcomes: tuple[Outcome, ...]
    verdict: Verdict
    laid: effects.Laid
    is_due: bool
    awaits: bool
    known_on: dt.date | None = None  # the latest value

    @property
    def is_outdated(self) -> bool:
        """A value has come after the latest outcome was argued."""
        return bool(self.outcomes and self.known_on and self.known_on > self.outcomes[0].on)

    @property
    def holds(self) -> bool:
        return effects.holds([row.changes for row in self.amendments])

    @property
    def is_late(self) -> bool:
        """Written when the activity had begun already."""
        return effects.written_late([row.changes for row in self.amendments])

    @property
    def earlier(self) -> dict[str, str]:
        """What its fields said before they were changed, in words with the day, by the field's name."""
        return effect_wording.earlier(self.effect, [(row.on, row.changes) for row in self.amendments])

    @property
    def is_locked(self) -> bool:
        return self.started_on is not None

    @property
    def is_free(self) -> bool:
        """May be changed without a reason, or removed: the activity has not begun, and nothing is said of it."""
        return not (self.is_locked or self.amendments or self.outcomes)


def followed(
    place,
    on: dt.date,
    *,
    whole: Iterable[Reading] | None = None,
    parts: Mapping[tuple[int, int], Reading] | None = None,
    **only,
) -> list[Followed]:
    """The programme's expected effects as they stood on a day, or `only` some of them. At most nine queries.

    `whole` and `parts` are the day's `readings` and `department_readings`, for who has asked for them already.
    """
    rows = (
        Expectation.objects.visible_to(place)
        .filter(**only)
        .select_related("activity", "indicator", "department")
        .prefetch_related("amendments__by", "outcomes__by", "activity__updates")
    )
    found = [kept for row in rows if (kept := _as_it_stood(row, place, on))]
    if not found:
        return []
    by_key = {row.indicator.pk: row for row in (readings(place, on) if whole is None else whole)}
    if parts is None:
        has_departments = any(effect.department_id for effect, _amended in found)
        parts = department_readings(place, on) if has_departments else {}
    return [_follow(effect, amended, by_key, parts, on) for effect, amended in found]


def _as_it_stood(row: Expectation, place, on: dt.date) -> tuple[Expectation, tuple[Amendment, ...]] | None:
    """The effect with what was changed later undone, and its amendments until then; None if it was not there."""
    amendments = list(row.amendments.all())
    later = [amended for amended in amendments if amended.on > on]
    if later and effects.written_late([amended.changes for amended in later]):
        return None
    if later:
        row = _rewound(
            row, effects.rewound(told(row), [amended.changes for amended in reversed(later)]), place
        )
    return row, tuple(amended for amended in amendments if amended.on <= on)


def _rewound(row: Expectation, then: Mapping[str, effects.Told], place) -> Expectation:
    """A copy that holds what the fields held then. Asks for the indicator and department where these differ."""
    row = copy.copy(row)
    row._state = copy.deepcopy(row._state)
    held = {name: value.held for name, value in then.items()}
    if held["indicator"] != str(row.indicator_id):
        row.indicator = Indicator.objects.visible_to(place).get(pk=held["indicator"])
    if held["department"] != str(row.department_id or ""):
        departments = Department.objects.filter(organisation=place.organisation)
        row.department = departments.get(pk=held["department"]) if held["department"] else None
    row.direction, row.size, row.wrong_if = held["direction"], held["size"], held["wrong_if"]
    row.amount = Decimal(held["amount"]) if held["amount"] else None
    seen = held["visible_on"]
    if seen != (row.visible_on.isoformat() if row.visible_on else ""):
        row.visible_on = dt.date.fromisoformat(seen) if seen else None
        row.visible_words = then["visible_on"].words
    return row


def _follow(
    effect: Expectation,
    amended: tuple[Amendment, ...],
    whole: Mapping[int, Reading],
    parts: Mapping[tuple[int, int], Reading],
    on: dt.date,
) -> Followed:
    statuses = [(row.on, row.status) for row in effect.activity.updates.all()]
    outcomes = tuple(row for row in effect.outcomes.all() if row.on <= on)
    if effect.department_id:
        reading = parts.get((effect.indicator_id, effect.department_id))
    else:
        reading = whole[effect.indicator_id]
    verdict = reading.verdict if reading else Verdict("unknown", "no_value")
    _keep_back(outcomes, reading)
    holds = effects.holds([row.changes for row in amended])
    return Followed(
        effect,
        effects.started_on(statuses, on),
        amended,
        outcomes,
        verdict,
        effects.lay(
            effect.direction,
            effect.amount,
            verdict,
            kind=effect.indicator.kind,
            higher_is_better=is_higher_better(effect.indicator),
        ),
        effects.due(effect.visible_on, on),
        holds and effects.awaits(effect.visible_on, [row.on for row in outcomes], on),
        _known_on(reading),
    )


def _known_on(reading: Reading | None) -> dt.date | None:
    """The day from which the latest value is known: its own, or the last of its period."""
    if reading is None or not reading.observations:
        return None
    row = reading.observations[-1]
    return row.known_on or row.last_day


def _keep_back(outcomes: Iterable[Outcome], reading: Reading | None) -> None:
    """Leave out the sentences of outcomes, which hold figures, where values that they were made from are kept back."""
    if reading is None or not all(row.is_shown for row in reading.observations):
        for row in outcomes:
            row.words = ""


def key_without_effect(place, on: dt.date) -> list[Activity]:
    """Activities among the most important, not stopped, that nothing is expected of. One query."""
    aimed = Expectation.objects.visible_to(place).holding()
    return list(
        Activity.objects.visible_to(place)
        .filter(is_key=True)
        .with_state(on)
        .exclude(state_status=Status.STOPPED)
        .exclude(pk__in=aimed.values("activity"))
        .order_by("pk")
    )


def awaiting_first(rows: Iterable[Followed]) -> list[Followed]:
    """What waits for an outcome, then what can be seen, then what comes by its day, then what no longer holds."""
    return sorted(
        rows,
        key=lambda row: (
            not row.holds, not row.awaits, not row.is_due, row.effect.visible_on or dt.date.max, row.effect.pk,
        ),
    )  # fmt: skip
