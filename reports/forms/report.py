"""A report's frame, its case numbers, and its freezing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from reports.periods import address
from ui.fields import FREE_TEXT
from ui.forms import DayInput
from ui.revision import RevisionForm

MOST_CASES = 8


class CaseNumbersField(forms.CharField):
    """Case numbers, one a line; cleans to a list."""

    widget = forms.Textarea(attrs={"rows": 2})
    default_validators = FREE_TEXT

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        numbers = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if len(numbers) > MOST_CASES or any(len(number) > 40 for number in numbers):
            raise forms.ValidationError(_("At most 8 case numbers of at most 40 characters, one a line."))
        return numbers


class ReportForm(RevisionForm):
    case_numbers = CaseNumbersField(label=_("Case numbers"), required=False, help_text=_("One a line."))

    class Meta:
        model = Report
        fields = ["kind", "period", "cut_off", "texts_due_on", "meets_on", "case_numbers"]
        widgets = {"cut_off": DayInput, "texts_due_on": DayInput, "meets_on": DayInput}
        help_texts = {
            "period": _("For example 2026H2; for monthly measures 2026-05."),
            "cut_off": _("The report tells how things stood on this day."),
            "texts_due_on": _("The checklist and the reminders tell the writers this day."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = self["kind"].value()
        if kind in (Report.Kind.MONTHLY, Report.Kind.FEEDBACK):
            self.fields["meets_on"].label = _("Handed over")

    def clean(self):
        data = super().clean()
        if "period" in data and "kind" in data:
            period = address(data["kind"], data["period"])
            if period is None:
                self.add_error("period", self._wanted(data["kind"]))
            else:
                data["period"] = self.instance.period = period
        due, meets = data.get("texts_due_on"), data.get("meets_on")
        if due and meets and due > meets:
            self.add_error("texts_due_on", self._too_late(data.get("kind", "")))
        return data

    def _too_late(self, kind: str):
        if kind in (Report.Kind.MONTHLY, Report.Kind.FEEDBACK):
            return _("The texts are wanted before the report is handed over.")
        return _("The texts are wanted before the committee meets.")

    def _wanted(self, kind: str):
        if kind == Report.Kind.MONTHLY:
            return _("Write a year and a month, for example 2026-05.")
        return _("Write a year and a half, for example 2026H2.")


class CaseNumbersForm(RevisionForm):
    case_numbers = CaseNumbersField(label=_("Case numbers"), required=False, help_text=_("One a line."))

    class Meta:
        model = Report
        fields = ["case_numbers"]


class FreezeForm(forms.Form):
    sure = forms.BooleanField(label=_("I have read the report, and want to freeze it for good."))
    corrects = forms.CharField(
        required=False, max_length=1000, validators=FREE_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}), label=_("What this version corrects"),
    )  # fmt: skip
