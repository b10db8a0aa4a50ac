"""The span as Excel: unit by unit on a day, over time, by department, and every unit over time."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from metrics.span import lines as span_lines
from metrics.span import wording
from metrics.span.history import History, Point
from metrics.span.lines import Figure, Lacking, Line
from metrics.span.measure import Share, UnitSpan
from ui import formats, sheets
from ui.language import language

NAME, COUNT = 50, 13  # widths, in characters


def to_xlsx(place, history: History, found: Point, today: dt.date) -> bytes:
    """A workbook of four sheets; `found` is the report that is shown unit by unit."""
    book = sheets.workbook(place.program.name, place.organisation.name)
    about = _about(place, history, today)
    _units(book.active, about, found)
    _departments(book.create_sheet(), about, found, history)
    told = [*about, *wording.change_sentences(history)]
    _over_time(book.create_sheet(), [_("Over time"), *told], history, span_lines.whole(history))
    lines = span_lines.units(history)
    _over_time(book.create_sheet(), [_("Units over time"), *told], history, lines, noted=True)
    return sheets.saved(book, today)


def _about(place, history: History, today: dt.date) -> list[str]:
    """Whose figures, fetched when, and whether they are invented."""
    told = [f"{place.program.name}, {place.organisation.name}, {formats.day(today, language())}"]
    if any(point.is_example for point in history.points):
        days = ", ".join(formats.day(point.as_of, language()) for point in history.points if point.is_example)
        told.append(_("Example data: the headcounts of %(days)s are invented.") % {"days": days})
    return told


def _as_of(found: Point) -> str:
    return _("As of %(day)s. %(basis)s") % {
        "day": formats.day(found.as_of, language()),
        "basis": found.basis,
    }


def _units(sheet, about: list[str], found: Point) -> None:
    told = [_("Unit by unit"), *about, _as_of(found), wording.span_sentence(found)]
    told += [*wording.manager_sentences(found.span), *wording.notes(found)]
    heads = [
        _("Unit"), _("Code"), _("Called now"), _("Department"), _("Employees"), _("Full-time equivalents"), _("Managers"),
        _("Managers assumed"), _("Per manager"), _("Base number"), _("Against base"), _("Largest justified"),
        _("Own assessment"), _("Against own assessment"), _("Lacking to the base number"),
    ]  # fmt: skip
    widths = [NAME, COUNT, 24, 30, *(COUNT for _head in heads[4:])]
    sheets.fill(sheet, told, heads, widths, [_unit(row) for row in found.span.units])


def _unit(row: UnitSpan) -> list[sheets.Value]:
    own = {None: "", True: _("over"), False: _("within")}[row.over_assessed]
    return [
        row.unit.shown_name, row.unit.code, row.unit.name_now, row.unit.department, row.unit.employees, row.unit.fte,
        row.unit.managers, _("yes") if row.unit.managers_assumed else "", row.per_manager, row.base,
        wording.against_base(row), row.largest, row.assessed, own, None if row.base is None else row.lacking,
    ]  # fmt: skip


def _departments(sheet, about: list[str], found: Point, history: History) -> None:
    told = [
        _("By department"),
        *about,
        _as_of(found),
        wording.lacking_sentence(found.span),
        wording.lacking_rule(),
    ]
    days = [_("Per manager %(day)s") % {"day": day.isoformat()} for day in history.days]
    heads = [
        _("Department"), _("Base number"), _("Units"), _("Units above the base number"), _("Managers"),
        _("Lacking to the base number"), _("Lacking, own assessments counted"), *days,
    ]  # fmt: skip
    lacking = {row.code: row for row in span_lines.lacking(found.span)}
    means = tuple(point.span.totals.per_manager for point in history.points)
    lines = [*span_lines.departments(history), Line(_("In all"), means)]
    rows = [[line.name, *_lacking(lacking.get(line.code)), *line.figures] for line in lines]
    told = [text for text in told if text]
    sheets.fill(sheet, told, heads, [NAME, *(COUNT for _head in heads[1:])], rows)


def _lacking(row: Lacking | None) -> list[sheets.Value]:
    """Empty for a department that the day's report does not count."""
    if row is None:
        return [None] * 6
    return [row.bases, row.units, row.over_base, row.managers, row.lacking, row.lacking_own]


def _over_time(
    sheet, told: list[str], history: History, lines: Iterable[Line], *, noted: bool = False
) -> None:
    heads = [_("What"), *history.days, *([_("Note")] if noted else [])]
    widths = [NAME, *(COUNT for _day in history.days), *([NAME] if noted else [])]
    rows = [[line.name, *map(_cell, line.figures), *([line.note] if noted else [])] for line in lines]
    sheets.fill(sheet, told, heads, widths, rows)


def _cell(figure: Figure) -> sheets.Value:
    if isinstance(figure, Share):
        return None if figure.value is None else sheets.Percent(figure.value)
    return figure
