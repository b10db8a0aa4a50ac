"""Text made fit for our typeface: what it lacks becomes a visible mark, and long words may break."""

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from ui.charts import FONT_FOLDER

LONGEST_WORD = 38  # characters, about what fits a narrow column
PIECE = re.compile(r"\[U\+[0-9A-F]{4,6}\]|\S")  # a mark stays whole
BREAK = "\u200b"  # zero-width space: a place where a line may end
FORMATTING = f"\n\u00a0\u00ad{BREAK}"
LONG = re.compile(rf"\S{{{LONGEST_WORD},}}")


def _covered(weight: str) -> frozenset[int]:
    """The code points that a weight holds. Numbers stand in for the glyphs' names, which take long to read."""
    font = TTFont(FONT_FOLDER / f"SourceSansPro-{weight}.otf")
    font.setGlyphOrder(list(map(str, range(font["maxp"].numGlyphs))))
    return frozenset(font.getBestCmap())


@cache
def _unsettable() -> re.Pattern[str]:
    """A character that one of the two weights we set in lacks."""
    glyphs = sorted(_covered("Regular") & _covered("Semibold"))
    return re.compile(f"[^{re.escape(''.join(map(chr, glyphs)) + FORMATTING)}]")


def _mark(character: re.Match[str]) -> str:
    return f"[U+{ord(character[0]):04X}]"


def printable(text: str) -> str:
    """The text with every character that cannot be set replaced by its code: 🙂 becomes [U+1F642]."""
    text = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    return LONG.sub(_breakable, _unsettable().sub(_mark, text))


def _breakable(word: re.Match[str]) -> str:
    lines = [""]
    for piece in PIECE.findall(word[0]):
        if len(lines[-1]) + len(piece) > LONGEST_WORD:
            lines.append("")
        lines[-1] += piece
    return BREAK.join(lines)
