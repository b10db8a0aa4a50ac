"""Headcounts in, and single rows put right."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metrics.file_persons import HoldsPersonalNumber
from metrics.forms.fields import WholeField
from metrics.headcount_import import words
from metrics.headcount_import.printed import MOST_FTE, MOST_MANAGERS, MOST_PEOPLE, figure
from metrics.headcount_import.reading import MOST_BYTES, PASTED, read_file
from metrics.models import Headcount, HeadcountFile, HeadcountReport
from program.exchange.tables import NotATable
from ui.fields import FREE_TEXT, validate_file_name
from ui.forms import DayInput, FormLook


class HeadcountFileForm(FormLook, forms.Form):
    """A file or a pasted text, of a day that is not counted yet; cleans to `name` and `content`, which can be read."""

    file = forms.FileField(
        label=_("File"), required=False, validators=[validate_file_name],
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.docx"}),
        help_text=_("Excel (.xlsx), CSV, text or a Word document with a table, as the HR system gives it. At most 5 MB."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or text copied from a PDF"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("One row a unit: code, name, people, full-time equivalents, mean age."),
    )  # fmt: skip
    as_of = forms.DateField(
        label=_("As of"), widget=DayInput, help_text=_("The day that the people were counted.")
    )
    basis = HeadcountFile._meta.get_field("basis").formfield(
        label=_("What is counted"), help_text=_("Such as: permanently employed staff."),
        validators=FREE_TEXT,
    )  # fmt: skip

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise ValidationError(
                _(
                    "The day lies in the future. Write the day that the people were counted, today at the latest."
                )
            )
        if HeadcountReport.objects.visible_to(self.place).filter(as_of=day).exists():
            raise ValidationError(
                _("This day is counted already, and reports may rest on it. Put single rows right instead.")
            )
        return day

    def clean(self):
        data = super().clean()
        upload, text = data.get("file"), data.get("text", "").strip()
        if "file" in self.errors:
            return data
        if bool(upload) == bool(text):
            said = _("Choose a file or paste text, not both.") if text else _("Choose a file or paste text.")
            self.add_error("file", said)
        elif upload and upload.size > MOST_BYTES:
            self.add_error("file", words.unreadable("too_large"))
        else:
            data["name"], data["content"] = (
                (upload.name, upload.read()) if upload else (PASTED, text.encode())
            )
            self._try(data["name"], data["content"], "file" if upload else "text")
        return data

    def _try(self, name: str, content: bytes, field: str) -> None:
        try:
            read_file(name, content)
        except HoldsPersonalNumber as error:
            self.add_error(field, error.words)
        except NotATable as error:
            self.add_error(field, words.unreadable(error.reason))


class FteField(forms.CharField):
    """Full-time equivalents as people write them: 27,87. Cleans to Decimal or None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value):
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value):
        text = super().clean(value).strip()
        found = figure(text)
        if text and (found is None or not 0 <= found <= MOST_FTE or found != found.quantize(Decimal("0.01"))):
            raise ValidationError(
                _("Write full-time equivalents with at most two decimals, such as 27,87: %(text)s."),
                params={"text": text},
            )
        return found


class HeadcountForm(FormLook, forms.ModelForm):
    """A single row put right, with the reason, which the audit trail keeps."""

    employees = WholeField(label=_("Employees"), min_value=0, max_value=MOST_PEOPLE)
    managers = WholeField(
        label=_("Managers"), min_value=1, max_value=MOST_MANAGERS,
        help_text=_("How many share the unit. With two, half of the people fall to each."),
    )  # fmt: skip
    fte = FteField(label=capfirst(_("full-time equivalents")), required=False, max_length=14)
    reason = forms.CharField(
        label=_("Why is it put right?"), max_length=300,
        validators=FREE_TEXT,
        help_text=_("Kept beside what the row said before."),
    )  # fmt: skip

    class Meta:
        model = Headcount
        fields = ["employees", "managers", "fte"]
