"""The handout as one PDF/A-2a, set by Typst: who asked for what, what is masked on which ground, then every record."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from reports.models import Handout
from reports.openness.kinds import Kind
from reports.openness.masking import Mask, masked_text
from reports.openness.records import Record
from ui import formats
from ui.charts import FONT_FOLDER
from ui.typeface import printable

TEMPLATE = Path(__file__).with_name("handout.typ")


@dataclass(frozen=True)
class Cover:
    """The first page. `handed_out_on` is empty in a preview; `date` is the document's, ISO."""

    organisation: str
    parent: str
    program: str
    case_number: str
    request: str
    requested_on: str
    handed_out_on: str
    date: str
    is_example: bool


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def cover(handout: Handout, masks: Sequence[Mask], on: str) -> Cover:
    """What the first page says, without the words that are masked throughout."""
    home = handout.program.organisation
    texts = (home.name, home.parent_name, handout.program.name, handout.case_number, handout.request)
    organisation, parent, program, case_number, request = (masked_text(text, masks) for text in texts)
    return Cover(
        organisation, parent, program, case_number, request, formats.day(handout.requested_on), on,
        handout.requested_on.isoformat(), home.is_example,
    )  # fmt: skip


def render(
    cover: Cover,
    parts: Iterable[tuple[Kind, list[Record]]],
    grounds: Sequence[tuple[str, int]],
    files: Sequence[str],
) -> bytes:
    """The same handout gives the same bytes."""
    data = {
        name: printable(value) if isinstance(value, str) else value for name, value in vars(cover).items()
    }
    data |= {
        "day": [int(part) for part in cover.date.split("-")],
        "kinds": [_kind(kind, records) for kind, records in parts if records],
        "grounds": [[printable(ground), formats.number(count)] for ground, count in grounds],
        "files": [printable(name) for name in files],
    }
    return typst.compile(
        _template(),
        font_paths=[str(FONT_FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"handout": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
    )


def _kind(kind: Kind, records: list[Record]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "label": kind.label,
        "number": formats.number(len(records)),
        "table": kind.is_table,
    }
    if kind.is_table:
        held = [at for at, _one in enumerate(kind.columns) if any(row.fields[at].text for row in records)]
        told["columns"] = [kind.columns[at].label for at in held]
        told["rows"] = [[printable(row.fields[at].text) for at in held] for row in records]
        told["widths"] = [
            _width([told["columns"][x], *(row[x] for row in told["rows"])]) for x in range(len(held))
        ]
    else:
        told["records"] = [_record(record) for record in records]
    return told


def _width(texts: list[str]) -> int:
    """A column's share: by what its texts hold on average and by their longest word."""
    average = sum(map(len, texts)) // len(texts)
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    return min(max(average, longest, 5), 30)


def _record(record: Record) -> dict[str, Any]:
    """A record's title, and its fields that hold something."""
    fields = [[field.label, printable(field.text)] for field in record.fields if field.text]
    return {"title": printable(record.name) or str(record.pk), "fields": fields}
