"""The report as Excel: what it is, its words, every table as a sheet of real numbers, and what it all rests on."""

import re
from collections.abc import Iterable, Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as NamedTable

from reports.content import Content, Edition, Table, in_order
from reports.render import words
from reports.render.figures import figure
from reports.render.lines import ABOUT, SOURCES, WORDS, Leaf, leaves, lines
from reports.render.words import SOURCE, is_sourced
from ui import sheets

LINK, LABEL, RIGHT_WORDS, AFTER_FIGURES, AFTER_HEADING = (
    f"Ledstång {name}" for name in ("link", "label", "right words", "after figures", "heading after figures")
)
INDENTED = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)  # words beside figures
LINKED = Font(name="Calibri", size=11, color="0B5566", underline="single")
LOOKS = {
    LINK: {"alignment": sheets.TOP, "font": LINKED},
    LABEL: {"alignment": sheets.TOP, "font": sheets.BOLD},
    RIGHT_WORDS: {"alignment": sheets.RIGHT},
    AFTER_FIGURES: {"alignment": INDENTED},
    AFTER_HEADING: {"alignment": INDENTED, "font": sheets.BOLD, "fill": sheets.HEAD},
}
TEXTS = (RIGHT_WORDS, AFTER_FIGURES, sheets.TEXT)
HEADINGS = (sheets.RIGHT_HEADING, AFTER_HEADING, sheets.HEADING)
WIDTH, NARROWEST, REFS_WIDTH = 118, 11, 14  # characters
HEADER = 200  # characters; the page's header holds 255 with its marks


def render(
    content: Content, part: str = "all", *, draft: bool = False, edition: Edition | None = None
) -> bytes:
    """Letter and report in one workbook; it does not come in parts. The same content gives the same bytes."""
    book = sheets.workbook(content.title, content.organisation, LOOKS)
    book.properties.language, book.calculation.fullCalcOnLoad = "sv-SE", False
    tables = leaves(content)
    mark = " · ".join(words.marks(content, draft=draft, edition=edition))
    _about(book.active, content, _frame(content, edition), mark, tables)
    _words(book.create_sheet(WORDS), content, mark, tables)
    pages = [(book.create_sheet(leaf.sheet), leaf) for leaf in tables]
    at = _sources(book.create_sheet(SOURCES), content, mark) if content.sources else {}
    for sheet, leaf in pages:
        _table(sheet, content, mark, leaf, at)
    for sheet in book:
        _edges(sheet, content, mark)
    return sheets.saved(book, content.day)


def _link(cell, sheet: str, row: int = 1) -> None:
    """To another sheet of the workbook."""
    place = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{place}'!A{row}", display=None)
    sheets.put_text(cell, str(cell.value), LINK)


def _edges(sheet, content: Content, mark: str) -> None:
    """Whose report it is in the page's header, and in its footer whether it is a draft or an example."""
    who = " · ".join(
        part for part in (content.parent, content.organisation, ", ".join(content.case_numbers)) if part
    )
    sheet.oddHeader.left.text = sheets.clean(who)[:HEADER].replace("&", "&&")
    sheet.oddHeader.right.text = content.cut_off
    sheet.oddFooter.left.text = mark or None
    if sheet.title != ABOUT:
        _link(sheet["A2"], ABOUT)  # the line that says which report it is


def _frame(content: Content, edition: Edition | None) -> list[tuple[str, str]]:
    """What the report is: label and text, where there is one."""
    meeting = f"{content.committee}, sammanträdet {content.meets_on}"
    told = [
        ("Organisation", " · ".join(part for part in (content.parent, content.organisation) if part)),
        ("Program", content.program),
        ("Programmets mål", content.goal),
        ("Ärendenummer", ", ".join(content.case_numbers)),
        ("Uppgifter till och med", content.cut_off),
        ("Förra rapporten till och med", content.previous_cut_off),
        ("Nämnd", meeting if content.letter.sections else ""),
        ("Utgåva", words.edition_words(edition)),
        ("Rättar", edition.corrects if edition else ""),
    ]
    return [(label, text) for label, text in told if text]


def _about(sheet, content: Content, told: list[tuple[str, str]], mark: str, tables: list[Leaf]) -> None:
    widths = (36, 74, 40)
    first = sheets.top(sheet, [ABOUT, content.title, *([mark] if mark else [])], widths)
    for row, (label, text) in enumerate(told, start=first):
        sheets.put(sheet, row, [label], look=LABEL)
        sheets.put_text(sheet.cell(row, 2), text, sheets.TEXT)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
        sheet.row_dimensions[row].height = sheets.height([text], [sum(widths[1:])])
    head = first + len(told) + 1
    sheets.put(sheet, head, ["Blad", "Innehåll", "Avsnitt"], look=sheets.HEADING)
    listed = [(WORDS, "Alla texter och fynd, i rapportens ordning", "")]
    listed += [(leaf.sheet, leaf.table.caption, leaf.section) for leaf in tables]
    listed += [(SOURCES, "Det som rapportens uppgifter vilar på, med koder", "")] if content.sources else []
    for row, values in enumerate(listed, start=head + 1):
        sheets.put(sheet, row, values)
        _link(sheet.cell(row, 1), values[0])
        sheet.row_dimensions[row].height = sheets.height(values, widths)
    sheets.paper(sheet, head, f"A1:C{head + len(listed)}")


