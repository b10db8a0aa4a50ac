import re
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.models import Assessment, Expectation, Indicator, Observation
from program.forms.fields import WhenField
from ui.forms import DayInput, FormLook


class MeasureField(forms.CharField):
    """A figure as people write it: 62,5 or 62.5, with or without a per cent sign. Cleans to Decimal or None.

    Shares and rates are typed in per cent and kept as fractions of one.
    """

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=20, **kwargs)
        self.is_share = False

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        shown = value * 100 if self.is_share else value
        return f"{shown.normalize():f}".replace(".", ",")

    def clean(self, value):
        text = super().clean(value)
        plain = re.sub(r"[\s\u00a0%]", "", text).replace(",", ".").replace("\u2212", "-")
        if not plain:
            return None
        if not re.fullmatch(r"-?[0-9]{1,5}(\.[0-9]{1,4})?", plain):
            raise forms.ValidationError(
                _("This is no figure: %(text)s. Write for example 62,5."), params={"text": text}
            )
        number = Decimal(plain)
        if not self.is_share:
            return number
        if not 0 <= number <= 100:
            raise forms.ValidationError(_("A share lies between 0 and 100 %."))
        return number / 100


SHARES = (Indicator.Kind.SHARE, Indicator.Kind.RATE)


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
    target = MeasureField(label=_("Target"), help_text=_("A share in per cent: 75."))

    class Meta:
        model = Indicator
        fields = [
            "name", "question", "population", "positive", "kind", "subject", "direction", "period_kind",
            "promised", "target", "target_on",
        ]  # fmt: skip
        widgets = {"target_on": DayInput}

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        kind = data.get("kind") if data else self.instance.kind
        self.fields["target"].is_share = kind in SHARES


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


class ExpectationForm(FormLook, forms.ModelForm):
    """What an activity should move; the activity is the view's."""

    visible_text = WhenField(label=_("Visible at the earliest"))

    class Meta:
        model = Expectation
        fields = ["indicator", "direction", "size", "wrong_if"]
        widgets = {"wrong_if": forms.Textarea(attrs={"rows": 3}), "direction": forms.RadioSelect}
        help_texts = {
            "size": _("In words, for example: at least five percentage points."),
            "wrong_if": _("Say it before the figures come. It is easier then."),
        }

    field_order = ["indicator", "direction", "size", "visible_text", "wrong_if"]

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, initial={"visible_text": kwargs["instance"].visible_text}, **kwargs)
        self.fields["indicator"].queryset = Indicator.objects.visible_to(place)
        self.fields["direction"].choices = Expectation.Way.choices

    def clean(self):
        data = super().clean()
        visible = data.get("visible_text")
        self.instance.visible_on = visible.first if visible else None
        self.instance.visible_words = visible.words if visible else ""
        return data
