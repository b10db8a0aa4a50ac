"""Refusals in words, those of typed values among them, and files that cannot be read."""

from django.utils.translation import gettext_lazy as _

from metrics.forms.observation import FAULTS
from program.wording import UNREADABLE as UNREADABLE_TABLES

WRONG = {
    "no_indicator": _("No indicator is named here. Fill in the column, or choose one for the whole file."),
    "unknown_indicator": _("The programme has no indicator named %(text)s."),
    "computed_indicator": _("%(text)s is worked out from the headcounts. Nobody enters its values."),
    "unknown_group": _("There is no department, unit or predecessor named %(text)s."),
    "ambiguous_group": _("Several are named %(text)s. Use the code instead: %(near)s."),
    "closed_group": _("%(text)s closed %(near)s, before the period begins."),
    "no_period": _("No period stands here. Write for example 2026-03, 2026H1 or 2024-10-01–2024-10-31."),
    "not_a_period": _(
        "There is no such period: %(text)s. Write for example 2026-03, 2026H1 or 2024-10-01–2024-10-31."
    ),
    "not_monthly": _("%(text)s is measured every month. Write a month, such as 2026-03."),
    "not_cumulative": _(
        "%(text)s is accumulated from January. Write the month that it ends with, or 2026-01-01–2026-03-31."
    ),
    "not_rolling": _(
        "%(text)s covers 12 months. Write the month that it ends with, or 2025-04-01–2026-03-31."
    ),
    "in_future": _("The day lies in the future: %(text)s. Take the row away until that day has come."),
    "not_a_day": _("A day is needed here, such as 2026-03-31. The file says: %(text)s."),
    "not_a_figure": _("This is no figure: %(text)s. Write for example 4,2."),
    "not_a_count": _("Write a whole number that is not below nought. The file says: %(text)s."),
    "not_yes_or_no": _("Write yes or no. The file says: %(text)s."),
    "not_a_share": _("A share lies between 0 and 100 %%. The file says: %(text)s."),
    "not_in_percent": _("A per cent sign stands here, but %(text)s is not measured in per cent."),
    "too_large": _("The value is too large: %(text)s."),
    "not_a_breakdown": _(
        "%(text)s is no breakdown. Write sex, age, background, level, form of employment or other."
    ),
    "breakdown_and_category": _("Say both what it is broken down by and which part this is."),
    "others_draft": _("The draft is written by %(text)s. Approve it, or ask %(text)s to change it."),
    "twice": _("The same group and period stands in row %(text)s too."),
    "too_long": _("The text is too long."),
    "control": _("The text holds an invisible control character. Remove it."),
    "personal_number": _("A personal identity number stands here. Take it away; nobody is to be recognised."),
}
NEAR = _("Nearest is %(near)s.")
WITH_NEAR = ("unknown_indicator", "unknown_group")

UNREADABLE = UNREADABLE_TABLES | {
    "wrong_kind": _("Choose an Excel file (.xlsx) or a CSV file."),
    "no_value_headings": _(
        "No headings that we know were found. The file needs a column for the period and one for the value, or one "
        "column for each month. Start from one of the templates below."
    ),
    "no_values": _("The file has headings but not one value below them."),
    "too_many_columns": _("The file has more than 100 columns. Divide it into several."),
    "personal_number": _(
        "The file holds a personal identity number. Take it away; nobody is to be recognised."
    ),
    "too_many_values": _("The file has more than 20 000 values. Divide it into several."),
}


def message(code: str, text: str, near: str) -> str:
    """What is wrong, and what is near to it where something is."""
    said = str((WRONG | FAULTS)[code]) % {"text": text, "near": near, "number": text}
    return f"{said} {str(NEAR) % {'near': near}}" if near and code in WITH_NEAR else said
