"""Forms of the plan as a whole: files, one change for many, two days to compare."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Role
from program.exchange.tables import MOST_BYTES
from program.forms.fields import WhenField
from program.models import Area, Status
from ui import media
from ui.fields import FREE_TEXT, validate_file_name
from ui.forms import DayInput, FormLook

BEGINS = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "odt": (b"PK\x03\x04",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "csv": (),
    "txt": (),
}
SIGNATURES = {ending: (media.TYPES[ending], begins) for ending, begins in BEGINS.items()}


def validate_size(upload) -> None:
    """At most 10 MB, and something in it."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."))


def _is_whole_pdf(upload) -> bool:
    """Whether a PDF has its end too: one that was cut off on its way, or only begins like one, has not."""
    data = upload.read()
    upload.seek(0)
    return b"startxref" in data and b"%%EOF" in data[-1024:]


def checked_upload(upload, kinds: dict):
    """An upload whose ending is among `kinds` and whose bytes are what it says; it gets its `kind`, and a name that is
    safe in headers."""
    ending = upload.name.rpartition(".")[2].lower()
    if ending not in kinds:
        raise ValidationError(_("Files of this kind are not kept here. Save it as PDF and try again."))
    kind, signatures = kinds[ending]
    start = upload.read(16)
    upload.seek(0)
    begins_so = not signatures or start.startswith(signatures)
    if not begins_so or (ending == "pdf" and not _is_whole_pdf(upload)):
        raise ValidationError(_("The file is not what its name says. Save it anew and try again."))
    upload.kind = kind
    upload.name = re.sub(r'[\x00-\x1f"\\/]', "_", upload.name)[-200:]
    return upload


class PlanFileForm(FormLook, forms.Form):
    file = forms.FileField(
        label=_("File"), validators=[validate_size, validate_file_name], widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.docx"}),
        help_text=_("Excel (.xlsx), CSV, or a Word document with a table. At most 10 MB."),
    )  # fmt: skip
    area = forms.ModelChoiceField(
        queryset=None, label=_("Area of new activities"), required=False, empty_label=_("as the file says"),
        help_text=_("Where the file names no area, the heading of each row becomes one unless you choose."),
    )  # fmt: skip

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.visible_to(place)


class AttachmentForm(FormLook, forms.Form):
    """A file of a kind that we know, which is what its first bytes say it is."""

    file = forms.FileField(
        label=_("File"), validators=[validate_size, validate_file_name],
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in SIGNATURES)}),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument text, picture (PNG, JPEG), CSV or text. At most 10 MB."),
    )  # fmt: skip

    def clean_file(self):
        return checked_upload(self.cleaned_data["file"], SIGNATURES)


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
        validators=FREE_TEXT,
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

    first = forms.DateField(label=_("From"), widget=DayInput)
    last = forms.DateField(label=_("To"), widget=DayInput)

    def clean(self):
        data = super().clean()
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", _("The last day lies before the first."))
        return data
