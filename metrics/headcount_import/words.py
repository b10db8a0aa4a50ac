"""What a headcount file says, in words."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metrics.headcount_import.plan import Plan

HEADINGS = "Kod, Enhet, Antal, Årsarbetare, Medelålder, Chefer"
UNREADABLE = {
    "too_large": gettext_lazy("The file is larger than 5 MB. Remove what is not headcounts."),
    "too_many_rows": gettext_lazy(
        "The file has more than 5,000 rows or 30 sheets. Remove what is not headcounts."
    ),
    "wrong_kind": gettext_lazy(
        "Choose an Excel file (.xlsx), a CSV file (.csv), a Word document with a table (.docx) or a text file (.txt)."
    ),
    "pdf": gettext_lazy(
        "A PDF cannot be read as it is. Open it, mark the table, copy it and paste it in the box instead."
    ),
    "broken": gettext_lazy(
        "The file cannot be opened. Open it in the program it was made with, save it anew and try again."
    ),
    "no_headings": gettext_lazy(
        "No row of headings was found, and no line that looks like code, name, people, full-time equivalents and mean "
        "age. The file needs headings such as these: %(headings)s."
    ),
    "personal_number": gettext_lazy(
        "The file holds a personal identity number. Take it away; nobody is to be recognised."
    ),
    "empty": gettext_lazy("The headings are there, but no row below them is a unit."),
}
PROBLEMS = {
    "no_figures": gettext_lazy("The row has a code but no number of people that can be read."),
    "no_code": gettext_lazy("The row has figures but no code of two to twelve digits."),
    "twice": gettext_lazy("The code stands on an earlier row too. The first holds."),
    "people": gettext_lazy("People are counted as a whole number from 0 up."),
    "fte": gettext_lazy("The full-time equivalents cannot be read."),
    "mean_age": gettext_lazy("The mean age cannot be right."),
    "managers": gettext_lazy("The number of managers must be a whole number from 1 up."),
    "long_name": gettext_lazy("The name is longer than 120 characters."),
    "control": gettext_lazy("The name holds an invisible control character."),
}
WRONG = {
    "choose": gettext_lazy("Choose."),
    "managers": gettext_lazy("Write how many managers share the unit, from 1 up."),
    "managers_before": gettext_lazy(
        "The unit had several managers in the earlier report, and the file says nothing of them. Choose how many now."
    ),
    "name_missing": gettext_lazy("Write a name."),
    "name_bad": gettext_lazy(
        "The name is longer than 120 characters, holds a control character or a personal identity number."
    ),
    "department_missing": gettext_lazy("Choose a department."),
    "unit_missing": gettext_lazy("Choose which unit it is."),
    "unit_twice": gettext_lazy("Two rows cannot be the same unit."),
    "code_taken": gettext_lazy("The department has another unit with this code."),
    "into_missing": gettext_lazy("Choose which unit it was merged into."),
    "counted_later": gettext_lazy(
        "A later report counts people here, so the unit cannot have closed before that."
    ),
    "day": gettext_lazy(
        "Write the day as %(day)s, no earlier than the earlier report and no later than this one."
    ),
}


def wrong(as_of: dt.date) -> dict[str, str]:
    """What is wrong by its key; a day is exemplified by the report's own, which is always allowed."""
    return {key: str(words) % {"day": as_of.isoformat()} for key, words in WRONG.items()}


def unreadable(reason: str) -> str:
    """Why a file cannot be read."""
    words = str(UNREADABLE[reason])
    return words % {"headings": HEADINGS} if reason == "no_headings" else words


def assumed_sentence(plan: Plan) -> str:
    """Why it matters that the source says nothing of managers; empty when it does."""
    count, units = len(plan.assumed), len(plan.counted)
    if not count:
        return ""
    return ngettext(
        "The file says nothing of managers for %(count)s of %(units)s unit; one is assumed.",
        "The file says nothing of managers for %(count)s of %(units)s units; one each is assumed.",
        count,
    ) % {"count": count, "units": units} + " " + _(
        "A unit that several managers share then looks larger than it is for each of them. Put such rows right after "
        "reading in, or add a column for managers to the file."
    )  # fmt: skip
