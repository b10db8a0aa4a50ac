"""Names in double braces in a template: found and filled in, wherever they stand, also when Word has split them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from reports.content import Content, Edition
from reports.periods import in_words
from reports.render import words
from reports.render.word.package import Package, w

BODY = "innehåll"
NAMES = (
    "organisation", "kommun", "avsändare", "nämnd", "program", "titel", "diarienummer", "period", "stoppdatum",
    "sammanträde", "version", "märkning",
)  # fmt: skip
PLACEHOLDER = re.compile(r"\{\{([^{}]{0,80})\}\}")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TEXT_BOX = w("txbxContent")
PLACES = {"hdr": "header", "ftr": "footer", "footnotes": "notes", "endnotes": "notes"}


@dataclass(frozen=True)
class Found:
    """A placeholder as it stands in a template: its plain name, its spelling, where (body, table, box, header …)."""

    key: str
    written: str
    place: str


def plain(name: str) -> str:
    """A name as we compare it: without marks above letters, case and blanks around."""
    kept = unicodedata.normalize("NFD", name.strip().casefold())
    return "".join(letter for letter in kept if not unicodedata.combining(letter))


KNOWN = {plain(name): name for name in (*NAMES, BODY)}


def values(content: Content, *, draft: bool, edition: Edition | None) -> dict[str, str]:
    """What each placeholder but the body's becomes, by plain name."""
    return {
        "organisation": content.organisation,
        "kommun": content.parent,
        "avsandare": " · ".join(part for part in (content.parent, content.organisation) if part),
        "namnd": content.committee,
        "program": content.program,
        "titel": content.title,
        "diarienummer": ", ".join(content.case_numbers),
        "period": in_words(content.period),
        "stoppdatum": content.cut_off,
        "sammantrade": content.meets_on,
        "version": words.edition_words(edition),
        "markning": " · ".join(words.marks(content, draft=draft, edition=None)),
    }


def texts_of(paragraph: etree._Element) -> list[etree._Element]:
    """The text nodes of a paragraph's own, not those of a text box inside it."""
    nodes = paragraph.iter(w("t"))
    return [node for node in nodes if next(node.iterancestors(w("p")), None) is paragraph]


def joined(nodes: list[etree._Element]) -> str:
    return "".join(node.text or "" for node in nodes)


def pages_parts(package: Package) -> list[str]:
    """The parts that hold text of the pages: the document, headers, footers and notes."""
    kinds = ("header", "footer", "footnotes", "endnotes")
    found = [part for kind in kinds for part in package.related(package.main, kind)]
    return [package.main, *sorted({part for part in found if part in package.parts})]


def found(package: Package) -> list[Found]:
    """Every placeholder of a template, in order. A text box stands twice in the file, and is told once."""
    rows = [row for part in pages_parts(package) for row in in_root(package.root(part))]
    boxes = dict.fromkeys(row for row in rows if row.place == "box")
    return [*(row for row in rows if row.place != "box"), *boxes]


def in_root(root: etree._Element) -> Iterator[Found]:
    """The placeholders below a root, in order."""
    for paragraph in root.iter(w("p")):
        for match in PLACEHOLDER.finditer(joined(texts_of(paragraph))):
            yield Found(plain(match[1]), match[0], place_of(paragraph, root))


def place_of(paragraph: etree._Element, root: etree._Element) -> str:
    """body for a paragraph of the document itself; else table, box, header, footer, notes or nested."""
    above = {node.tag for node in paragraph.iterancestors()}
    if TEXT_BOX in above:
        return "box"
    kind = PLACES.get(etree.QName(root).localname)
    if kind:
        return kind
    if paragraph.getparent().tag == w("body"):
        return "body"
    return "table" if w("tc") in above else "nested"


def fill(root: etree._Element, said: Mapping[str, str]) -> bool:
    """Fill in the placeholders below a root; whether there were any. What has no value stands as it is."""
    changed = False
    for paragraph in root.iter(w("p")):
        nodes = texts_of(paragraph)
        matches = [match for match in PLACEHOLDER.finditer(joined(nodes)) if plain(match[1]) in said]
        for match in reversed(matches):
            _replace(nodes, match.start(), match.end(), said[plain(match[1])])
            changed = True
    return changed


def _replace(nodes: list[etree._Element], start: int, end: int, text: str) -> None:
    """Put a text in place of the characters from start to end of the nodes' joined text."""
    at, is_put = 0, False
    for node in nodes:
        old = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(old))
        at += len(old)
        if first >= last:
            continue
        node.text = old[:first] + ("" if is_put else text) + old[last:]
        node.set(XML_SPACE, "preserve")
        is_put = True


def body_paragraph(root: etree._Element) -> etree._Element | None:
    """The paragraph that the document takes the place of."""
    for paragraph in root.iterfind(f"{w('body')}/{w('p')}"):
        if any(plain(match[1]) == plain(BODY) for match in PLACEHOLDER.finditer(joined(texts_of(paragraph)))):
            return paragraph
    return None
