"""A table of the content as Word's: widths of columns, header row, figures to the right, sources last."""

from collections.abc import Callable, Sequence

from reports.content import Table
from reports.render import words
from reports.render.word import markup as m

MOST_COLUMNS = 7  # with more a table lies on its side
REFS_WIDTH = 964  # twentieths of a point: 17 mm
LETTER, PADDING, LONGEST = (
    96,
    140,
    2600,
)  # twentieths of a point: a letter of a word, a cell, the longest word
LEAST, MOST = 6, 40  # characters: how narrow and how wide a column without a stated width may count


def is_wide(table: Table) -> bool:
    return len(table.columns) + words.is_sourced(table.refs) > MOST_COLUMNS


def widths(table: Table, width: int) -> list[int]:
    """The columns' widths in the unit of `width`, which they fill; the sources' column last when there is one.

    By the table's own shares, but none so narrow that its longest word would break, where there is room for that.
    """
    refs = [REFS_WIDTH] if words.is_sourced(table.refs) else []
    shares = table.widths if len(table.widths) == len(table.columns) else _shares(table)
    rest = width - sum(refs)
    least = [
        min(_longest(column) * LETTER + PADDING, LONGEST)
        for column in zip(table.columns, *table.rows, strict=False)
    ]
    found = [max(rest * share // sum(shares), need) for share, need in zip(shares, least, strict=True)]
    spare = [max(across - need, 0) for across, need in zip(found, least, strict=True)]
    over = sum(found) - rest
    if over > sum(spare):
        found = [rest * share // sum(shares) for share in shares]
    elif over > 0:
        found = [across - over * free // sum(spare) for across, free in zip(found, spare, strict=True)]
    found[-1] += rest - sum(found)
    return found + refs


def _longest(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def _shares(table: Table) -> tuple[int, ...]:
    """By what the columns hold: the longest word and the usual length."""
    columns = zip(table.columns, *table.rows, strict=False)
    return tuple(_share(column) for column in columns)


def _share(texts: Sequence[str]) -> int:
    usual = sum(map(len, texts)) // max(len(texts), 1)
    return min(max(_longest(texts), usual, LEAST), MOST)


def table(block: Table, width: int, ids: dict[str, str], codes: Callable[[Sequence[str]], str]) -> str:
    """The table's markup; `codes` writes the codes of a row's sources."""
    across = widths(block, width)
    head = _openings(block, across, ids["rapport tabellhuvud"], ids["rapport tabellhuvud tal"])
    plain = _openings(block, across, ids["rapport tabelltext"], ids["rapport tabelltal"])
    names = [
        m.run(text) for text in (*block.columns, *([words.SOURCE] if words.is_sourced(block.refs) else []))
    ]
    rows = [m.row(map(_closed, head, names), is_head=True)]
    for number, cells in enumerate(block.rows):
        inner = [m.run(text) for text in cells]
        if words.is_sourced(block.refs):
            inner.append(codes(block.refs[number]))
        rows.append(m.row(map(_closed, plain, inner)))
    return m.table(ids["rapport tabell"], across, block.caption, rows)


def _openings(block: Table, across: Sequence[int], plain: str, figures: str) -> list[str]:
    """What stands before the text of each column's cells: width and style."""
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{figures if x in block.numeric else plain}"/></w:pPr>'
        for x, width in enumerate(across)
    ]


def _closed(opening: str, inner: str) -> str:
    return f"{opening}{inner}</w:p></w:tc>"
