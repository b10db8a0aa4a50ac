"""Judges a file that somebody wants as the organisation's Word template: is it safe, and can a report go into it."""

import difflib
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from reports.render.word import placeholders, styles
from reports.render.word.package import CONTENT_TYPES, RELATIONS, TYPES, WORD_TYPE, Package, W, parsed, w

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 500
MAIN_TYPES = (f"{WORD_TYPE}document.main+xml", f"{WORD_TYPE}template.main+xml")
OLD_WORD = b"\xd0\xcf\x11\xe0"
MACROS = re.compile(r"vbaproject|vbadata|/activex|macrosheets|customui", re.IGNORECASE)
EMBEDDED = re.compile(
    r"/embeddings/|_xmlsignatures/|\.(?:exe|dll|bat|cmd|js|vbs|ps1|hta|scr|htm|html|mht|rtf)$", re.IGNORECASE
)
INSIDE_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|LINK|RD|DATABASE|IMPORT|MACROBUTTON|GOTOBUTTON)\b",
    re.IGNORECASE,
)
DTD = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
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
        _whole(package)
        problems = [*_unsafe(package)]
        if problems:
            return Findings(tuple(problems))
        return _suited(package)
    except NotATemplate as refused:
        return Findings((refused.problem,))


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The file's parts, when it is an archive of a size that we would hold."""
    if len(data) > MOST_BYTES:
        raise NotATemplate("too_large")
    if data.startswith(OLD_WORD):
        raise NotATemplate("old_word")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            rows = [row for row in archive.infolist() if not row.is_dir()]
            _bounded(rows)
            return {row.filename: archive.read(row) for row in rows}
    except NotATemplate:
        raise
    except Exception as error:  # zipfile and zlib raise whatever a broken archive makes them
        raise NotATemplate("not_word") from error


def _bounded(rows: list[zipfile.ZipInfo]) -> None:
    names = [row.filename.casefold() for row in rows]
    if len(rows) > MOST_PARTS or sum(row.file_size for row in rows) > MOST_UNPACKED:
        raise NotATemplate("bomb")
    odd = [
        row
        for row in rows
        if row.flag_bits & 1 or row.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    ]
    if odd or len(set(names)) != len(names) or any(ODD_NAME.search(row.filename) for row in rows):
        raise NotATemplate("not_word")


def _whole(package: Package) -> None:
    """A Word document whose every XML part can be read, without definitions of its own."""
    if CONTENT_TYPES not in package.parts:
        raise NotATemplate("not_word")
    for name, data in package.parts.items():
        if not name.lower().endswith((".xml", ".rels")) and not data.lstrip(
            b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"
        ).startswith(b"<"):
            continue
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
    """Macros, things put inside, and whatever would be fetched from elsewhere."""
    for name in package.parts:
        if MACROS.search(name):
            yield Problem("macro")
        elif EMBEDDED.search(name):
            yield Problem("embedded", name.rpartition("/")[2])
    for name in package.parts:
        if name.endswith(".rels"):
            yield from _outside(package.root(name))
    for part in placeholders.pages_parts(package):
        root = package.root(part)
        commands = " ".join("".join(node.itertext()) for node in root.iter(w("instrText")))
        commands += " ".join(node.get(w("instr"), "") for node in root.iter(w("fldSimple")))
        yield from (Problem("field", word.upper()) for word in dict.fromkeys(INSIDE_FIELDS.findall(commands)))
        if next(root.iter(w("altChunk"), w("subDoc")), None) is not None:
            yield Problem("embedded", "altChunk")


def _outside(relations: etree._Element):
    for row in relations.iter(f"{{{RELATIONS}}}Relationship"):
        kind, target = row.get("Type", "").rpartition("/")[2], row.get("Target", "")
        if row.get("TargetMode", "").casefold() == "external" or re.match(
            r"[a-z][a-z0-9+.-]*:|//|\\\\", target, re.IGNORECASE
        ):
            yield Problem("attached" if kind == "attachedTemplate" else "outside", target[:120])
        elif kind in ("aFChunk", "oleObject", "control", "vbaProject"):
            yield Problem("embedded", kind)


def _suited(package: Package) -> Findings:
    """Whether the report can go into it, which names it has, and what it lacks."""
    found = placeholders.found(package)
    problems = []
    for row in dict.fromkeys((row.key, row.written) for row in found):
        if row[0] not in placeholders.KNOWN:
            problems.append(Problem("unknown", _with_guess(*row)))
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
