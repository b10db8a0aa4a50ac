"""What every form of people's own words has in common, and the forms that change words which stand."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogues.models import Erasure, Statement
from organisation.access import Kind
from organisation.models import Role
from ui.fields import ProseFormField
from ui.forms import FormLook
from ui.personal import validate_no_personal_number
from ui.revision import RevisionForm
from ui.seeking import plain

MOST_WORDS, SHORTEST_WORDS = 20, 2


class OwnWords:
    """Mixin, before the form's other bases: refuses personal identity numbers wherever somebody writes freely.

    Fields that the form adds afterwards carry the validator themselves. `own_words` is what was typed, for
    `views.words.warn_of_names`.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not field.widget.is_hidden:
                field.validators.append(validate_no_personal_number)

    def own_words(self) -> str:
        """All that was typed, a line each. After validation."""
        values = (self.cleaned_data.get(name) for name in self.fields)
        typed = [value if isinstance(value, list) else [value] for value in values]
        return "\n".join(line for lines in typed for line in lines if isinstance(line, str))


class CorrectionForm(OwnWords, RevisionForm):
    """A confirmed statement's words and what is laid beside them. It is guarded by its dialogue's revision."""

    reason = forms.CharField(
        label=_("Why the words are corrected"), max_length=300, required=False,
        help_text=_("Needed when the words are changed. It is kept with what stood before."),
    )  # fmt: skip

    class Meta:
        model = Statement
        fields = ["text", "label", "heading", "owners", "theme"]
        field_classes = {"text": ProseFormField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "owners": forms.CheckboxSelectMultiple,
        }

    WORDS = ["text", "reason"]
    field_order = [*WORDS, "label", "heading", "owners", "theme"]

    def __init__(self, data=None, *args, instance, dialogue, place, **kwargs):
        instance.revision = dialogue.revision
        super().__init__(data, *args, instance=instance, **kwargs)
        self.said = instance.text
        self.fields["owners"].queryset = Role.objects.visible_to(place)
        if place.kind != Kind.EDITOR:
            del self.fields["theme"]

    @property
    def beside(self) -> list[str]:
        """The fields that are changed without being a correction, for the page."""
        return [name for name in self.fields if name not in (*self.WORDS, "revision")]

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())

    def clean(self):
        data = super().clean()
        if data.get("text", self.said) != self.said and not data.get("reason"):
            self.add_error("reason", _("Say why the words are corrected."))
        return data


class EraseForm(FormLook, forms.Form):
    """Words or a whole statement that are to be erased, and on what ground."""

    words = forms.CharField(
        label=_("Words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One name, number or sentence a line, as it stands. A number is found in whichever way it is written."
        ),
    )  # fmt: skip
    statement = forms.ModelChoiceField(
        label=_("or a whole statement"), queryset=Statement.objects.none(), required=False,
        empty_label=_("no, the words above"),
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("Ground"), choices=Erasure.Ground.choices, widget=forms.RadioSelect,
        help_text=_("It is kept with the date and who erased. The words are kept nowhere."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    places = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, dialogue, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["statement"].queryset = dialogue.statements.all()
        self.fields["ground"].required = bool(data) and data.get("do") == "erase"

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if len(lines) > MOST_WORDS:
            raise ValidationError(_("At most %(most)d lines at a time."), params={"most": MOST_WORDS})
        if any(len(plain(line).strip()) < SHORTEST_WORDS for line in lines):
            raise ValidationError(_("A single letter stands in too many places. Write the whole word."))
        return lines

    def clean(self):
        data = super().clean()
        if "words" in data and bool(data["words"]) == bool(data.get("statement")):
            self.add_error("words", _("Write the words, or choose a statement: one of the two."))
        return data
