"""Text made fit for our typeface: what it lacks becomes a visible mark, and long words may break."""

import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from ui.charts import FONT_FOLDER

LONGEST_WORD = 38  # characters, about what fits a narrow column
PIECE = re.compile(r"\[U\+[0-9A-F]{4,6}\]|\S")  # a mark stays whole
BREAK = "\u200b"  # zero-width space: a place where a line may end
FORMATTING = {"\n", "\u00a0", "\u00ad", BREAK}


@cache
def _glyphs() -> frozenset[int]:
    """Code points that both weights we set in hold."""
    fonts = (TTFont(FONT_FOLDER / f"SourceSansPro-{weight}.otf") for weight in ("Regular", "Semibold"))
    return frozenset.intersection(*(frozenset(font.getBestCmap()) for font in fonts))


def _mark(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def printable(text: str) -> str:
    """The text with every character that cannot be set replaced by its code: 🙂 becomes [U+1F642]."""
    text = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    glyphs = _glyphs()
    marked = "".join(
        character if ord(character) in glyphs or character in FORMATTING else _mark(character)
        for character in text
    )
    return re.sub(rf"\S{{{LONGEST_WORD},}}", _breakable, marked)


def _breakable(word: re.Match[str]) -> str:
    lines = [""]
    for piece in PIECE.findall(word[0]):
        if len(lines[-1]) + len(piece) > LONGEST_WORD:
            lines.append("")
        lines[-1] += piece
    return BREAK.join(lines)
