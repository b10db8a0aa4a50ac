from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.models import Assessment, Indicator, Observation
from ui.forms import DayInput, FormLook


class AssessmentForm(FormLook, forms.ModelForm):
    class Meta:
        model = Assessment
        fields = ["adjustment", "motivation"]
        widgets = {"motivation": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, largest: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.largest = largest

    def clean_adjustment(self):
        adjustment = self.cleaned_data["adjustment"]
        if abs(adjustment) > self.largest:
            raise forms.ValidationError(
                _("The guideline allows at most %(largest)d either way.") % {"largest": self.largest}
            )
        return adjustment


class IndicatorForm(FormLook, forms.ModelForm):
    class Meta:
        model = Indicator
        fields = [
            "name", "question", "population", "positive", "kind", "subject", "direction", "period_kind",
            "target", "target_on",
        ]  # fmt: skip
        widgets = {"target_on": DayInput}
        help_texts = {"target": _("A share as a fraction: 0.75 is 75 %.")}


class ObservationForm(FormLook, forms.ModelForm):
    class Meta:
        model = Observation
        fields = [
            "first_day", "last_day", "positive", "answered", "invited", "value", "words", "is_approximate",
            "is_preliminary", "missing_reason",
        ]  # fmt: skip
        widgets = {"first_day": DayInput, "last_day": DayInput}
        help_texts = {
            "value": _("When there are no counts: a share as a fraction (0.0226 is 2.26 %)."),
            "words": _("As the source puts it, for example: about two thirds."),
        }

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        return day
