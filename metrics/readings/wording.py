"""Values and findings in plain words; the pure modules judge, this says it."""

import calendar
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.models import Indicator, Observation
from metrics.movement import Verdict, bounds
from metrics.readings import movement_wording
from metrics.readings.judgement import change_unit, measure_of
from metrics.readings.movement_wording import measured
from metrics.readings.queries import Reading
from metrics.values import promises
from ui import formats
from ui.language import language

VERDICTS = {
    "moved": lambda: _("signs of movement"),
    "unchanged": lambda: _("unchanged"),
    "worsened": lambda: _("worsened"),
    "unknown": lambda: _("cannot be told yet"),
}


def verdict_word(verdict: Verdict) -> str:
    return VERDICTS[verdict.kind]()


def verdict_reason(verdict: Verdict, indicator: Indicator | None = None) -> str:
    """Why the verdict is what it is; figures in the indicator's own unit where it is given."""
    return movement_wording.reason(verdict, indicator)


def verdict_cautions(
    verdict: Verdict, indicator: Indicator | None = None, *, left_out: Iterable[str] = ()
) -> list[str]:
    """What is said beside it, a sentence each."""
    return movement_wording.cautions(verdict, indicator, left_out=left_out)


def summary(verdicts: Iterable[Verdict]) -> str:
    """Two of seven indicators show signs of movement, one has worsened, and four cannot be told yet."""
    kinds = [verdict.kind for verdict in verdicts]
    moved, worsened, unchanged = (kinds.count(kind) for kind in ("moved", "worsened", "unchanged"))
    text = ngettext(
        "%(moved)s of %(all)s indicator shows signs of movement",
        "%(moved)s of %(all)s indicators show signs of movement",
        len(kinds),
    ) % {"moved": _told(moved), "all": _told(len(kinds))}
    parts = [
        ngettext("%(count)s has worsened", "%(count)s have worsened", worsened) % {"count": _told(worsened)},
        ngettext("%(count)s is unchanged", "%(count)s are unchanged", unchanged)
        % {"count": _told(unchanged)},
    ]
    told = [part for part, count in zip(parts, (worsened, unchanged), strict=True) if count]
    unknown = kinds.count("unknown")
    if unknown:
        told.append(_("%(count)s cannot be told yet") % {"count": _told(unknown)})
    return formats.sentence("; ".join(filter(None, (text, ", ".join(told)))) + ".")


def _told(number: int) -> str:
    """A count of indicators in a sentence: seven, 15."""
    return formats.count(number, language(), neuter=True)


def measure(indicator: Indicator, value: Decimal) -> str:
    """A value in the indicator's own unit."""
    return measured(indicator, value)


def change(indicator: Indicator, size: Decimal) -> str:
    """The size of a change: 5 percentage points, 0,1 steps on the scale 1–5."""
    return movement_wording.amount(size, change_unit(indicator), indicator, signed=False)


def observation_value(reading: Reading, observation: Observation) -> str:
    """62,5 % for a share, words as written where there are some, a mark where it is hidden."""
    if not observation.is_shown:
        return _("not shown (too few answers)")
    if observation.words:
        return observation.words
    value = measure_of(reading.indicator, observation)
    if value is None:
        return observation.missing_reason or "–"
    return measured(reading.indicator, value)


def answers(reading: Reading, observation: Observation) -> str:
    """41 of 60 answered positively, 69 were asked: between 59 and 72 % whatever the rest think."""
    if not observation.is_shown or not observation.answered:
        return ""
    if reading.indicator.computed and observation.positive is not None:
        return _("%(count)s of %(all)s managers") % {
            "count": observation.positive,
            "all": observation.answered,
        }
    if observation.positive is None or reading.indicator.kind not in ("share", "rate"):
        return _answered(reading, observation)
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


def _answered(reading: Reading, observation: Observation) -> str:
    if reading.indicator.subject != Indicator.Subject.SURVEY:
        return _("%(count)s people") % {"count": _count(observation.answered)}
    if observation.invited:
        return _("%(answered)s of %(invited)s answered") % {
            "answered": _count(observation.answered),
            "invited": _count(observation.invited),
        }
    return _("%(answered)s answered") % {"answered": _count(observation.answered)}


def response_rate(observation: Observation) -> str:
    """87 %; nothing where it is hidden or not known."""
    if not (observation.is_shown and observation.answered and observation.invited):
        return ""
    return formats.percent(Decimal(observation.answered) / observation.invited, 0, language())


def _count(number: int) -> str:
    return formats.number(number, None, language())


def period(first: dt.date, last: dt.date) -> str:
    """oktober 2025, januari–mars 2025, 2025, april 2024–mars 2025, 31 mars 2025."""
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if first == last or not whole:
        return day_or_days(first, last)
    start, end = (formats.month(day.month, language()) for day in (first, last))
    if (first.year, first.month) == (last.year, last.month):
        return f"{end} {last.year}"
    if first.year != last.year:
        return f"{start} {first.year}–{end} {last.year}"
    return str(last.year) if (first.month, last.month) == (1, 12) else f"{start}–{end} {last.year}"


def months(first: dt.date, last: dt.date) -> str:
    """From one month through another, given by any day of each: mars 2025–april 2026."""
    return period(first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1]))


def day_or_days(first: dt.date, last: dt.date) -> str:
    if first == last:
        return formats.day(last, language())
    start = (
        formats.short_day(first, language()) if first.year == last.year else formats.day(first, language())
    )
    return f"{start} – {formats.day(last, language())}"


def marks(observation: Observation) -> list[str]:
    """What is to be known of a value besides: approximate, preliminary, revised, example data."""
    found = [
        (observation.is_approximate, _("approximate")),
        (observation.is_preliminary, _("preliminary")),
        (observation.revision > 1, _("revised")),
        (observation.is_example, _("example data")),
    ]
    return [word for is_so, word in found if is_so]


def late(reading: Reading, today: dt.date) -> str:
    """Promised every month, but the latest value is of March 2025; nothing where none is late."""
    indicator, latest = reading.indicator, reading.latest
    days = [day for day in (latest and latest.last_day, reading.parts_until) if day]
    if not promises.is_late(indicator.promised, max(days, default=None), today):
        return ""
    if not days:
        return _("Promised to the committee: %(promised)s. There is no value yet.") % {
            "promised": indicator.promised
        }
    is_whole = latest is not None and latest.last_day == max(days)
    return _("Promised to the committee: %(promised)s. The latest value is of %(period)s.") % {
        "promised": indicator.promised,
        "period": period(latest.first_day, latest.last_day) if is_whole else months(max(days), max(days)),
    }
