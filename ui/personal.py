"""Swedish personal identity numbers in running text: found, and refused at their place."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from personnummer import personnummer

BLANK = r"[ \t\u00a0\u2007\u2009\u202f]"
DASH = r"[-\u2010-\u2015\u2212]"
# Year, month, day and four digits in any of the ways they are written; not inside a longer row of digits, and not
# the first of two dates ("2024-04-29 2024-05-02").
WRITTEN = re.compile(
    rf"(?<![0-9])((?:18|19|20)?[0-9]{{2}})(?:{BLANK}|{DASH}|[./])?([0-9]{{2}})(?:{BLANK}|{DASH}|[./])?([0-9]{{2}})"
    rf"{BLANK}{{0,3}}({DASH}|\+)?{BLANK}{{0,3}}([0-9]{{4}})(?![0-9]|{DASH}[0-9]|[./][0-9])"
)


def personal_numbers(text: str) -> list[str]:
    """The personal identity and coordination numbers in a text, as they stand there.

    Ten or twelve digits, with -, + or nothing. Only what has a real date of birth and the right check digit, so that
    case numbers, telephone numbers and organisations' numbers pass.
    """
    return [found[0] for found in WRITTEN.finditer(text) if _is_a_persons(*found.groups())]


def _is_a_persons(year: str, month: str, day: str, sign: str | None, last: str) -> bool:
    digits = f"{year}{month}{day}{'+' if sign == '+' else '-'}{last}"
    try:
        return personnummer.parse(digits).get_age() >= 0  # nobody is born in the future
    except personnummer.PersonnummerException:
        return False


def validate_no_personal_number(value: str) -> None:
    """Refuse a personal identity number and say on which line of several it stands, without repeating it."""
    lines = value.splitlines()
    number = next((number for number, line in enumerate(lines, start=1) if personal_numbers(line)), None)
    if number is None:
        return
    words = (
        _("Line %(line)d holds a personal identity number. Take it away; nobody is to be recognised.")
        if len(lines) > 1
        else _("A personal identity number stands here. Take it away; nobody is to be recognised.")
    )
    raise ValidationError(words, code="personal_number", params={"line": number})
