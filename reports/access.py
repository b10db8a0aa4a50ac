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


def can_change_instruction(place: Place) -> Answer:
    """What was asked for, once it is noted: the secretary, who has the minutes."""
    return only(place, Kind.SECRETARY)


def can_answer_instruction(place: Place) -> Answer:
    """What answers it: HR."""
    return only(place, Kind.EDITOR)


def can_see_checklist(place: Place) -> Answer:
    """What a report still needs: those who make it; department heads see their own part."""
    return only(place, Kind.EDITOR, Kind.DIRECTOR, Kind.SECRETARY, Kind.DEPARTMENT_HEAD)


def can_remind(place: Place, report) -> Answer:
    """Remind those who owe something: HR, until the report is frozen."""
    if report.stage == "frozen":
        return Denied(_("The report is frozen; nothing is wanted for it any more."))
    return only(place, Kind.EDITOR)


def can_see_deviations(place: Place) -> Answer:
    """What differs from the last frozen report without a reason: the secretary and HR."""
    return only(place, Kind.SECRETARY, Kind.EDITOR)


def can_shape(place: Place) -> Answer:
    """Headings, order and fixed texts of the organisation's reports: HR."""
    return only(place, Kind.EDITOR)


def can_hand_out(place: Place) -> Answer:
    """Handouts of the programme's records: HR and the secretary."""
    return only(place, Kind.EDITOR, Kind.SECRETARY)


def can_look_through(place: Place, kind) -> Answer:
    """Records of a kind: HR all; the secretary those that are not HR's own until they are published."""
    if kind.is_hr_only and place.kind != Kind.EDITOR:
        return Denied(_("These records hold words that are not published. HR looks them through."))
    return can_hand_out(place)


def can_change_handout(place: Place, handout) -> Answer:
    """As long as it is not handed out."""
    if handout.handed_out_at:
        return Denied(_("The records are handed out and never change. A new request is a new case."))
    return can_hand_out(place)


def can_release_handout(place: Place, handout, kinds) -> Answer:
    """Whoever may look through every kind that it takes in."""
    if any(not can_look_through(place, kind) for kind in kinds):
        return Denied(_("The case takes in records that only HR may look through. HR hands it out."))
    return can_change_handout(place, handout)


def can_set_retention(place: Place) -> Answer:
    """How long records are kept: the system owner and HR."""
    return only(place, Kind.ADMIN, Kind.EDITOR)


def can_thin(place: Place) -> Answer:
    """Remove what its time is out for: HR."""
    return only(place, Kind.EDITOR)


def can_manage_templates(place: Place) -> Answer:
    """The organisation's Word template: HR and the system owner."""
    return only(place, Kind.EDITOR, Kind.ADMIN)
