"""Findings about spans of control in plain sentences, for page, Excel and report alike."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.span.history import History, Point, UnitLine
from metrics.span.measure import Share, Span, UnitSpan
from ui import formats
from ui.language import language


def _number(value, places: int | None = None) -> str:
    return formats.number(value, places, language())


def _day(day: dt.date) -> str:
    return formats.day(day, language())


def share(found: Share) -> str:
    """26.1 % (18 of 69); empty of nobody."""
    if found.value is None:
        return ""
    return _("%(share)s (%(count)s of %(of)s)") % {
        "share": formats.percent(found.value, language=language()),
        "count": _number(found.count),
        "of": _number(found.of),
    }


def span_sentence(found: Point) -> str:
    """Twelve of 59 units lie above the base number; one lies above the base number plus ten."""
    span = found.span
    if not span.with_base:
        return _("No unit has a base number to be laid beside.")
    first = _("%(over)s of %(all)s units lie above the base number") % {
        "over": formats.count(span.over_base, language(), neuter=True),
        "all": formats.count(len(span.with_base), language(), neuter=True),
    }
    largest = found.guideline.largest_adjustment if found.guideline else 0
    if span.over_largest == 0:
        second = _("none lies above the base number plus %(largest)s") % {"largest": largest}
    else:
        second = ngettext(
            "one lies above the base number plus %(largest)s",
            "%(count)s lie above the base number plus %(largest)s",
            span.over_largest,
        ) % {"count": formats.count(span.over_largest, language(), neuter=True), "largest": largest}
    return formats.sentence(f"{first}; {second}.")


def manager_sentences(span: Span) -> list[str]:
    """What the managers' median is, and how many of them lead more than the guideline's numbers."""
    told = []
    if span.managers_over_base.of:
        told.append(
            _(
                "Of the managers, %(base)s lead more people than the base number, and %(largest)s more than the largest "
                "that the guideline allows."
            )
            % {"base": share(span.managers_over_base), "largest": share(span.managers_over_largest)}
        )
    if span.median is not None:
        told.append(
            _("The median is %(median)s people per manager: half of the managers lead at most so many.")
            % {"median": _number(span.median, 1)}
        )
    return told


def lacking_sentence(span: Span) -> str:
    """How many managers are lacking, by base number and by the units' own assessments. Empty without base numbers."""
    if not span.with_base:
        return ""
    if not span.lacking:
        return _("No unit lacks managers to come down to its base number.")
    first = ngettext(
        "One manager is lacking for every unit to come down to its base number",
        "%(count)s managers are lacking for every unit to come down to its base number",
        span.lacking,
    ) % {"count": formats.count(span.lacking, language())}
    first = formats.sentence(first)
    if not span.assessed:
        return f"{first}."
    second = _("with the units' own assessments in its place, where there are any: %(count)s") % {
        "count": formats.count(span.lacking_own, language())
    }
    return f"{first}; {second}."


def lacking_rule() -> str:
    """How lacking managers are counted, and that it proposes nothing."""
    return _(
        "This is how it is counted: each unit's people divided by its base number, rounded up to whole managers, less "
        "the managers it has. It is arithmetic and not a proposal: another division, support or an assessment with a "
        "motivation may be the answer just as well."
    )


def notes(found: Point) -> list[str]:
    """What the reader should know of the figures: assumed managers, units without base number or figures."""
    span, told = found.span, []
    if span.managers_assumed:
        told.append(
            ngettext(
                "Of one unit the source says nothing of managers; one manager is assumed.",
                "Of %(count)s units the source says nothing of managers; one manager is assumed in each.",
                span.managers_assumed,
            )
            % {"count": _number(span.managers_assumed)}
        )
    if len(span.with_base) < len(span.units):
        told.append(_without_base(found))
    if span.units and span.totals.fte is None:
        told.append(
            _("The source does not state full-time equivalents of every unit, so their sum is not known.")
        )
    return told


def _without_base(found: Point) -> str:
    rows = found.span.without_base
    if found.guideline is None:
        return _("No guideline was in force on the day, so nothing is compared.")
    return ngettext(
        "One unit has no base number and is not compared: %(names)s.",
        "%(count)s units have no base number and are not compared: %(names)s.",
        len(rows),
    ) % {"count": _number(len(rows)), "names": ", ".join(row.unit.shown_name for row in rows)}


def without_base(found: Point, row: UnitSpan) -> str:
    """Why one unit is laid beside nothing."""
    if found.guideline is None:
        return _("No guideline was in force on the day, so nothing is compared.")
    if not row.unit.category:
        return _("The unit has no category in the guideline, so there is no base number to compare with.")
    return _("The guideline has no base number for the category %(category)s, so nothing is compared.") % {
        "category": row.unit.category
    }


