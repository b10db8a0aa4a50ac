"""What a checklist says, in the reader's language."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.access import Kind
from reports import deviations
from reports.checklist import judge as k
from reports.models import Report
from reports.outgoing import digest as d
from ui import formats
from ui.language import language


def day(value: dt.date, words: str = "") -> str:
    return words or formats.day(value, language())


def hr() -> str:
    return str(Kind.EDITOR.label)


def no_department() -> str:
    """Who raised a need that was spoken of in meetings without departments alone."""
    return _("without department")


def headings() -> dict[str, str]:
    """What each kind of item is called, as a heading."""
    return {
        k.TEXTS: _("Texts of the report"),
        k.UPDATES: _("Status updates"),
        k.VALUES: _("Values promised to the committee"),
        k.APPROVALS: _("Measured values that wait for a yes"),
        k.DIALOGUES: _("Dialogues"),
        k.ANSWERS: _("Answers to the departments"),
    }


def progress(group: k.Group) -> str:
    """How far one kind has come: 9 of 12 texts are written."""
    words = {
        k.TEXTS: ngettext("%(done)s of %(all)s text has been written", "%(done)s of %(all)s texts have been written", len(group.items)),
        k.UPDATES: ngettext("%(done)s of %(all)s activity is reported on since the last report", "%(done)s of %(all)s activities are reported on since the last report", len(group.items)),
        k.VALUES: ngettext("%(done)s of %(all)s promised measure has its value", "%(done)s of %(all)s promised measures have their values", len(group.items)),
        k.APPROVALS: ngettext("%(done)s of %(all)s measure has all its values approved", "%(done)s of %(all)s measures have all their values approved", len(group.items)),
        k.DIALOGUES: ngettext("%(done)s of %(all)s dialogue is published", "%(done)s of %(all)s dialogues are published", len(group.items)),
        k.ANSWERS: ngettext("%(done)s of %(all)s answer is given", "%(done)s of %(all)s answers are given", len(group.items)),
    }  # fmt: skip
    return words[group.kind] % {"done": group.done, "all": len(group.items)}


def whole(found: k.Checklist, elsewhere: int | None = None, *, is_part: bool = False) -> str:
    """41 of 56 are done; what is left is named kind by kind.

    `elsewhere` is how much waits that this reader does not see; None for those who see it all, or (`is_part`) what is
    theirs alone.
    """
    if found.owed:
        said = _("%(done)s of %(all)s are done.") % {"done": found.done, "all": found.all}
    elif is_part:
        said = _("Everything that the report needs of you is in place.")
    elif elsewhere is None:
        said = _("Everything that the report needs is in place.")
    else:
        said = _("Everything that you can see here is in place.")
    return f"{said} {_waits_elsewhere(elsewhere)}" if elsewhere else said


def _waits_elsewhere(count: int) -> str:
    words = ngettext(
        "%(count)s thing waits at HR and the director.",
        "%(count)s things wait at HR and the director.",
        count,
    )
    return words % {"count": count}


def left(group: k.Group) -> str:
    """What is left of one kind, counted: 3 texts."""
    count = len(group.owed)
    words = {
        k.TEXTS: ngettext("%(count)s text", "%(count)s texts", count),
        k.UPDATES: ngettext("%(count)s status update", "%(count)s status updates", count),
        k.VALUES: ngettext("%(count)s promised value", "%(count)s promised values", count),
        k.APPROVALS: ngettext("%(count)s measure to approve", "%(count)s measures to approve", count),
        k.DIALOGUES: ngettext("%(count)s dialogue", "%(count)s dialogues", count),
        k.ANSWERS: ngettext("%(count)s answer", "%(count)s answers", count),
    }
    return words[group.kind] % {"count": count}


def text_missing() -> str:
    return _("not written yet")


def untouched(report) -> str:
    return _("word for word as in %(period)s") % {"period": report.period}


def update_wanted(on: dt.date) -> str:
    return _("latest status update %(day)s") % {"day": day(on)}


def value_wanted(promised: str, latest: dt.date | None) -> str:
    if latest is None:
        return _("promised %(promised)s; there is no value yet") % {"promised": promised}
    words = {"promised": promised, "day": day(latest)}
    return _("promised %(promised)s; the latest value is to %(day)s") % words


def approval_wanted(count: int) -> str:
    words = ngettext("%(count)s value waits for a yes", "%(count)s values wait for a yes", count)
    return words % {"count": count}


def dialogue_wanted(stage: str) -> str:
    return _("a draft, not confirmed") if stage == "draft" else _("confirmed, not published")


def sides(waits: frozenset[str], heads: list[str]) -> str:
    """Whom a dialogue waits for."""
    named = [", ".join(heads)] if k.HEAD in waits and heads else []
    return ", ".join([*named, *([hr()] if k.HR in waits else [])])


def answer_wanted(raised: dt.date, words: str = "") -> str:
    return _("no answer since %(day)s") % {"day": day(raised, words)}


def report_path(report: Report) -> str:
    return reverse("reports:report-checklist", args=[*report.program.address, report.period])


def due(report: Report, kind: str) -> dt.date:
    """When things of a kind are wanted: texts by their own day, what the composing reads by the cut-off."""
    return (report.texts_due_on or report.meets_on) if kind == k.TEXTS else report.cut_off


def groups(found: k.Checklist, report: Report) -> tuple[d.Group, ...]:
    """What is owed to a report as a letter says it, kind by kind."""
    called = headings()
    return tuple(
        d.Group(
            _("%(what)s for report %(period)s, by %(day)s")
            % {"what": called[group.kind], "period": report.period, "day": day(due(report, group.kind))},
            left(group),
            tuple(d.Item(item.label, item.path, item.detail) for item in group.owed),
            report_path(report),
        )
        for group in found.groups
        if group.owed
    )


def changes() -> dict[str, str]:
    """What each kind of change without a reason is called."""
    return {
        deviations.LATER: _("later deadline"),
        deviations.EARLIER: _("earlier deadline"),
        deviations.DEADLINE: _("deadline set or removed"),
        deviations.STATUS: _("other status"),
        deviations.REOPENED: _("taken up again"),
    }
