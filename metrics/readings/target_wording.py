"""How a value stands against its target, and "better every year", in one plain sentence each."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from metrics.movement import EveryYear, Standing
from metrics.readings.movement_wording import measured
from ui import formats
from ui.language import language

STANDINGS: dict[str, Callable[[], str]] = {
    "reached": lambda: _("reached"),
    "on_way": lambda: _("on the way"),
    "slow": lambda: _("slower than planned"),
    "away": lambda: _("away from the target"),
    "missed": lambda: _("not reached"),
    "unknown": lambda: _("cannot be told yet"),
}
REASONS: dict[str, Callable[[], str]] = {
    "target_reached": lambda: _("The target %(target)s by %(day)s is reached: %(value)s."),
    "pace_kept": lambda: _(
        "%(value)s against the target %(target)s by %(day)s: %(way)s of the way and %(expected)s of the time are gone."
    ),
    "pace_not_kept": lambda: _(
        "%(value)s against the target %(target)s by %(day)s: %(way)s of the way is gone, but %(expected)s of the time."
    ),
    "from_target": lambda: _(
        "%(value)s against the target %(target)s by %(day)s: it has moved away from the target."
    ),
    "target_missed": lambda: _("The target %(target)s by %(day)s is not reached: %(value)s."),
    "not_measured_since": lambda: _(
        "The target day %(day)s has passed, but the latest value is older than that: %(value)s."
    ),
    "no_baseline": lambda: _("There is no baseline to count the way to the target %(target)s from."),
    "preliminary_only": lambda: _(
        "There are only preliminary or approximate values, so they are not held against the target %(target)s."
    ),
    "few": lambda: _("Fewer than 30 have answered, so the value is not held against the target %(target)s."),
    "no_value": lambda: _("There is no value yet to hold against the target %(target)s."),
    "one_value": lambda: _("There is no value after the baseline yet to hold against the target %(target)s."),
}
CAUTIONS: dict[str, Callable[[], str]] = {
    "target_within_chance": lambda: _(
        "The answers are so few that the value may just as well lie on the other side of the target."
    ),
    "reached_from_start": lambda: _("The target was met from the beginning."),
    "pace_not_tested": lambda: _("The pace is counted, not tried against chance."),
}  # fmt: skip
YEARS: dict[str, Callable[[], str]] = {
    "years_kept": lambda: _("Every year has been better than the one before, as agreed: %(kept)s."),
    "years_broken": lambda: _(
        "Better every year was agreed; %(broken)s was not better than the year before."
    ),
    "years_unknown": lambda: _(
        "Better every year was agreed; for %(unknown)s values to compare are missing."
    ),
    "one_value": lambda: _("Better every year was agreed; there is only one year to go by so far."),
}


def standing_word(standing: Standing) -> str:
    return STANDINGS[standing.kind]()


def standing_reason(standing: Standing, indicator) -> str:
    """Where the latest value stands against the target."""
    return REASONS[standing.reason]() % {
        "target": measured(indicator, indicator.target),
        "day": formats.day(indicator.target_on, language()),
        "value": "" if standing.value is None else measured(indicator, standing.value),
        "way": _part(standing.way),
        "expected": _part(standing.expected),
    }


def _part(part) -> str:
    return "" if part is None else formats.percent(part, 0, language())


def standing_cautions(standing: Standing) -> list[str]:
    return [CAUTIONS[key]() for key in standing.cautions]


def years_reason(years: EveryYear) -> str:
    """Whether every year was better than the one before."""
    told = {key: ", ".join(map(str, getattr(years, key))) for key in ("kept", "broken", "unknown")}
    return YEARS[years.reason]() % told
