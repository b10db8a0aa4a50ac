"""What a political body asked for, and what answers it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from program.models import Activity, ProcessStep
from reports.models import Instruction
from ui.forms import DayInput, FormLook


class InstructionForm(FormLook, forms.ModelForm):
    """The asking is noted by the secretary or HR, and from then on the secretary's; the answering is HR's alone."""

    class Meta:
        model = Instruction
        fields = ["text", "due_on", "activity", "step", "answer", "answered_on"]
        labels = {
            "due_on": _("Due"),
            "activity": _("Activity that answers it"),
            "step": _("Step of the process that answers it"),
            "answered_on": _("Answered on"),
        }
        help_texts = {"answered_on": _("Empty means today."), "text": _("As it stands in the minutes.")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "answer": forms.Textarea(attrs={"rows": 4}),
            "due_on": DayInput,
            "answered_on": DayInput,
        }

    ASKED = ["text", "due_on"]
    ANSWERED = ["answer", "answered_on", "activity", "step"]

    def __init__(self, *args, place, may_ask, may_answer, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_ask:
            for name in self.ASKED:
                del self.fields[name]
        if not may_answer:
            for name in self.ANSWERED:
                del self.fields[name]
            return
        self.fields["activity"].queryset = Activity.objects.visible_to(place).order_by("pk")
        self.fields["step"].queryset = ProcessStep.objects.visible_to(place)
        self.fields["activity"].empty_label = self.fields["step"].empty_label = _("none")

    def clean(self):
        data = super().clean()
        day, today = data.get("answered_on"), timezone.localdate()
        if (
            data.get("answer")
            and not day
            and "answered_on" not in self.errors
            and "answered_on" in self.fields
        ):
            data["answered_on"] = self.instance.answered_on = today
        elif day and day > today:
            self.add_error("answered_on", _("The day lies in the future."))
        elif day and not data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Write the answer, or take the day away."))
        return data
