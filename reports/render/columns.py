"""How wide a table's columns are set: few lines in all, words whole, no wider than what is written needs.

Millimetres throughout. Text that fills a column of width w takes about letters / w lines, so the sum of lines over
columns is least when widths go by the square root of each column's letters; what is short then gives way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MANY = 7  # columns that the larger type holds
BODY, SMALL = 9.0, 8.0  # points
POINT = 0.353
LETTER = 0.178  # an average letter's width for each point
UPRIGHT, ACROSS = 160.0, 247.0
STEPS = (100.0, 134.0)  # widths that small tables are set to, so that their rows are easy to follow
INSET = 3.6
HEADING = 9  # letters of a heading's word that make no page lie down; the rest is hyphenated
LINE = 1.2  # a line's height for each point's
ROW = 3.2  # what a row takes beside its lines
SLACK = 1.3  # how much more a column's lines take than its letters need, since words do not fill them
WORD = 20  # letters of a word that a column holds whole; longer ones are hyphenated
LINES = (17, 14, 12, 9, 0)  # letters up to which a cell stays on one line, as many as there is room for


@dataclass(frozen=True)
class Setting:
    """A table's type size in points, its columns' widths and whether its page lies down."""

    points: float
    widths: tuple[float, ...]
    is_landscape: bool = False

    def heights(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """About how high each row becomes, rather more than less."""
        letter, line = self.points * LETTER, self.points * POINT * LINE
        fits = [max((width - INSET) / letter, 1) for width in self.widths]
        return [
            ROW + line * max(1 + SLACK * _letters(text) // fit for text, fit in zip(row, fits, strict=True))
            for row in rows
        ]


@dataclass(frozen=True)
class _Needs:
    """What a column has use for: its longest word, its longest short cell, its longest text; and how much it holds."""

    word: float
    short: float
    most: float
    weight: float


def _letters(text: str) -> float:
    """How wide a text is, in average small letters."""
    return len(text) + 0.3 * sum(map(str.isupper, text))


def _needs(texts: Sequence[str], letter: float, line: int) -> _Needs:
    """The first text is the heading, which may be broken between words; cells up to `line` letters may not."""
    sizes = [_letters(text) for text in texts]
    word = min(max((_letters(word) for text in texts for word in text.split()), default=1), WORD)
    short = max([word, *(size for size in sizes[1:] if size <= line)])
    most = max([short, *sizes])
    return _Needs(*(size * letter + INSET for size in (word, short, most)), max(sum(sizes), 1) ** 0.5)


def _unbroken(texts: Sequence[str], letter: float) -> float:
    """What the words of a column's cells take, and a good part of those in its heading."""
    heading = min(_needs(texts[:1], letter, 0).word, HEADING * letter + INSET)
    return max(heading, _needs(texts[1:], letter, 0).word)


def widths(columns: Sequence[Sequence[str]], room: float, letter: float) -> tuple[float, ...]:
    """The columns' widths within `room`; `columns` holds each column's texts with its heading first, `letter` is an
    average letter's width."""
    for line in LINES:
        needs = [_needs(texts, letter, line) for texts in columns]
        if sum(row.short for row in needs) < room:
            break
    else:
        words = sum(row.word for row in needs)
        return tuple(row.word * room / words for row in needs)
    most = sum(row.most for row in needs)
    if most <= room:
        filled = next((step for step in STEPS if most <= 0.9 * step < room), room)
        return tuple(row.most * filled / most for row in needs)
    return _shared(needs, room)


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
    crowded = len(columns) + (beside > 0) > MANY
    if (
        not crowded
        and sum(_needs(texts, BODY * LETTER, LINES[0]).short for texts in columns) + beside <= UPRIGHT
    ):
        return Setting(BODY, widths(columns, UPRIGHT - beside, BODY * LETTER))
    letter = SMALL * LETTER
    is_landscape = crowded and sum(_unbroken(texts, letter) for texts in columns) + beside > UPRIGHT
    room = (ACROSS if is_landscape else UPRIGHT) - beside
    return Setting(SMALL, widths(columns, room, letter), is_landscape)
