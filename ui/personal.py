"""Swedish personal identity numbers in running text: found, and refused at their place."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from personnummer import personnummer

from ui.seeking import folded

# Of a folded text: year, month, day, what stands between, and four digits, in any of the ways they are written; not
# inside a longer row of digits. Only a sign carries the number over a line break.
APART = r"([ \t./-]?)"
BETWEEN = r"[)\]*]{0,2}(?:[.:]|[ \t]{0,3}|\s{0,4}[-+/_](?:\s{0,4}-)?\s{0,4})[(\[*]{0,2}"
WRITTEN = re.compile(
    rf"(?<![0-9])((?:18|19|20)?[0-9]{{2}}){APART}([0-9]{{2}})[ \t./-]?([0-9]{{2}})({BETWEEN})([0-9]{{4}})(?![0-9])"
)
DATE = re.compile(r"(?:19|20)[0-9]{2}[./-](?:0[1-9]|1[0-2])(?![0-9])")
TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
RAISED = str.maketrans(dict.fromkeys("¹²³⁴⁵⁶⁷⁸⁹⁰", "^"))  # a footnote is no digit


def personal_numbers(text: str) -> list[str]:
    """The personal identity and coordination numbers in a text, as they stand there.

    Ten or twelve digits, with -, + or nothing. Only what has a real date of birth and the right check digit, so that
    case numbers, telephone numbers and organisations' numbers pass.
    """
    return [text[start:end] for start, end in _places(text)]


def _places(text: str) -> Iterator[tuple[int, int]]:
    seen = folded(text.translate(RAISED))
    for found in WRITTEN.finditer(seen.text):
        if _is_a_persons(found) and not _is_another(found):
            yield seen.starts[found.start()], seen.ends[found.end() - 1]


def _is_a_persons(found: re.Match[str]) -> bool:
    year, _apart, month, day, between, last = found.groups()
    try:
        number = f"{year}{month}{day}{'+' if '+' in between else '-'}{last}"
        return personnummer.parse(number).get_age() >= 0  # nobody is born in the future
    except personnummer.PersonnummerException:
        return False


def _is_another(found: re.Match[str]) -> bool:
    """Whether these are two dates ("2024-04-29 2024-05-02"), a day and a time ("2024-04-29 1300"), or the time in a
    file's name ("20240429_0830")."""
    year, apart, _month, _day, between, last = found.groups()
    two_dates = apart and len(year) == 4 and DATE.match(found.string, found.start(6))
    is_time = len(year) == 4 and year.startswith("20") and TIME.fullmatch(last)
    return bool(
        two_dates or (is_time and (between == "_" or (apart.strip() and between and not between.strip())))
    )


def validate_no_personal_number(value: str) -> None:
    """Refuse a personal identity number and say on which line of several it begins, without repeating it.

    The text is looked through as a whole: a number may stand on both sides of a line break.
    """
    start, _end = next(_places(value), (None, None))
    if start is None:
        return
    words = (
        _("Line %(line)d holds a personal identity number. Take it away; nobody is to be recognised.")
        if len(value.splitlines()) > 1
        else _("A personal identity number stands here. Take it away; nobody is to be recognised.")
    )
    line = len(value[: start + 1].splitlines())
    raise ValidationError(words, code="personal_number", params={"line": line})
