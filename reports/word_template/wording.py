"""What is said of a Word template: its problems, its placeholders, and where they stand."""

from django.utils.translation import gettext_lazy as _

from reports.render.word.check import Problem

PROBLEMS = {
    "too_large": _("The file is larger than 10 MB. Make its pictures smaller and try again."),
    "old_word": _("This is an older Word file (.doc), or a protected one. Save it as Word document (.docx) without a password."),
    "not_word": _("This is no Word document that we can open. Save it as Word document (.docx) and try again."),
    "bomb": _("The file unpacks to more than a template may hold. Make a new one in Word, and copy into it."),
    "broken": _("A part of the file is damaged (%s). Open it in Word, save it anew and try again."),
    "strict": _("The file is saved in a form that we do not read. Choose Word document (.docx), not Strict Open XML."),
    "dtd": _("The file defines things of its own (%s), which a Word document never does. Make a new one in Word."),
    "macro": _("The template holds macros. Save it as Word document (.docx) without macros."),
    "embedded": _("The template has something put inside it (%s). Take it out; text and pictures may stay."),
    "attached": _("The template hangs on another template (%s). In Word: Developer, Document Template, choose Normal."),
    "outside": _("The template points out of the file: %s. Take the link away in Word; its text may stay, and pictures must be inside the file."),
    "field": _("The template has a field that fetches or runs something: %s. Take it away."),
    "no_body": _("The template has no place for the document. Write {{innehåll}} in a paragraph of its own where it is to stand."),
    "two_bodies": _("The placeholder {{innehåll}} stands more than once. Leave one of them."),
    "body_elsewhere": _("The placeholder {{innehåll}} must stand in the text itself, not in a table, a text box, a header or a footer."),
    "body_not_alone": _("The placeholder {{innehåll}} must stand alone in its paragraph. Move what stands beside it."),
    "unknown": _("There is no placeholder %s. Those that exist are listed below."),
    "more": _("There is more of the kind, which is not listed."),
}  # fmt: skip
PLACES = {
    "body": _("text"),
    "table": _("table"),
    "box": _("text box"),
    "header": _("header"),
    "footer": _("footer"),
    "notes": _("note"),
    "nested": _("content control"),
}
PLACEHOLDERS = {
    "innehåll": _("the document itself, in a paragraph of its own; the only one that must be there"),
    "titel": _("the report's title; when it stands in the text, our own cover is left out"),
    "organisation": _("the organisation's name"),
    "kommun": _("the municipality or region"),
    "avsändare": _("municipality or region and organisation, with a dot between"),
    "nämnd": _("the committee"),
    "program": _("the programme's name"),
    "diarienummer": _("the case numbers, with commas between"),
    "period": _("the period in words, such as första halvåret 2026"),
    "stoppdatum": _("the cut-off"),
    "sammanträde": _("the day when the committee meets"),
    "version": _("the frozen version and its day; empty until then"),
    "märkning": _("Utkast and Exempeldata, where they hold"),
}


def told(problem: Problem) -> str:
    """A problem in a sentence or two, with what to do."""
    text = str(PROBLEMS[problem.kind])
    return text % problem.what if "%s" in text else text