def unit_lacking(row: UnitSpan) -> str:
    """How many managers one unit lacks; empty where it lacks none."""
    if not row.lacking and not row.lacking_own:
        return ""
    words = {"base": _number(row.lacking), "own": _number(row.lacking_own)}
    if row.assessed is None:
        return _("Managers lacking to come down to the base number: %(base)s.") % words
    return (
        _(
            "Managers lacking to come down to the base number: %(base)s; with the unit's own assessment in its place: "
            "%(own)s."
        )
        % words
    )


def newer_version(history: History, found: Point) -> str:
    """That a version of the guideline has come since the headcount was made; else empty."""
    since = [version for version in history.versions if found.as_of < version.valid_from]
    following = next((day for day in history.days if day > found.as_of), None)
    if not since or following is not None:
        return ""
    return _(
        "There is a newer version of the guideline. It holds for headcounts made on %(day)s or later."
    ) % {"day": _day(since[0].valid_from)}


def change_sentences(history: History) -> list[str]:
    """From the first headcount to the latest: shares, median, and what makes the two hard to compare."""
    if len(history.points) < 2:
        return [_("There is one headcount. Change over time is seen when the next has come.")]
    first, last = history.points[0], history.points[-1]
    days = {"first": _day(first.as_of), "last": _day(last.as_of)}
    since = _latest_change(history.points[-2], last) if len(history.points) > 2 else []
    return [
        *_share_change(first, last, days),
        *since,
        *_median_change(first, last, days),
        *_reservations(history),
    ]


def _share_change(first: Point, last: Point, days: dict[str, str]) -> list[str]:
    before, after = first.span.managers_over_base, last.span.managers_over_base
    if not before.of or not after.of:
        return [
            _("The share of managers above the base number is not known of both %(first)s and %(last)s.")
            % days
        ]
    return [
        _("On %(first)s %(before)s of the managers led more people than the base number; on %(last)s %(after)s.")
        % (days | {"before": share(before), "after": share(after)})
    ]  # fmt: skip


def _latest_change(before: Point, last: Point) -> list[str]:
    """The share since the headcount before the latest, where it is known of both."""
    was, now = before.span.managers_over_base.value, last.span.managers_over_base.value
    if was is None or now is None:
        return []
    shown = [formats.percent(value, language=language()) for value in (was, now)]
    words = {"day": _day(before.as_of), "before": shown[0], "after": shown[1]}
    if shown[0] == shown[1]:
        return [_("Since the headcount before, %(day)s, the share is unchanged, %(after)s.") % words]
    return [
        _("Since the headcount before, %(day)s, the share has gone from %(before)s to %(after)s.") % words
    ]


def _median_change(first: Point, last: Point, days: dict[str, str]) -> list[str]:
    before, after = first.span.median, last.span.median
    if before is None or after is None:
        return []
    if before == after:
        return [_("The median is the same, %(median)s people per manager.") % {"median": _number(after, 1)}]
    return [
        _("The median has gone from %(before)s to %(after)s people per manager.")
        % {"before": _number(before, 1), "after": _number(after, 1)}
    ]


def _reservations(history: History) -> list[str]:
    first, last = history.points[0], history.points[-1]
    told = []
    changed = [v for v in history.versions if first.as_of < v.valid_from <= last.as_of]
    if changed:
        told.append(
            _("The guideline was changed on %(days)s, so differences may come from the numbers and not from the units.")
            % {"days": ", ".join(_day(version.valid_from) for version in changed)}
        )  # fmt: skip
    lines = history.units
    come = sum(line.rows[0] is None and line.rows[-1] is not None for line in lines)
    gone = sum(line.rows[0] is not None and line.rows[-1] is None for line in lines)
    if come or gone:
        told.append(
            _("Units that have come: %(come)s. Units no longer counted: %(gone)s.")
            % {"come": _number(come), "gone": _number(gone)}
        )
    return told


def fate(line: UnitLine) -> str:
    """What became of a unit that the latest headcount does not count, as far as it is known."""
    unit = line.unit
    if unit.closed_on is None:
        return _("is not counted any more; nobody has said why")
    if unit.merged_into:
        return _("closed on %(day)s, merged into %(unit)s") % {
            "day": _day(unit.closed_on),
            "unit": unit.merged_into,
        }
    return _("closed on %(day)s") % {"day": _day(unit.closed_on)}


def adjustment(people: int) -> str:
    """An assessment's adjustment: 5 more than the base number."""
    if people == 0:
        return _("the base number itself")
    said = (
        ngettext("%(count)d more than the base number", "%(count)d more than the base number", people)
        if people > 0
        else ngettext("%(count)d fewer than the base number", "%(count)d fewer than the base number", -people)
    )
    return said % {"count": abs(people)}


def against_base(row) -> str:
    """A unit or no unit beside its base number, in a word."""
    if row.base is None:
        return _("no base number")
    if row.over_largest:
        return _("over %(largest)s") % {"largest": row.largest}
    return _("over") if row.over_base else _("within")
