"""The report as PDF/A-2a and PDF/UA-1 in one file, set by Typst."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from reports.content import (
    Block,
    Bullets,
    Changes,
    Chart,
    Content,
    Edition,
    Section,
    Sentence,
    Table,
    paragraphs,
    written,
)
from reports.render import columns, pictures, words
from reports.render.line_ends import with_clear_line_ends
from ui import apart
from ui.charts import FONT_FOLDER, svg
from ui.typeface import BREAK, LONGEST_WORD, printable

TEMPLATE, TYPESETTING = Path(__file__).with_name("report.typ"), Path(__file__).with_name("typesetting.py")
PARTS = ("all", "letter", "report")
PLAIN = (
    "organisation", "parent", "committee", "program", "goal", "kind", "period", "title", "case_numbers",
    "cut_off", "previous_cut_off", "meets_on",
)  # fmt: skip

TEXT_WIDTH, TEXT_HEIGHT = 160, 225  # millimetres of an upright page; the height leaves room for a caption
MM_PER_PIXEL = 0.25  # a chart's 12 pixels high letters become as large as a table's
TALL = 100  # millimetres from which a chart stands at a page's foot, so that text fills the page before it
SOURCE_WIDTHS = (12, 17, 25)  # millimetres of the column of sources: with one code a row, up to three, more
WHOLE_TABLE, WHOLE_ROW = 90, 120  # millimetres up to which a table, or a row, is never divided
HEAD = 20  # millimetres of a table's caption and heads
CELL_PIECE = 10  # letters of an endless word that fit a narrow column
ENDLESS = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD},}}")
JOINT = re.compile(r"(?<=\w)([@/_]|\.(?=\w))")  # where an address may be broken


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _plain(value: Any) -> Any:
    """The content as JSON values, every text made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _cell(text: str) -> str:
    """Printable, with places to break at inside addresses and endless words."""
    return JOINT.sub(rf"\1{BREAK}", ENDLESS.sub(_pieces, printable(text)))


def _pieces(word: re.Match[str]) -> str:
    return BREAK.join(re.findall(rf".{{1,{CELL_PIECE}}}", word[0]))


def _table(table: Table) -> dict[str, Any]:
    """The table with its shape; rows of too few or too many cells would move the others, so they are fitted."""
    count = len(table.columns)
    heads = [_cell(name) for name in table.columns]
    rows = [[_cell(cell) for cell in (*row, *[""] * count)][:count] for row in table.rows]
    texts = [list(column) for column in zip(heads, *rows, strict=True)]
    sourced = words.is_sourced(table.refs)
    most = max((len(written(codes)) for codes in table.refs), default=0)
    beside = SOURCE_WIDTHS[(most > 1) + (most > 3)] if sourced else 0
    setting = columns.setting(texts, beside)
    heights = setting.heights(rows)
    is_whole, splits = sum(heights) <= WHOLE_TABLE, max(heights, default=0) > WHOLE_ROW
    return {
        "type": "table",
        "caption": printable(table.caption),
        "note": printable(table.note),
        "columns": heads,
        "rows": rows,
        "numeric": table.numeric,
        "refs": [_cite(codes) for codes in table.refs],
        "sourced": sourced,
        "source-width": beside,
        "points": setting.type.points,
        "side": setting.type.side,
        "widths": setting.widths,
        "tight": setting.tight(texts),
        "landscape": setting.is_landscape,
        "whole": is_whole,
        "splits": splits,
        "together": 0 if is_whole or splits or sum(heights[-2:]) > WHOLE_ROW else 2,
        "first": 0
        if is_whole or splits or sum(heights[:2]) > WHOLE_ROW
        else round(HEAD + sum(heights[:2]), 1),
    }


def _chart(chart: Chart) -> dict[str, Any]:
    """The drawn chart with its width and whether it is tall, both by its size in pixels."""
    drawn = svg(json.loads(chart.spec))
    size = re.search(r'<svg[^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    across, down = (float(size[1]), float(size[2])) if size else (720.0, 300.0)
    width = min(TEXT_WIDTH, across * MM_PER_PIXEL, TEXT_HEIGHT * across / down)
    return {
        "type": "chart",
        "caption": printable(chart.caption),
        "alt": printable(chart.alt),
        "refs": _cite(chart.refs),
        "svg": drawn,
        "width": round(width, 1),
        "tall": width * down / across > TALL,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Chart):
        return _chart(block)
    if isinstance(block, Table):
        return _table(block)
    data = _plain(vars(block))
    if isinstance(block, Sentence):
        return data | {"refs": _cite(block.refs)}
    if isinstance(block, Bullets | Changes):
        return data | {"refs": [_cite(codes) for codes in block.refs]}
    return data


def _cite(codes: tuple[str, ...]) -> dict[str, Any]:
    """Codes whole, for the pages they stand on, and as they are written: [what stands before, code]."""
    return {"codes": codes, "written": written(codes)}


def _section(section: Section) -> dict[str, Any]:
    fixed, narrative = paragraphs(section.fixed), paragraphs(section.narrative)
    return {
        "heading": printable(section.heading),
        "fixed": _plain(fixed),
        "narrative": _plain(narrative),
        "blocks": [_block(block) for block in section.blocks],
        "empty": words.EMPTY if section.is_empty else "",
    }


def _kinds(content: Content) -> list[dict[str, Any]]:
    return [
        {"name": name, "sources": [_plain(vars(source)) | {"refs": _cite(source.refs)} for source in sources]}
        for name, sources in words.sources_by_kind(content.sources)
    ]


def _data(content: Content, part: str, draft: bool, edition: Edition | None) -> dict[str, str]:
    if not content.letter.sections:
        part = "report"
    kinds = [] if part == "letter" else _kinds(content)
    pictures.draw_ahead("svg", content)
    data = {name: _plain(getattr(content, name)) for name in PLAIN} | {
        "part": part,
        "marks": _plain(words.marks(content, draft=draft, edition=edition)),
        "cover-marks": _plain(words.marks(content, draft=draft, edition=None)),
        "edition": printable(words.edition_words(edition)),
        "corrects": printable(edition.corrects) if edition else "",
        "date": [content.day.year, content.day.month, content.day.day],
        "letter": []
        if part == "report"
        else [_section(row) for row in words.shown(content.letter.sections, draft=draft)],
        "documents": _plain(content.letter.documents),
        "sections": []
        if part == "letter"
        else [_section(row) for row in words.shown(content.sections, draft=draft)],
        "kinds": kinds,
        "sources": [source for kind in kinds for source in kind["sources"]],
    }
    if content.kind in words.WITHOUT_COMMITTEE:
        data |= {"committee": "", "meets_on": ""}
    return {"report": json.dumps(data, ensure_ascii=False)}


def _compile(content: Content, part: str, draft: bool, edition: Edition | None, **options):
    request = {
        "input": _template(),
        "font_paths": [str(FONT_FOLDER)],
        "ignore_system_fonts": True,
        "sys_inputs": _data(content, part, draft, edition),
    }
    return apart.run(TYPESETTING, request | options)


def render(
    content: Content, part: str = "all", *, draft: bool = False, edition: Edition | None = None
) -> bytes:
    """The letter, the report or both as one PDF. The same content gives the same bytes."""
    return with_clear_line_ends(_compile(content, part, draft, edition, pdf_standards=["a-2a", "ua-1"]))


def letter_pages(content: Content) -> int:
    """How many pages the letter takes; it may take two."""
    pages = _compile(content, "letter", False, None, format="svg")
    return len(pages) if isinstance(pages, list) else 1
