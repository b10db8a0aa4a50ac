from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Expectation, Indicator
from program.forms.fields import WhenField
from ui.forms import FormLook


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
