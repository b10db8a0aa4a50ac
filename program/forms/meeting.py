"""The form of a follow-up meeting."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from program.models import (
    FollowUp,
    FollowUpAnswer,
)
from ui.fields import FREE_TEXT, ProseFormField
from ui.forms import DayInput, FormLook

METHOD = (
    ("carried_out", _("Was it carried out as planned?"), True),
    ("effect", _("Did it have the wished effect?"), True),
    ("goal", _("Did that help towards the goal?"), True),
    ("insight", _("Did it give new insight?"), False),
    ("other", _("Did it have other effects?"), False),
)
SWEDISH = {
    "carried_out": "Genomfördes aktiviteten som planerat?",
    "effect": "Gav den önskad effekt?",
    "goal": "Bidrog det till målet?",
    "insight": "Gav den ny insikt?",
    "other": "Fick den andra effekter?",
}


class MeetingForm(FormLook, forms.ModelForm):
    """A follow-up held: the five questions of the national method, the programme's own, and the outcome.

    Questions are stored in Swedish, as they were asked; the form shows them in the reader's language.
    """

    class Meta:
        model = FollowUp
        fields = ["held_on", "outcome"]
        widgets = {"held_on": DayInput, "outcome": forms.Textarea(attrs={"rows": 3})}
        labels = {"outcome": _("Summary")}

    def __init__(self, *args, instance, program, **kwargs):
        self.asked = self._questions(program)
        held = {answer.question: answer for answer in instance.answers.all()}
        first = {}
        for name, question, _label, _has_verdict in self.asked:
            if answer := held.get(question):
                first |= {f"{name}_verdict": answer.verdict, f"{name}_text": answer.text}
        first.setdefault("held_on", instance.held_on or timezone.localdate())
        super().__init__(*args, instance=instance, initial=first, **kwargs)
        for name, _question, label, has_verdict in self.asked:
            if has_verdict:
                self.fields[f"{name}_verdict"] = forms.ChoiceField(
                    label=label, required=False, choices=[("", "–"), *FollowUpAnswer.Verdict.choices]
                )
            self.fields[f"{name}_text"] = ProseFormField(
                label=_("In words") if has_verdict else label, required=False, max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}), validators=FREE_TEXT,
            )  # fmt: skip
        self.fields["held_on"].required = True
        self.order_fields(
            ["held_on", *(n for n in self.fields if n.endswith(("_verdict", "_text"))), "outcome"]
        )

    @staticmethod
    def _questions(program):
        """Name, question as stored, label, and whether it has a verdict."""
        own = [line.strip() for line in program.standing_questions.splitlines() if line.strip()]
        return [(name, SWEDISH[name], label, verdict) for name, label, verdict in METHOD] + [
            (f"own{order}", question[:300], question, False) for order, question in enumerate(own)
        ]

    def groups(self):
        """Each question with the names of its fields, for the page."""
        return [
            (label, [f"{name}_verdict", f"{name}_text"] if has_verdict else [f"{name}_text"])
            for name, _question, label, has_verdict in self.asked
        ]

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day lies in the future."))
        return day

    def answers(self):
        """Question, verdict and text of what was answered."""
        data = self.cleaned_data
        for name, question, _label, _has_verdict in self.asked:
            yield question, data.get(f"{name}_verdict", ""), data.get(f"{name}_text", "")
