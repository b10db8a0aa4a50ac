"""Forms for work with many activities at once, files and follow-up meetings."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Role
from program.exchange.tables import MOST_BYTES
from program.forms import WhenField
from program.models import Area, FollowUp, FollowUpAnswer, PlanLink, Status
from ui.fields import ProseFormField, validate_no_control_characters
from ui.forms import DayInput, FormLook

SIGNATURES = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (b"PK\x03\x04",)),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "csv": ("text/csv", ()),
    "txt": ("text/plain", ()),
}


def validate_size(upload) -> None:
    """At most 10 MB, and something in it."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."))


class PlanFileForm(FormLook, forms.Form):
    file = forms.FileField(
        label=_("File"), validators=[validate_size], widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.docx"}),
        help_text=_("Excel (.xlsx), CSV, or a Word document with a table. At most 10 MB."),
    )  # fmt: skip


class AttachmentForm(FormLook, forms.Form):
    """A file of a kind that we know, which is what its first bytes say it is."""

    file = forms.FileField(
        label=_("File"), validators=[validate_size],
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in SIGNATURES)}),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument text, picture (PNG, JPEG), CSV or text. At most 10 MB."),
    )  # fmt: skip

    def clean_file(self):
        upload = self.cleaned_data["file"]
        ending = upload.name.rpartition(".")[2].lower()
        if ending not in SIGNATURES:
            raise ValidationError(_("Files of this kind are not kept here. Save it as PDF and try again."))
        kind, signatures = SIGNATURES[ending]
        start = upload.read(16)
        upload.seek(0)
        if signatures and not start.startswith(signatures):
            raise ValidationError(_("The file is not what its name says. Save it anew and try again."))
        upload.kind = kind
        upload.name = re.sub(r'[\x00-\x1f"\\/]', "_", upload.name)[-200:]
        return upload


class ManyForm(FormLook, forms.Form):
    """One change for many activities; only what is filled in is changed."""

    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("as it is")), *Status.choices]
    )
    completed_on = forms.DateField(
        label=_("Completed on"), required=False, widget=DayInput, help_text=_("Empty means today.")
    )
    deadline = WhenField(label=_("Deadline"))
    area = forms.ModelChoiceField(queryset=None, label=_("Area"), required=False, empty_label=_("as it is"))
    responsible = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Responsible"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Replaces those who are responsible now. None chosen changes nothing."),
    )  # fmt: skip
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        validators=[validate_no_control_characters],
    )  # fmt: skip

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.visible_to(place)
        self.fields["responsible"].queryset = Role.objects.visible_to(place)

    def clean(self):
        data = super().clean()
        status = data.get("status")
        if not self.errors and not any(data[name] for name in ("status", "deadline", "area", "responsible")):
            raise ValidationError(_("Choose what is to change."))
        if status == Status.STOPPED and not data.get("comment", "").strip():
            self.add_error("comment", _("Say why the activities are stopped."))
        if status == Status.COMPLETED:
            day = data.get("completed_on") or timezone.localdate()
            if day > timezone.localdate():
                self.add_error("completed_on", _("The day lies in the future."))
            data["completed_on"] = day
        else:
            data["completed_on"] = None
        return data


class BetweenForm(FormLook, forms.Form):
    """Two days, the first before the last."""

    first = forms.DateField(label=_("From the end of"), widget=DayInput)
    last = forms.DateField(label=_("To the end of"), widget=DayInput)

    def clean(self):
        data = super().clean()
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", _("The last day lies before the first."))
        return data


class PlanLinkForm(FormLook, forms.ModelForm):
    class Meta:
        model = PlanLink
        fields = ["plan", "year", "note"]


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
                widget=forms.Textarea(attrs={"rows": 2}), validators=[validate_no_control_characters],
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
