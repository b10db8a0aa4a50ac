"""Who may compose, approve, freeze and register a report, and when."""

from django.utils.translation import gettext as _

from organisation.access import Allowed, Answer, Denied, Kind, Place, only
from reports.models import may_see_unfrozen


def can_compose(place: Place) -> Answer:
    """New reports and their texts: HR."""
    return only(place, Kind.EDITOR)


def can_write(place: Place, report) -> Answer:
    """Texts, until the director has approved."""
    if report.approved_at:
        return Denied(_("The report is approved. Take the approval back to change its texts."))
    return can_compose(place)


def can_approve(place: Place, report) -> Answer:
    """The director, once it is finished."""
    if report.approved_at:
        return Denied(_("The report is already approved."))
    return only(place, Kind.DIRECTOR)


def can_reopen(place: Place, report) -> Answer:
    """The director or HR take the approval back; what is frozen stays."""
    if not report.approved_at:
        return Denied(_("The report is not approved."))
    return only(place, Kind.DIRECTOR, Kind.EDITOR)


def can_freeze(place: Place, report) -> Answer:
    """The secretary, when the director has approved."""
    if report.stage != "approved":
        return Denied(_("The director approves the report before it is frozen."))
    return only(place, Kind.SECRETARY)


def can_register(place: Place) -> Answer:
    """Case numbers and the committee's handling: the secretary."""
    return only(place, Kind.SECRETARY)


def can_export(place: Place, report) -> Answer:
    """Drafts for those who make the report; what is frozen for every member."""
    if report.releases.all() or may_see_unfrozen(place):
        return Allowed()
    return Denied(_("The report can be fetched when it is frozen."))


def can_note_instruction(place: Place) -> Answer:
    """What a political body asks for: the secretary, from the minutes, or HR."""
    return only(place, Kind.SECRETARY, Kind.EDITOR)


def can_answer_instruction(place: Place) -> Answer:
    """What answers it: HR."""
    return only(place, Kind.EDITOR)
