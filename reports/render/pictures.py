"""The report's charts, drawn together before anything is made of them."""

import json

from reports.content import Chart, Content
from ui import charts


def draw_ahead(kind: str, content: Content) -> None:
    """Draw the charts that are not in the cache; `kind` is svg or png."""
    blocks = (block for section in content.whole for block in section.blocks)
    charts.draw_ahead(kind, (json.loads(block.spec) for block in blocks if isinstance(block, Chart)))
