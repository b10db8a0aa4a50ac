"""Tables that leave as Excel: looks by name, text that is never a formula, heads in sight and on every page."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from ui.characters import CONTROL

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file holds
FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet may take for a formula
A3, A4, LINE, HIGHEST = 8, 9, 15.0, 400.0
PLAIN, BOLD = Font(name="Calibri", size=11), Font(name="Calibri", size=11, bold=True)
HEAD = PatternFill("solid", fgColor="E2F0F2")
TOP = Alignment(vertical="top", wrap_text=True)
RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
TEXT, FIGURE, DECIMAL, SHARE, DAY, HEADING, RIGHT_HEADING, TITLE = (
    f"Ledstång {name}" for name in ("text", "figure", "decimal", "share", "day", "heading", "right", "title")
)
LOOKS = {
    TEXT: {"alignment": TOP},
    FIGURE: {"alignment": RIGHT, "number_format": "#,##0"},
    DECIMAL: {"alignment": RIGHT, "number_format": "#,##0.0"},
    SHARE: {"alignment": RIGHT, "number_format": "0.0%"},
    DAY: {"alignment": Alignment(vertical="top", horizontal="left"), "number_format": "yyyy-mm-dd"},
    HEADING: {"alignment": TOP, "font": BOLD, "fill": HEAD},
    RIGHT_HEADING: {"alignment": RIGHT, "font": BOLD, "fill": HEAD, "number_format": "yyyy-mm-dd"},
    TITLE: {"font": Font(name="Calibri", size=14, bold=True)},
}
Value = str | int | Decimal | dt.date | None


class Percent(Decimal):
    """A fraction of one that is shown as per cent."""


def workbook(title: str, creator: str, looks: Mapping[str, dict] | None = None) -> Workbook:
    """An empty workbook with the house's looks; `looks` adds to them or takes their place.

    Looks have names since thousands of cells share them, where one for each cell would take seconds.
    """
    book = Workbook()
    book.properties.title, book.properties.creator = clean(title), clean(creator)
    for name, look in (LOOKS | dict(looks or {})).items():
        book.add_named_style(NamedStyle(name, **({"font": PLAIN} | look)))
    return book


def _look(value: Value) -> str:
    if isinstance(value, Percent):
        return SHARE
    if isinstance(value, Decimal):
        return DECIMAL
    return DAY if isinstance(value, dt.date) else FIGURE


def clean(text: str) -> str:
    """Without the characters that a workbook cannot hold."""
    return CONTROL.sub("", text)


def put_text(cell: Cell, text: str, look: str = "Normal") -> None:
    """Text as text: nothing that somebody wrote becomes a formula."""
    cell.value = clean(text)
    cell.data_type, cell.style = "s", look
    if FORMULA.match(cell.value):
        cell.quotePrefix = True


def put(sheet, row: int, values: Iterable[Value], *, look: str = "") -> None:
    """Numbers and days as such, everything else as text."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            put_text(cell, value, look or TEXT)
        else:
            cell.value = value
            cell.style = look or _look(value)


def height(values: Iterable[Value], widths: Iterable[int]) -> float:
    """Room for the longest text in columns of so many characters, in points."""
    texts = [(value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str)]
    lines = (sum(1 + len(line) // max(width, 1) for line in text.split("\n")) for text, width in texts)
    return min(LINE * max(lines, default=1), HIGHEST)


def top(sheet, told: Sequence[str], widths: Sequence[int], *, title: str = "") -> int:
    """The sheet's name and its lines on top, each across the table; the row that the table begins on.

    `title` is what its tab says where that cannot be the name.
    """
    sheet.title = title or told[0][:31]
    for number, text in enumerate(told, start=1):
        put(sheet, number, [text], look=TITLE if number == 1 else TEXT)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(widths))
        sheet.row_dimensions[number].height = 21.0 if number == 1 else height([text], [sum(widths)])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return len(told) + 2


def fill(
    sheet,
    told: Sequence[str],
    heads: Sequence[Value],
    widths: Sequence[int],
    rows: Iterable,
    *,
    title: str = "",
) -> None:
    """A whole sheet: its name and lines on top, then a table; text stands to the left, figures to the right.

    `told` begins with the sheet's name; `widths` are in characters, one a column.
    """
    head = top(sheet, told, widths, title=title)
    rows = list(rows)
    put(sheet, head, heads, look=RIGHT_HEADING)
    for column in range(len(heads)):
        if column == 0 or any(isinstance(values[column], str) for values in rows):
            sheet.cell(head, column + 1).style = HEADING
    sheet.row_dimensions[head].height = height(heads, widths)
    last = head
    for last, values in enumerate(rows, start=head + 1):
        put(sheet, last, values)
        sheet.row_dimensions[last].height = height(values, widths)
    page(sheet, head, last, len(widths))


def page(sheet, head: int, last: int, columns: int, *, frozen: int = 1) -> None:
    """The table's head and its first columns always in sight, and the head on every page."""
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{head + 1}"
    paper(sheet, head, f"A1:{get_column_letter(columns)}{last}")


def paper(sheet, head: int, area: str, size: int = A4) -> None:
    """Landscape and as wide as the page, its row of headings on every page."""
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = area
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", size
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&A, &P (&N)"


class _Undated(ZipFile):
    """A package whose members carry one fixed date, so that the same workbook gives the same bytes."""

    def writestr(self, name, data):
        super().writestr(ZipInfo(name, FIXED), data, ZIP_DEFLATED)

    def write(self, path, name):
        self.writestr(name, Path(path).read_bytes())


def saved(book: Workbook, on: dt.date | None = None) -> bytes:
    """The workbook's bytes; `on` is the date that it carries, today's when none is given."""
    day = dt.datetime.combine(on, dt.time()) if on else dt.datetime.now(dt.UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = day
    out = io.BytesIO()
    ExcelWriter(book, _Undated(out, "w", ZIP_DEFLATED)).save()
    return out.getvalue()
