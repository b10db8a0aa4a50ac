"""Dates and numbers as Swedish readers expect them: 13 juni 2024, 1 555, 62,5 %."""

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

MINUS = "\u2212"
WORDS = {
    "sv": ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": (
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ),
}  # fmt: skip
NEUTER = {"ingen": "inget", "en": "ett"}


@lru_cache(4096)
def day(value: dt.date, language: str = "sv") -> str:
    """13 juni 2024."""
    return str(format_date(value, "d MMMM y", locale=language))


def short_day(value: dt.date, language: str = "sv") -> str:
    """13 juni, for a date whose year is plain from where it stands."""
    return str(format_date(value, "d MMM", locale=language)).replace(".", "")


def month(value: int, language: str = "sv") -> str:
    """mars, for 3."""
    return str(get_month_names("wide", locale=language)[value])


def short_month(value: int, language: str = "sv") -> str:
    """mar, for 3."""
    return str(get_month_names("abbreviated", locale=language)[value]).replace(".", "")[:3]


@lru_cache(4096)  # a report writes some two thousand figures, most of them more than once
def number(value: Decimal | int, places: int | None = None, language: str = "sv") -> str:
    """1 555 (no-break space); with `places`, that many decimals, rounded half up: 62,5."""
    if places is None:
        pattern = "#,##0.###"
        quantised = Decimal(value)
    else:
        pattern = "#,##0" + ("." + "0" * places if places else "")
        quantised = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if quantised == 0:
        quantised = Decimal(0)  # no minus sign before a nought
    return str(format_decimal(quantised, format=pattern, locale=language)).replace("-", MINUS)


def count(value: int, language: str = "sv", *, neuter: bool = False) -> str:
    """A count in a sentence: in words up to twelve, else in figures; `neuter` for ett mått, ett behov. Tables, shares
    and what has a unit keep their figures."""
    words = WORDS.get(language, WORDS["en"])
    if not 0 <= value < len(words):
        return number(value, None, language)
    return NEUTER.get(words[value], words[value]) if neuter else words[value]


def listed(parts: Iterable[str], language: str = "sv") -> str:
    """a, b och c."""
    return format_list(list(parts), locale="sv" if language == "sv" else "en_GB")  # no comma before "and"


def sentence(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def percent(share: Decimal, places: int = 1, language: str = "sv") -> str:
    """62,5 % from 0.625; a whole number carries no decimals."""
    scaled = (share * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if scaled == scaled.to_integral_value():
        places = 0
    return number(scaled, places, language) + "\u00a0%"
