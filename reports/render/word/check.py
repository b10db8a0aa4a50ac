"""Judges a file that somebody wants as the organisation's Word template: is it safe, and can a report go into it."""

import difflib
import itertools
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from reports.render.word import placeholders, styles
from reports.render.word.package import CONTENT_TYPES, TYPES, WORD_TYPE, Package, W, w
from ui.xml import parsed

MOST_TOLD = 20  # problems
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_XML = 8 * 1024 * 1024  # unpacked, all XML parts together: a tree takes some thirty times its text
MOST_RATIO, RATIO_FROM = 200, 1024 * 1024  # unpacked to packed, and the unpacked size from which it is asked
MOST_PARTS = 500
XML = (".xml", ".rels", ".svg")
PICTURES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".jfif",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".wdp",
    ".ico",
    ".webp",
)
FONTS = (".odttf", ".ttf", ".otf")
BEGINS_AS_XML = (b"<", b"\x4c\x6f\xa7\x94")  # the latter in EBCDIC, which the parser reads too
MAIN_TYPES = (f"{WORD_TYPE}document.main+xml", f"{WORD_TYPE}template.main+xml")
OLD_WORD = b"\xd0\xcf\x11\xe0"
MACROS = re.compile(r"vbaproject|vbadata|/activex|macrosheets|customui", re.IGNORECASE)
EMBEDDED = re.compile(
    r"/embeddings/|/webextensions/|_xmlsignatures/|\.(?:exe|dll|bat|cmd|js|vbs|ps1|hta|scr|htm|html|mht|rtf)$",
    re.IGNORECASE,
)
INSIDE_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|LINK|RD|DATABASE|IMPORT|MACROBUTTON|GOTOBUTTON|PRINT|FILLIN)\b",
    re.IGNORECASE,
)
DTD = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
HYPERLINK = re.compile(r"\bHYPERLINK\b([^\0]*)", re.IGNORECASE)
WITHIN = re.compile(  # a place in the document itself, the words beside it, how it looks: no address
    r"""\\[lots]\s*(?:"[^"\\]*"|[^\s"\\\1]+)|\\[*]\s*\w+|\\[mnh](?=\s|$)""", re.IGNORECASE
)
SVG = "http://www.w3.org/2000/svg"
OFFICE = "urn:schemas-microsoft-com:"
DRAWN = (f"{{{OFFICE}vml}}*", f"{{{OFFICE}office:office}}*")  # Word's older drawings
ADDRESSES = ("src", "href", "althref")  # of a drawing: addresses outright, past the package's relations
WITHIN_FILE = ("#", "cid:")  # a place in the document; a picture's name in the letter that it was pasted from
FETCHED = re.compile(
    r"@import|url\(\s*+[\"']?+\s*+(?!data:image/)(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE
)
ODD_NAME = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|[\x00-\x1f:]")


@dataclass(frozen=True)
class Problem:
    """Something that a template may not have: its kind, and the words that name the place."""

    kind: str
    what: str = ""


@dataclass(frozen=True)
class Findings:
    """What a file holds: what is wrong with it, the placeholders it has (name, place), the styles it lacks."""

    problems: tuple[Problem, ...]
    placeholders: tuple[tuple[str, str], ...] = ()
    lacking: tuple[str, ...] = ()


class NotATemplate(Exception):
    """The file is refused before anything in it is read further."""

    def __init__(self, kind: str, what: str = "") -> None:
        super().__init__(kind)
        self.problem = Problem(kind, what)


def check(data: bytes) -> Findings:
    """Everything that can be said of a file at once; what makes it unsafe to read on is said alone."""
    try:
        package = Package(_unpacked(data))
        problems = [*_strangers(package)]
        if not problems:
            _whole(package)
            problems = [*_unsafe(package)]
        if problems:
            return Findings(_first(dict.fromkeys(problems)))
        return _suited(package)
    except NotATemplate as refused:
        return Findings((refused.problem,))


def _first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """As many as somebody reads, and whether there are more."""
    told = tuple(itertools.islice(problems, MOST_TOLD + 1))
    return told if len(told) <= MOST_TOLD else (*told[:MOST_TOLD], Problem("more"))


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The file's parts, when it is an archive of a size that we would hold."""
    if len(data) > MOST_BYTES:
        raise NotATemplate("too_large")
    if data.startswith(OLD_WORD):
        raise NotATemplate("old_word")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            rows = [row for row in archive.infolist() if not row.is_dir()]
            _bounded(rows, len(data))
            return {row.filename: _read(archive, row) for row in rows}
    except NotATemplate:
        raise
    except Exception as error:  # zipfile and zlib raise whatever a broken archive makes them
        raise NotATemplate("not_word") from error


