"""Forms about managers' time: months, weeks, the annual wheel's processes, the ceiling, and what-if."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from organisation.models import Department
from program.load import parse_weeks, weeks_outside
from program.models import AnnualEvent, Audience, Program
from ui.fields import validate_no_control_characters
from ui.forms import FormLook


class MonthsField(forms.TypedMultipleChoiceField):
    """Twelve checkboxes; cleans to the months' numbers in order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        choices = [(number, capfirst(name)) for number, name in MONTHS.items()]
        super().__init__(choices=choices, coerce=int, empty_value=[], required=False, **kwargs)


class WeeksField(forms.CharField):
    """Weeks as written, such as "10–12, 40"; what cannot be read is told at its place."""

    default_error_messages = {
        "no_weeks": _("These are no weeks: %(text)s. Write for example 10–12, 40. A year has weeks 1–53.")
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("For example 10–12, 40."))
        super().__init__(max_length=60, required=False, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        validate_no_control_characters(text)
        try:
            parse_weeks(text)
        except ValueError as error:
            raise forms.ValidationError(
                self.error_messages["no_weeks"], code="no_weeks", params={"text": text}
            ) from error
        return text


class AudiencesField(forms.MultipleChoiceField):
    """Which managers; none chosen means all of them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("None chosen means all managers."))
        super().__init__(choices=Audience.choices, required=False, **kwargs)


def check_weeks_lie_in_months(form) -> None:
    """Told at the weeks when one of them touches none of the months chosen."""
    months, weeks = form.cleaned_data.get("months"), form.cleaned_data.get("weeks")
    outside = weeks_outside(parse_weeks(weeks), months) if months and weeks else []
    if outside:
        words = ngettext_lazy(
            "Week %(weeks)s lies in none of the months chosen.",
            "Weeks %(weeks)s lie in none of the months chosen.",
            len(outside),
        )
        form.add_error("weeks", words % {"weeks": ", ".join(map(str, outside))})


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
