"""The report as Word, in the built-in template and in the organisation's own."""

import dataclasses
import datetime as dt
import io
import os
import re
import zipfile

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from organisation.access import Kind
from reports import actions, content, outline
from reports.models import WordTemplate
from reports.render import docx
from reports.render.word.check import check
from reports.render.word.package import BASE, W, built_in
from reports.render.word.sample import sample
from reports.word_template import in_use as word_templates
from tests import factories
from ui.revision import Stale

PAGE = "/ostra/chefer/rapporter/wordmall/"
SAMPLE = sample("socialförvaltningen", "Region Öst", "Socialnämnden")
LETTER = {key: f"Text om {key}." for key in outline.LETTER}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, **more: bytes | None) -> bytes:
    """The same package with parts replaced or added; keys have / and . as they stand."""
    found = parts(data) | more
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content_ in found.items():
            archive.writestr(name, content_)
    return out.getvalue()


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def own_template(*lines: str, header: str = "{{organisation}} {{diarienummer}}") -> bytes:
    """A template as Word makes them: its own styles, logo, header; the given lines before the document."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(PICTURE))
    for line in lines:
        document.add_paragraph(line)
    document.add_paragraph("{{innehåll}}")
    return saved(document)


def body(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)["word/document.xml"])


def texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    root = etree.fromstring(parts(data)[name])
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in root.iter(qn("w:p"))]


def strings(value, key=""):
    """Every text of a block, but what is not meant for readers."""
    if isinstance(value, str) and key not in ("type", "spec", "alt", "key"):
        yield value
    parts_ = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    )
    for name, part in parts_:
        yield from strings(part, name)


def test_everything_in_the_content_is_shown():
    data = docx.render(SAMPLE, edition=content.Edition(2, "3 juni 2026", "En siffra."))
    told = "\n".join(texts(data))
    for part in SAMPLE.whole:
        assert part.heading in told
        assert part.fixed in told
        for block in part.blocks:
            assert [text for text in strings(dataclasses.asdict(block)) if text not in told] == []
    for word in ("Sedan förra rapporten", "Version 2, fastställd 3 juni 2026", "En siffra.", "Exempeldata", "SON 2026/1",
                 "Socialnämnden, sammanträdet 11 juni 2026", "14 november 2025", "Källor"):  # fmt: skip
        assert word in told


@pytest.mark.parametrize(("part", "has", "lacks"), [
    ("letter", "Tjänsteskrivelse till", "Innehåll"), ("report", "Innehåll", "Tjänsteskrivelse till"),
])  # fmt: skip
def test_parts_hold_their_own_pages_alone(part, has, lacks):
    told = "\n".join(texts(docx.render(SAMPLE, part)))
    assert has in told
    assert lacks not in told


def test_a_report_without_a_letter_begins_with_its_cover():
    bare = dataclasses.replace(SAMPLE, kind="monthly", period="2026-05", letter=content.Letter((), ()))
    told = "\n".join(texts(docx.render(bare)))
    assert "Tjänsteskrivelse" not in told
    assert "Beslutsunderlag" not in told


@pytest.mark.parametrize("template", [None, own_template()], ids=["built-in", "own"])
def test_styles_alone_say_how_it_looks(template):
    data = docx.render(SAMPLE, template=template)
    root, styles = body(data), etree.fromstring(parts(data)["word/styles.xml"])
    known = {(s.get(qn("w:type")), s.get(qn("w:styleId"))) for s in styles.iter(qn("w:style"))}
    assert {child.tag for look in root.iter(qn("w:rPr")) for child in look} == {qn("w:rStyle")}
    allowed = {qn(f"w:{name}") for name in ("pStyle", "numPr", "sectPr")}
    assert {child.tag for look in root.iter(qn("w:pPr")) for child in look} == allowed
    for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        used = {node.get(qn("w:val")) for node in root.iter(qn(f"w:{tag}"))}
        assert used
        assert {(kind, key) for key in used} <= known
    assert {child.tag for look in root.iter(qn("w:tcPr")) for child in look} == {qn("w:tcW")}


def test_headings_changes_and_points_are_real_ones():
    document = Document(io.BytesIO(docx.render(SAMPLE)))
    by_style = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph)
    assert [p.text for p in by_style["Heading 1"]][:4] == list(outline.LETTER.values())
    assert [p.text for p in by_style["Rapport Ändringar"]] == ["Sedan förra rapporten"]
    assert [p.text for p in by_style["Heading 2"]] == ["Aktiviteter", "Behov", "Dialoger"]
    points = by_style["List Number"]
    numbers = {p._p.pPr.numPr.numId.val for p in points}
    assert len(points) == 2
    assert len(numbers) == 1
    numbering = document.part.numbering_part.element
    assert numbering.xpath(f"w:num[@w:numId={numbers.pop()}]//w:startOverride/@w:val") == ["1"]


def test_two_numbered_lists_both_begin_with_one():
    twice = dataclasses.replace(
        SAMPLE.letter.sections[0], blocks=(content.Numbered(("a", "b")), content.Numbered(("c",)))
    )
    own = dataclasses.replace(SAMPLE, letter=content.Letter((twice,), ()))
    document = Document(io.BytesIO(docx.render(own)))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_tables_repeat_their_header_and_keep_rows_whole():
    document = Document(io.BytesIO(docx.render(SAMPLE)))
    assert len(document.tables) == 2
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        assert table._tbl.tblPr.xpath("./w:tblCaption/@w:val")[0]
        widths = [int(value) for value in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")]
        assert [int(v) for v in table.rows[0]._tr.xpath("./w:tc/w:tcPr/w:tcW/@w:w")] == widths
    first = document.tables[0]
    assert [cell.text for cell in first.rows[0].cells][-1] == "Källa"
    assert first.rows[1].cells[-1].text == "A1"
    assert first.rows[1].cells[3].paragraphs[0].style.name == "Rapport Tabelltal"
    assert first.rows[1].cells[0].paragraphs[0].style.name == "Rapport Tabelltext"


def test_a_wide_table_lies_on_its_side_with_its_heading():
    root = body(docx.render(SAMPLE))
    turned = [s for s in root.iter(qn("w:sectPr")) if s.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"]
    assert len(turned) == 1
    size = turned[0].find(qn("w:pgSz"))
    assert int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))
    inside = []
    for node in root.find(qn("w:body")):
        if turned[0] in list(node.iter()):
            break
        inside = [] if list(node.iter(qn("w:sectPr"))) else [*inside, node]
    assert "".join(inside[0].itertext()) == "Dialoger och behov"
    assert [n.tag for n in inside].count(qn("w:tbl")) == 1


def test_a_column_is_no_narrower_than_its_longest_word():
    from reports.render.word.tables import widths

    table = content.Table("x", ("Ansvarig", "Kommentar"), (("Verksamhetsutveckla", "ord " * 60),))
    first, second = widths(table, 9070)
    assert 1700 < first < 3000
    assert 9000 < first + second <= 9070


def test_charts_have_alternative_texts():
    root = body(docx.render(SAMPLE))
    pictures = list(
        root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    assert [picture.get("descr") for picture in pictures] == ["Stapeldiagram: 12, 10 och 9 chefsområden."]


@pytest.mark.parametrize("template", [None, own_template()], ids=["built-in", "own"])
def test_every_link_has_its_bookmark(template):
    root = body(docx.render(SAMPLE, template=template))
    names = [node.get(qn("w:name")) for node in root.iter(qn("w:bookmarkStart"))]
    anchors = {node.get(qn("w:anchor")) for node in root.iter(qn("w:hyperlink"))}
    assert len(names) == len(set(names))
    assert anchors <= set(names)
    assert {"k_A1", "k_B1", "k_D1", "s_done", "s_kallor"} <= anchors
    starts = [node.get(qn("w:id")) for node in root.iter(qn("w:bookmarkStart"))]
    assert sorted(starts) == sorted(node.get(qn("w:id")) for node in root.iter(qn("w:bookmarkEnd")))


def test_references_stand_in_brackets_after_the_claim_and_lead_back():
    told = texts(docx.render(SAMPLE))
    assert "En aktivitet är genomförd och en är ny. [A1, A2]" in told
    source = next(text for text in told if text.startswith("A1") and "Mentorer" in text)
    assert source.endswith("lägesrapport 15 april 2026 Vilar på [B1] Nämns i: Gjort sedan förra rapporten")


def test_a_letter_alone_names_sources_without_links():
    own = dataclasses.replace(SAMPLE.letter.sections[1], blocks=(content.Sentence("Påstående.", ("A1",)),))
    data = docx.render(dataclasses.replace(SAMPLE, letter=content.Letter((own,), ())), "letter")
    assert "Påstående. [A1]" in texts(data)
    assert list(body(data).iter(qn("w:hyperlink"))) == []


def test_contents_are_a_field_with_its_entries_written():
    root = body(docx.render(SAMPLE))
    assert any("TOC" in node.text and "\\b rapporten" in node.text for node in root.iter(qn("w:instrText")))
    entries = [
        p for p in root.iter(qn("w:p")) if p.xpath("./w:pPr/w:pStyle[@w:val='TOC1']", namespaces={"w": W})
    ]
    assert ["".join(p.xpath(".//w:t/text()", namespaces={"w": W})) for p in entries] == [
        *(section.heading for section in SAMPLE.sections), "Källor",
    ]  # fmt: skip


def test_language_properties_header_and_page_numbers():
    data = docx.render(SAMPLE, draft=True)
    found = parts(data)
    core = Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.language) == (SAMPLE.title, "socialförvaltningen", "sv-SE")
    assert core.created.date() == core.modified.date() == dt.date(2026, 5, 20)
    assert b'<w:lang w:val="sv-SE"' in found["word/styles.xml"]
    assert texts(data, "word/header1.xml") == ["Region Öst · socialförvaltningen", "SON 2026/1"]
    footer = found["word/footer1.xml"].decode()
    assert "Utkast · Exempeldata" in footer
    assert re.findall("PAGE|NUMPAGES", footer) == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("template", [None, own_template()], ids=["built-in", "own"])
def test_equal_content_gives_equal_bytes(template):
    first, second = docx.render(SAMPLE, template=template), docx.render(SAMPLE, template=template)
    assert first == second
    assert {row.date_time for row in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", [
    "Styr\x00tecken\x07 här", "Emoji 🎉🏽 🇸🇪", "<w:p><script>alert(1)</script> & \"citat\" ]]> {{titel}} {{innehåll}}", "\ue000",
    "rad\nrad\tflik", "مرحبا", "x" * 4000,
])  # fmt: skip
@pytest.mark.parametrize("template", [None, own_template("{{titel}}")], ids=["built-in", "own"])
def test_any_text_is_shown_and_breaks_nothing(text, template):
    blocks = (
        content.Table(text, (text, "b"), ((text, text),), note=text, refs=(("A1",),)), content.Sentence(text),
        content.Bullets((text,)), content.Changes((text,)), content.Numbered((text,)),
    )  # fmt: skip
    own = content.Section("own-1", text, text, blocks, text)
    source = content.Source("A1", "activity", 1, text, text)
    odd = dataclasses.replace(
        SAMPLE, title=text, organisation=text, sections=(own,), sources=(source,), case_numbers=(text,)
    )
    data = docx.render(odd, template=template)
    Document(io.BytesIO(data))
    shown = "".join("".join(body(data).itertext()).split())
    for word in re.sub("[\x00-\x08]", "\ufffd", text).split():
        assert word in shown


# The organisation's own template.


def test_placeholders_are_filled_in_wherever_they_stand():
    document = Document(io.BytesIO(own_template("{{ TITEL }} för {{namnd}}", header="{{avsandare}}")))
    document.sections[0].footer.paragraphs[0].text = "{{märkning}} {{version}}"
    document.tables or document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("{{period}}")
    data = docx.render(SAMPLE, "report", template=saved(document), edition=content.Edition(1, "3 juni 2026"))
    told = texts(data)
    assert told[0] == "Lägesrapport första halvåret 2026 för Socialnämnden"
    assert "första halvåret 2026" in told
    assert "{{" not in "".join(told)
    names = sorted(name for name in parts(data) if re.match(r"word/(header|footer)\d", name))
    assert [texts(data, name) for name in names] == [
        ["Exempeldata Version 1, fastställd 3 juni 2026"],
        ["Region Öst · socialförvaltningen"],
    ]


def test_a_placeholder_that_word_has_split_is_one():
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("Ärende {", "{diarie", "nummer", "}", "} gäller"):
        paragraph.add_run(piece).bold = piece == "nummer"
    place = document.add_paragraph()
    for piece in ("{{", "innehåll", "}}"):
        place.add_run(piece)
        place._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
    data = saved(document)
    assert check(data).problems == ()
    told = texts(docx.render(SAMPLE, template=data))
    assert told[0] == "Ärende SON 2026/1 gäller"
    assert "Tjänsteskrivelse till Socialnämnden, sammanträdet 11 juni 2026" in told


def test_a_text_box_is_filled_in_both_its_copies():
    document = Document(io.BytesIO(own_template()))
    box = (
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent><mc:Fallback><w:pict><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>{{stoppdatum}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document.element.body.insert(0, parse_xml(box))
    data = saved(document)
    assert ("stoppdatum", "box") in check(data).placeholders
    assert "20 maj 2026" in texts(docx.render(SAMPLE, template=data))


def test_the_templates_own_styles_are_used_by_name_and_ours_added():
    document = Document(io.BytesIO(own_template()))
    document.styles["Heading 1"].element.set(qn("w:styleId"), "Rubrik1")
    data = saved(document)
    assert "Rapport Slutsats" in check(data).lacking
    assert "heading 1" not in check(data).lacking
    out = docx.render(SAMPLE, template=data)
    used = {node.get(qn("w:val")) for node in body(out).iter(qn("w:pStyle"))}
    assert "Rubrik1" in used
    assert "Heading1" not in used
    styles = Document(io.BytesIO(out)).styles
    assert styles["Rapport Slutsats"].base_style.name == "Body Text"


def test_the_templates_pages_hold_for_all_sections():
    document = Document(io.BytesIO(own_template("Framsida {{titel}}")))
    document.sections[0].different_first_page_header_footer = True
    sections = list(body(docx.render(SAMPLE, template=saved(document))).iter(qn("w:sectPr")))
    assert len(sections) > 3
    assert [section.find(qn("w:titlePg")) is not None for section in sections] == [True] + [False] * (
        len(sections) - 1
    )
    assert all(section.find(qn("w:headerReference")) is not None for section in sections)


def test_a_template_for_word_templates_becomes_a_document():
    data = own_template()
    kinds = parts(data)["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    out = docx.render(SAMPLE, template=changed(data, **{"[Content_Types].xml": kinds}))
    assert b"template.main" not in parts(out)["[Content_Types].xml"]


def with_relation(
    data: bytes, kind: str, target: str, part: str = "word/_rels/document.xml.rels", mode: str = "External"
):
    relation = f'<Relationship Id="rIdOnd" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return changed(data, **{part: parts(data)[part].replace(b"</Relationships>", relation.encode())})


def bomb() -> bytes:
    return changed(own_template(), **{"word/media/stor.bin": b"\0" * (70 * 1024 * 1024)})


def with_dtd(data: bytes, encoding: str = "utf-8") -> bytes:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    xml = parts(data)["word/document.xml"].decode().split("?>", 1)[1]
    return changed(data, **{"word/document.xml": (text + xml).encode(encoding)})


SVG_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r" Type="x/image" Target="https://ond.example/x.png"/></Relationships>'
)


def with_part(name: str, data: bytes) -> bytes:
    return changed(own_template(), **{name: data})


def commented(*pieces: str) -> bytes:
    """A part with one field, its code in pieces as Word cuts them."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f'<w:comments xmlns:w="{W}"><w:p>{begin}{runs}{end}</w:p></w:comments>'.encode()