def _read(archive: zipfile.ZipFile, row: zipfile.ZipInfo) -> bytes:
    """A part, never more of it than the directory says."""
    with archive.open(row) as part:
        data = part.read(row.file_size + 1)
    if len(data) != row.file_size:
        raise NotATemplate("bomb")
    return data


def _bounded(rows: list[zipfile.ZipInfo], packed: int) -> None:
    """What the directory says, before anything is unpacked; `packed` is the file's own size in bytes."""
    names = [row.filename.casefold() for row in rows]
    xml = sum(row.file_size for row in rows if row.filename.lower().endswith(XML))
    if len(rows) > MOST_PARTS or sum(row.file_size for row in rows) > MOST_UNPACKED or xml > MOST_XML:
        raise NotATemplate("bomb")
    if sum(row.compress_size for row in rows) > packed or any(_is_swollen(row) for row in rows):
        raise NotATemplate("bomb")
    odd = [
        row
        for row in rows
        if row.flag_bits & 1 or row.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    ]
    if odd or len(set(names)) != len(names) or any(ODD_NAME.search(row.filename) for row in rows):
        raise NotATemplate("not_word")


def _is_swollen(row: zipfile.ZipInfo) -> bool:
    return row.file_size > RATIO_FROM and row.file_size > MOST_RATIO * row.compress_size


def _strangers(package: Package):
    """Parts that are neither XML, pictures nor fonts; told by their names and first bytes, before any is parsed."""
    if CONTENT_TYPES not in package.parts:
        raise NotATemplate("not_word")
    for name, data in package.parts.items():
        kept = name.lower()
        if MACROS.search(name):
            yield Problem("macro")
        elif EMBEDDED.search(name) or not (kept.endswith(XML) or _is_picture_or_font(kept, data)):
            yield Problem("embedded", name.rpartition("/")[2])


def _is_picture_or_font(name: str, data: bytes) -> bool:
    """By its name, and not XML under that name: the parser would read it all the same, and nobody had bounded it."""
    start = data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t")[:4]
    return name.endswith((*PICTURES, *FONTS)) and not start.startswith(BEGINS_AS_XML)


def _xml_parts(package: Package) -> list[str]:
    return [name for name in package.parts if name.lower().endswith(XML)]


def _whole(package: Package) -> None:
    """A Word document whose every XML part can be read, without definitions of its own."""
    for name in _xml_parts(package):
        data = package.parts[name]
        if DTD.search(data) or DTD.search(data.replace(b"\0", b"")):
            raise NotATemplate("dtd", name)
        try:
            if parsed(data).getroottree().docinfo.internalDTD is not None:
                raise NotATemplate("dtd", name)
        except etree.XMLSyntaxError as error:
            raise NotATemplate("broken", name) from error
    _is_word(package)


def _is_word(package: Package) -> None:
    kinds = {
        row.get("PartName", ""): row.get("ContentType", "")
        for row in package.root(CONTENT_TYPES).iter(f"{{{TYPES}}}Override")
    }
    if any("macroEnabled" in kind for kind in kinds.values()):
        raise NotATemplate("macro")
    main = package.related("", "officeDocument")
    if len(main) != 1 or main[0] not in package.parts or kinds.get(f"/{main[0]}") not in MAIN_TYPES:
        raise NotATemplate("not_word")
    root = package.root(main[0])
    if root.tag != w("document") or root.find(w("body")) is None or root.nsmap.get("w") != W:
        raise NotATemplate("strict")


def _unsafe(package: Package):
    """Whatever would be fetched from elsewhere or run."""
    for name in _xml_parts(package):
        root = package.root(name)
        if name.lower().endswith(".rels"):
            yield from _outside(root)
        yield from _in_fields(_commands(root))
        yield from _in_pictures(root, name)
        yield from _in_drawings(root)
        if next(root.iter("{*}altChunk", "{*}subDoc"), None) is not None:
            yield Problem("embedded", "altChunk")
        if next(root.iter("{*}mailMerge"), None) is not None:
            yield Problem("field", "MAILMERGE")


def _plain_target(target: str) -> str:
    """A target without blanks and signs that nobody sees, which Word passes over and a comparison would not."""
    return "".join(sign for sign in target if sign.isprintable() and not sign.isspace())


