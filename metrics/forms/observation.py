from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.forms.fields import SHARES, MeasureField
from metrics.models import Observation
from ui.forms import DayInput, FormLook


class ObservationForm(FormLook, forms.ModelForm):
    value = MeasureField(
        label=_("Value"),
        help_text=_(
            "When there are no counts: a share in per cent, for example 2,26. Else the figure itself."
        ),
    )

    class Meta:
        model = Observation
        fields = [
            "first_day", "last_day", "positive", "answered", "invited", "value", "words", "is_approximate",
            "is_preliminary", "missing_reason",
        ]  # fmt: skip
        widgets = {"first_day": DayInput, "last_day": DayInput}
        help_texts = {"words": _("As the source puts it, for example: about two thirds.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].is_share = self.instance.indicator.kind in SHARES

    def clean(self):
        data = super().clean()
        if data.get("value") is not None and data.get("positive") is not None:
            self.add_error("value", _("Give either counts or a value, not both."))
        return data

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        return day
