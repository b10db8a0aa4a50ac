"""What may be changed when among the measures; who may is asked in `program/access.py`."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics import disclosure, gate
from metrics.models import Guideline, GuidelineBase, Indicator, LinkedAnswers, Observation
from organisation.access import Allowed, Answer, Denied, Kind, Place, only
from organisation.models import Unit
from program.access import can_edit_program
from ui import formats
from ui.language import language


def can_change_version(guideline: Guideline, today: dt.date) -> Answer:
    """Until a version has been used, or its first day is past. Wants the guideline `with_uses`."""
    if guideline.uses:
        words = ngettext(
            "One assessment has been made by this version, so it stays as it is. Make a new version instead.",
            "%(count)d assessments have been made by this version, so it stays as it is. Make a new version instead.",
            guideline.uses,
        )
        return Denied(words % {"count": guideline.uses})
    if guideline.valid_from < today:
        day = formats.day(guideline.valid_from, language())
        return Denied(
            _("This version has held since %(day)s, so it stays as it is. Make a new version instead.")
            % {"day": day}
        )
    return Allowed()


def can_be_assessed(unit: Unit, base: GuidelineBase | None, today: dt.date) -> Answer:
    """A unit that exists and has a base number to start from."""
    if unit.is_closed(today):
        return Denied(_("The unit is closed and is not assessed any more."))
    if base is None:
        return Denied(
            _("No category of the guideline fits the unit, so there is no base number to start from.")
        )
    return Allowed()


def can_enter_values(place: Place, indicator: Indicator) -> Answer:
    """HR, for what the system does not work out itself."""
    if indicator.computed:
        return Denied(_("The system works this out from the headcounts; nobody enters its values."))
    return can_edit_program(place)


def can_see_drafts(place: Place) -> Answer:
    """Values that wait for a yes: HR, who enter them, and the director, who may give it."""
    return only(place, Kind.EDITOR, Kind.DIRECTOR)


def is_small(place: Place, entered: Observation | LinkedAnswers) -> bool:
    """Whether a draft's own figures are of too few, or all alike, so that they may not be shown."""
    positive = entered.positive if isinstance(entered, Observation) else None
    least = gate.thresholds(place.organisation)
    return not disclosure.may_show(entered.indicator.subject, entered.answered, positive, least)


def can_change_draft(place: Place, entered: Observation | LinkedAnswers) -> Answer:
    """The one who wrote it: were others to change it, its first writer could approve what they wrote in part."""
    is_draft = entered.pk is not None and entered.state == Observation.State.DRAFT
    if is_draft and entered.entered_by_id not in (None, place.membership.user_id):
        return Denied(
            _("The draft is written by %(name)s. Approve it, remove it, or ask %(name)s to change it.")
            % {"name": entered.entered_by.username}
        )
    return can_edit_program(place)


def can_approve_values(place: Place, entered: Observation | LinkedAnswers, is_hidden: bool) -> Answer:
    """HR and the director, but never what they have entered themselves or, `is_hidden`, must not see."""
    if entered.entered_by_id == place.membership.user_id:
        return Denied(_("You entered this value. Somebody else approves it."))
    if is_hidden:
        return Denied(
            _("Too few have answered for the figure to be shown to you. Another person in HR approves it.")
        )
    return can_see_drafts(place)


def can_enter_linked(place: Place, indicator: Indicator) -> Answer:
    """HR, where each answer is either positive or not."""
    if indicator.kind != Indicator.Kind.SHARE:
        return Denied(_("Linked answers belong to a share: each answer is positive or it is not."))
    return can_enter_values(place, indicator)
