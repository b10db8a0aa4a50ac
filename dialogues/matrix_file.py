"""The matrices as Excel: needs by department, themes by department, and the words behind them."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from dialogues import matrix_queries as queries
from dialogues import matrix_wording as wording
from dialogues.matrix import Matrix
from dialogues.models import Statement
from program.exchange.write import BOLD, FORMULA, HEAD, TOP
from program.models import Level
from ui import formats
from ui.language import language

A4, LINE = 9, 15.0
PLAIN = Font(name="Calibri", size=11)
RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
TEXT, FIGURE, DAY, HEADING, RIGHT_HEADING, SUM, TITLE = (
    f"Ledstång {name}" for name in ("text", "figure", "day", "heading", "right", "sum", "title")
)
NONE_AS_DASH = '0;-0;"–"'
NAME, COUNT = 42, 13  # widths, in characters
Value = str | int | dt.date


def to_xlsx(place, today: dt.date, *, kind: str = "", level: str = "") -> bytes:
    """A workbook of three sheets, with what the place may see and no more."""
    said = queries.said_to(place)
    columns = queries.departments(place, said)
    needs = queries.need_matrix(place, said, columns.heard, kind=kind, level=level)
    themes = queries.theme_matrix(said, columns.heard, kind=kind)
    about_needs, about_all = _about(place, today, kind, level), _about(place, today, kind, "")
    unheard = wording.unheard(columns)
    book = Workbook()
    _styles(book)
    book.properties.title, book.properties.creator = place.program.name, place.organisation.name
    told = [*wording.need_sentences(needs), *wording.notes(needs, of_needs=True), *unheard]
    _matrix_sheet(book.active, (_("Needs by department"), *about_needs, *told), _("Need"), needs)
    told = [*wording.theme_sentences(themes), *wording.notes(themes, of_needs=False), *unheard]
    _matrix_sheet(book.create_sheet(), (_("Themes by department"), *about_all, *told), _("Theme"), themes)
    _word_sheet(book.create_sheet(), (_("Statements"), *about_all), _statements(said, kind))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _about(place, today: dt.date, kind: str, level: str) -> list[str]:
    """Whose figures, of which day, whether they are invented, and what was chosen."""
    told = [f"{place.program.name}, {place.organisation.name}, {formats.day(today, language())}"]
    if place.organisation.is_example:
        told.append(
            _("Example data: statements, and what has happened since the source documents, are invented.")
        )
    chosen = [str(Statement.Kind(kind).label)] if kind else []
    chosen += [f"{_('Level').lower()} {Level(level).label}"] if level else []
    return told + ([_("Only: %(what)s.") % {"what": ", ".join(chosen)}] if chosen else [])


def _styles(book: Workbook) -> None:
    """Looks by name: thousands of cells share them, where each of its own would take seconds."""
    looks = {
        TEXT: {"alignment": TOP},
        FIGURE: {"alignment": RIGHT, "number_format": NONE_AS_DASH},
        DAY: {"alignment": Alignment(vertical="top", horizontal="left"), "number_format": "yyyy-mm-dd"},
        HEADING: {"alignment": TOP, "font": BOLD, "fill": HEAD},
        RIGHT_HEADING: {"alignment": RIGHT, "font": BOLD, "fill": HEAD},
        SUM: {"alignment": RIGHT, "number_format": NONE_AS_DASH, "font": BOLD},
        TITLE: {"font": Font(name="Calibri", size=14, bold=True)},
    }
    for name, look in looks.items():
        book.add_named_style(NamedStyle(name, **({"font": PLAIN} | look)))


def _put(sheet, row: int, values: Iterable[Value], *, look: str = "") -> None:
    """Numbers and dates as such, everything else as text: nothing that somebody wrote becomes a formula."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type, cell.style = "s", look or TEXT
            if FORMULA.match(value):
                cell.quotePrefix = True
        else:
            cell.value = value
            cell.style = look or (DAY if isinstance(value, dt.date) else FIGURE)


def _height(values: Iterable[Value], widths: Sequence[int]) -> float:
    """Room for the longest text, in points."""
    texts = [(value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str)]
    return min(LINE * max((1 + len(text) // width for text, width in texts), default=1), 400.0)


def _top(sheet, told: Sequence[str], widths: Sequence[int]) -> int:
    """The sheet's name and its lines on top, each across the table; the row that the table begins on."""
    sheet.title = told[0][:31]
    across = sum(widths)
    for number, text in enumerate(told, start=1):
        _put(sheet, number, [text], look=TITLE if number == 1 else TEXT)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(widths))
        sheet.row_dimensions[number].height = 21.0 if number == 1 else _height([text], [across])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return len(told) + 2


def _page(sheet, head: int, last: int, columns: int, frozen: int) -> None:
    """Landscape A4, as wide as the page, the table's head on every page and always in sight."""
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&A, &P (&N)"


def _matrix_sheet(sheet, told: Sequence[str], what: str, matrix: Matrix) -> None:
    names = [what, *(column.label for column in matrix.columns), _("Statements"), _("Departments")]
    widths = [NAME, *(COUNT for _column in names[1:])]
    head = _top(sheet, told, widths)
    _put(sheet, head, names, look=RIGHT_HEADING)
    sheet.cell(head, 1).style = HEADING
    sheet.row_dimensions[head].height = _height(names, widths)
    for number, row in enumerate(matrix.rows, start=head + 1):
        values = [row.head.name, *row.cells, row.total, row.shared_by]
        _put(sheet, number, values)
        sheet.row_dimensions[number].height = _height(values, widths)
    last = head + len(matrix.rows) + 1
    _put(sheet, last, [_("In all"), *matrix.column_totals, matrix.total], look=SUM)
    sheet.cell(last, 1).alignment = TOP
    _page(sheet, head, last, len(names), 1)


def _statements(said: queries.Said, kind: str):
    """Oldest first. Three queries."""
    rows = Statement.objects.filter(pk__in=said.statements.order_by().values("pk"))
    return (
        (rows.filter(kind=kind) if kind else rows)
        .select_related("dialogue", "area")
        .prefetch_related("dialogue__departments", "needs")
        .order_by("dialogue__held_on", "dialogue_id", "order", "pk")
    )


def _word_sheet(sheet, told: Sequence[str], statements) -> None:
    names = [
        _("Date"), _("Date as written"), _("Meeting"), _("Departments"), _("Area"), _("Kind"), _("Theme"), _("Needs"),
        _("Label"), _("Statement"),
    ]  # fmt: skip
    widths = [12, 14, 18, 24, 24, 20, 15, 28, 20, 62]
    head = _top(sheet, told, widths)
    _put(sheet, head, names, look=HEADING)
    last, used = head, set()
    for last, row in enumerate(statements, start=head + 1):
        dialogue = row.dialogue
        values = [
            dialogue.held_on, dialogue.held_words, dialogue.title or capfirst(dialogue.get_kind_display()),
            ", ".join(department.name for department in dialogue.departments.all()), row.area.name,
            row.get_kind_display(), row.get_theme_display(), ", ".join(need.title for need in row.needs.all()),
            row.label, row.text,
        ]  # fmt: skip
        _put(sheet, last, values)
        used |= {column for column, value in enumerate(values, start=1) if value}
        sheet.row_dimensions[last].height = _height(values, widths)
    for column in set(range(2, len(names))) - used:
        sheet.column_dimensions[get_column_letter(column)].hidden = last > head
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(names))}{last}"
    _page(sheet, head, last, len(names), 1)
