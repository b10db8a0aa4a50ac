"""From the demo's JSON to plain values."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from program.when import When, parse

DATA = Path(__file__).parent.with_name("data")


def read(name: str):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def when(text: str | None) -> When | None:
    """A date in the source's own words, or None where it gives none."""
    return parse(text) if text else None


def decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def noon(on: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time(12)))


def running_text(blocks: list[str]) -> str:
    """Paragraphs with an empty line between them; a list's lines, each with its dash, stay together."""
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        together = before.startswith("- ") and block.startswith("- ")
        text += ("\n" if together else "\n\n") + block
    return text.strip()
