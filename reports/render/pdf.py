"""The report as PDF/A-2a and PDF/UA-1 in one file, set by Typst."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from reports.content import Chart, Content, paragraphs
from ui.charts import FONT_FOLDER, svg
from ui.typeface import printable

TEMPLATE = Path(__file__).with_name("report.typ")
PARTS = ("all", "letter", "report")
PLAIN = (
    "organisation", "parent", "committee", "program", "goal", "kind", "period", "title", "case_numbers",
    "cut_off", "previous_cut_off", "meets_on",
)  # fmt: skip


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


def _block(block) -> dict[str, Any]:
    if isinstance(block, Chart):
        return {"type": "chart", "caption": printable(block.caption), "alt": printable(block.alt),
                "svg": svg(json.loads(block.spec))}  # fmt: skip
    return _plain(vars(block))


def _section(section) -> dict[str, Any]:
    return {
        "heading": printable(section.heading),
        "narrative": [printable(part) for part in paragraphs(section.narrative)],
        "blocks": [_block(block) for block in section.blocks],
    }


def _data(content: Content, part: str, draft: bool) -> dict[str, str]:
    data = {name: _plain(getattr(content, name)) for name in PLAIN} | {
        "part": part,
        "draft": draft,
        "example": content.is_example,
        "date": [content.day.year, content.day.month, content.day.day],
        "letter": [_section(section) for section in content.letter.sections],
        "documents": _plain(content.letter.documents),
        "sections": [] if part == "letter" else [_section(section) for section in content.sections],
    }
    return {"report": json.dumps(data, ensure_ascii=False)}


def _compile(content: Content, part: str, draft: bool, **options):
    return typst.compile(
        _template(),
        font_paths=[str(FONT_FOLDER)],
        ignore_system_fonts=True,
        sys_inputs=_data(content, part, draft),
        **options,
    )


def render(content: Content, part: str = "all", *, draft: bool = False) -> bytes:
    """The letter, the report or both as one PDF. The same content gives the same bytes."""
    return _compile(content, part, draft, pdf_standards=["a-2a", "ua-1"])


def letter_pages(content: Content) -> int:
    """How many pages the letter takes; it may take two."""
    pages = _compile(content, "letter", False, format="svg")
    return len(pages) if isinstance(pages, list) else 1
