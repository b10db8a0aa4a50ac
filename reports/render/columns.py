"""How wide a table's columns are set: few lines in all, words whole, no wider than what is written needs.

Millimetres throughout. Text that fills a column of width w takes about letters / w lines, so the sum of lines over
columns is least when widths go by the square root of each column's letters; what is short then gives way.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

MANY = 7  # columns that the larger type holds
POINT = 0.353
LETTER = 0.188  # an average letter's width for each point
UPRIGHT, ACROSS = 160.0, 247.0
STEPS = (100.0, 134.0)  # widths that small tables are set to, so that their rows are easy to follow
HEADING = 9  # letters of a heading's word that make no page lie down; the rest is hyphenated
LINE = 1.2  # a line's height for each point's
ROW = 3.2  # what a row takes beside its lines
SLACK = 1.3  # how much more a column's lines take than its letters need, since words do not fill them
TIGHT = 0.9  # how much of a column its longest word fills when it hardly fits; letters are of average width
HIGH = 5  # lines of a row, in the mean, from which a table is set lower at the cost of divided words
DIVIDED = 12  # letters of a word that is kept whole there
STEP, STEPS_DOWN = 3.0, 12  # millimetres that go from column to column, and how many times
ENDLESS = 1000
# Letters of a word that is kept whole, and of a cell that stays on one line: as many as there is room for.
WISHES = ((20, 17), (16, 14), (14, 12), (12, 9), (20, 0))


@dataclass(frozen=True)
class Type:
    """A type size in points, and the space at each side of a cell in points."""

    points: float
    side: float

    @property
    def letter(self) -> float:
        return self.points * LETTER

    @property
    def inset(self) -> float:
        return 2 * self.side * POINT


BODY, SMALL, CROWDED = Type(9, 5), Type(8, 5), Type(8, 3)


@dataclass(frozen=True)
class Setting:
    """A table's type, its columns' widths and whether its page lies down."""

    type: Type
    widths: tuple[float, ...]
    is_landscape: bool = False

    def heights(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """About how high each row becomes, rather more than less."""
        line = self.type.points * POINT * LINE
        fits = [max((width - self.type.inset) / self.type.letter, 1) for width in self.widths]
        return [
            ROW + line * max(1 + SLACK * _letters(text) // fit for text, fit in zip(row, fits, strict=True))
            for row in rows
        ]

    def tight(self, columns: Sequence[Sequence[str]]) -> list[int]:
        """The columns of whose cells the longest word hardly fits, or does not: these are hyphenated. Headings are first."""
        needs = [_needs(texts[1:], self.type.letter, self.type.inset, (ENDLESS, 0)) for texts in columns]
        return [at for at, need in enumerate(needs) if need.word > TIGHT * self.widths[at]]


@dataclass(frozen=True)
class _Needs:
    """What a column has use for: its longest word, its longest short cell, its longest text; and how much it holds."""

    word: float
    short: float
    most: float
    weight: float


@lru_cache(maxsize=8192)
def _letters(text: str) -> float:
    """How wide a text is, in average small letters."""
    return len(text) + 0.3 * sum(map(str.isupper, text))


def _needs(texts: Sequence[str], letter: float, inset: float, wish: tuple[int, int] = WISHES[-1]) -> _Needs:
    """The first text is the heading, which may be broken between words; cells up to the wish's letters may not."""
    sizes = [_letters(text) for text in texts]
    word = min(max((_letters(word) for text in texts for word in text.split()), default=1), wish[0])
    short = max([word, *(size for size in sizes[1:] if size <= wish[1])])
    most = max([short, *sizes])
    word, short, most = (size * letter + inset for size in (word, short, most))
    return _Needs(word, short, most, max(sum(sizes), 1) ** 0.5)


def _unbroken(texts: Sequence[str], kind: Type) -> float:
    """What the words of a column's cells take, but of the longest words a good part."""
    head, cells = texts[:1], texts[1:]
    of_head = _needs(head, kind.letter, kind.inset, (HEADING, 0)).word
    return max(of_head, _needs(cells, kind.letter, kind.inset, WISHES[-2]).word)


