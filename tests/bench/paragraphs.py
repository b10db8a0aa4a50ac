"""The same document through python-docx's own interface: a paragraph, a row, a cell at a time."""

import io
import json

from docx import Document
from docx.shared import Mm

from reports.content import Bullets, Changes, Chart, Content, Numbered, Sentence, Table, paragraphs
from ui.charts import png


def _table(document, table: Table) -> None:
    document.add_paragraph(table.caption, "Caption")
    heads = [*table.columns, *(["Källa"] if any(table.refs) else [])]
    made = document.add_table(rows=0, cols=len(heads), style="Table Grid")
    refs = table.refs or ((),) * len(table.rows)
    rows = [[*cells, ", ".join(codes)] for cells, codes in zip(table.rows, refs, strict=True)]
    for texts in (heads, *rows):
        for cell, text in zip(made.add_row().cells, texts, strict=False):
            cell.text = text
            cell.paragraphs[0].style = "Body Text"
    if table.note:
        document.add_paragraph(table.note, "Body Text")


def _with_codes(document, text: str, codes, style: str) -> None:
    paragraph = document.add_paragraph(text, style)
    if codes:
        paragraph.add_run(f" [{', '.join(codes)}]")


def _block(document, block) -> None:
    if isinstance(block, Sentence):
        _with_codes(document, block.text, block.refs, "Body Text")
    elif isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Chart):
        _with_codes(document, block.caption, block.refs, "Caption")
        document.add_picture(io.BytesIO(png(json.loads(block.spec))), width=Mm(150))
    elif isinstance(block, Bullets | Changes | Numbered):
        refs = getattr(block, "refs", ()) or ((),) * len(block.items)
        for item, codes in zip(block.items, refs, strict=True):
            _with_codes(document, item, codes, "List Bullet")


def render(content: Content) -> bytes:
    document = Document()
    document.add_heading(content.title, 0)
    for section in (*content.letter.sections, *content.sections):
        document.add_heading(section.heading, 1)
        for text in (*paragraphs(section.fixed), *paragraphs(section.narrative)):
            document.add_paragraph(text, "Body Text")
        for block in section.blocks:
            _block(document, block)
    for source in content.sources:
        _with_codes(document, f"{source.code} {source.title} {source.detail}", source.refs, "Body Text")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
