"""Files that people keep notes in become text: plain text in any common dress, and Word."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

import docx
from django.utils.translation import gettext_lazy as _
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from program.exchange.tables import MOST_BYTES, NotATable, WordLists, check_word, decoded

UNREADABLE = {
    "too_large": _("The file is larger than 10 MB. Divide it, or remove pictures."),
    "wrong_kind": _("Choose a text file (.txt) or a Word document (.docx)."),
    "broken": _(
        "The file cannot be opened. Open it in the program it was made with, save it anew and try again."
    ),
}
OTHER_KINDS = (b"PK\x03\x04", b"%PDF-", b"{\\rtf")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
RUN, WORDS, PARAGRAPH, MOVED_AWAY = (qn(f"w:{name}") for name in ("r", "t", "p", "moveFrom"))
BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}


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
        return "\n".join(_document(content))
    text = decoded(content)
    if content.startswith(OTHER_KINDS) or "\0" in text:
        raise NotNotes("wrong_kind")
    return in_lines(text)


def in_lines(text: str) -> str:
    """Line feeds alone between lines, as a browser will send them back; a page's end is a line's."""
    return "\n".join(text.splitlines())


def _document(content: bytes) -> list[str]:
    try:
        check_word(content)
        document = docx.Document(BytesIO(content))
        return list(_lines(document))
    except NotATable as error:
        raise NotNotes(error.reason) from error
    except Exception as error:  # python-docx raises whatever the parts of a broken file make it
        raise NotNotes("broken") from error


def _lines(document) -> Iterator[str]:
    """Every paragraph, those in tables, text boxes and tracked changes as well, with the bullet that Word draws."""
    lists = WordLists(document)
    for node in document.element.body.iter(PARAGRAPH):
        if next(node.iterancestors(FALLBACK), None) is not None:
            continue  # a text box stands twice in the file
        paragraph = _Whole(node, document._body)
        line = lists.numbered(paragraph)
        if line.startswith("- ") and not paragraph.text.startswith("- ") and lists.depth(paragraph):
            line = f"o {line[2:]}"
        yield from line.splitlines() or [""]


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
