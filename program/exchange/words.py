"""A value as a cell of the file shows it, in the reader's language; read back it gives the same value."""

from decimal import Decimal
from typing import Any

from program.exchange.cells import DateCell, enlisted
from program.exchange.rows import CHOICES

CHOSEN = {"status", "level", "kind"}


def label(choices: str, value: str, language: str = "sv") -> str:
    """The word of a choice."""
    words = CHOICES[choices].get(value, (value,))
    return words[1] if language == "en" and len(words) > 1 else words[0]


def in_words(key: str, value: Any, language: str = "sv") -> str:
    """The text of a value; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, DateCell):
        return value.text
    if isinstance(value, bool):
        return ("yes" if language == "en" else "ja") if value else ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if key in CHOSEN and value:
        return label(key, value, language)
    if key == "audiences":
        return "; ".join(label("audiences", row, language) for row in value)
    if key == "plan_links":
        return "; ".join(
            f"{label('plan', plan, language).capitalize()} {year}" + (f" ({note})" if note else "")
            for year, plan, note in value
        )
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) if key == "months" else enlisted(value)
    return str(value)
