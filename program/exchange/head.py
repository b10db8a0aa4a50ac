"""The plan's head as label and text, for the sheet about the programme."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from program.models import Area, Consultation, Document, Doubt
from ui import formats
from ui.language import language


def head(place) -> Iterator[tuple[str, str]]:
    """What frames the plan, nothing for what is not recorded. Four queries."""
    program = place.program
    yield "", _("This sheet is for reading. Only the sheet with the plan is read when the file comes back.")
    told = (
        (_("Purpose"), program.purpose),
        (_("Goal"), program.goal),
        (_("The plan is dated"), formats.day(program.dated, language()) if program.dated else ""),
        (_("Covers"), program.scope),
        (_("Responsible"), str(program.responsible or "")),
        (_("Took part"), program.took_part),
    )
    yield from ((label, text) for label, text in told if text)
    for row in Consultation.objects.visible_to(place).select_related("forum"):
        said = ", ".join(filter(None, (formats.day(row.held_on, language()), row.parties, row.outcome)))
        yield _("Consultation"), f"{row.forum.name}, {said}"
    for document in Document.objects.visible_to(place):
        dated = document.dated_words or (document.dated and formats.day(document.dated, language()))
        yield _("Basis document"), ", ".join(filter(None, (str(document), dated, document.note)))
    yield from ((label, text) for label, text in _texts(place) if text)
    for doubt in Doubt.objects.visible_to(place):
        yield _("Doubt"), " ".join(filter(None, (doubt.text, doubt.settlement)))


def _texts(place) -> Iterator[tuple[str, str]]:
    yield _("Background"), place.program.background
    yield _("Summary"), place.program.summary
    for area in Area.objects.visible_to(place):
        yield area.name, area.narrative
