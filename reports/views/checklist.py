"""What a report still needs and from whom, reminders of it, and what differs without anybody having said why."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from organisation.access import require
from program.models import Activity, Status
from program.places import in_program
from reports import content, facts, since
from reports.access import can_remind, can_see_checklist, can_see_deviations
from reports.checklist import mail, queries, wording
from reports.deviations import unexplained
from reports.views.report import one_report


def group_rows(report, found) -> list[dict]:
    """The kinds of a checklist as the page shows them."""
    headings = wording.headings()
    return [
        {
            "group": group,
            "heading": headings[group.kind],
            "progress": wording.progress(group),
            "left": wording.left(group),
            "due": wording.due(report, group.kind),
        }
        for group in found.groups
    ]


@require_GET
@in_program
def report_checklist(request, place, period):
    """Who owes what to a report, and how far it has come; a department head sees the own part."""
    require(can_see_checklist(place))
    report, today = one_report(place, period), timezone.localdate()
    found = queries.checklist(place, report, today)
    may_remind = can_remind(place, report)
    debtors = mail.debtors(place, report, found, today) if may_remind else []
    context = {
        "report": report,
        "today": today,
        "found": found,
        "whole": queries.in_one_sentence(place, report, found, today),
        "rows": group_rows(report, found),
        "debtors": debtors,
        "reachable": sum(not row.why_not for row in debtors),
        "may_remind": may_remind,
        "unset": mail.unset() if may_remind else [],
        "may_see_deviations": can_see_deviations(place),
    }
    return render(request, "reports/checklist.html", context)


@require_POST
@in_program
def checklist_remind(request, place, period):
    """Send each of those who owe something a letter with the own rows; at most one a day and person."""
    report = one_report(place, period)
    require(can_remind(place, report))
    if missing := mail.unset():
        words = _("No letter was sent: the system is not set up for e-mail (%(settings)s is missing).")
        messages.error(request, words % {"settings": ", ".join(missing)})
        return redirect("reports:report-checklist", *place.program.address, period)
    sent = mail.remind_all(place=place, report=report, today=timezone.localdate())
    if sent.reached:
        words = ngettext(
            "A reminder is sent to %(names)s.", "Reminders are sent to %(names)s.", len(sent.reached)
        )
        messages.success(request, words % {"names": ", ".join(sent.reached)})
    if sent.failed:
        words = _("The mail server did not take the letter to %(names)s. Try again later.")
        messages.warning(request, words % {"names": ", ".join(sent.failed)})
    if not sent.reached and not sent.failed:
        messages.info(request, _("There was nobody to remind."))
    return redirect("reports:report-checklist", *place.program.address, period)


@require_GET
@in_program
def report_deviations(request, place, period):
    """What differs from the last frozen report without anybody having recorded why."""
    require(can_see_deviations(place))
    report = one_report(place, period)
    release = report.latest
    release = release if report.stage == "frozen" and release else queries.frozen_before(report)
    frame = facts.frame_of(report)
    context = {
        "report": report,
        "release": release,
        "differences": _differences(place, release) if release else [],
        "unexplained": unexplained(frame.activities, frame.previous, frame.cut_off),
        "previous": frame.before,
        "words": wording.changes(),
        "statuses": {status.value: str(status.label) for status in Status},
    }
    return render(request, "reports/deviations.html", context)


def _differences(place, release) -> list[dict]:
    """What the frozen report's own data no longer says, each with the place in the report that said it."""
    said = release.report
    said.program = place.program
    frozen = content.from_json(release.content)
    keys = {row.heading: row.key for row in frozen.whole}
    found = since.differences(frozen, facts.compose(said))
    links = _links(place, {row.row for row in found})
    page = said.get_absolute_url()
    return [
        {"row": row, "path": links.get(row.row) or f"{page}#{keys.get(row.heading, '')}".rstrip("#")}
        for row in found
    ]


def _links(place, names: set[str]) -> dict[str, str]:
    """Activities by the name that a report gives them. One query."""
    rows = Activity.objects.visible_to(place).only("number", "title", "program")
    found = {}
    for row in rows:
        row.program = place.program
        if str(row) in names:
            found[str(row)] = row.get_absolute_url()
    return found
