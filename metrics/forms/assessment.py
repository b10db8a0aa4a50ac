from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Assessment
from ui.forms import FormLook


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
