"""Paragraphs, runs, links, lists, tables and pictures as WordprocessingML. Styles alone say how things look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from ui.characters import CONTROL

EMU_PER_TWIP = 635
TALLEST = 11600  # twentieths of a point: what a chart may take of an A4 page
DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True)
class Picture:
    """A drawn chart: its relation in the document, its bytes (PNG)."""

    relation: str
    data: bytes


def words(text: str) -> str:
    """A run's text: what no reader sees is marked, line breaks and tabs are Word's own."""
    safe = escape(CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
    kept = f'<w:t xml:space="preserve">{safe}</w:t>'
    if "\n" in safe:
        kept = kept.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return kept.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">') if "\t" in safe else kept


def quoted(text: str) -> str:
    """A text as it may stand between the quotes of an attribute."""
    return escape(CONTROL.sub("\ufffd", text), {'"': "&quot;", "\n": "&#10;", "\t": " "})


def run(text: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{look}{words(text)}</w:r>"


def link(anchor: str, inner: str) -> str:
    """A link to a bookmark in the same document."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{inner}</w:hyperlink>'


def bookmark(number: int, name: str, inner: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def field(code: str, begin: str = "", end: str = "") -> tuple[str, str]:
    """What opens and what closes a field, whose shown result stands between."""
    kind = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    command = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return begin + kind("begin") + command + kind("separate"), kind("end") + end


def row(cells: Iterable[str], *, is_head: bool = False) -> str:
    """A table's row, which stays whole on one page; a header row comes again on every page."""
    repeated = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(style: str, widths: Sequence[int], caption: str, rows: Iterable[str]) -> str:
    """A table of fixed column widths (twentieths of a point), named for those who hear it read."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="{quoted(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(number: int, relation: str, alt: str, size: tuple[int, int], width: int) -> str:
    """A run with a picture `width` wide (twentieths of a point), `size` being its pixels; less when too tall."""
    across, down = size
    width = min(width, TALLEST * across // down)
    cx = width * EMU_PER_TWIP
    cy = cx * down // across
    name = f'id="{1000 + number}" name="Diagram {number}" descr="{quoted(alt)}"'
    return (
        f'<w:r><w:drawing {DRAWING}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr {name}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def pixels(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture, from its header."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
