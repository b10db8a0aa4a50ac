"""The timeline's page."""

from itertools import groupby

from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from program.models import Status
from program.places import in_program
from reports.timeline.chart import timeline_chart
from reports.timeline.rows import COMMITTEE, STEP, Timeline, timeline
from ui import formats
from ui.charts import svg
from ui.language import language


def _labels() -> dict[str, str]:
    labels = {status.value: str(status.label) for status in Status}
    return labels | {
        "late": _("late"),
        "committee": _("Committee"),
        "process": _("How the work goes"),
        "today": _("today"),
    }


def _year(text: str, place) -> int | None:
    """The year asked for, when the programme has it."""
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if place.program.first_year <= year <= place.program.last_year else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 else None


def _sentences(found: Timeline) -> list[str]:
    """What the picture shows, for whoever reads only this."""
    ongoing, late = len(found.ongoing), len(found.late)
    told = ngettext("%(count)s activity is under way", "%(count)s activities are under way", ongoing)
    sentence = told % {"count": ongoing}
    if late:
        more = ngettext("%(count)s late", "%(count)s late", late) % {"count": late}
        sentence = _("%(some)s and %(last)s") % {"some": sentence, "last": more}
    sentences = [f"{sentence}."]
    if meeting := found.next_meeting:
        sentences.append(
            _("The next committee meeting is on %(day)s.") % {"day": formats.day(meeting.first, language())}
        )
    if pair := found.next_milestone:
        mark, bar = pair
        words = {"day": formats.day(mark.day, language()), "what": _what(mark), "activity": bar.title}
        sentences.append(_("Next due is %(what)s in “%(activity)s”, %(day)s.") % words)
    return sentences


def _what(mark) -> str:
    return _("a step") if mark.kind == STEP else mark.text.lower()


def _left_out(found: Timeline) -> str:
    """What the picture does not hold, and what to do about it."""
    left = len(found.bars) - len(found.pictured) - len(found.undated)
    if left <= 0:
        return ""
    return _("The picture holds the %(shown)s of %(all)s activities whose ends lie nearest. Choose an area or a year to see the others.") % {
        "shown": len(found.pictured), "all": len(found.bars)}  # fmt: skip


def _moment(row) -> dict:
    """A committee meeting or a process step, as its table shows it."""
    if row.kind == COMMITTEE:
        what = _("Report %(period)s") % {"period": row.period}
        text = f"{what}, {row.text}" if row.text else what
    else:
        text = row.text
    return {"row": row, "text": text, "is_committee": row.kind == COMMITTEE}


@require_GET
@in_program
def timeline_page(request, place):
    """Activities, milestones and committee dates, as sentences, picture and tables."""
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), place)
    area = _number(request.GET.get("area", ""))
    found = timeline(place, today, year, area)
    labels = _labels()
    has_picture = bool(found.pictured or found.moments)
    context = {
        "found": found,
        "year": year,
        "area": area,
        "years": range(place.program.first_year, place.program.last_year + 1),
        "sentences": _sentences(found),
        # Our own specification, drawn by our own process: nothing in it comes from a browser.
        "picture": mark_safe(svg(timeline_chart(found, labels, language()))) if has_picture else "",
        "left_out": _left_out(found),
        "groups": [(name, list(bars)) for name, bars in groupby(found.bars, key=lambda bar: bar.area)],
        "moments": [_moment(row) for row in found.moments],
        "labels": labels,
    }
    return render(request, "reports/timeline.html", context)