def widths(
    columns: Sequence[Sequence[str]], room: float, letter: float = BODY.letter, inset: float = BODY.inset
) -> tuple[float, ...]:
    """The columns' widths within `room`; `columns` holds each column's texts with its heading first, `letter` is an
    average letter's width and `inset` what a cell takes beside its text."""
    wished = [[_needs(texts, letter, inset, wish) for texts in columns] for wish in WISHES]
    at = next((at for at, needs in enumerate(wished) if sum(row.short for row in needs) < room), None)
    if at is None:
        words = sum(row.word for row in wished[-1])
        return tuple(row.word * room / words for row in wished[-1])
    needs = wished[at]
    most = sum(row.most for row in needs)
    if most <= room:
        filled = next((step for step in STEPS if most <= 0.9 * step < room), room)
        return tuple(row.most * filled / most for row in needs)
    found = _shared(needs, room)
    return _lowered(columns, found, WISHES[at][1], letter, inset)


def _lowered(
    columns: Sequence[Sequence[str]], found: tuple[float, ...], short: int, letter: float, inset: float
) -> tuple[float, ...]:
    """Room goes from column to column as long as that makes the table lower: rows are high where one column holds
    much more than the others, and there words may rather be divided. Cells up to `short` letters stay on a line."""
    sizes = [[_letters(text) for text in texts[1:]] for texts in columns]

    @cache
    def lines(at: int, width: float) -> list[float]:
        fit = max((width - inset) / letter, 1)
        return [1 + size // fit for size in sizes[at]]

    def height(widths: Sequence[float]) -> float:
        rows = zip(*(lines(at, width) for at, width in enumerate(widths)), strict=True)
        whole: float = sum(max(row) for row in rows)
        return whole

    best, low = found, height(found)
    if low < HIGH * len(sizes[0]):
        return found
    least = [_needs(texts, letter, inset, (DIVIDED, short)).short for texts in columns]
    for _step in range(STEPS_DOWN):
        pairs = itertools.permutations(range(len(best)), 2)
        moved = [_moved(best, off, to) for off, to in pairs if best[off] - STEP >= least[off]]
        fewest, lowest = min(((height(widths), widths) for widths in moved), default=(low, best))
        if fewest >= low:
            break
        best, low = lowest, fewest
    return best


def _moved(widths: Sequence[float], off: int, to: int) -> tuple[float, ...]:
    return tuple(width + STEP * ((at == to) - (at == off)) for at, width in enumerate(widths))


def _shared(needs: Sequence[_Needs], room: float) -> tuple[float, ...]:
    """By how much each column holds, within what it has use for; found by halving."""
    low, high = 0.0, room
    for _step in range(30):
        scale = (low + high) / 2
        low, high = (scale, high) if sum(_clamped(needs, scale)) < room else (low, scale)
    return _clamped(needs, low)


def _clamped(needs: Sequence[_Needs], scale: float) -> tuple[float, ...]:
    return tuple(min(max(row.weight * scale, row.short), row.most) for row in needs)


def setting(columns: Sequence[Sequence[str]], beside: float = 0.0) -> Setting:
    """Larger type where up to seven columns keep dates and the like on one line, else smaller; a lying page when many
    columns cannot keep their words whole.

    `beside` is the width of a column of fixed width.
    """
    if len(columns) + (beside > 0) > MANY:
        is_landscape = sum(_unbroken(texts, CROWDED) for texts in columns) + beside > UPRIGHT
        room = (ACROSS if is_landscape else UPRIGHT) - beside
        return Setting(CROWDED, widths(columns, room, CROWDED.letter, CROWDED.inset), is_landscape)
    room = UPRIGHT - beside
    kind = (
        BODY
        if sum(_needs(texts, BODY.letter, BODY.inset, WISHES[0]).short for texts in columns) <= room
        else SMALL
    )
    return Setting(kind, widths(columns, room, kind.letter, kind.inset))
