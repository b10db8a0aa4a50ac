"""Judgements and refusals in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.doubts import Case, Flag, flags, step_label
from ui import formats
from ui.language import language

FLAGS = {
    "before_plan": gettext_lazy("The deadline %(day)s lies before the plan's own date, %(against)s."),
    "before_its_year": gettext_lazy(
        "The deadline %(day)s lies before the year the work is to be done in, %(year)s."
    ),
    "deadline_before_start": gettext_lazy("The deadline %(day)s lies before the start, %(against)s."),
    "completed_before_start": gettext_lazy("It was completed %(day)s, before the start, %(against)s."),
    "step_after_activity": gettext_lazy("The deadline %(day)s lies after the activity's own, %(against)s."),
}
WRONG = {
    "missing": gettext_lazy("Nothing stands here. It must be filled in."),
    "not_a_date": gettext_lazy(
        "There is no such date: %(text)s. Write for example 2025-12-31, autumn 2025 or 2025H2."
    ),
    "not_a_day": gettext_lazy("A day is needed here, such as 2025-12-31. The file says: %(text)s."),
    "in_future": gettext_lazy(
        "The day lies in the future: %(text)s. What is planned belongs under Deadline."
    ),
    "no_such_number": gettext_lazy("A date is numbered %(text)s), but no measure has that number."),
    "not_a_choice": gettext_lazy("%(text)s is none of the words that can stand here: %(choices)s."),
    "not_yes_or_no": gettext_lazy("Write yes or no. The file says: %(text)s."),
    "not_hours": gettext_lazy("Write hours as a number between 0 and 2000. The file says: %(text)s."),
    "not_months": gettext_lazy("Write months by number, such as 2, 9–11. The file says: %(text)s."),
    "not_weeks": gettext_lazy("Write weeks such as 10–12, 40. The file says: %(text)s."),
    "not_a_plan": gettext_lazy("Write plan and year, such as Budget 2025. The file says: %(text)s."),
    "not_an_id": gettext_lazy("This is no id from Ledstång: %(text)s. Leave the cell empty for a new row."),
    "unknown_id": gettext_lazy("No row with this id exists in this programme: %(text)s."),
    "not_a_type": gettext_lazy("%(text)s is no kind of row. Write activity, step, follow-up or evaluation."),
    "no_activity_above": gettext_lazy("The row belongs to an activity, but none stands above it."),
    "twice": gettext_lazy("The same activity stands in row %(text)s too."),
    "too_long": gettext_lazy("The text is too long. At most %(text)s characters fit."),
    "control": gettext_lazy("The text holds an invisible control character. Remove it."),
    "no_department": gettext_lazy("There is no department with this name or code: %(text)s."),
    "no_need": gettext_lazy("There is no need with this title in the programme: %(text)s."),
    "not_completed": gettext_lazy("A day of completion stands here, but the status says %(text)s."),
    "completed_needs_day": gettext_lazy("A completed activity has a day when it was completed."),
    "stopped_needs_reason": gettext_lazy("Say why the activity is stopped."),
    "changed_since": gettext_lazy(
        "Somebody else has changed this since the file was made. Now it says: %(text)s"
    ),
}
UNREADABLE = {
    "too_large": gettext_lazy("The file is larger than 10 MB. Divide it, or remove pictures."),
    "too_many_rows": gettext_lazy("The file has more than 5,000 rows or 30 sheets. Divide it."),
    "wrong_kind": gettext_lazy("Choose an Excel file (.xlsx), a CSV file (.csv) or a Word document (.docx)."),
    "broken": gettext_lazy(
        "The file cannot be opened. Open it in the program it was made with, save it anew and try again."
    ),
    "no_headings": gettext_lazy(
        "No row of headings was found. The file needs at least the headings Activity and Deadline,"
        " or those of an action plan: improvement area, planned measure, desired result, responsible, dates."
    ),
    "empty": gettext_lazy("The headings are there, but no row below them says anything."),
}


def day_or_words(day, words: str | None = "") -> str:
    """A date as it was written, else the day in the reader's language; nothing for None."""
    return words or (formats.day(day, language()) if day else "")


def flag(found: Flag) -> str:
    """A flag as a sentence."""
    words = FLAGS[found.code] % {
        "day": formats.day(found.day, language()),
        "against": formats.day(found.against, language()) if found.against else "",
        "year": found.year,
    }
    return (
        _("Step %(step)s: %(sentence)s") % {"step": found.step, "sentence": words}
        if found.step
        else str(words)
    )


def flags_of(activity, steps) -> list[str]:
    """What does not add up in an activity that carries its state, as sentences. No query."""
    told = tuple((step_label(step.number, step.text, len(steps)), step.text, step.deadline) for step in steps)
    case = Case(
        activity.program.dated, activity.starts, activity.state_deadline, activity.state_completed_on,
        activity.measure, told,
    )  # fmt: skip
    return [flag(found) for found in flags(case)]
