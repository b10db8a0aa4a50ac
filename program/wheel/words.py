"""What the annual wheel finds, one sentence a finding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from program.models import Audience
from program.wheel.collisions import Collision
from program.wheel.load import MEETING, TRAINING, Cell, Occupation, in_ranges
from program.wheel.year import Over, WhatIf, Wheel
from ui import formats
from ui.language import language

FEW = [
    gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five"), gettext_lazy("six"),
]  # fmt: skip
SHOWN = 4


@dataclass(frozen=True)
class Month:
    """A month of the load that a what-if changes, in words."""

    name: str
    departments: str
    before: str
    after: str
    was_over: bool
    is_over: bool


def month(number: int) -> str:
    """mars"""
    return formats.month(number, language())


def hours(value) -> str:
    """12,5"""
    return formats.number(value, None, language())


def stretches(numbers: Iterable[int], words=str) -> str:
    """10–12, 40; with `words`, mars–maj, oktober."""
    return ", ".join(
        words(first) if first == last else f"{words(first)}–{words(last)}"
        for first, last in in_ranges(numbers)
    )


def listed(names: Sequence[str]) -> str:
    """a, b och c; of many, the first four and how many more."""
    if len(names) > SHOWN + 1:
        more = _("%(count)s more") % {"count": len(names) - SHOWN}
        names = [*names[:SHOWN], more]
    return formats.listed(names, language())


def _count(number: int) -> str:
    """Small numbers in words, as a sentence begins."""
    return str(FEW[number - 2]) if 2 <= number < 2 + len(FEW) else str(number)


def _what(rows: Sequence[Occupation]) -> str:
    """Two trainings lie; en aktivitet ligger."""
    kinds, count = {row.kind for row in rows}, len(rows)
    if kinds == {TRAINING}:
        words = ngettext("one training lies", "%(count)s trainings lie", count)
    elif kinds == {MEETING}:
        words = ngettext("one meeting lies", "%(count)s meetings lie", count)
    else:
        words = ngettext("one activity lies", "%(count)s activities lie", count)
    return capfirst(words % {"count": _count(count)})


def audience_name(audience: str) -> str:
    """nya chefer; "" for all."""
    return str(Audience(audience).label) if audience else ""


def _whom(collision: Collision, departments: dict[int, str]) -> str:
    """Which managers a collision is about, when it is not all of them."""
    audiences = [audience_name(value) for value in Audience.values if value in collision.audiences]
    homes = [name for pk, name in departments.items() if pk in collision.departments]
    parts = [listed(part) for part in (audiences, homes) if part]
    return f" ({', '.join(parts)})" if parts else ""


def _inside(name: str) -> str:
    """A name within a sentence: Lönesamtal becomes lönesamtal, IT-dagar stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def collision_sentence(collision: Collision, departments: dict[int, str]) -> str:
    """Två utbildningar ligger i samma veckor som lönesamtal (vecka 10–12), för samma chefer: A och B."""
    by_week = bool(collision.weeks)
    when = stretches(collision.weeks) if by_week else stretches(collision.months, month)
    if collision.process is None:
        words = (
            _("%(what)s in the same weeks (week %(when)s), for the same managers%(whom)s: %(names)s.")
            if by_week
            else _("%(what)s in the same month (%(when)s), for the same managers%(whom)s: %(names)s.")
        )
    elif by_week:
        words = _("%(what)s in the same weeks as %(process)s (week %(when)s), for the same managers%(whom)s: %(names)s.")  # fmt: skip
    else:
        words = _("%(what)s in the same month as %(process)s (%(when)s), for the same managers%(whom)s: %(names)s.")  # fmt: skip
    return words % {
        "what": _what(collision.others),
        "when": when,
        "process": _inside(collision.process.name) if collision.process else "",
        "whom": _whom(collision, departments),
        "names": listed([row.name for row in collision.others]),
    }


def _where(names: Sequence[str], departments: dict[int, str]) -> str:
    return _("in all departments") if len(names) == len(departments) else _("in %(names)s") % {"names": listed(names)}  # fmt: skip


