"""Text fields that refuse characters no reader can see and personal identity numbers, with a stated length."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ui.characters import CONTROL
from ui.personal import validate_no_personal_number

MARKUP = _(
    "A blank line begins a new paragraph. A line that begins with - is a bullet, with 1. a numbered one, with ## a "
    "sub-heading. *Stars* give emphasis, **two stars** strong emphasis."
)


def validate_no_control_characters(value: str) -> None:
    """Refuse control characters (tab and line breaks pass) and say where the first one stands."""
    found = CONTROL.search(value)
    if found:
        line = value.count("\n", 0, found.start()) + 1
        raise ValidationError(
            _(
                "Line %(line)d holds an invisible control character (code %(code)s). Remove it and save again."
            ),
            code="control_character",
            params={"line": line, "code": f"U+{ord(found[0]):04X}"},
        )


# What every field that somebody writes freely in holds to; a form's own fields take it too.
FREE_TEXT = [validate_no_control_characters, validate_no_personal_number]


def validate_file_name(upload) -> None:
    """A file's name is kept and shown: it holds to what a typed line does."""
    for validate in FREE_TEXT:
        validate(upload.name)


class ProseFormField(forms.CharField):
    """Says its limit beneath, and lets the server refuse: a browser would cut a pasted text without a word."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        if self.max_length:
            limit = _("At most %(most)s characters.") % {
                "most": f"{self.max_length:,}".replace(",", "\u00a0")
            }
            self.help_text = format_lazy("{} {}", self.help_text, limit) if self.help_text else limit

    def to_python(self, value):
        """Browsers send CRLF; what is kept has line feeds."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LineField(models.CharField):
    """One line of text."""

    default_validators = FREE_TEXT


class ProseField(models.TextField):
    """Paragraphs of plain text; `max_length` is held by every form."""

    default_validators = FREE_TEXT

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProseFormField} | kwargs)


class RichField(ProseField):
    """Text with a small markup (paragraphs, lists, emphasis), drawn by `ui.richtext`; kept as it was typed."""

    def formfield(self, **kwargs):
        look = {"help_text": MARKUP, "widget": forms.Textarea(attrs={"rows": 12})}
        return super().formfield(**look | kwargs)
