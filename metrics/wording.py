"""Findings in one plain sentence each; the pure modules judge, this says it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.movement import Verdict, bounds
from metrics.queries import Reading
from ui import formats
from ui.language import language

VERDICTS = {
    "moved": lambda: _("signs of movement"),
    "unchanged": lambda: _("unchanged"),
    "worsened": lambda: _("worsened"),
    "unknown": lambda: _("cannot be told yet"),
}
REASONS = {
    "no_value": lambda: _("There is no value yet."),
    "one_value": lambda: _("There is only one value so far."),
    "missing": lambda: _("A value is missing."),
    "approximate": lambda: _(
        "The first value is approximate and without a number of answers, so it cannot be compared."
    ),
    "no_counts": lambda: _("The number of answers is not known."),
    "few": lambda: _("Fewer than 30 have answered; chance may move it this much."),
    "series": lambda: _("The series is cumulated or rolling, and is not judged from two points."),
}


def _points(share: float | Decimal) -> str:
    value = formats.number(abs(Decimal(str(share)) * 100), 0, language())
    sign = formats.MINUS if share < 0 and value != "0" else "+"
    return f"{sign}{value}"


def _count(number: int) -> str:
    return formats.number(number, None, language())


def verdict_word(verdict: Verdict) -> str:
    return VERDICTS[verdict.kind]()


def verdict_reason(verdict: Verdict) -> str:
    """Why the verdict is what it is."""
    if verdict.interval is not None and verdict.change is not None:
        sentence = (
            _(
                "The difference is %(change)s percentage points, and may lie anywhere between %(low)s and %(high)s."
            )
            if verdict.reason == "within_chance"
            else _(
                "The difference is %(change)s percentage points (between %(low)s and %(high)s), more than chance."
            )
        )
        low, high = verdict.interval.low, verdict.interval.high
        return sentence % {"change": _points(verdict.change), "low": _points(low), "high": _points(high)}
    return REASONS[verdict.reason]() if verdict.reason in REASONS else ""


def observation_value(reading: Reading, observation) -> str:
    """62,5 % for a share, words as written where there are some, a mark where it is hidden."""
    if not observation.is_shown:
        return _("not shown (too few answers)")
    if observation.words:
        return observation.words
    value = observation.share
    if value is None:
        return observation.missing_reason or "–"
    return measure(reading.indicator, value)


def measure(indicator, value: Decimal) -> str:
    """A value in the indicator's own unit."""
    if indicator.kind in ("share", "rate"):
        places = 2 if indicator.kind == "rate" else 1
        return formats.percent(value, places, language())
    return formats.number(value, None, language())


def answers(reading: Reading, observation) -> str:
    """41 of 60 answered positively, 69 were asked: between 59 and 72 % whatever the rest think."""
    if not observation.is_shown or not observation.answered:
        return ""
    if observation.positive is None:
        return _("%(answered)s answered") % {"answered": _count(observation.answered)}
    text = _("%(positive)s of %(answered)s answered positively") % {
        "positive": _count(observation.positive),
        "answered": _count(observation.answered),
    }
    if not observation.invited:
        return text + "."
    limits = bounds(observation.positive, observation.answered, observation.invited)
    return _("%(text)s; %(invited)s were asked, so between %(low)s and %(high)s of all.") % {
        "text": text,
        "invited": _count(observation.invited),
        "low": formats.percent(Decimal(str(limits.low)), 0, language()),
        "high": formats.percent(Decimal(str(limits.high)), 0, language()),
    }
