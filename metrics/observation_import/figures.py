"""Figures as people and HR systems write them: 4,2 %, 1 234,5, −3, "–" for nothing. Pure."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.0001")  # what an observation keeps, of the fraction where it is a share
LARGEST, MOST = Decimal(100_000), 9_999_999
MINUS = re.compile("^[-\u2010-\u2015\u2212]")
NUMBER = re.compile(r"-?(?:[0-9]{1,9}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})")
NOTHING = {"", "-", ".", "..", "...", "…", "*", "x", "saknas", "uppgift saknas", "missing", "n/a", "na"}


class NotAFigure(ValueError):
    """The text is no figure that we understand."""


@dataclass(frozen=True)
class Figure:
    """A number as it was typed, and whether a per cent sign stood behind it."""

    number: Decimal
    is_percent: bool = False


def figure(text: str) -> Figure | None:
    """What a cell says; None for nothing. Raises NotAFigure."""
    plain = MINUS.sub("-", "".join(text.split()).casefold())
    if plain in NOTHING or text.strip().casefold() in NOTHING:
        return None
    is_percent = plain.endswith(("%", "procent", "percent"))
    plain = _with_point(re.sub("(%|procent|percent)$", "", plain))
    if not NUMBER.fullmatch(plain):
        raise NotAFigure(text)
    return Figure(Decimal(plain), is_percent)


def count(text: str) -> int | None:
    """A whole number that is not below nought; None for nothing. Raises NotAFigure."""
    found = figure(text)
    if found is None:
        return None
    if found.is_percent or found.number != found.number.to_integral_value() or not 0 <= found.number <= MOST:
        raise NotAFigure(text)
    return int(found.number)


def kept(number: Decimal, *, is_share: bool) -> Decimal:
    """The number as an observation keeps it: shares in fractions of one, four decimals, rounded half up."""
    return (number / 100 if is_share else number).quantize(PLACES, rounding=ROUND_HALF_UP)


def _with_point(plain: str) -> str:
    """The last of comma and point is the decimal one; the others divide thousands."""
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "." if comma > point else ","
        plain = plain.replace(thousands, "")
    return plain.replace(",", ".")
