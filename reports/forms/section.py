"""What somebody writes under a heading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Section
from ui.revision import RevisionForm


class SectionForm(RevisionForm):
    class Meta:
        model = Section
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        help_texts = {"text": _("A blank line begins a new paragraph.")}
