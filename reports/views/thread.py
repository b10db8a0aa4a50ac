"""The red thread's page."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dialogues.grouping import tally
from metrics.readings import wording
from program.access import can_edit_program
from program.places import in_program
from reports.thread.chain import Need, Thread
from reports.thread.queries import WORDS, strands
from ui import formats
from ui.language import language

BACKWARDS = "matt"
EVERY_WORD = "alla"


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


def _answered(need: Need) -> str:
    """How many of the departments that raised a need have an answer; nothing where none or a single one has."""
    if need.raised < 2 or not need.answered:
        return ""
    counted = {
        "answered": formats.count(need.answered, language()), "raised": formats.count(need.raised, language()),
    }  # fmt: skip
    if need.is_answered:
        return _("all %(raised)s departments that raised it have an answer") % counted
    text = ngettext(
        "%(answered)s of %(raised)s departments that raised it has an answer",
        "%(answered)s of %(raised)s departments that raised it have an answer",
        need.answered,
    )
    return text % counted


def _badge(verdict) -> dict[str, str]:
    return {"kind": verdict.kind, "word": wording.verdict_word(verdict)}


@require_GET
@in_program
def red_thread(request, place):
    """From what was said to what should move, or with ?fran=matt from the indicators back; the breaks first.

    ?ord=alla unfolds every statement, to be read or printed.
    """
    has_words, may_edit = request.GET.get("ord") == EVERY_WORD, can_edit_program(place)
    found = strands(place, timezone.localdate(), words=None if has_words else WORDS)
    context = {
        "found": found,
        "woven": found.thread,
        "breaks": found.thread.breaks,
        "sentences": _sentences(found.thread),
        "verdicts": {key: _badge(row.verdict) for key, row in found.readings.items()},
        "beside": {key: _badge(found.verdict_beside(row)) for key, row in found.effects.items()},
        "has_words": has_words,
        "is_backwards": request.GET.get("fran") == BACKWARDS,
        "answered": {chain.need.pk: _answered(chain.need) for chain in found.thread.chains},
        "loose_statements": tally(place)["free"] if may_edit else 0,
    }
    return render(request, "reports/red_thread.html", context)
