"""The red thread's page."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from metrics import wording
from program.access import can_edit_program
from program.places import in_program
from reports.thread import Thread
from reports.thread_queries import strands

BACKWARDS = "matt"


def _sentences(woven: Thread) -> list[str]:
    """How much hangs together, and in how many places it does not."""
    told = []
    if woven.chains:
        text = ngettext(
            "%(whole)s of %(all)s needs hangs together from statement to indicator.",
            "%(whole)s of %(all)s needs hang together from statement to indicator.",
            woven.whole,
        )
        told.append(text % {"whole": woven.whole, "all": len(woven.chains)})
    torn = woven.breaks.count
    if torn:
        text = ngettext(
            "The thread is torn in %(count)s place.", "The thread is torn in %(count)s places.", torn
        )
        told.append(text % {"count": torn})
    elif woven.chains:
        told.append(_("The thread is torn nowhere."))
    return told


def _badge(verdict) -> dict[str, str]:
    return {"kind": verdict.kind, "word": wording.verdict_word(verdict)}


@require_GET
@in_program
def red_thread(request, place):
    """From what was said to what should move, or with ?fran=matt from the indicators back; the breaks first."""
    found = strands(place, timezone.localdate())
    context = {
        "found": found,
        "woven": found.thread,
        "breaks": found.thread.breaks,
        "sentences": _sentences(found.thread),
        "verdicts": {key: _badge(row.verdict) for key, row in found.readings.items()},
        "beside": {key: _badge(found.verdict_beside(row)) for key, row in found.effects.items()},
        "is_backwards": request.GET.get("fran") == BACKWARDS,
        "may_edit": can_edit_program(place),
    }
    return render(request, "reports/red_thread.html", context)
