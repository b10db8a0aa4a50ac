"""The plan as Excel or CSV: one row an activity, its steps and follow-ups beneath it, in the format that is read."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from program.doubts import flags
from program.exchange.cells import DateCell
from program.exchange.columns import COLUMNS, heading
from program.exchange.compare import case_of
from program.exchange.rows import TYPES
from program.exchange.snapshot import Held, HeldActivity
from program.exchange.words import in_words
from program.wording import flag

FORMULA = re.compile(r"'*[=+\-@\t\r]")
BOLD, HEAD = Font(bold=True), PatternFill("solid", fgColor="E2F0F2")
TOP = Alignment(vertical="top", wrap_text=True)
Cells = dict[str, str | DateCell]


def rows(held: Iterable[HeldActivity], language: str) -> Iterator[Cells]:
    """The rows of the table by column; dates still know whether they are a day or words."""
    for activity in held:
        yield _activity(activity, language)
        for step in activity.steps:
            yield _step(step, language)
        for follow_up in activity.follow_ups:
            yield _follow_up(follow_up, language)


def _type(kind: str, language: str) -> str:
    return TYPES[kind][language == "en"]


def _activity(held: HeldActivity, language: str) -> Cells:
    values = held.values
    return {
        **{
            key: value if isinstance(value, DateCell) else in_words(key, value, language)
            for key, value in values.items()
        },
        "id": f"A{held.row.pk}",
        "type": _type("activity", language),
        "version": str(held.row.revision),
    }


def _step(held: Held, language: str) -> Cells:
    values = held.values
    return {
        "id": f"D{held.row.pk}",
        "type": _type("step", language),
        "number": values["number"],
        "title": values["text"],
        "deadline": values["deadline"],
        "completed": values["completed"],
    }


def _follow_up(held: Held, language: str) -> Cells:
    values = held.values
    return {
        "id": f"U{held.row.pk}",
        "type": _type(values["kind"], language),
        "deadline": values["planned"],
        "completed": values["held"],
        "outcome": values["outcome"],
    }


def to_csv(held: Iterable[HeldActivity], language: str) -> bytes:
    """UTF-8 with a byte order mark and semicolons, which is what Swedish Excel opens with a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading(column.key, language) for column in COLUMNS)
    for row in rows(held, language):
        writer.writerow(_covered(_text(row.get(column.key, ""))) for column in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def _text(value: str | DateCell) -> str:
    return value.text if isinstance(value, DateCell) else value


def _covered(text: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula; `tables` takes it away again."""
    return f"'{text}" if FORMULA.match(text) else text


def to_xlsx(held: list[HeldActivity], program, language: str, head: Iterable[tuple[str, str]]) -> bytes:
    """A workbook: the plan, and a sheet about the programme that is for reading only. `head`: label and text."""
    book = Workbook(write_only=True)
    book.properties.title = program.name
    book.properties.creator = program.organisation.name
    _plan_sheet(book.create_sheet(_("Plan")), held, language)
    _head_sheet(book.create_sheet(_("The programme")), program, head, held)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plan_sheet(sheet, held: list[HeldActivity], language: str) -> None:
    for index, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.freeze_panes = "F2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_head_cell(sheet, heading(column.key, language)) for column in COLUMNS])
    count = 1
    for count, row in enumerate(rows(held, language), start=2):  # noqa: B007 - the last number is wanted below
        bold = row["id"].startswith("A")
        sheet.append(
            [_cell(sheet, row.get(column.key, ""), bold and column.key == "title") for column in COLUMNS]
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{count}"


def _head_cell(sheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill, cell.alignment = BOLD, HEAD, TOP
    return cell


def _cell(sheet, value: str | DateCell, bold: bool = False) -> Cell | None:
    """A day as a date, everything else as text: nothing that somebody wrote becomes a formula."""
    if isinstance(value, DateCell) and value.when and not value.when.words:
        cell = WriteOnlyCell(sheet, value.when.last)
        cell.number_format = "yyyy-mm-dd"
    elif text := _text(value):
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        if FORMULA.match(text):
            cell.style = "Normal"
            cell.quotePrefix = True
    else:
        return None
    cell.alignment = TOP
    if bold:
        cell.font = BOLD
    return cell


def _head_sheet(sheet, program, head: Iterable[tuple[str, str]], held: list[HeldActivity]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 110
    sheet.append([_head_cell(sheet, program.name)])
    for label, text in (*head, *_flags(program, held)):
        left = WriteOnlyCell(sheet, label)
        left.font, left.alignment = BOLD, TOP
        sheet.append([left, _cell(sheet, text)])


def _flags(program, held: list[HeldActivity]) -> Iterator[tuple[str, str]]:
    """What does not add up, one row a finding."""
    for row in held:
        for found in flags(case_of(program.dated, row.values, [step.values for step in row.steps])):
            yield _("To look at"), f"{row.row}: {flag(found)}"