def _outside(relations: etree._Element):
    for row in relations.iter("{*}Relationship"):
        kind, target = row.get("Type", "").strip().rpartition("/")[2], _plain_target(row.get("Target", ""))
        if row.get("TargetMode", "").strip().casefold() == "external" or OUTSIDE.match(target):
            yield Problem("attached" if kind == "attachedTemplate" else "outside", target[:120])
        elif kind in ("aFChunk", "oleObject", "control", "vbaProject"):
            yield Problem("embedded", kind)


def _commands(root: etree._Element) -> str:
    """The codes of all fields below a root. A code may be cut into pieces anywhere; \\1 is where a field begins, \\0
    where its code or the field ends. Neither can stand in XML."""
    found = []
    for node in root.iter("{*}instrText", "{*}delInstrText", "{*}fldChar", "{*}fldSimple"):
        said = {etree.QName(key).localname: value for key, value in node.attrib.items()}
        kind = etree.QName(node).localname
        if kind == "fldChar":
            found.append("\1" if said.get("fldCharType") == "begin" else "\0")
        else:
            found.append(f"\1{said.get('instr', '')}\0" if kind == "fldSimple" else "".join(node.itertext()))
    return "".join(found)


def _in_fields(commands: str):
    """Fields that fetch or run something, and links that lead out of the document."""
    yield from (Problem("field", word.upper()) for word in dict.fromkeys(INSIDE_FIELDS.findall(commands)))
    for link in HYPERLINK.finditer(commands):
        address = WITHIN.sub(" ", link[1]).strip()
        if address:
            yield Problem("outside", _plain_target(address).strip('"')[:120] or "HYPERLINK")


def _in_drawings(root: etree._Element):
    """Pictures, fills and links of older drawings that lie outside the file."""
    for node in root.iter(*DRAWN):
        for key, value in node.attrib.items():
            target = _plain_target(value)
            if (
                etree.QName(key).localname.lower() in ADDRESSES
                and target
                and not target.startswith(WITHIN_FILE)
            ):
                yield Problem("outside", target[:120])


def _in_pictures(root: etree._Element, name: str):
    """Scripts in vector pictures, and what such a picture would fetch."""
    if next(root.iter("{*}script", "{*}foreignObject"), None) is not None:
        yield Problem("embedded", name.rpartition("/")[2])
    for node in root.iter(f"{{{SVG}}}*"):
        for key, value in node.attrib.items():
            attribute, target = etree.QName(key).localname.lower(), _plain_target(value)
            if attribute.startswith("on"):
                yield Problem("embedded", name.rpartition("/")[2])
            leads_out = attribute == "href" and OUTSIDE.match(target) and not target.startswith("data:image/")
            if leads_out or FETCHED.search(target):
                yield Problem("outside", target[:120])
    for style in root.iter(f"{{{SVG}}}style"):
        if found := FETCHED.search("".join(style.itertext())):
            yield Problem("outside", found[0][:120])


def _suited(package: Package) -> Findings:
    """Whether the report can go into it, which names it has, and what it lacks."""
    found = placeholders.found(package)
    rows = dict.fromkeys((row.key, row.written) for row in found if row.key not in placeholders.KNOWN)
    unknown = (Problem("unknown", _with_guess(*row)) for row in rows)
    problems = [*_first(unknown)]
    bodies = [row for row in found if row.key == placeholders.plain(placeholders.BODY)]
    if not bodies:
        problems.append(Problem("no_body"))
    elif len(bodies) > 1:
        problems.append(Problem("two_bodies"))
    elif bodies[0].place != "body":
        problems.append(Problem("body_elsewhere"))
    elif not _is_alone(package):
        problems.append(Problem("body_not_alone"))
    names = tuple(
        dict.fromkeys(
            (placeholders.KNOWN[row.key], row.place) for row in found if row.key in placeholders.KNOWN
        )
    )
    return Findings(tuple(problems), names, tuple(styles.lacking(package)))


def _with_guess(key: str, written: str) -> str:
    """An unknown placeholder, and the one that may have been meant."""
    near = difflib.get_close_matches(key, placeholders.KNOWN, 1)
    return f"{written} (→ {{{{{placeholders.KNOWN[near[0]]}}}}})" if near else written


def _is_alone(package: Package) -> bool:
    place = placeholders.body_paragraph(package.root(package.main))
    return (
        place is not None
        and placeholders.PLACEHOLDER.sub("", placeholders.joined(placeholders.texts_of(place))).strip() == ""
    )
