"""Who may write, confirm and publish a dialogue, and when."""

from django.utils.translation import gettext as _

from organisation.access import Allowed, Answer, Denied, Kind, Place, only


def can_log_dialogue(place: Place) -> Answer:
    """HR and department heads."""
    return only(place, Kind.EDITOR, Kind.DEPARTMENT_HEAD)


def owns_dialogue(place: Place, dialogue) -> bool:
    """Whether a department head's own department took part. Reads prefetched departments."""
    return bool(place.department_ids & {department.pk for department in dialogue.departments.all()})


def can_work_with(place: Place, dialogue) -> Answer:
    """HR, and the head of a department that took part."""
    if place.kind == Kind.EDITOR:
        return Allowed()
    if place.kind == Kind.DEPARTMENT_HEAD and owns_dialogue(place, dialogue):
        return Allowed()
    if place.kind == Kind.DEPARTMENT_HEAD:
        return Denied(_("You work with your own departments' dialogues."))
    return only(place, Kind.EDITOR, Kind.DEPARTMENT_HEAD)


def can_change_words(place: Place, dialogue) -> Answer:
    """As long as it is a draft; confirmed words stand."""
    if dialogue.stage != "draft":
        return Denied(_("The dialogue is confirmed; its words stand as they were said."))
    return can_work_with(place, dialogue)


def can_agree(place: Place, dialogue) -> Answer:
    """Say yes to publication, once per side, when the dialogue is confirmed."""
    if dialogue.stage != "confirmed":
        return Denied(_("A dialogue is confirmed before it is published, and published once."))
    mine = dialogue.hr_agreed_at if place.kind == Kind.EDITOR else dialogue.head_agreed_at
    if mine:
        return Denied(_("Your side has already agreed."))
    return can_work_with(place, dialogue)
