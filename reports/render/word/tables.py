"""A table of the content as Word's: widths of columns, header row, figures to the right, sources last."""

from collections.abc import Callable, Sequence

from reports.content import Table, cited
from reports.render import columns, words
from reports.render.word import markup as m

TYPE = columns.Type(9.6, 3.5)  # our 9 points, and some more since a template may have a wider typeface
TWIPS = 56.7  # twentieths of a point to a millimetre
REFS_LEAST, REFS_MOST = 820, 1150  # twentieths of a point: 14 and 20 mm
CODE, PADDING = 96, 280  # a letter of a code, and what stands around them


def is_wide(table: Table) -> bool:
    """Whether its page lies down, as in the other forms: many columns that cannot keep their words whole."""
    return columns.setting(_columns(table), _refs_width(table) / TWIPS).is_landscape


def widths(table: Table, width: int) -> list[int]:
    """The columns' widths in twentieths of a point, `width` at most; the sources' column last when there is one."""
    refs = _refs_width(table)
    found = columns.widths(_columns(table), (width - refs) / TWIPS, TYPE)
    return [int(across * TWIPS) for across in found] + ([refs] if refs else [])


def _columns(table: Table) -> list[tuple[str, ...]]:
    """Each column's texts, its heading first."""
    return list(zip(table.columns, *table.rows, strict=False))


def _refs_width(table: Table) -> int:
    """Room for one code, or for several on a line where a row has them; 0 without sources."""
    if not words.is_sourced(table.refs):
        return 0
    most = max(len(cited(codes)) for codes in table.refs)
    return min(max(most * CODE + PADDING, REFS_LEAST), REFS_MOST)


def table(block: Table, width: int, ids: dict[str, str], codes: Callable[[Sequence[str]], str]) -> str:
    """The table's markup; `codes` writes the codes of a row's sources."""
    across = widths(block, width)
    last = (words.SOURCE,) if words.is_sourced(block.refs) else ()
    head = _openings(block, across, [ids[f"rapport tabellhuvud{end}"] for end in ("", " tal", " källa")])
    plain = _openings(block, across, [ids[f"rapport tabell{end}"] for end in ("text", "tal", "källa")])
    rows = [m.row(map(_closed, head, map(m.run, (*block.columns, *last))), is_head=True)]
    for number, cells in enumerate(block.rows):
        refs = [codes(block.refs[number])] if last else []
        rows.append(m.row(map(_closed, plain, (*map(m.run, cells), *refs))))
    return m.table(ids["rapport tabell"], across, block.caption, rows)


def _openings(block: Table, across: Sequence[int], styles: Sequence[str]) -> list[str]:
    """What stands before the text of each column's cells: width and style, for words, figures and sources."""
    words_style, figures, sources = styles
    kinds = [figures if x in block.numeric else words_style for x in range(len(block.columns))]
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{kind}"/></w:pPr>'
        for width, kind in zip(across, [*kinds, sources], strict=False)
    ]


def _closed(opening: str, inner: str) -> str:
    return f"{opening}{inner}</w:p></w:tc>"
