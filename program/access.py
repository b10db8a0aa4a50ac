"""Who may change what in a programme."""

from django.utils.translation import gettext as _

from organisation.access import Allowed, Answer, Denied, Kind, Place, only


def can_edit_program(place: Place) -> Answer:
    """Activities, needs, areas, process, support: HR."""
    return only(place, Kind.EDITOR)


def can_report_on(place: Place, activity) -> Answer:
    """Status updates: HR on every activity, department heads on those of their own departments."""
    if place.kind == Kind.EDITOR:
        return Allowed()
    if place.kind != Kind.DEPARTMENT_HEAD:
        return only(place, Kind.EDITOR, Kind.DEPARTMENT_HEAD)
    if place.department_ids & {department.pk for department in activity.departments.all()}:
        return Allowed()
    return Denied(_("You report on your own departments' activities."))
