"""The report as Word through python-docx's paragraph API: what our own markup is measured against.

    ours = docx.render(content)          theirs = paragraph_api(content)

The same letter, cover, contents, sections, tables, pictures and sources, in the same template with the same styles.
"""

import io
import json

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm

from reports import content as c
from reports.render import words
from reports.render.word.package import built_in
from ui.charts import png


def paragraph_api(content: c.Content) -> bytes:
    """The whole document, paragraph by paragraph, run by run and cell by cell."""
    document = Document(io.BytesIO(built_in().written()))
    document.add_paragraph(content.title, "Title")
    for section in content.letter.sections:
        _section(document, section)
    document.add_heading("Beslutsunderlag", 1)
    for text in content.letter.documents:
        document.add_paragraph(text, "List Bullet")
    document.add_paragraph(content.title, "Rapport Omslagstitel")
    for text in (content.program, content.goal, content.cut_off, content.previous_cut_off, content.committee):
        document.add_paragraph(text, "Rapport Omslagsrad")
    for section in content.sections:
        document.add_paragraph(section.heading, "toc 1")
    for section in content.sections:
        _section(document, section)
    document.add_heading(words.SOURCES, 1)
    for kind, rows in words.sources_by_kind(content.sources):
        document.add_heading(kind, 2)
        for source in rows:
            _source(document, source)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _section(document, section: c.Section) -> None:
    document.add_heading(section.heading, 1)
    for text in (*c.paragraphs(section.fixed), *c.paragraphs(section.narrative)):
        document.add_paragraph(text, "Body Text")
    for block in section.blocks:
        _block(document, block)


def _block(document, block: c.Block) -> None:
    if isinstance(block, c.Sentence):
        _said(document, block.text, "Rapport Slutsats", block.refs)
    elif isinstance(block, c.Table):
        _table(document, block)
    elif isinstance(block, c.Chart):
        _said(document, block.caption, "Caption", block.refs)
        document.add_picture(io.BytesIO(png(json.loads(block.spec))), width=Mm(160))
    else:
        style = {"numbered": "List Number", "changes": "Rapport Ändring"}.get(block.type, "List Bullet")
        refs = getattr(block, "refs", ()) or ((),) * len(block.items)
        for text, codes in zip(block.items, refs, strict=True):
            _said(document, text, style, codes)


def _said(document, text: str, style: str, refs=()) -> None:
    paragraph = document.add_paragraph(text, style)
    for code in refs:
        paragraph.add_run(f" {code}", "Rapport Hänvisning")


def _table(document, block: c.Table) -> None:
    document.add_paragraph(block.caption, "Caption")
    last = (words.SOURCE,) if words.is_sourced(block.refs) else ()
    columns = (*block.columns, *last)
    assert document.styles["Rapport Tabell"].type == WD_STYLE_TYPE.TABLE
    table = document.add_table(1 + len(block.rows), len(columns), "Rapport Tabell")
    found = [columns] + [
        (*row, *((", ".join(block.refs[at]),) if last else ())) for at, row in enumerate(block.rows)
    ]
    for row, texts in zip(table.rows, found, strict=True):
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.paragraphs[0].style = "Rapport Tabelltal" if at in block.numeric else "Rapport Tabelltext"
            cell.paragraphs[0].add_run(text)
    if block.note:
        document.add_paragraph(block.note, "Rapport Anmärkning")


def _source(document, source: c.Source) -> None:
    paragraph = document.add_paragraph("", "Rapport Källa")
    paragraph.add_run(source.code, "Rapport Kod")
    paragraph.add_run(f"\t{source.title}. {source.detail}")
    for code in source.refs:
        paragraph.add_run(f" {code}", "Rapport Hänvisning")
