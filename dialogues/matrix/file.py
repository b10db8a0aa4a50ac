"""The matrices as Excel: needs by department, themes by department, and the words behind them."""

import datetime as dt
from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from dialogues.matrix import queries, wording
from dialogues.matrix.counts import Matrix
from dialogues.models import Statement
from program.models import Level
from ui import formats, sheets
from ui.language import language

NONE_AS_DASH = '0;-0;"–"'
SUM = "Ledstång sum"
LOOKS = {
    sheets.FIGURE: {"alignment": sheets.RIGHT, "number_format": NONE_AS_DASH},
    SUM: {"alignment": sheets.RIGHT, "number_format": NONE_AS_DASH, "font": sheets.BOLD},
}
NAME, COUNT = 42, 13  # widths, in characters


def to_xlsx(place, today: dt.date, *, kind: str = "", level: str = "") -> bytes:
    """A workbook of three sheets, with what the place may see and no more."""
    said = queries.said_to(place)
    columns = queries.departments(place, said)
    needs = queries.need_matrix(place, said, columns.heard, kind=kind, level=level)
    themes = queries.theme_matrix(said, columns.heard, kind=kind)
    about_needs, about_all = _about(place, today, kind, level), _about(place, today, kind, "")
    unheard = wording.unheard(columns)
    book = sheets.workbook(place.program.name, place.organisation.name, LOOKS)
    told = [*wording.need_sentences(needs), *wording.notes(needs, of_needs=True), *unheard]
    _matrix_sheet(book.active, (_("Needs by department"), *about_needs, *told), _("Need"), needs)
    told = [*wording.theme_sentences(themes), *wording.notes(themes, of_needs=False), *unheard]
    _matrix_sheet(book.create_sheet(), (_("Themes by department"), *about_all, *told), _("Theme"), themes)
    _word_sheet(book.create_sheet(), (_("Statements"), *about_all), _statements(said, kind))
    return sheets.saved(book, today)


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


def _matrix_sheet(sheet, told: Sequence[str], what: str, matrix: Matrix) -> None:
    names = [what, *(column.label for column in matrix.columns), _("Statements"), _("Departments")]
    widths = [NAME, *(COUNT for _column in names[1:])]
    head = sheets.top(sheet, told, widths)
    sheets.put(sheet, head, names, look=sheets.RIGHT_HEADING)
    sheet.cell(head, 1).style = sheets.HEADING
    sheet.row_dimensions[head].height = sheets.height(names, widths)
    for number, row in enumerate(matrix.rows, start=head + 1):
        values = [row.head.name, *row.cells, row.total, row.shared_by]
        sheets.put(sheet, number, values)
        sheet.row_dimensions[number].height = sheets.height(values, widths)
    last = head + len(matrix.rows) + 1
    sheets.put(sheet, last, [_("In all"), *matrix.column_totals, matrix.total], look=SUM)
    sheet.cell(last, 1).alignment = sheets.TOP
    sheets.page(sheet, head, last, len(names))


def _statements(said: queries.Said, kind: str):
    """Oldest first. Three queries."""
    return (
        (said.statements.filter(kind=kind) if kind else said.statements)
        .select_related("dialogue", "area")
        .prefetch_related("dialogue__departments", "needs")
        .order_by("dialogue__held_on", "dialogue_id", "order", "pk")
    )


def _labels(choices) -> dict[str, str]:
    """In the reader's language, translated once and not for each row."""
    return {value: str(label) for value, label in choices.choices}


def _meeting(dialogue) -> list[sheets.Value]:
    """The first four cells of every statement of the meeting's."""
    return [
        dialogue.held_on, dialogue.held_words, dialogue.title or capfirst(dialogue.get_kind_display()),
        ", ".join(department.name for department in dialogue.departments.all()),
    ]  # fmt: skip


def _word_sheet(sheet, told: Sequence[str], statements) -> None:
    names = [
        _("Date"), _("Date as written"), _("Meeting"), _("Departments"), _("Area"), _("Kind"), _("Theme"), _("Needs"),
        _("Label"), _("Statement"),
    ]  # fmt: skip
    widths = [12, 14, 18, 24, 24, 20, 15, 28, 20, 62]
    head = sheets.top(sheet, told, widths)
    sheets.put(sheet, head, names, look=sheets.HEADING)
    last, used, meetings = head, set(), {}
    kinds, themes = _labels(Statement.Kind), {"": ""} | _labels(Statement.Theme)
    for last, row in enumerate(statements, start=head + 1):
        if row.dialogue_id not in meetings:
            meetings[row.dialogue_id] = _meeting(row.dialogue)
        values = [
            *meetings[row.dialogue_id], row.area.name, kinds[row.kind], themes[row.theme],
            ", ".join(need.title for need in row.needs.all()), row.label, row.text,
        ]  # fmt: skip
        sheets.put(sheet, last, values)
        used |= {column for column, value in enumerate(values, start=1) if value}
        sheet.row_dimensions[last].height = sheets.height(values, widths)
    for column in set(range(2, len(names))) - used:
        sheet.column_dimensions[get_column_letter(column)].hidden = last > head
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(names))}{last}"
    sheets.page(sheet, head, last, len(names))
