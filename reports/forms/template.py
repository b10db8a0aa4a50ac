"""A file that is to be the organisation's Word template."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import WordTemplate
from reports.render.word.check import MOST_BYTES, Problem
from reports.word_template.in_use import findings_of
from reports.word_template.wording import told
from ui.fields import FREE_TEXT
from ui.forms import FormLook


class WordTemplateForm(FormLook, forms.Form):
    """Every problem of the file is told at once, at its field; nothing is saved until there is none."""

    file = forms.FileField(
        label=gettext_lazy("Word file"), help_text=gettext_lazy(".docx or .dotx, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.dotx"}),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Name"), required=False, max_length=200,
        validators=FREE_TEXT,
        help_text=gettext_lazy("What you call it here. Empty means the file's name."),
    )  # fmt: skip

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place

    def clean_file(self) -> bytes:
        """The file's bytes."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(told(Problem("too_large")))
        ending = upload.name.rpartition(".")[2].lower()
        if ending in ("docm", "dotm"):
            raise ValidationError(told(Problem("macro")))
        if ending not in ("docx", "dotx"):
            raise ValidationError(told(Problem("old_word" if ending in ("doc", "dot") else "not_word")))
        data = upload.read()
        problems = findings_of(data).problems
        if problems:
            raise ValidationError([told(problem) for problem in problems[:12]])
        same = (
            WordTemplate.objects.visible_to(self.place)
            .filter(sha256=hashlib.sha256(data).hexdigest())
            .first()
        )
        if same:
            raise ValidationError(_("This very file is here already, as %(name)s.") % {"name": same.name})
        return data

    def clean(self):
        data = super().clean()
        upload = self.files.get("file")
        if upload and not data.get("name") and "name" not in self.errors:
            data["name"] = upload.name.rpartition(".")[0][-200:] or upload.name[-200:]
            self._check_files_name(data["name"])
        return data

    def _check_files_name(self, name: str) -> None:
        """A name that the file brings is held to what a typed one is."""
        try:
            self.fields["name"].run_validators(name)
        except ValidationError as error:
            self.add_error("name", error)