def over_sentence(over: Over, wheel: Wheel) -> str:
    """I mars går 24 timmar åt för varje chef i alla avdelningar. Taket är 20."""
    data = {
        "month": month(over.month),
        "hours": hours(over.hours),
        "ceiling": hours(wheel.ceiling),
        "where": _where(over.departments, wheel.departments),
        "whom": audience_name(over.audience),
    }
    if over.audience:
        return _("In %(month)s up to %(hours)s hours are taken of %(whom)s %(where)s. The ceiling is %(ceiling)s hours.") % data  # fmt: skip
    return _("In %(month)s up to %(hours)s hours are taken of every manager %(where)s. The ceiling is %(ceiling)s hours.") % data  # fmt: skip


def within_sentence(wheel: Wheel) -> str:
    """What there is to say of the load when nothing passes the ceiling."""
    if wheel.peak is None:
        return _("No hours are told yet for %(year)s.") % {"year": wheel.year}
    data = {"month": month(wheel.peak.month), "hours": hours(wheel.peak.hours)}
    if wheel.ceiling is None:
        return _("The heaviest month is %(month)s with %(hours)s hours a manager. No ceiling is set.") % data
    data["ceiling"] = hours(wheel.ceiling)
    return (
        _("No month passes the ceiling of %(ceiling)s hours. The heaviest is %(month)s with %(hours)s.")
        % data
    )


def unplaced_sentence(rows: Sequence[Occupation]) -> str:
    """Activities whose hours nobody can place."""
    words = ngettext(
        "The hours of one activity fall in no month and are not counted: %(names)s. Choose its months.",
        "The hours of %(count)s activities fall in no month and are not counted: %(names)s. Choose their months.",
        len(rows),
    )
    return words % {"count": _count(len(rows)), "names": listed([row.name for row in rows])}


# What if


def _cell(cell: Cell) -> str:
    return hours(cell.hours)


def changed_months(found: WhatIf) -> list[Month]:
    """One row for every month that changes; departments that change alike stand together."""
    alike: dict[tuple, list[str]] = {}
    for name, rows in found.changes.items():
        for row in rows:
            alike.setdefault((row.year, row.before.month, row.before, row.after), []).append(name)
    every = len(found.changes)
    return [
        Month(
            name=f"{month(number)} {year}",
            departments=str(_("all departments")) if len(names) == every else listed(names),
            before=_cell(before),
            after=_cell(after),
            was_over=before.is_over,
            is_over=after.is_over,
        )
        for (year, number, before, after), names in sorted(alike.items(), key=lambda item: item[0][:2])
    ]


def what_if_sentence(found: WhatIf, months: Sequence[Month]) -> str:
    """What it would do, before the table that shows it."""
    name = {"name": found.occupation.name, "months": abs(found.by)}
    if not found.by:
        start = _("If “%(name)s” is stopped,") % name
    elif found.by > 0:
        start = ngettext("If “%(name)s” comes %(months)s month later,", "If “%(name)s” comes %(months)s months later,", found.by) % name  # fmt: skip
    else:
        start = ngettext("If “%(name)s” comes %(months)s month earlier,", "If “%(name)s” comes %(months)s months earlier,", -found.by) % name  # fmt: skip
    return f"{start} {_effect(found, months)}"


def _effect(found: WhatIf, months: Sequence[Month]) -> str:
    if not months:
        return _("no hours change: none are told for it in these months.")
    relieved = {row.name for row in months if row.was_over and not row.is_over}
    burdened = {row.name for row in months if row.is_over and not row.was_over}
    if relieved and burdened:
        return _("%(better)s comes within the ceiling, but %(worse)s passes it.") % {
            "better": listed(sorted(relieved)), "worse": listed(sorted(burdened))}  # fmt: skip
    if relieved:
        return _("%(months)s comes within the ceiling.") % {"months": listed(sorted(relieved))}
    if burdened:
        return _("%(months)s passes the ceiling.") % {"months": listed(sorted(burdened))}
    return _("the hours change as below, and no month goes past or comes within the ceiling.")
