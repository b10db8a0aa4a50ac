"""The report as Word: python-docx keeps the package, its body is written as markup of our own in one go.

Real heading styles, header rows that repeat, alt texts, the document's language; no direct formatting but the
column widths. The package is written with fixed dates: the same content gives the same bytes.
"""

import datetime as dt
import io
import json
import zipfile
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from reports.content import Bullets, Chart, Content, Sentence, Table, paragraphs
from ui.charts import FONT, png
from ui.fields import CONTROL

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file holds
PAGE, MARGIN = (Mm(210), Mm(297)), Mm(25)
TEXT_WIDTH = 9070  # twentieths of a point: 160 mm
EMU_PER_MM = 36000
HEADINGS = {"Title": (18, 0, 6), "Heading 1": (14, 16, 6), "Heading 2": (12, 12, 4)}
INK, MUTED = RGBColor(0x16, 0x24, 0x2C), RGBColor(0x4D, 0x5D, 0x68)


def _text(text: str) -> str:
    return escape(CONTROL.sub("\ufffd", text))


def _paragraph(text: str, style: str = "BodyText") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{_text(text)}</w:t></w:r></w:p>'
    )


def _cell(text: str, width: int, style: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, style)}</w:tc>'


def _table(table: Table) -> str:
    shares = table.widths if len(table.widths) == len(table.columns) else (1,) * len(table.columns)
    widths = [TEXT_WIDTH * share // sum(shares) for share in shares]

    def row(cells, head: bool) -> str:
        inner = "".join(
            _cell(text, widths[x], ("TableHeadNumber" if head else "TableNumber") if x in table.numeric
                  else ("TableHead" if head else "TableText"))
            for x, text in enumerate(cells)
        )  # fmt: skip
        properties = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        _paragraph(table.caption, "Caption") + '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(CONTROL.sub('', table.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{row(table.columns, True)}"
        + "".join(row(cells, False) for cells in table.rows)
        + "</w:tbl>"
        + (_paragraph(table.note, "Note") if table.note else _paragraph("", "Note"))
    )


def _block(block, pictures: list[Chart]) -> str:
    if isinstance(block, Sentence):
        return _paragraph(block.text, "Finding")
    if isinstance(block, Bullets):
        return "".join(_paragraph(item, "ListBullet") for item in block.items)
    if isinstance(block, Table):
        return _table(block)
    pictures.append(block)
    return _paragraph(block.caption, "Caption") + _paragraph("", "Figure")


def _section(section, pictures: list[Chart]) -> str:
    return (
        _paragraph(section.heading, "Heading1")
        + "".join(_paragraph(part) for part in paragraphs(section.narrative))
        + "".join(_block(block, pictures) for block in section.blocks)
    )


def _letter(content: Content, pictures: list[Chart]) -> str:
    return (
        _paragraph(content.title, "Title")
        + _paragraph(
            f"Tjänsteskrivelse till {content.committee}, sammanträdet {content.meets_on}", "Subtitle"
        )
        + "".join(_section(section, pictures) for section in content.letter.sections)
        + _paragraph("Beslutsunderlag", "Heading1")
        + "".join(_paragraph(text, "ListBullet") for text in content.letter.documents)
    )


def _report(content: Content, pictures: list[Chart]) -> str:
    as_of = f"Uppgifterna är som de stod {content.cut_off}"
    if content.previous_cut_off:
        as_of += f"; förra rapporten gällde till och med {content.previous_cut_off}"
    return (
        _paragraph(content.title, "Title")
        + (_paragraph(content.program, "Subtitle") if content.program != content.title else "")
        + _paragraph(as_of + ".")
        + (_paragraph(f"Programmets mål: {content.goal}") if content.goal else "")
        + "".join(_section(section, pictures) for section in content.sections)
    )


