"""Fields that plans need: dates as people write them, months, weeks, which managers."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from program.models import (
    Audience,
)
from program.wheel.load import parse_weeks, weeks_outside
from program.when import NotADate, parse
from ui.fields import validate_no_control_characters


class WhenField(forms.CharField):
    """A day, a month, a season, a half-year: cleans to `When`, or None when empty."""

    default_error_messages = {
        "no_date": _("There is no such date: %(text)s. Write for example 2025-12-31, autumn 2025 or 2025H2.")
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("For example 2025-12-31, June 2025, autumn 2025 or 2025H2."))
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        validate_no_control_characters(text)
        try:
            return parse(text) if text else None
        except NotADate as error:
            raise forms.ValidationError(
                self.error_messages["no_date"], code="no_date", params={"text": text}
            ) from error


def in_words(day, words: str) -> str:
    """What a WhenField shows for a stored date: the words it came with, else the day."""
    return words or (day.isoformat() if day else "")


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
