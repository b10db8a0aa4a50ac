"""From a file's bytes, or pasted text, to its rows."""

from metrics.file_persons import refuse_persons
from metrics.headcount_import.printed import Counts, from_table, from_text, is_heading
from program.exchange import tables
from program.exchange.tables import NotATable

MOST_BYTES = 5 * 1024 * 1024
TEXT = (".csv", ".txt")
TITLE_LINES = 50
PASTED = "inklistrad text.txt"


def read_file(name: str, content: bytes) -> Counts:
    """What a file says; raises NotATable also when no row of it can be a unit.

    Of several sheets or tables the first with headings counts. Text without headings is read line by line, as it is
    copied from a PDF.
    """
    if len(content) > MOST_BYTES:
        raise NotATable("too_large")
    if name.lower().endswith(".pdf"):
        raise NotATable("pdf")
    counts = _first(name, content)
    if counts.without_headings:
        raise NotATable("no_headings")
    if not counts.units and not counts.problems:
        raise NotATable("empty")
    return counts


def _first(name: str, content: bytes) -> Counts:
    is_text = name.lower().endswith(TEXT) and not content.startswith(b"PK")
    try:
        found = [from_table(table.rows) for table in _without_persons(tables.read(name, content))]
    except NotATable as error:
        # A stray quotation mark breaks a table, but no line of text.
        if not is_text or error.reason != "broken" or b"\0" in content:
            raise
        found = []
    counts = next((counts for counts in found if not counts.without_headings), None)
    if counts is None and is_text:
        refuse_persons(enumerate(([line] for line in tables.decoded(content).splitlines()), start=1))
        counts = _below_a_title(name, tables.decoded(content).splitlines())
    return counts or Counts(without_headings=True)


def _without_persons(found: list[tables.Table]) -> list[tables.Table]:
    for table in found:
        refuse_persons(table.rows)
    return found


def _below_a_title(name: str, lines: list[str]) -> Counts | None:
    """Text whose first line does not tell what divides its cells: from its row of headings, or else line by line."""
    for at, line in enumerate(lines[:TITLE_LINES]):
        if any(is_heading(line.split(divider)) for divider in ";\t,"):
            (table,) = tables.read(name, "\n".join(lines[at:]).encode())
            return from_table((at + number, cells) for number, cells in table.rows)
    counts = from_text("\n".join(lines))
    return counts if counts.units or counts.problems else None
