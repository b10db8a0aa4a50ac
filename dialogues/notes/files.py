"""Files that people keep notes in become text: plain text in any common dress, and Word."""

import re
import unicodedata
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from dialogues.notes import word as word_notes
from program.exchange.tables import MOST_BYTES, NotATable, decoded, encoding_of, is_misread, opened_word

UNREADABLE = {
    "too_large": _("The file is larger than 10 MB. Divide it, or remove pictures."),
    "wrong_kind": _("Choose a text file (.txt) or a Word document (.docx)."),
    "broken": _(
        "The file cannot be opened. Open it in the program it was made with, save it anew and try again."
    ),
    "letters": _("The letters of the file cannot be told. Save it as UTF-8, or paste the text instead."),
}
OTHER_KINDS = (b"PK\x03\x04", b"%PDF-", b"{\\rtf")
LIGATURES = str.maketrans(dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)))
UNSEEN = re.compile(
    r"[\u200b\u200c\u200e\u200f\u2060\ufeff]|\u00ad(?!\s*$)", re.MULTILINE
)  # a line's end may cut a word


class NotNotes(Exception):
    """The file cannot be read as notes; its text says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(UNREADABLE[self.reason])


def text_of(name: str, content: bytes) -> str:
    """The lines of a file, by its ending; raises NotNotes."""
    ending = PurePath(name.lower()).suffix
    if len(content) > MOST_BYTES:
        raise NotNotes("too_large")
    if ending == ".docx":
        return in_lines("\n".join(_document(content)))
    text = decoded(content)
    if content.startswith(OTHER_KINDS) or "\0" in text:
        raise NotNotes("wrong_kind")
    if encoding_of(content) == "cp1252" and is_misread(text):
        raise NotNotes("letters")
    return in_lines(text)


def in_lines(text: str) -> str:
    """Line feeds alone between lines, as a browser will send them back; a page's end is a line's. Letters are whole, so
    that a word is the same wherever it was copied from."""
    whole = unicodedata.normalize("NFC", "\n".join(text.splitlines()).translate(LIGATURES))
    return UNSEEN.sub("", whole)


def _document(content: bytes) -> list[str]:
    try:
        return list(word_notes.lines(opened_word(content)))
    except NotATable as error:
        raise NotNotes(error.reason) from error
    except Exception as error:  # python-docx raises whatever the parts of a broken file make it
        raise NotNotes("broken") from error
