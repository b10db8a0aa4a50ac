"""The committee's handling of a report."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Forum, Role
from program.models import Document
from reports.models import Hearing
from ui.forms import DayInput, FormLook


class HearingForm(FormLook, forms.ModelForm):
    class Meta:
        model = Hearing
        fields = [
            "forum", "held_on", "paragraph", "case_number", "presenter", "proposal", "summary", "assessment",
            "handling", "motion", "outcome", "documents",
        ]  # fmt: skip
        widgets = {
            "held_on": DayInput,
            "documents": forms.CheckboxSelectMultiple,
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("proposal", "summary", "assessment", "handling", "motion", "outcome")
            },
        }

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["forum"].queryset = Forum.objects.visible_to(place)
        self.fields["presenter"].queryset = Role.objects.visible_to(place)
        self.fields["documents"].queryset = Document.objects.visible_to(place)
        if not self.instance.pk:
            self.initial["forum"] = self.fields["forum"].queryset.filter(kind=Forum.Kind.COMMITTEE).first()

    def clean(self):
        data = super().clean()
        if data.get("outcome") and data.get("held_on") and data["held_on"] > timezone.localdate():
            self.add_error("held_on", _("A meeting that has not been held has no outcome yet."))
        return data
