"""The two layouts as files to fill in, with the programme's own indicators, departments and units as examples."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter

from metrics.models import Indicator
from metrics.observation_import import periods
from metrics.observation_import.columns import LONG, WIDE
from metrics.values.periods import Period
from organisation.models import Department, Unit
from program.exchange.columns import Column
from ui import sheets
from ui.language import language

MONTHS = 12
WIDE_KEYS = ("indicator", "code", "name", "answered")
Row = list[str]


def rows(place, layout: str, today: dt.date) -> Iterator[Row]:
    """The headings and then one row a group, its values left to fill in. Three queries."""
    indicators = list(_indicators(place, layout))
    last = _last_month(today)
    if layout == "long":
        yield [_heading(column) for column in LONG]
        yield from _long_rows(place, indicators, last)
        return
    columns = [column for column in WIDE if column.key in WIDE_KEYS]
    yield [_heading(column) for column in columns] + [f"{row.first:%Y-%m}" for row in _months(last)]
    name = indicators[0].name if indicators else ""
    yield from ([name, code, label, *[""] * (1 + MONTHS)] for code, label in _groups(place, today))


def _indicators(place, layout: str) -> QuerySet[Indicator]:
    """Those whose values are entered; with a column for each month those that are measured every month."""
    found = Indicator.objects.visible_to(place).filter(computed="")
    return found if layout == "long" else found.filter(period_kind=Indicator.Period.MONTHLY)


def _long_rows(place, indicators: list[Indicator], last: Period) -> Iterator[Row]:
    """Every indicator of everybody, and the first of every department and unit."""
    named = [(row, "") for row in indicators]
    named += [(row, code) for row in indicators[:1] for code, _label in _groups(place, last.last)]
    for indicator, code in named:
        period = periods.through(indicator.period_kind, last)
        words = f"{period.first:%Y-%m}" if period == last else f"{period.first}–{period.last}"
        yield [indicator.name, code, "", "", words, *[""] * (len(LONG) - 5)]


def _groups(place, today: dt.date) -> Iterator[tuple[str, str]]:
    """Code and name of every department, each with its open units below. Two queries."""
    units: dict[int, list[Unit]] = {}
    for row in Unit.objects.visible_to(place).exclude(closed_on__lt=today):
        units.setdefault(row.department_id, []).append(row)
    for department in Department.objects.visible_to(place):
        yield department.code, department.name
        yield from ((f"{department.code}/{row.code}", row.name) for row in units.get(department.pk, ()))


def _last_month(today: dt.date) -> Period:
    """The last month that has ended."""
    day = today.replace(day=1) - dt.timedelta(days=1)
    return periods.months(day.year, day.month, 1)


def _months(last: Period) -> list[Period]:
    months = [last]
    while len(months) < MONTHS:
        months.insert(0, _last_month(months[0].first))
    return months


def _heading(column: Column) -> str:
    return column.en if language() == "en" else column.sv


def to_csv(lines: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, which is what Swedish Excel opens with a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in lines:
        writer.writerow(f"'{text}" if sheets.FORMULA.match(text) else text for text in line)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(place, layout: str, lines: Iterable[Row]) -> bytes:
    """The table, and a sheet with the indicators to choose among."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = place.program.name, place.organisation.name
    _sheet(book.create_sheet(_("Values")), list(lines), 5)
    told = [[_("Indicators"), _("Kind"), _("Measured")]]
    told += [
        [row.name, row.get_kind_display(), row.get_period_kind_display()]
        for row in _indicators(place, layout)
    ]
    _sheet(book.create_sheet(_("Indicators")), told, 1)
    return sheets.saved(book)


def _sheet(sheet, lines: list[Row], frozen: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(frozen)}2"
    for index in range(len(lines[0])):
        longest = max(len(line[index]) for line in lines)
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(max(longest + 2, 10), 44)
    for number, line in enumerate(lines):
        sheet.append([_cell(sheet, text, is_heading=not number) for text in line])


def _cell(sheet, text: str, *, is_heading: bool) -> Cell | None:
    """Text as text: nothing that somebody wrote becomes a formula."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet)
    sheets.put_text(cell, text)
    if is_heading:
        cell.font, cell.fill, cell.alignment = sheets.BOLD, sheets.HEAD, sheets.TOP
    return cell
