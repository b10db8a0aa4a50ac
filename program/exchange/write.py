"""The plan as Excel or CSV: one row an activity, its steps and follow-ups beneath it, in the format that is read."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from program.doubts import flags
from program.exchange.cells import DateCell
from program.exchange.columns import COLUMNS, heading
from program.exchange.compare import case_of
from program.exchange.rows import CHOICES, TYPES
from program.exchange.snapshot import Held, HeldActivity
from program.exchange.trace import trace
from program.exchange.words import in_words, label
from program.wording import flag
from ui import sheets

ALWAYS = {
    "id",
    "type",
    "number",
    "area",
    "title",
    "responsible",
    "status",
    "deadline",
    "completed",
    "comment",
}
PRINTED_TO = get_column_letter([column.key for column in COLUMNS].index("comment") + 1)
HEAD_WIDTHS = (28, 100)
LONGEST_LIST = 255  # what Excel holds in the cell itself
ROOM = 200  # rows below the last that still offer the lists
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
        "trace": trace("activity", values),
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
        "trace": trace("step", values),
    }


def _follow_up(held: Held, language: str) -> Cells:
    values = held.values
    return {
        "id": f"U{held.row.pk}",
        "type": _type(values["kind"], language),
        "deadline": values["planned"],
        "completed": values["held"],
        "outcome": values["outcome"],
        "trace": trace("follow_up", values),
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
    return f"'{text}" if sheets.FORMULA.match(text) else text


def to_xlsx(held: list[HeldActivity], program, language: str, head: Iterable[tuple[str, str]]) -> bytes:
    """A workbook: the plan, and a sheet about the programme that is for reading only. `head`: label and text."""
    book = Workbook(write_only=True)
    book.properties.title = program.name
    book.properties.creator = program.organisation.name
    _plan_sheet(book.create_sheet(_("Plan")), held, language)
    _head_sheet(book.create_sheet(_("The programme")), program, head, held)
    return sheets.saved(book)


def _plan_sheet(sheet, held: list[HeldActivity], language: str) -> None:
    found = list(rows(held, language))
    used = {key for row in found for key, value in row.items() if _text(value)}
    for index, column in enumerate(COLUMNS, start=1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        dimension.hidden = column.key == "trace" or column.key not in used | ALWAYS
    sheet.freeze_panes = "F2"
    last = len(found) + 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheets.paper(sheet, 1, f"A1:{PRINTED_TO}{last}", sheets.A3)
    for choice in _choices(last, language, {activity.values["area"] for activity in held}):
        sheet.data_validations.append(choice)
    sheet.row_dimensions[1].height = 32.0
    sheet.append([_head_cell(sheet, heading(column.key, language)) for column in COLUMNS])
    for number, row in enumerate(found, start=2):
        texts = [_text(row.get(column.key, "")) for column in COLUMNS]
        sheet.row_dimensions[number].height = sheets.height(texts, [column.width for column in COLUMNS])
        is_bold = row["type"] == _type("activity", language)
        sheet.append(
            [_cell(sheet, row.get(column.key, ""), is_bold and column.key == "title") for column in COLUMNS]
        )


def _choices(last: int, language: str, areas: set[str]) -> Iterator[DataValidation]:
    """The words that can stand in a column as a list to choose from; other words may still be typed."""
    words = {
        "type": [_type(kind, language) for kind in TYPES],
        **{
            key: [label(key, value, language) for value in CHOICES[key]]
            for key in ("status", "level", "kind")
        },
        **{
            key: [in_words(key, True, language)]
            for key in ("joint_responsibility", "is_existing", "is_recurring")
        },
        "area": sorted(name for name in areas if "," not in name and '"' not in name),
    }
    for index, column in enumerate(COLUMNS, start=1):
        listed = ",".join(words.get(column.key, ()))
        if listed and len(listed) <= LONGEST_LIST:
            choice = DataValidation(
                type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False
            )
            letter = get_column_letter(index)
            choice.add(f"{letter}2:{letter}{last + ROOM}")
            yield choice


def _head_cell(sheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet)
    sheets.put_text(cell, text)
    cell.font, cell.fill, cell.alignment = sheets.BOLD, sheets.HEAD, sheets.TOP
    return cell


def _cell(sheet, value: str | DateCell, bold: bool = False) -> Cell | None:
    """A day as a date, everything else as text: nothing that somebody wrote becomes a formula."""
    if isinstance(value, DateCell) and value.when and not value.when.words:
        cell = WriteOnlyCell(sheet, value.when.last)
        cell.number_format = "yyyy-mm-dd"
    elif text := sheets.clean(_text(value)):
        cell = WriteOnlyCell(sheet)
        sheets.put_text(cell, text)
    else:
        return None
    cell.alignment = sheets.TOP
    if bold:
        cell.font = sheets.BOLD
    return cell


def _head_sheet(sheet, program, head: Iterable[tuple[str, str]], held: list[HeldActivity]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = HEAD_WIDTHS
    told = [*head, *_flags(program, held)]
    sheets.paper(sheet, 1, f"A1:B{len(told) + 1}")
    sheet.append([_head_cell(sheet, _("The programme")), _head_cell(sheet, program.name)])
    for number, (name, text) in enumerate(told, start=2):
        left = WriteOnlyCell(sheet)
        sheets.put_text(left, name)
        left.font, left.alignment = sheets.BOLD, sheets.TOP
        sheet.row_dimensions[number].height = sheets.height((name, text), HEAD_WIDTHS)
        sheet.append([left, _cell(sheet, text)])


def _flags(program, held: list[HeldActivity]) -> Iterator[tuple[str, str]]:
    """What does not add up, one row a finding."""
    for row in held:
        for found in flags(case_of(program.dated, row.values, [step.values for step in row.steps])):
            yield _("To look at"), f"{row.row}: {flag(found)}"
