"""Files become tables of text: Excel, CSV in any common dress, tables in Word documents."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import _Cell
from openpyxl import load_workbook

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_XML = 8 * 1024 * 1024  # of a Word file, unpacked: its parts become trees, some thirty times as large
BEGINS_AS_XML = (b"<", b"\x4c\x6f\xa7\x94")  # the latter in EBCDIC, which the parser reads too
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 5_000, 100, 30
MOST_CHARACTERS = 20_000_000
LONGEST_CELL = 10_000  # longer than any text that is kept; what is cut is refused as too long
SWEDISH = re.compile(r"[A-Za-zåäö][åäö]|(?<![^\W\d_])[ÅÄÖåäö][a-zåäö]|[A-Z][ÅÄÖ](?![a-z])|[ÅÄÖ][A-Z]")
FOREIGN = re.compile(r"[^\W\d_a-zA-ZåäöÅÄÖéÉ]")
MISREAD = re.compile(r"[A-Za-z][†‡„”“€™›‹‰ˆ˜¢¥¤¦¬ŽŒŠšžœŸƒ][A-Za-z]|[\x80-\x9f\ufffd]")  # signs in words
APOSTROPHE = re.compile(r"'+[=+\-@\t\r]")


class NotATable(Exception):
    """The file cannot be read as a table; `reason` is a key of `wording.UNREADABLE`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Table:
    """Rows of text from one sheet or table; each with the number it has in the file."""

    name: str
    rows: list[tuple[int, list[str]]]


def read(name: str, content: bytes) -> list[Table]:
    """The tables of a file, by its ending; raises NotATable."""
    ending = PurePath(name.lower()).suffix
    if len(content) > MOST_BYTES:
        raise NotATable("too_large")
    if ending == ".csv" or (ending == ".txt" and not content.startswith(b"PK")):
        return [Table("", _checked(_csv_rows(content)))]
    if ending not in (".xlsx", ".xlsm", ".docx"):
        raise NotATable("wrong_kind")
    check_archive(content)
    return _workbook(content) if ending != ".docx" else _document(content)


def _checked(rows: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    found, characters = [], 0
    for number, cells in rows:
        if number > MOST_ROWS:
            raise NotATable("too_many_rows")
        characters += sum(map(len, cells))
        if characters > MOST_CHARACTERS:
            raise NotATable("too_large")
        if any(cells):
            found.append((number, cells[:MOST_COLUMNS]))
    return found


def check_archive(content: bytes) -> None:
    """Refuse what is no archive, and one that would unpack to more than we would hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise NotATable("broken") from error
    if size > MOST_UNPACKED:
        raise NotATable("too_large")


def check_word(content: bytes) -> None:
    """Refuse a Word file whose XML would take more memory than we would give it, whatever its parts are called."""
    check_archive(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        large = sum(entry.file_size for entry in archive.infolist() if _is_xml(archive, entry))
    if large > MOST_XML:
        raise NotATable("too_large")


def opened_word(content: bytes):
    """A Word file within our limits. One with entities of its own is no Word's: what they stand for would be left out
    unseen."""
    check_word(content)
    document = docx.Document(io.BytesIO(content))
    if document.element.getroottree().docinfo.internalDTD is not None:
        raise NotATable("broken")
    return document


def _is_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """By its first sign; one that begins with nothing but blanks may go on as XML."""
    with archive.open(entry) as part:
        start = part.read(400).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t")
    return not start or start.startswith(BEGINS_AS_XML)


def decoded(content: bytes) -> str:
    """The text of a file in the letters that it was written with."""
    return content.decode(encoding_of(content), errors="replace")


def encoding_of(content: bytes) -> str:
    """UTF-16 or UTF-8 where the file says so, else what Windows wrote in western Europe; what DOS or an old Mac did,
    where only that makes Swedish words of it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        fits = ["cp850", "mac_roman"] if is_misread(content.decode("cp1252", errors="replace")) else []
        fits = [name for name in fits if _is_swedish(content.decode(name))]
        return fits[0] if len(fits) == 1 else "cp1252"
    return "utf-8-sig"


def is_misread(text: str) -> bool:
    """Signs inside words, and none of our letters, in what was taken for Windows' letters."""
    return bool(MISREAD.search(text)) and not SWEDISH.search(text)


def _is_swedish(text: str) -> bool:
    return bool(SWEDISH.search(text)) and not FOREIGN.search(text)


def _csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decoded(content)
    if "\0" in text:
        raise NotATable("broken")
    outside_quotes = re.sub(r'"[^"]*"', "", text[:20_000]).lstrip().split("\n", 1)[0]
    divider = max(";,\t", key=outside_quotes.count)
    csv.field_size_limit(1_000_000)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=divider), start=1):
            yield number, [_uncovered(cell) for cell in cells]
    except csv.Error as error:
        raise NotATable("broken") from error


def _uncovered(cell: str) -> str:
    """A cell as it was before `write` put an apostrophe before what a spreadsheet would take for a formula."""
    text = cell[:LONGEST_CELL].replace("\r\n", "\n").strip(" \n")
    return text[1:] if APOSTROPHE.match(text) else text


