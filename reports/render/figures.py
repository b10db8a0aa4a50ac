"""Figures that the content has in words, taken back to numbers for spreadsheets: 1 555; 62,5 %; −3,2."""

import re
from decimal import Decimal

BLANK = "[ \u00a0\u202f]"
FIGURE = re.compile(
    rf"(?P<sign>[+\u2212-]?)(?P<whole>[1-9]\d{{0,2}}(?:{BLANK}\d{{3}})+|0|[1-9]\d*)"
    rf"(?:,(?P<decimals>\d+))?(?P<percent>{BLANK}?%)?"
)
DIGITS = 15  # what a spreadsheet's number holds
SIGNS = {"": "{0}", "+": '"+"{0}', "-": "{0}", "\u2212": '{0};"\u2212"{0}'}


def figure(text: str) -> tuple[Decimal, str] | None:
    """The number and the format that shows it exactly as it is written; None where it is not one figure.

    A percentage is a fraction of one. Codes (007), several figures in a cell and words stay words.
    """
    found = FIGURE.fullmatch(text)
    if found is None:
        return None
    whole, decimals, percent = found["whole"], found["decimals"] or "", found["percent"] or ""
    digits = re.sub(BLANK, "", whole)
    value = Decimal(f"{digits}.{decimals}" if decimals else digits)
    if len(digits + decimals) > DIGITS or (found["sign"] and not value):
        return None
    grouped = digits != whole or len(digits) < 4
    shape = ("#,##0" if grouped else "0") + ("." + "0" * len(decimals) if decimals else "")
    if percent:
        value, shape = value / 100, shape + "".join(f"\\{blank}" for blank in percent[:-1]) + "%"
    return -value if found["sign"] in ("-", "\u2212") else value, SIGNS[found["sign"]].format(shape)