def with_field(data: bytes, code: str) -> bytes:
    xml = parts(data)["word/document.xml"].decode()
    return changed(data, **{"word/document.xml": xml.replace(
        "<w:body>", f'<w:body><w:p><w:fldSimple w:instr="{code}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>', 1
    ).encode()})  # fmt: skip


def with_drawing(vml: str) -> bytes:
    """A template with an older drawing in its text."""
    xml = parts(own_template())["word/document.xml"].decode()
    names = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    drawn = f"<w:body><w:p><w:r><w:pict {names}>{vml}</w:pict></w:r></w:p>"
    return changed(own_template(), **{"word/document.xml": xml.replace("<w:body>", drawn, 1).encode()})


def with_settings(setting: str) -> bytes:
    xml = parts(own_template())["word/settings.xml"].decode()
    return changed(
        own_template(),
        **{"word/settings.xml": xml.replace("</w:settings>", f"{setting}</w:settings>").encode()},
    )


HOSTILE = {
    "empty": (lambda: b"", "not_word"),
    "text": (lambda: b"hej", "not_word"),
    "cut": (lambda: own_template()[:-400], "not_word"),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "old_word"),
    "30 MB": (lambda: b"PK\x03\x04" + b"0" * (30 * 1024 * 1024), "too_large"),
    "bomb": (bomb, "bomb"),
    "parts": (lambda: changed(own_template(), **{f"x/{n}.bin": b"" for n in range(600)}), "bomb"),
    "macro": (lambda: changed(own_template(), **{"word/vbaProject.bin": b"x"}), "macro"),
    "picture from outside": (lambda: with_relation(own_template(), "image", "https://ond.example/x.png"), "outside"),
    "path": (lambda: with_relation(own_template(), "image", "file:///etc/passwd", mode="Internal"), "outside"),
    "attached": (
        lambda: with_relation(own_template(), "attachedTemplate", "https://ond.example/x.dotm"), "attached"),
    "object": (lambda: changed(own_template(), **{"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "dtd": (lambda: with_dtd(own_template()), "dtd"),
    "dtd in utf-16": (lambda: with_dtd(own_template(), "utf-16"), "dtd"),
    "field": (lambda: with_field(own_template(), "DDEAUTO c:\\\\cmd.exe"), "field"),
    "XML bomb": (lambda: with_part("word/comments.xml", b"<a>" + b"<b/>" * 3_000_000 + b"</a>"), "bomb"),
    "XML of many sizes": (lambda: with_part("word/comments.xml", os.urandom(5_000_000).hex().encode()), "bomb"),
    "swollen picture": (lambda: with_part("word/media/stor.bmp", b"\0" * 2_000_000), "bomb"),
    "XML as picture": (lambda: with_part("word/media/a.png", b"\xef\xbb\xbf <a/>"), "embedded"),
    "program": (lambda: with_part("word/media/a.bin", b"MZ"), "embedded"),
    "script": (lambda: with_part("word/media/a.svg", SVG_PICTURE % b"<script>1</script>"), "embedded"),
    "handler": (lambda: with_part("word/media/a.svg", SVG_PICTURE % b"<g onload='x()'/>"), "embedded"),
    "svg from outside": (lambda: with_part("word/media/a.svg", SVG_PICTURE % b"<image href='//x/a.png'/>"), "outside"),
    "svg style from outside": (
        lambda: with_part("word/media/a.svg", SVG_PICTURE % b"<style>@import 'https://x/a.css';</style>"), "outside"),
    "svg fill from outside": (
        lambda: with_part("word/media/a.svg", SVG_PICTURE % b"<g fill='url( \\\\x\\a#b )'/>"), "outside"),
    "mail merge": (lambda: with_settings('<w:mailMerge><w:connectString w:val="DSN=x"/></w:mailMerge>'), "field"),
    "add-in": (lambda: with_part("word/webextensions/taskpanes.xml", b"<a/>"), "embedded"),
    "capitals": (lambda: with_part("word/_rels/comments.xml.RELS", RELATION), "outside"),
    "field of comments": (lambda: with_part("word/comments.xml", commented("DDEAUTO", " x")), "field"),
    "field in pieces": (lambda: with_part("word/glossary/document.xml", commented("INCLUDE", "TEXT x")), "field"),
    "spreadsheet": (lambda: changed(b"PK\x05\x06" + b"\0" * 18, **{"[Content_Types].xml": b"<Types/>"}), "not_word"),
    "broken": (lambda: changed(own_template(), **{"word/styles.xml": b"<w:styles"}), "broken"),
    "outside name": (lambda: changed(own_template(), **{"../ond.xml": b"<a/>"}), "not_word"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name):
    make, kind = HOSTILE[name]
    assert kind in {problem.kind for problem in check(make()).problems}


@pytest.mark.parametrize("target", [
    " https://ond.example/x", "\tfile:///etc/passwd", "&#10;\\\\server\\x", "/\\server/x", "\u200bfile:x", "fi le:x",
])  # fmt: skip
def test_a_target_is_judged_without_its_blanks(target):
    data = with_relation(own_template(), "image", target, mode="Internal")
    assert {problem.kind for problem in check(data).problems} == {"outside"}


@pytest.mark.parametrize("code", [
    "HYPERLINK &quot;https://ond.example&quot;", "hyperlink \\\\server\\x", "HYPERLINK file:///x", "HYPERLINK annan.docx",
    "HYPERLINK \\o &quot;Titel&quot; &quot;\\\\\\\\server\\\\x&quot;", "HYPERLINK \\live.example\\x &quot;mailto:x&quot;",
])  # fmt: skip
def test_links_that_lead_out_are_refused_in_fields_as_well(code):
    assert {problem.kind for problem in check(with_field(own_template(), code)).problems} == {"outside"}


@pytest.mark.parametrize("code", [
    "HYPERLINK \\l &quot;s_kallor&quot;", "HYPERLINK \\l _Toc12 \\h", "TOC \\o &quot;1-3&quot; \\h \\z", "PAGE \\* MERGEFORMAT",
    "HYPERLINK \\l &quot;x&quot; \\o &quot;Till källorna&quot; \\* MERGEFORMAT",
])  # fmt: skip
def test_links_within_the_document_and_its_own_fields_may_stay(code):
    assert check(with_field(own_template(), code)).problems == ()


@pytest.mark.parametrize("vml", [
    '<v:shape><v:imagedata src="https://ond.example/x.png"/></v:shape>',
    '<v:shape><v:imagedata o:href="file:///c:/x.png"/></v:shape>',
    '<v:shape><v:imagedata o:althref="\\\\server\\x.wmf"/></v:shape>',
    '<v:shape href=" https://ond.example/"/>', '<v:group href="annan.docx"><v:rect href="#a"/></v:group>',
    '<v:rect><v:fill type="frame" src="//ond.example/x.png"/></v:rect>',
])  # fmt: skip
def test_older_drawings_fetch_nothing_and_lead_nowhere(vml):
    assert {problem.kind for problem in check(with_drawing(vml)).problems} == {"outside"}


@pytest.mark.parametrize("vml", [
    '<v:shape href="#k_A1"><v:imagedata src="" o:title="Logotyp"/></v:shape>',
    '<v:shape style="width:2cm"><v:imagedata o:href="cid:image001.png@01DA"/></v:shape>',
])  # fmt: skip
def test_older_drawings_within_the_file_may_stay(vml):
    assert check(with_drawing(vml)).problems == ()


def test_pictures_may_be_drawn_and_a_directory_cannot_lie():
    assert check(with_part("word/media/a.svg", SVG_PICTURE % b"<g/>")).problems == ()
    data = with_part("word/comments.xml", b"<a>" + b"<b/>" * 200_000 + b"</a>")
    size, said = (800_007).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert data.count(size) == 2
    assert check(data.replace(size, said)).problems != ()


@pytest.mark.parametrize(("change", "kind"), [
    (lambda d: d.paragraphs[-1].clear(), "no_body"),
    (lambda d: d.add_paragraph("{{innehåll}}"), "two_bodies"),
    (lambda d: d.paragraphs[-1].add_run(" och mer"), "body_not_alone"),
    (lambda d: (d.paragraphs[-1].clear(), d.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("{{innehåll}}")),
     "body_elsewhere"),
    (lambda d: d.add_paragraph("{{diarienr}}"), "unknown"),
])  # fmt: skip
def test_a_template_that_no_report_fits_in_is_refused(change, kind):
    document = Document(io.BytesIO(own_template()))
    change(document)
    assert [problem.kind for problem in check(saved(document)).problems] == [kind]


def test_as_many_problems_are_told_as_somebody_reads():
    document = Document(io.BytesIO(own_template()))
    for number in range(300):
        document.add_paragraph(f"{{{{fel{number}}}}}")
    kinds = [problem.kind for problem in check(saved(document)).problems]
    assert kinds == ["unknown"] * 20 + ["more"]


def test_a_picture_of_blanks_is_judged_at_once():
    """A million blanks after `url(` took hours when each was tried as the first."""
    style = b"<style>url(" + b" " * 1_000_000 + b"</style>"
    assert check(with_part("word/media/a.svg", SVG_PICTURE % style)).problems == ()


def test_the_built_in_template_passes_its_own_check():
    found = check(word_templates.starting_point())
    assert (found.problems, found.lacking) == ((), ())
    assert built_in().parts.keys() == {
        path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file()
    }


def upload(client, data: bytes, file: str = "Vår mall.docx", **fields):
    return client.post(PAGE, {"file": SimpleUploadedFile(file, data), **fields})


@pytest.fixture
def template(world):
    return word_templates.add_template(
        organisation=world.ours,
        name="Vår mall",
        content=own_template("Egen framsida {{titel}}"),
        by=world.users.editor,
    )


def use(world, template, seen: int = 0):
    word_templates.put_in_use(organisation=world.ours, template=template, seen=seen)


def test_hr_brings_in_a_template_tries_it_and_puts_it_in_use(sign_in, world):
    client = sign_in(world.users.editor)
    response = upload(client, own_template("{{titel}}"))
    row = WordTemplate.objects.get()
    assert (response.status_code, row.name, row.is_active) == (302, "Vår mall", False)
    page = client.get(response["Location"]).content.decode()
    assert "{{titel}}" in page
    assert "Rapport Slutsats" in page
    tried = client.get(f"{PAGE}{row.pk}/prov.docx")
    assert "Exempelprogrammet" in "".join(texts(tried.content)) or "Utkast" in "".join(texts(tried.content))
    client.post(f"{PAGE}{row.pk}/anvand/", {"revision": 0})
    row.refresh_from_db()
    assert row.is_active
    assert "används" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(("make", "name", "told"), [
    (lambda: b"hej", "mall.docx", "inget Worddokument"),
    (lambda: b"hej", "mall.pdf", "inget Worddokument"),
    (HOSTILE["macro"][0], "mall.docx", "makron"),
    (own_template, "mall.docm", "makron"),
    (HOSTILE["30 MB"][0], "mall.docx", "större än 10 MB"),
    (HOSTILE["bomb"][0], "mall.docx", "packas upp"),
    (HOSTILE["picture from outside"][0], "mall.docx", "https://ond.example/x.png"),
    (lambda: own_template("{{diarienr}}"), "mall.docx", "diarienummer"),
    (lambda: saved(Document()), "mall.docx", "ingen plats för dokumentet"),
])  # fmt: skip
def test_problems_are_told_at_the_field_and_nothing_is_kept(sign_in, world, make, name, told):
    page = upload(sign_in(world.users.editor), make(), name, name="Mitt namn")
    shown = page.content.decode()
    assert page.status_code == 200
    assert told in shown
    assert 'id="error_1_id_file"' in shown
    assert 'value="Mitt namn"' in shown
    assert not WordTemplate.objects.exists()


def test_the_same_file_is_not_kept_twice(sign_in, world, template):
    page = upload(sign_in(world.users.editor), bytes(template.content))
    assert "Vår mall" in page.content.decode()
    assert WordTemplate.objects.count() == 1


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind not in (Kind.EDITOR, Kind.ADMIN)])
def test_other_roles_are_told_who_may(sign_in, world, template, kind):
    client = sign_in(getattr(world.users, kind))
    for path in (
        "",
        f"{template.pk}/",
        f"{template.pk}/prov.docx",
        f"{template.pk}/mall.docx",
        "grundmall.docx",
    ):
        response = client.get(PAGE + path)
        assert response.status_code == 403
        assert "systemägare" in response.content.decode().lower()
    for path in (f"{template.pk}/anvand/", f"{template.pk}/ta-bort/", "inbyggd/"):
        assert client.post(PAGE + path, {"revision": 0}).status_code == 403
    assert upload(client, own_template("Min egen")).status_code == 403
    assert WordTemplate.objects.count() == 1
    assert not WordTemplate.objects.filter(is_active=True).exists()


def test_another_organisations_template_is_out_of_reach(sign_in, world):
    theirs = word_templates.add_template(
        organisation=world.theirs, name="Hemlig mall", content=own_template(), by=world.users.outsider
    )
    client = sign_in(world.users.editor)
    for path in ("", "prov.docx", "mall.docx"):
        assert client.get(f"{PAGE}{theirs.pk}/{path}").status_code == 404
    for path in ("anvand/", "ta-bort/"):
        assert client.post(f"{PAGE}{theirs.pk}/{path}", {"revision": 0}).status_code == 404
    assert "Hemlig mall" not in client.get(PAGE).content.decode()
    word_templates.put_in_use(organisation=world.theirs, template=theirs, seen=0)
    assert word_templates.in_use(world.ours) is None


def test_one_template_is_in_use_an_organisation(world, template):
    other = word_templates.add_template(
        organisation=world.ours, name="B", content=b"x", by=world.users.editor
    )
    use(world, template)
    use(world, other, template.pk)
    assert word_templates.in_use(world.ours) == other
    with pytest.raises(IntegrityError), transaction.atomic():
        WordTemplate.objects.filter(pk=template.pk).update(is_active=True)


def test_who_put_which_template_in_use_is_told(sign_in, world):
    client = sign_in(world.users.editor)
    upload(client, own_template("{{titel}}"))
    row = WordTemplate.objects.get()
    client.post(f"{PAGE}{row.pk}/anvand/", {"revision": 0})
    client.post(f"{PAGE}inbyggd/", {"revision": row.pk})
    made, used, back = LogEntry.objects.filter(
        object_pk=str(row.pk), content_type__model="wordtemplate"
    ).order_by("pk")
    assert made.changes_dict["sha256"][1] == row.sha256
    assert {"content", "organisation"}.isdisjoint(made.changes_dict)
    assert [entry.changes_dict for entry in (used, back)] == [
        {"is_active": ["False", "True"]},
        {"is_active": ["True", "False"]},
    ]
    assert {entry.actor for entry in (made, used, back)} == {world.users.editor}
    sign_in(world.users.admin).post(f"{PAGE}{row.pk}/ta-bort/")
    page = sign_in(world.users.editor).get(PAGE).content.decode()
    history = page[page.index('class="events"') :]
    assert history.count(world.users.editor.username) == 3
    assert f"{world.users.admin.username} · Wordmall · borttaget: Vår mall" in history
    assert history.count("används: ") == 2


def test_the_trail_of_templates_is_the_organisations_own(sign_in, world):
    theirs = word_templates.add_template(
        organisation=world.theirs, name="Hemlig mall", content=own_template(), by=world.users.outsider
    )
    word_templates.put_in_use(organisation=world.theirs, template=theirs, seen=0)
    assert "Hemlig mall" not in sign_in(world.users.editor).get(PAGE).content.decode()


def test_a_template_that_is_gone_is_not_put_in_use(world, template):
    use(world, template)
    other = word_templates.add_template(
        organisation=world.ours, name="B", content=b"x", by=world.users.editor
    )
    word_templates.remove(template=other)
    with pytest.raises(Stale):
        use(world, other, template.pk)
    assert word_templates.in_use(world.ours) == template


def test_two_people_choosing_at_once_do_not_undo_each_other(sign_in, world, template):
    other = word_templates.add_template(
        organisation=world.ours, name="B", content=own_template("B"), by=world.users.editor
    )
    use(world, template)
    client = sign_in(world.users.editor)
    page = client.post(f"{PAGE}{other.pk}/anvand/", {"revision": 0}, follow=True).content.decode()
    assert "Någon annan" in page
    assert word_templates.in_use(world.ours) == template


def test_a_template_in_use_is_not_taken_away(sign_in, world, template):
    use(world, template)
    client = sign_in(world.users.admin)
    client.post(f"{PAGE}{template.pk}/ta-bort/")
    assert WordTemplate.objects.count() == 1
    client.post(f"{PAGE}inbyggd/", {"revision": template.pk})
    assert word_templates.in_use(world.ours) is None
    client.post(f"{PAGE}{template.pk}/ta-bort/")
    assert WordTemplate.objects.count() == 0


@pytest.fixture
def report(world):
    return factories.report(world.program, texts=LETTER)


def test_new_files_use_the_template_and_frozen_ones_never_change(world, report, template):
    plain = actions.export(report, "docx")
    use(world, template)
    assert "Egen framsida" in "".join(texts(actions.export(report, "docx")))
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)
    frozen = actions.export(report, "docx")
    assert "Egen framsida" in "".join(texts(frozen))
    use(world, None, template.pk)
    assert actions.export(report, "docx") == frozen
    assert "Egen framsida" not in "".join(texts(plain))


