"""Forms about managers' time: the annual wheel's processes, the ceiling, and what-if."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import Department
from program.forms.fields import (
    AudiencesField,
    MonthsField,
    WeeksField,
    check_weeks_lie_in_months,
)
from program.models import (
    AnnualEvent,
    Program,
)
from ui.forms import FormLook


class AnnualEventForm(FormLook, forms.ModelForm):
    """A process that comes back every year: its months or weeks, and what it takes of a manager's time."""

    months = MonthsField(label=_("Months"))
    weeks = WeeksField(label=_("Weeks"))
    audiences = AudiencesField(label=_("For whom"))

    class Meta:
        model = AnnualEvent
        fields = ["name", "months", "weeks", "hours_per_manager", "departments", "audiences"]
        widgets = {"departments": forms.CheckboxSelectMultiple}

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = Department.objects.visible_to(place)

    def clean(self):
        data = super().clean()
        check_weeks_lie_in_months(self)
        if not data.get("months") and not data.get("weeks") and "weeks" not in self.errors:
            self.add_error("months", _("Choose the months, or write the weeks, in which it takes time."))
        return data


class CeilingForm(FormLook, forms.ModelForm):
    """How many hours a month of a manager's time may be taken; empty means that nothing is held against it."""

    class Meta:
        model = Program
        fields = ["hours_ceiling"]


class WhatIfForm(forms.Form):
    """What stopping or moving one activity would do; in the address, so that it can be sent to others."""

    STOP, MOVE = "stop", "move"

    activity = forms.ChoiceField(label=_("Activity"))
    change = forms.ChoiceField(
        label=_("What if it"), choices=[(STOP, _("is stopped")), (MOVE, _("is moved"))], required=False
    )
    months = forms.IntegerField(
        label=_("Months later"), min_value=-11, max_value=11, required=False, help_text=_("−2 is two months earlier.")
    )  # fmt: skip

    def __init__(self, *args, activities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = activities

    def clean(self):
        data = super().clean()
        if data.get("change") == self.MOVE and not data.get("months") and "months" not in self.errors:
            self.add_error("months", _("Say how many months: 2 is later, −2 is earlier."))
        return data
