"""The lines of a Word document, as its reader sees them: lists with their bullets, headings marked as such, and tables
whose columns are kinds of statements told column by column."""

import re
from collections.abc import Iterable, Iterator, Sequence

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from dialogues.notes.lines import LONGEST_HEADING, kind_of
from program.exchange.tables import WordLists

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
RUN, WORDS, PARAGRAPH, MOVED_AWAY, TABLE, ROW, CELL = (
    qn(f"w:{name}") for name in ("r", "t", "p", "moveFrom", "tbl", "tr", "tc")
)
BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
# python-docx gives the styles of every language these names.
HEADING = re.compile(r"heading [1-6]$", re.IGNORECASE)
OWNER = re.compile(r"^\W*(?:vem(?: äger| ansvarar)?|ägare|ansvarig|ägs av)\W*$", re.IGNORECASE)
AREA = re.compile(r"^\W*(?:utgångspunkt\w*|område\w*|tema\w*|rubrik\w*)\W*$", re.IGNORECASE)
BULLETED = re.compile(r"[-o] ")


def lines(document) -> Iterator[str]:
    """Every paragraph, those in text boxes and tracked changes as well. Headings have ## before them."""
    drawn = _Drawn(document)
    told = set()
    for node in document.element.body.iter(PARAGRAPH, TABLE):
        if next(node.iterancestors(FALLBACK), None) is not None:
            continue  # a text box stands twice in the file
        if any(table in told for table in node.iterancestors(TABLE)):
            continue
        if node.tag == PARAGRAPH:
            yield from drawn.paragraph(node)
        elif columns := _columns(table := _Table(node, drawn)):
            told.add(node)
            yield from table.by_area(columns) if "area" in columns.values() else table.by_column(columns)


class _Drawn:
    """Paragraphs with the bullets, numbers and headings that Word draws."""

    def __init__(self, document) -> None:
        self.body, self.lists = document._body, WordLists(document)

    def paragraph(self, node) -> list[str]:
        paragraph = _Whole(node, self.body)
        line = self.lists.numbered(paragraph)
        if line.startswith("- ") and not paragraph.text.startswith("- ") and self.lists.depth(paragraph):
            line = f"o {line[2:]}"
        style = self.lists.style_of(paragraph).name or ""
        if line.strip() and len(line) <= LONGEST_HEADING and HEADING.match(style):
            line = f"## {line}"
        return line.splitlines() or [""]


class _Table:
    """The rows of a table, each as the lines of its cells by the column that the cell begins in."""

    def __init__(self, node, drawn: _Drawn) -> None:
        rows = [row for row in node.iter(ROW) if next(row.iterancestors(TABLE)) is node]
        self.rows = [dict(_cells(row, drawn)) for row in rows]

    def by_column(self, columns: dict[int, str]) -> Iterator[str]:
        """The heading of a column and then its cells; who owns a need stands under it."""
        kinds = [at for at in columns if columns[at] == "kind"]
        for at in kinds:
            yield " ".join(self.rows[0][at])
            for row in self.rows[1:]:
                yield from _bulleted(row.get(at, ()))
                if at == kinds[-1]:
                    yield from self._others(row, columns)

    def by_area(self, columns: dict[int, str]) -> Iterator[str]:
        """Row by row: its area, and under that each column's heading with the cell's lines."""
        for row in self.rows[1:]:
            yield from (
                f"## {line}" for at, kind in columns.items() if kind == "area" for line in row.get(at, ())
            )
            for at in (at for at in columns if columns[at] == "kind" and row.get(at)):
                yield " ".join(self.rows[0][at])
                yield from _bulleted(row[at])
            yield from self._others(row, columns)

    def _others(self, row: dict[int, list[str]], columns: dict[int, str]) -> Iterator[str]:
        """The owner, and what stands in columns that tell no kind: a table says nothing in vain."""
        for at, cell in row.items():
            said = ", ".join(cell)
            if said and columns.get(at) == "owner":
                yield f"Ägare: {said}"
            elif said and at not in columns:
                yield said


def _columns(table: _Table) -> dict[int, str]:
    """What each column holds by its heading: kind, owner or area; nothing when the headings name no kind."""
    if len(table.rows) < 2:
        return {}
    heads = {at: " ".join(cell) for at, cell in table.rows[0].items()}
    found = {at: "kind" for at, words in heads.items() if kind_of(words)}
    if not found:
        return {}
    found |= {at: "owner" for at, words in heads.items() if OWNER.match(words)}
    found |= {at: "area" for at, words in heads.items() if AREA.match(words)}
    return found if 0 in found or "area" in found.values() else found | {0: "area"}


def _cells(row, drawn: _Drawn) -> Iterator[tuple[int, list[str]]]:
    at = 0
    for cell in row.iter(CELL):
        if next(cell.iterancestors(ROW)) is not row:
            continue
        yield at, [line for node in cell.iter(PARAGRAPH) for line in _seen(node, drawn)]
        at += _span(cell)


def _span(cell) -> int:
    """How many columns a cell covers; what is no number counts as one."""
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    words = span.get(qn("w:val"), "") if span is not None else ""
    return max(1, int(words)) if words.isdecimal() and len(words) < 4 else 1


def _seen(node, drawn: _Drawn) -> list[str]:
    if next(node.iterancestors(FALLBACK), None) is not None:
        return []
    return [line.removeprefix("## ") for line in drawn.paragraph(node) if line.strip()]


def _bulleted(cell: Iterable[str]) -> Sequence[str]:
    return [line if BULLETED.match(line) else f"- {line}" for line in cell]


class _Whole(Paragraph):
    """A paragraph with the words that python-docx leaves out: inserted with changes tracked, or in a field."""

    @property
    def text(self) -> str:
        return "".join(
            BREAKS.get(node.tag) or node.text or ""
            for node in self._p.iter(WORDS, *BREAKS)
            if self._is_own(node)
        )

    def _is_own(self, node) -> bool:
        """Not of a text box inside, and not what tracked changes moved elsewhere."""
        return (
            node.getparent().tag == RUN
            and next(node.iterancestors(PARAGRAPH)) is self._p
            and next(node.iterancestors(MOVED_AWAY), None) is None
        )
