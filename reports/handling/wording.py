"""What a hearing's flags mean, in the reader's language."""

from django.utils.translation import gettext_lazy as _

FLAGS = {
    "to_come": _("the day has not been yet, but there is an outcome"),
    "before_cut_off": _("held before the report's cut-off"),
    "before_frozen": _("held before the report was frozen"),
    "other_day": _("another day than the report says"),
    "before_working_party": _("held before the working party"),
    "other_case": _("a case number that the report does not have"),
    "later_document": _("a basis document is dated after the meeting"),
    "no_outcome": _("no outcome is registered"),
    "points_left": _("not every point has an outcome"),
}
