"""How the measures leave as Excel: looks by name, text that is never a formula, heads in sight and on every page."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from program.exchange.write import BOLD, FORMULA, HEAD, TOP

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4, LINE = 9, 15.0
PLAIN = Font(name="Calibri", size=11)
RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
TEXT, FIGURE, DECIMAL, SHARE, DAY, HEADING, RIGHT_HEADING, TITLE = (
    f"Ledstång {name}" for name in ("text", "figure", "decimal", "share", "day", "heading", "right", "title")
)
Value = str | int | Decimal | dt.date | None


class Percent(Decimal):
    """A fraction of one that is shown as per cent."""


def workbook(title: str, creator: str) -> Workbook:
    """An empty workbook with the house's looks."""
    book = Workbook()
    book.properties.title, book.properties.creator = title, creator
    looks = {
        TEXT: {"alignment": TOP},
        FIGURE: {"alignment": RIGHT, "number_format": "#,##0"},
        DECIMAL: {"alignment": RIGHT, "number_format": "#,##0.0"},
        SHARE: {"alignment": RIGHT, "number_format": "0.0%"},
        DAY: {"alignment": Alignment(vertical="top", horizontal="left"), "number_format": "yyyy-mm-dd"},
        HEADING: {"alignment": TOP, "font": BOLD, "fill": HEAD},
        RIGHT_HEADING: {"alignment": RIGHT, "font": BOLD, "fill": HEAD, "number_format": "yyyy-mm-dd"},
        TITLE: {"font": Font(name="Calibri", size=14, bold=True)},
    }
    for name, look in looks.items():
        book.add_named_style(NamedStyle(name, **({"font": PLAIN} | look)))
    return book


def _look(value: Value) -> str:
    if isinstance(value, Percent):
        return SHARE
    if isinstance(value, Decimal):
        return DECIMAL
    return DAY if isinstance(value, dt.date) else FIGURE


def put(sheet, row: int, values: Iterable[Value], *, look: str = "") -> None:
    """Numbers and days as such, everything else as text: nothing that somebody wrote becomes a formula."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type, cell.style = "s", look or TEXT
            if FORMULA.match(value):
                cell.quotePrefix = True
        else:
            cell.value = value
            cell.style = look or _look(value)


def _height(values: Iterable[Value], widths: Sequence[int]) -> float:
    """Room for the longest text, in points."""
    texts = [(value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str)]
    return min(LINE * max((1 + len(text) // width for text, width in texts), default=1), 400.0)


def fill(sheet, told: Sequence[str], heads: Sequence[Value], widths: Sequence[int], rows: Iterable) -> None:
    """A whole sheet: its name and lines on top, then a table; text stands to the left, figures to the right.

    `told` begins with the sheet's name; `widths` are in characters, one a column.
    """
    sheet.title = told[0][:31]
    for number, text in enumerate(told, start=1):
        put(sheet, number, [text], look=TITLE if number == 1 else TEXT)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(widths))
        sheet.row_dimensions[number].height = 21.0 if number == 1 else _height([text], [sum(widths)])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    head = len(told) + 2
    rows = list(rows)
    put(sheet, head, heads, look=RIGHT_HEADING)
    for column in range(len(heads)):
        if column == 0 or any(isinstance(values[column], str) for values in rows):
            sheet.cell(head, column + 1).style = HEADING
    sheet.row_dimensions[head].height = _height(heads, widths)
    last = head
    for last, values in enumerate(rows, start=head + 1):
        put(sheet, last, values)
        sheet.row_dimensions[last].height = _height(values, widths)
    _page(sheet, head, last, len(widths))


def _page(sheet, head: int, last: int, columns: int) -> None:
    """Landscape A4, as wide as the page, the table's head on every page and always in sight."""
    sheet.freeze_panes = f"B{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&A, &P (&N)"


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