def _told(name: str, content: Content, mark: str) -> list[str]:
    of = f"{content.title}, uppgifter till och med {content.cut_off}."
    return [name, of, *([mark] if mark else [])]


def _words(sheet, content: Content, mark: str, tables: list[Leaf]) -> None:
    """Every text of the report in its order; a table is named there and linked."""
    found = lines(content, tables)
    heads = ["Del", "Avsnitt", "Slag", "Text", SOURCE]
    rows = [[line.part, line.section, line.kind, line.text, ", ".join(in_order(line.refs))] for line in found]
    first = _fill(sheet, _told(WORDS, content, mark), heads, (17, 30, 16, 86, 18), rows, "texter")
    for row, line in enumerate(found, start=first):
        if line.sheet:
            _link(sheet.cell(row, 4), line.sheet)


def _fill(sheet, told: Sequence[str], heads: Sequence[str], widths: Sequence[int], rows, name: str) -> int:
    """A sheet of words as a table that can be filtered; its first row."""
    sheets.fill(sheet, told, heads, widths, rows)
    _name(sheet, name, len(told) + 2, len(heads), len(rows))
    return len(told) + 3


def _name(sheet, name: str, head: int, columns: int, rows: int) -> None:
    """Make it a table in Excel's own sense, with a name that formulas and scripts can keep to through the years."""
    names = [str(cell.value).casefold() for cell in sheet[head][:columns]]
    if rows and all(names) and len(set(names)) == columns:
        area = f"A{head}:{get_column_letter(columns)}{head + rows}"
        sheet.add_table(NamedTable(displayName=name, ref=area))


def _table(sheet, content: Content, mark: str, leaf: Leaf, at: dict[str, int]) -> None:
    """A table with its caption, where it stands and its note; figures are numbers, shown as they are written."""
    table = leaf.table
    heads = [*table.columns, *([SOURCE] if is_sourced(table.refs) else [])]
    widths = _widths(table) + ([REFS_WIDTH] if is_sourced(table.refs) else [])
    where = [f"{leaf.part}, {leaf.section}."]
    told = [*_told(table.caption, content, mark), *where, *([table.note] if table.note else [])]
    head = sheets.top(sheet, told, widths, title=leaf.sheet)
    for column, text in enumerate(heads, start=1):
        sheets.put_text(sheet.cell(head, column), text, _look(column - 1, table.numeric, HEADINGS))
    sheet.row_dimensions[head].height = sheets.height(heads, [width - 3 for width in widths])
    refs = table.refs or ((),) * len(table.rows)
    for row, (cells, codes) in enumerate(zip(table.rows, refs, strict=True), start=head + 1):
        _cells(sheet, row, cells, table.numeric)
        ordered = in_order(codes)
        sheet.row_dimensions[row].height = sheets.height([*cells, ", ".join(ordered)], widths)
        _codes(sheet.cell(row, len(heads)), ordered, at)
    _name(sheet, leaf.name, head, len(heads), len(table.rows))
    sheets.page(sheet, head, head + len(table.rows), len(heads))


def _look(column: int, numeric: Sequence[int], looks: tuple[str, str, str]) -> str:
    """`looks`: of words under a numeric heading, beside one, and elsewhere."""
    return looks[0] if column in numeric else looks[1] if column - 1 in numeric else looks[2]


def _cells(sheet, row: int, cells: Iterable[str], numeric: Sequence[int]) -> None:
    for column, text in enumerate(cells):
        cell = sheet.cell(row, column + 1)
        found = figure(text) if column in numeric else None
        if found:
            cell.value, cell.style = found[0], sheets.FIGURE
            cell.number_format = found[1]
        else:
            sheets.put_text(cell, text, _look(column, numeric, TEXTS))


def _codes(cell, codes: Sequence[str], at: dict[str, int]) -> None:
    """A row's sources, linked to where the first of them is told."""
    if codes:
        sheets.put_text(cell, ", ".join(codes), sheets.TEXT)
        if codes[0] in at:
            _link(cell, SOURCES, at[codes[0]])


def _widths(table: Table) -> list[int]:
    """In characters: by the table's shares, but with room for the longest word of each heading and its arrow."""
    shares = table.widths if len(table.widths) == len(table.columns) else (1,) * len(table.columns)
    words = [max(map(len, re.split(r"[ \u00ad-]", text))) for text in table.columns]
    return [
        max(NARROWEST, word + 5, WIDTH * share // sum(shares))
        for share, word in zip(shares, words, strict=True)
    ]


def _sources(sheet, content: Content, mark: str) -> dict[str, int]:
    """What the claims rest on; the row of each code."""
    rows = [
        [row.code, kind, row.title, row.detail, ", ".join(in_order(row.refs))]
        for kind, sources in words.sources_by_kind(content.sources)
        for row in sources
    ]
    heads = ["Kod", "Slag", "Namn", "Om", "Vilar på"]
    first = _fill(sheet, _told(SOURCES, content, mark), heads, (8, 22, 60, 60, 18), rows, "kallor")
    return {row[0]: number for number, row in enumerate(rows, start=first)}