def _font(style, size: float, *, weight: bool = False, colour=INK) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), weight, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _spaced(style, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _add(document, name: str, base: str, size: float, after: float, **font):
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    _font(style, size, **font)
    _spaced(style, 0, after)
    return style


def _styles(document) -> None:
    normal = document.styles["Normal"]
    _font(normal, 10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    normal.element.get_or_add_rPr().append(language)
    for name, (size, before, after) in HEADINGS.items():
        style = document.styles[name]
        _font(style, size, weight=True)
        _spaced(style, before, after)
        borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
        if borders is not None:
            style.element.pPr.remove(borders)
    _font(document.styles["Subtitle"], 10.5, colour=MUTED)
    spread = document.styles["Subtitle"].element.rPr.find(qn("w:spacing"))
    if spread is not None:
        document.styles["Subtitle"].element.rPr.remove(spread)
    _font(document.styles["Body Text"], 10.5)
    _spaced(document.styles["Body Text"], 0, 7)
    document.styles["Body Text"].paragraph_format.line_spacing = 1.25
    _font(document.styles["List Bullet"], 10.5)
    _font(document.styles["Caption"], 10.5, weight=True)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    _spaced(document.styles["Caption"], 10, 4)
    _add(document, "Finding", "Normal", 10.5, 7, weight=True)
    _add(document, "Note", "Normal", 9, 6, colour=MUTED)
    _add(document, "Figure", "Normal", 10.5, 6)
    for name, bold in (("TableText", False), ("TableHead", True)):
        style = _add(document, name, "Normal", 9, 2, weight=bold)
        style.paragraph_format.space_before = Pt(2)
        number = _add(document, name.replace("Text", "") + "Number", "Normal", 9, 2, weight=bold)
        number.base_style = style
        number.paragraph_format.alignment = 2
    document.styles.element.append(parse_xml(TABLE_STYLE))


TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
<w:name w:val="Report Table"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:color="D9E1E5"/><w:insideH w:val="single" w:sz="4" w:color="D9E1E5"/>
</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="16242C"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _heads(document, content: Content, draft: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    who = " · ".join(
        part for part in (content.parent, content.organisation, ", ".join(content.case_numbers)) if part
    )
    marks = " · ".join(
        word for word, wanted in (("Utkast", draft), ("Exempeldata", content.is_example)) if wanted
    )
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.style = foot.style = document.styles["Note"]
    head.text = CONTROL.sub("", f"{who}\t{content.cut_off}")
    foot.text = f"{marks}\t"
    for xml in (
        _field("PAGE"),
        '<w:r><w:t xml:space="preserve"> (</w:t></w:r>',
        _field("NUMPAGES"),
        "<w:r><w:t>)</w:t></w:r>",
    ):
        wrapped = parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")
        for child in list(wrapped):
            foot._p.append(child)
    document.styles["Note"].paragraph_format.tab_stops.add_tab_stop(Mm(160), 2)


def _settings(document) -> None:
    """Words are hyphenated, and a reader without our typeface gets one as narrow."""
    hyphens = OxmlElement("w:autoHyphenation")
    document.settings.element.find(qn("w:defaultTabStop")).addnext(hyphens)
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            font = f'<w:font w:name="{FONT}"><w:altName w:val="Calibri"/><w:family w:val="swiss"/></w:font>'
            relation.target_part._blob = relation.target_part.blob.replace(
                b"</w:fonts>", font.encode() + b"</w:fonts>"
            )


def _place_pictures(document, pictures: list[Chart]) -> None:
    """Put each drawn chart in its figure paragraph, with its alternative text. Both stand in the same order."""
    places = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Figure"]
    for number, (paragraph, chart) in enumerate(zip(places, pictures, strict=True), start=1):
        shape = paragraph.runs[0].add_picture(io.BytesIO(png(json.loads(chart.spec))), width=Mm(150))
        if shape.height > Mm(205):
            shape.width, shape.height = int(shape.width * Mm(205) / shape.height), Mm(205)
        properties = shape._inline.docPr
        properties.set("descr", CONTROL.sub("", chart.alt))
        properties.set("name", f"Diagram {number}")


def render(content: Content, part: str = "all", *, draft: bool = False) -> bytes:
    """The letter, the report or both as one Word file."""
    document = Document()
    _styles(document)
    _heads(document, content, draft)
    _settings(document)
    pictures: list[Chart] = []
    wanted = {"letter": (_letter,), "report": (_report,), "all": (_letter, _report)}[part]
    page_break = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = page_break.join(write(content, pictures) for write in wanted)
    fragment = parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>")
    end = document.element.body.sectPr
    for child in list(fragment):
        end.addprevious(child)
    _place_pictures(document, pictures)
    core, day = document.core_properties, dt.datetime.combine(content.day, dt.time())
    core.title, core.author, core.language = content.title, content.organisation, "sv-SE"
    core.comments, core.last_modified_by, core.created, core.modified = "", content.organisation, day, day
    raw = io.BytesIO()
    document.save(raw)
    return _with_fixed_dates(raw.getvalue())


def _with_fixed_dates(package: bytes) -> bytes:
    """The same package with every member dated 1980-01-01."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, FIXED), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
