"""The report as a web page of its own, or as the part of one that shows it."""

import json

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from reports.content import Chart, Content, paragraphs
from ui.charts import svg


def _block(block):
    if isinstance(block, Chart):
        # Our own specification, drawn by our own process: nothing in it comes from a browser.
        return {"type": "chart", "caption": block.caption, "alt": block.alt,
                "svg": mark_safe(svg(json.loads(block.spec)))}  # fmt: skip
    return block


def context(content: Content, *, draft: bool = False) -> dict:
    """What the document's templates show."""

    def section(row) -> dict:
        return {
            "key": row.key,
            "heading": row.heading,
            "paragraphs": paragraphs(row.narrative),
            "blocks": [_block(block) for block in row.blocks],
        }

    return {
        "content": content,
        "draft": draft,
        "letter": [section(row) for row in content.letter.sections],
        "sections": [section(row) for row in content.sections],
    }


def render(content: Content, part: str = "all", *, draft: bool = False) -> bytes:
    """A whole page with its own style sheet inside: it can be published or filed as it is."""
    return render_to_string(
        "reports/document_page.html", context(content, draft=draft) | {"part": part}
    ).encode()