def _workbook(content: bytes) -> list[Table]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise NotATable("broken") from error
    try:
        return _sheets(book.worksheets)
    except NotATable:
        raise
    except Exception as error:  # the same, row by row
        raise NotATable("broken") from error
    finally:
        book.close()


def _sheets(sheets) -> list[Table]:
    """The visible sheets; a hidden one is named without its rows."""
    if len(sheets) > MOST_SHEETS:
        raise NotATable("too_many_rows")
    found, rows = [], 0
    for sheet in sheets:
        shown = _checked(_sheet_rows(sheet)) if sheet.sheet_state == "visible" else []
        rows += len(shown)
        if rows > MOST_ROWS:
            raise NotATable("too_many_rows")
        found.append(Table(sheet.title, shown))
    return found


def _sheet_rows(sheet) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        yield number, [_shown(cell) for cell in row]


def _shown(cell) -> str:
    """A cell as its sheet shows it: 0.042 kept as a share is 4.2 %, a day kept for a month is that month."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{_text(value * 100.0)} %"
    if isinstance(value, dt.datetime) and value.day == 1 and _shows_month(cell.number_format or ""):
        return f"{value:%Y-%m}"
    return _text(value)


def _shows_month(form: str) -> bool:
    """Whether a number format shows year and month and no day, such as mmm-yy or [$-41D]mmmm yyyy."""
    letters = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", form).lower()
    return "m" in letters and bool({"y", "å"} & set(letters)) and not {"d", "h", "s"} & set(letters)


def _text(value) -> str:
    """A cell's value as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    if isinstance(value, int | Decimal):
        return str(value)
    return str(value)[:LONGEST_CELL].replace("\r\n", "\n").strip(" \n")


def _document(content: bytes) -> list[Table]:
    try:
        document = opened_word(content)
        lists = WordLists(document)
        return [
            Table(f"{order}", _checked(_word_rows(table, lists)))
            for order, table in enumerate(document.tables, start=1)
        ]
    except NotATable:
        raise
    except Exception as error:  # python-docx raises whatever the parts of a broken file make it
        raise NotATable("broken") from error


def _word_rows(table, lists: "WordLists") -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(table.rows, start=1):
        cells = []
        for node in row._tr.tc_lst[:MOST_COLUMNS]:  # not row.cells, which repeats a cell as often as it spans
            cells.append("\n".join(lists.cell(_Cell(node, table).paragraphs)).strip()[:LONGEST_CELL])
        yield number, cells


class WordLists:
    """Word numbers list paragraphs itself; this gives the numbers back to the text."""

    def __init__(self, document) -> None:
        self.levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self.counts: dict[tuple[str, str], int] = {}
        self.styles: dict[str | None, Any] = {}  # python-docx looks each up anew, in some milliseconds
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {}
        for node in root.iterchildren(qn("w:abstractNum")):
            abstract[node.get(qn("w:abstractNumId"))] = {
                level.get(qn("w:ilvl")): _level(level) for level in node.iterchildren(qn("w:lvl"))
            }
        for node in root.iterchildren(qn("w:num")):
            target = node.find(qn("w:abstractNumId"))
            for depth, level in abstract.get(target.get(qn("w:val")), {}).items():
                self.levels[node.get(qn("w:numId")), depth] = level

    def cell(self, paragraphs) -> Iterator[str]:
        """The lines of a cell. A list of several items begins at its first number in every cell; a single item
        goes on from the cell above, as the rows of a plan are numbered."""
        places = [self._place(paragraph) for paragraph in paragraphs if paragraph.text.strip()]
        for place in {place for place in places if places.count(place) > 1}:
            self.counts.pop(place, None)
        yield from (self.numbered(paragraph) for paragraph in paragraphs)

    def numbered(self, paragraph) -> str:
        """The paragraph's text with the number or bullet that a reader sees before it."""
        where = self._place(paragraph)
        if where not in self.levels or not paragraph.text.strip():
            return paragraph.text
        form, text, start = self.levels[where]
        if form == "bullet":
            return f"- {paragraph.text}"
        self.counts[where] = self.counts.get(where, start - 1) + 1
        return f"{re.sub(r'%[1-9]', str(self.counts[where]), text)} {paragraph.text}"

    def depth(self, paragraph) -> int:
        """How far in the paragraph stands in its list; 0 on the first level, or in none."""
        return int(self._place(paragraph)[1] or 0)

    def style_of(self, paragraph):
        """The paragraph's style."""
        key = paragraph._p.style
        if key not in self.styles:
            self.styles[key] = paragraph.style
        return self.styles[key]

    def _place(self, paragraph) -> tuple[str, str]:
        properties = paragraph._p.pPr
        if properties is None or properties.numPr is None:
            named = self.style_of(paragraph)
            style = named.element.pPr if named is not None else None
            properties = style if style is not None and style.numPr is not None else None
        if properties is None or properties.numPr.numId is None:
            return "", ""
        depth = properties.numPr.ilvl
        return str(properties.numPr.numId.val), str(depth.val if depth is not None else 0)


def _level(node) -> tuple[str, str, int]:
    def value(tag: str, default: str) -> str:
        found = node.find(qn(tag))
        return found.get(qn("w:val")) if found is not None else default

    return value("w:numFmt", "decimal"), value("w:lvlText", "%1."), int(value("w:start", "1"))
