"""A Word file as named parts; written with fixed dates in a fixed order, so that equal parts are equal bytes."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from ui.xml import parsed

BASE = Path(__file__).with_name("base")
FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file holds
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
KINDS = {"core-properties": f"{RELATIONS}/metadata/core-properties"}
NAMES = {"w": W, "r": R, "p": RELATIONS, "t": TYPES}


def w(name: str) -> str:
    """A WordprocessingML name as lxml spells it."""
    return f"{{{W}}}{name}"


def serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def relations_of(part: str) -> str:
    """The part with another part's relations: word/document.xml has word/_rels/document.xml.rels."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@dataclass
class Package:
    """The parts of a Word file by name."""

    parts: dict[str, bytes]

    @classmethod
    def read(cls, data: bytes) -> "Package":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls({row.filename: archive.read(row) for row in archive.infolist() if not row.is_dir()})

    @property
    def main(self) -> str:
        """The part that holds the document itself."""
        return self.related("", "officeDocument")[0]

    def root(self, part: str) -> etree._Element:
        return parsed(self.parts[part])

    def put(self, part: str, root: etree._Element) -> None:
        self.parts[part] = serialised(root)

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part points at with relations of a kind (styles, header …); '' is the package."""
        name = relations_of(part)
        if name not in self.parts:
            return []
        rows = self.root(name).findall(f"{{{RELATIONS}}}Relationship")
        return [
            posixpath.normpath(posixpath.join("/", posixpath.dirname(part), row.get("Target"))).lstrip("/")
            for row in rows
            if row.get("Type", "").endswith(f"/{kind}") and row.get("TargetMode") != "External"
        ]

    def relate(self, part: str, targets: dict[str, tuple[str, str]]) -> None:
        """Give a part more relations: {id: (kind, target)}; '' is the package itself."""
        name = relations_of(part)
        root = self.root(name) if name in self.parts else etree.Element(f"{{{RELATIONS}}}Relationships")
        for key, (kind, target) in targets.items():
            etree.SubElement(
                root,
                f"{{{RELATIONS}}}Relationship",
                Id=key,
                Type=KINDS.get(kind, f"{R}/{kind}"),
                Target=target,
            )
        self.put(name, root)

    def name_type(self, *, part: str = "", ending: str = "", kind: str) -> None:
        """Say what kind of content a part is, or all parts with an ending that nobody has spoken for."""
        root = self.root(CONTENT_TYPES)
        if ending:
            known = {row.get("Extension", "").lower() for row in root.findall(f"{{{TYPES}}}Default")}
            if ending not in known:
                root.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=ending, ContentType=kind))
        else:
            for row in root.findall(f"{{{TYPES}}}Override"):
                if row.get("PartName") == f"/{part}":
                    root.remove(row)
            etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
        self.put(CONTENT_TYPES, root)

    def as_document(self) -> None:
        """A template (.dotx) becomes a document: its main part says so."""
        self.parts[CONTENT_TYPES] = self.parts[CONTENT_TYPES].replace(
            f"{WORD_TYPE}template.main+xml".encode(), f"{WORD_TYPE}document.main+xml".encode()
        )

    def written(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.parts, key=lambda part: (part != CONTENT_TYPES, part)):
                how = zipfile.ZIP_STORED if name.endswith((".png", ".jpg", ".jpeg")) else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(name, FIXED), self.parts[name], how)
        return out.getvalue()


@cache
def _built_in() -> dict[str, bytes]:
    files = (path for path in sorted(BASE.rglob("*")) if path.is_file())
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in files}


def built_in() -> Package:
    """The template that we deliver."""
    return Package(dict(_built_in()))
