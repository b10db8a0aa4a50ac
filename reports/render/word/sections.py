"""Word's sections: where a page begins, and which pages lie on their side for wide tables."""

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reports.render.word.package import w

A4 = (11906, 16838)  # twentieths of a point
MARGIN = 1417
FALLBACK = {"left": MARGIN, "right": MARGIN, "gutter": 0}


@dataclass(frozen=True)
class Chunk:
    """A part of the document on pages of its own; `is_wide` pages lie on their side."""

    markup: str
    is_wide: bool = False


def _number(node: etree._Element | None, name: str, otherwise: int) -> int:
    text = "" if node is None else node.get(w(name), "")
    return int(text) if text.lstrip("-").isdigit() else otherwise


def _page(section: etree._Element) -> tuple[int, int]:
    size = section.find(w("pgSz"))
    return _number(size, "w", A4[0]), _number(size, "h", A4[1])


def text_width(section: etree._Element, *, is_wide: bool = False) -> int:
    """How wide text is set in a section, in twentieths of a point; on its side when `is_wide`."""
    margins = section.find(w("pgMar"))
    taken = sum(_number(margins, name, otherwise) for name, otherwise in FALLBACK.items())
    page = _page(section)
    return max((max(page) if is_wide else page[0]) - taken, 2000)


def section_of(paragraph: etree._Element) -> etree._Element:
    """The properties of the section that a paragraph of the body stands in."""
    for node in (paragraph, *paragraph.itersiblings()):
        found = node if node.tag == w("sectPr") else node.find(f"{w('pPr')}/{w('sectPr')}")
        if found is not None:
            return found
    return etree.SubElement(paragraph.getparent(), w("sectPr"))


def joined(chunks: list[Chunk], section: etree._Element, style: str) -> str:
    """The chunks' markup, each but the last closed by its section; the last takes `section`, which is changed.

    `style` is that of the paragraph that Word wants at the end of a section.
    """
    original = deepcopy(section)
    closed = [
        f'{chunk.markup}<w:p><w:pPr><w:pStyle w:val="{style}"/>{_markup(original, chunk, number)}</w:pPr></w:p>'
        for number, chunk in enumerate(chunks[:-1])
    ]
    _turn(section, chunks[-1], len(chunks) - 1)
    return "".join(closed) + chunks[-1].markup


def _markup(original: etree._Element, chunk: Chunk, number: int) -> str:
    section = deepcopy(original)
    _turn(section, chunk, number)
    section.tail = None
    return etree.tostring(section, encoding="unicode")


def _turn(section: etree._Element, chunk: Chunk, number: int) -> None:
    """Make a section the chunk's: only the first has a title page and begins its numbering anew."""
    if number:
        for name in ("type", "titlePg"):
            for node in section.findall(w(name)):
                section.remove(node)
        numbers = section.find(w("pgNumType"))
        if numbers is not None:
            numbers.attrib.pop(w("start"), None)
    width, height = _page(section)
    if chunk.is_wide and width < height:
        size = section.find(w("pgSz"))
        if size is None:
            size = etree.Element(w("pgSz"))
            section.insert(
                len(section.findall(w("headerReference")) + section.findall(w("footerReference"))), size
            )
        size.set(w("w"), str(height))
        size.set(w("h"), str(width))
        size.set(w("orient"), "landscape")
