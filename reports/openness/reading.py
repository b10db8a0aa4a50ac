"""What can be read in a file, so that masked words are found in it; and whether that is all there is to read.

Words may be broken over runs, tabs, cells and paragraphs: pieces are joined once with blanks and once without.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from ui.xml import parsed

PLAIN = (".txt", ".csv")
XML = (".xml", ".rels", ".rdf", ".svg")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
BETWEEN_CELLS = re.compile(r'[;,|"\t]+')
LARGEST = 50_000_000  # bytes that are read in one packed file
MOST_XML = (
    8_000_000  # bytes of one file that are made into trees, which take some thirty times as much memory
)
BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)


class Unreadable(Exception):
    """Something in the file cannot be read."""


def read(ending: str, data: bytes) -> tuple[str, bool]:
    """The text of a file with this ending (".docx"), and whether all of it could be read."""
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        return _packed(data)
    try:
        return _single(ending, data)
    except (Unreadable, ValueError, RecursionError, etree.LxmlError):
        return decoded(data), False


def decoded(data: bytes) -> str:
    """Text in whichever of the usual encodings it was saved."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").replace("\0", "")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _of_json(text: str) -> str:
    """Every key and value of a JSON text."""
    return _joined(_values(json.loads(text)))


def _values(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)
    else:
        yield str(node)


def _single(ending: str, data: bytes) -> tuple[str, bool]:
    text = decoded(data)
    if ending in (*XML, ".html") and len(data) > MOST_XML:
        raise Unreadable
    if ending in PLAIN:
        return f"{text}\n{BETWEEN_CELLS.sub(' ', text)}", "\0" not in text
    if ending == ".json":
        return f"{text}\n{_of_json(text)}", True
    if ending in XML:
        return f"{text}\n{_of_tree(_parsed(data))}", True
    if ending == ".html":
        parser = etree.HTMLParser(encoding="utf-8", no_network=True)
        return f"{text}\n{_of_tree(etree.fromstring(text.encode(), parser))}", True
    raise Unreadable


def _parsed(data: bytes) -> etree._Element:
    """The root of an XML document, without entities, networks, or files inside it as letters and digits."""
    root = parsed(data)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable
    if root.xpath("boolean(//*[local-name()='binaryData' or local-name()='binary-data'])"):
        raise Unreadable
    return root


def _of_tree(root: etree._Element | None) -> str:
    """Texts, attributes and comments. `//text()` passes comments by, which would part a word."""
    if root is None:
        return ""
    texts, values = root.xpath("//text()"), root.xpath("//@*")
    beside = [node.text or "" for node in root.xpath("//comment()|//processing-instruction()")]
    return "\n".join((_joined(texts), _joined(values), _joined(beside)))


def _joined(pieces: Iterable[str]) -> str:
    pieces = list(pieces)
    return f"{' '.join(pieces)}\n{''.join(pieces)}"


def _packed(data: bytes) -> tuple[str, bool]:
    """The text of every XML member; not all of it where a member is neither XML nor a picture."""
    found, is_whole, sheets = [], True, {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [info for info in package.infolist() if not info.is_dir()]
            if sum(info.file_size for info in members) > LARGEST:
                return "", False
            left = MOST_XML
            for info in members:
                text, is_read, root = _member(info.filename, package.read(info), left)
                left -= info.file_size if root is not None else 0
                found += [info.filename, text]
                is_whole = is_whole and is_read
                if root is not None and info.filename.startswith("xl/"):
                    sheets[info.filename] = root
    except BROKEN:
        return "\n".join(found), False
    return "\n".join([*found, *_rows(sheets)]), is_whole


def _member(name: str, data: bytes, most: int) -> tuple[str, bool, etree._Element | None]:
    """A member's text, whether it could be read, and its root if it is XML of at most so many bytes."""
    if name.lower().endswith(PICTURES):
        return "", True, None
    if name == "mimetype":
        return decoded(data), True, None
    if len(data) > most:
        return decoded(data), False, None
    try:
        root = _parsed(data)
    except (Unreadable, ValueError, etree.LxmlError):
        return decoded(data), False, None
    return _of_tree(root), True, root


def _rows(sheets: dict[str, etree._Element]) -> Iterator[str]:
    """The sheets of a workbook row by row: its cells only point at their texts."""
    strings = sheets.get("xl/sharedStrings.xml")
    shared = [] if strings is None else ["".join(one.itertext("{*}t")) for one in strings.iterfind("{*}si")]
    for root in sheets.values():
        cells = [_cell(cell, shared) for cell in root.iterfind("{*}sheetData/{*}row/{*}c")]
        if cells:
            yield _joined(cells)


def _cell(cell: etree._Element, shared: list[str]) -> str:
    value = "".join(cell.xpath(".//text()"))
    points = cell.get("t") == "s" and value.strip().isdecimal() and int(value) < len(shared)
    return shared[int(value)] if points else value
