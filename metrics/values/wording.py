"""One value in words, for those who enter and approve it: whom, when, how much, of how many."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.forms.fields import SHARES
from metrics.models import Indicator, Observation
from metrics.readings.wording import measure
from metrics.values import periods
from ui import formats
from ui.language import language


def group(row: Observation) -> str:
    """Everybody, or the department, unit or predecessor; with the category, if it is of one."""
    owner = row.department or row.unit or row.predecessor
    words = str(owner) if owner else _("the whole population")
    return f"{words}: {row.category}" if row.category else words


def period(first: dt.date, last: dt.date) -> str:
    """2026, mars 2026, januari–mars 2026, 13 juni 2024, or from a day to a day."""
    shape = periods.written(first, last).count("-")
    if first == last:
        return formats.day(last, language())
    if shape == 0:
        return str(last.year)
    if shape == 1:
        return f"{formats.month(last.month, language())} {last.year}"
    if shape == 2 and first.year == last.year:
        return f"{formats.month(first.month, language())}–{formats.month(last.month, language())} {last.year}"
    return f"{formats.day(first, language())} – {formats.day(last, language())}"


def figure(indicator: Indicator, row: Observation) -> str:
    """62,5 %, the words it came with, or why it is missing. Asks nobody whether it may be shown."""
    if row.share is None:
        return _("missing: %(why)s") % {"why": row.missing_reason} if row.missing_reason else "–"
    told = measure(indicator, row.share)
    return f"{row.words} ({told})" if row.words else told


def shown(indicator: Indicator, row: Observation) -> str:
    """The figure, when the gate lets it through."""
    if row.is_shown:
        return figure(indicator, row)
    if row.withheld == Observation.Withheld.PENDING:
        return _("not judged yet")
    return _("not shown (too few answers)")


def counts(row: Observation) -> str:
    """25 of 40 positive · 60 invited · 1–5: 2, 3, 10, 15, 10 · no opinion: 4."""
    parts = []
    if row.positive is not None:
        parts.append(
            _("%(positive)s of %(answered)s positive")
            % _numbers(positive=row.positive, answered=row.answered)
        )
    elif row.answered is not None:
        is_asked = row.indicator.subject == Indicator.Subject.SURVEY
        words = _("%(answered)s answered") if is_asked else _("%(answered)s people")
        parts.append(words % _numbers(answered=row.answered))
    if row.invited is not None:
        parts.append(_("%(invited)s invited") % _numbers(invited=row.invited))
    if row.distribution:
        steps = ", ".join(formats.number(count, None, language()) for count in row.distribution)
        parts.append(_("answers 1–5: %(steps)s") % {"steps": steps})
    if row.no_opinion:
        parts.append(_("no opinion: %(number)s") % _numbers(number=row.no_opinion))
    return " · ".join(parts)


def _numbers(**numbers: int | None) -> dict[str, str]:
    return {name: formats.number(number or 0, None, language()) for name, number in numbers.items()}


def change(indicator: Indicator, row: Observation, previous: Observation | None) -> str:
    """From which value, and by how much; nothing of one that the gate holds back."""
    if previous is None:
        return _("The first value of the group.")
    when = period(previous.first_day, previous.last_day)
    if not previous.is_shown:
        return _("%(when)s: not shown (too few answers).") % {"when": when}
    told = _("%(when)s: %(value)s") % {"when": when, "value": figure(indicator, previous)}
    if previous.is_preliminary:
        told = _("%(told)s (preliminary)") % {"told": told}
    if row.share is None or previous.share is None:
        return f"{told}."
    return f"{told}, {_difference(indicator, row.share - previous.share)}."


def _difference(indicator: Indicator, difference: Decimal) -> str:
    is_share = indicator.kind in SHARES
    places = 1 if indicator.kind == Indicator.Kind.SHARE else 2
    amount = round(abs(difference) * (100 if is_share else 1), places)
    if not amount:
        return _("unchanged")
    sign = "+" if difference > 0 else formats.MINUS
    words = _("%(amount)s percentage points") if is_share else "%(amount)s"
    return words % {"amount": sign + formats.number(amount, None, language())}
