"""A table of the content as Word's: widths of columns, header row, figures to the right, sources last.

Widths are in twentieths of a point.
"""

from collections.abc import Callable, Sequence

from reports.content import Table, written
from reports.render import words
from reports.render.word import markup as m

MANY = 7  # columns that a page standing up holds
LETTER, PADDING = (
    106,
    150,
)  # a letter in nine points, a cell's space; rather wide, for where the typeface is lacking
BOLD = 1.15  # how much wider the letters of a heading are
# Letters of a word that is kept whole, and of a cell that stays on one line: as many as there is room for.
WISHES = ((20, 18), (16, 14), (14, 12), (12, 9), (20, 0))
FILLED = 0.65  # how much of the page a small table takes
REFS_LEAST, REFS_MOST = 820, 1150


def _room(letters: float) -> int:
    return int(letters * LETTER) + PADDING


def _least(texts: Sequence[str], wish: tuple[int, int]) -> int:
    """What a column, its heading first, takes at least for its words and short cells to stay whole."""
    head = max((len(word) for word in texts[0].split()), default=1) * BOLD
    word = min(max([head, *(len(word) for text in texts[1:] for word in text.split())]), wish[0])
    return _room(max([word, *(len(text) for text in texts[1:] if len(text) <= wish[1])]))


def _most(texts: Sequence[str]) -> int:
    """What a column has use for at most: its longest text on one line."""
    return _room(max(len(texts[0]) * BOLD, *map(len, texts)))


def _columns(table: Table) -> list[tuple[str, ...]]:
    return list(zip(table.columns, *table.rows, strict=False))


def is_wide(table: Table, width: int) -> bool:
    """Whether its page lies down: many columns that cannot keep their words whole in `width`."""
    if len(table.columns) <= MANY:
        return False
    return sum(_least(texts, WISHES[-2]) for texts in _columns(table)) > width - _refs_width(table)


def widths(table: Table, width: int) -> list[int]:
    """The columns' widths, `width` in all or less for a small table; the sources' column last when there is one."""
    refs, columns = _refs_width(table), _columns(table)
    room, most = width - refs, [_most(texts) for texts in columns]
    if sum(most) <= room:
        filled = min(max(sum(most) * 1.1, room * FILLED), room)
        found = [across * filled / sum(most) for across in most]
    else:
        found = _shared(columns, most, room)
    return [int(across) for across in found] + ([refs] if refs else [])


def _shared(columns: Sequence[Sequence[str]], most: Sequence[int], room: int) -> list[float]:
    """By how much each column holds, but no less than its words and short cells, as far as there is room."""
    for wish in WISHES:
        least = [_least(texts, wish) for texts in columns]
        if sum(least) < room:
            weights = [sum(map(len, texts)) ** 0.5 for texts in columns]
            return _between(weights, least, most, room)
    return [across * room / sum(least) for across in least]


def _between(weights: Sequence[float], least: Sequence[int], most: Sequence[int], room: int) -> list[float]:
    """Text in a column of width w takes about letters / w lines: fewest in all when widths go by the root of each
    column's letters, within what it has use for; the scale is found by halving."""

    def at(scale: float) -> list[float]:
        rows = zip(weights, least, most, strict=True)
        return [min(max(weight * scale, few), max(few, many)) for weight, few, many in rows]

    low, high = 0.0, float(room)
    for _step in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) < room else (low, middle)
    return at(low)


def _refs_width(table: Table) -> int:
    """Room for one code, or for several on a line where a row has them; 0 without sources."""
    if not words.is_sourced(table.refs):
        return 0
    most = max(sum(len(before + code) for before, code in written(codes)) for codes in table.refs)
    return min(max(most * LETTER + 2 * PADDING, REFS_LEAST), REFS_MOST)


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