def test_a_template_gone_bad_gives_way_with_a_word(sign_in, world, report, template):
    use(world, template)
    WordTemplate.objects.filter(pk=template.pk).update(content=b"PK trasig")
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    client = sign_in(world.users.secretary)
    page = client.post(
        "/ostra/chefer/rapporter/2026H1/faststall/", {"revision": report.revision, "sure": "on"}, follow=True
    ).content.decode()
    report.refresh_from_db()
    assert report.stage == "frozen"
    assert "Wordmallen Vår mall går inte att använda" in page
    assert "Egen framsida" not in "".join(texts(actions.export(report, "docx")))


def test_the_sample_shows_the_latest_report_that_the_reader_may_see(sign_in, world, report, template):
    shown = "".join(texts(sign_in(world.users.editor).get(f"{PAGE}{template.pk}/prov.docx").content))
    assert "Text om summary." in shown
    hidden = "".join(texts(sign_in(world.users.admin).get(f"{PAGE}{template.pk}/prov.docx").content))
    assert "Text om summary." not in hidden
    assert "Exempelprogrammet" in hidden


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_does_not_ask_for_each_row(sign_in, world, count, django_assert_num_queries):
    for number in range(count):
        word_templates.add_template(
            organisation=world.ours, name=f"M{number}", content=b"x", by=world.users.editor
        )
    client = sign_in(world.users.editor)
    with django_assert_num_queries(6):
        page = client.get(PAGE).content.decode()
    assert page.count("M0</a>") == 1
