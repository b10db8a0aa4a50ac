import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Forum, Role
from program.models import Document
from reports import content
from reports.models import Hearing, Report, Section
from ui.fields import validate_no_control_characters
from ui.forms import DayInput, FormLook
from ui.revision import RevisionForm

PERIOD = re.compile(r"(19|20)\d\d[Hh][12]")
MOST_CASES = 8


class CaseNumbersField(forms.CharField):
    """Case numbers, one a line; cleans to a list."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        validate_no_control_characters(text)
        numbers = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if len(numbers) > MOST_CASES or any(len(number) > 40 for number in numbers):
            raise forms.ValidationError(_("At most 8 case numbers of at most 40 characters, one a line."))
        return numbers


class ReportForm(RevisionForm):
    case_numbers = CaseNumbersField(label=_("Case numbers"), required=False, help_text=_("One a line."))

    class Meta:
        model = Report
        fields = ["kind", "period", "cut_off", "meets_on", "case_numbers"]
        widgets = {"cut_off": DayInput, "meets_on": DayInput}
        help_texts = {
            "period": _("For example 2026H2."),
            "cut_off": _("The report tells how things stood on this day."),
        }

    def clean_period(self):
        period = self.cleaned_data["period"].upper()
        if not PERIOD.fullmatch(period):
            raise forms.ValidationError(_("Write a year and a half, for example 2026H2."))
        return period


class CaseNumbersForm(RevisionForm):
    case_numbers = CaseNumbersField(label=_("Case numbers"), required=False, help_text=_("One a line."))

    class Meta:
        model = Report
        fields = ["case_numbers"]


class SectionForm(RevisionForm):
    class Meta:
        model = Section
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        help_texts = {"text": _("A blank line begins a new paragraph.")}


class FreezeForm(forms.Form):
    sure = forms.BooleanField(label=_("I have read the report, and want to freeze it for good."))
    corrects = forms.CharField(
        required=False, max_length=1000, validators=[validate_no_control_characters],
        widget=forms.Textarea(attrs={"rows": 2}), label=_("What this version corrects"),
    )  # fmt: skip


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


class HeadingsForm(FormLook, forms.Form):
    """The organisation's own words for the report's headings; empty keeps ours."""

    def __init__(self, *args, headings: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        for key, ours in (content.LETTER | content.SECTIONS).items():
            self.fields[key] = forms.CharField(
                label=ours, required=False, max_length=80, initial=headings.get(key, ""),
                validators=[validate_no_control_characters],
            )  # fmt: skip

    @property
    def headings(self) -> dict[str, str]:
        """What was given, by key; after validation."""
        return {key: text for key, text in self.cleaned_data.items() if text}
