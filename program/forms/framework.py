"""Forms of what frames the programme: needs, areas, process, documents, support."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Department, Forum, Role
from program.forms.fields import (
    AudiencesField,
    WhenField,
    in_words,
)
from program.models import (
    Activity,
    Area,
    Clause,
    Consultation,
    Document,
    Need,
    ProcessStep,
    ProgramPart,
    Resource,
    Risk,
)
from ui.forms import DayInput, FormLook


class NeedForm(FormLook, forms.ModelForm):
    class Meta:
        model = Need
        fields = ["title", "area", "level", "description", "owners"]
        widgets = {
            "owners": forms.CheckboxSelectMultiple,
            "description": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.visible_to(place)
        self.fields["owners"].queryset = Role.objects.visible_to(place)


class InProgramForm(FormLook, forms.ModelForm):
    """Base of the small forms on the assignment page; choices stay within the place."""

    CHOICES = {
        "forum": Forum, "department": Department, "parent": Area, "area": Area, "activity": Activity,
        "responsible": Role, "owner": Role,
    }  # fmt: skip

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        for name, model in self.CHOICES.items():
            if name in self.fields:
                self.fields[name].queryset = model.objects.visible_to(place)


class ProcessStepForm(InProgramForm):
    when = WhenField(label=_("When"), required=True)

    class Meta:
        model = ProcessStep
        fields = ["text", "forum", "audience", "note"]

    field_order = ["when", "text", "forum", "audience", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["when"] = in_words(self.instance.first_day, self.instance.words)

    def clean(self):
        data = super().clean()
        when = data.get("when")
        if when:
            self.instance.first_day, self.instance.last_day = when.first, when.last
            self.instance.words = when.words
        return data


class AreaForm(InProgramForm):
    class Meta:
        model = Area
        fields = ["name", "parent", "order", "is_starting_point", "narrative"]

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise forms.ValidationError(_("An area cannot lie under itself."))
            above = above.parent
        return parent


class ClauseForm(InProgramForm):
    class Meta:
        model = Clause
        fields = ["answer"]


class PartForm(InProgramForm):
    class Meta:
        model = ProgramPart
        fields = ["number", "covers", "reported"]


class ConsultationForm(InProgramForm):
    class Meta:
        model = Consultation
        fields = ["forum", "held_on", "parties", "outcome"]
        widgets = {"held_on": DayInput}


class RiskForm(InProgramForm):
    """Something that could keep the programme from its goal; kept when it is one no longer."""

    class Meta:
        model = Risk
        fields = ["title", "weight", "measure", "owner", "seen_on", "closed_on", "outcome"]
        widgets = {
            "seen_on": DayInput, "closed_on": DayInput, "measure": forms.Textarea(attrs={"rows": 3}),
            "outcome": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip
        help_texts = {
            "seen_on": _("The report of that period tells it as new."),
            "closed_on": _("Leave it empty as long as it is a risk."),
            "outcome": _("Told in the report of the period in which it ended."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["seen_on"] = self.initial.get("seen_on") or timezone.localdate()

    def clean(self):
        data = super().clean()
        if data.get("outcome") and not data.get("closed_on") and "closed_on" not in self.errors:
            self.add_error("closed_on", _("Say from which day it is no longer a risk."))
        return data


class DocumentForm(InProgramForm):
    dated = WhenField(label=_("Dated"))

    class Meta:
        model = Document
        fields = ["number", "title", "note"]

    field_order = ["number", "title", "dated", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["dated"] = in_words(self.instance.dated, self.instance.dated_words)

    def clean(self):
        data = super().clean()
        dated = data.get("dated")
        self.instance.dated = dated.first if dated else None
        self.instance.dated_words = dated.words if dated else ""
        return data


class ResourceForm(InProgramForm):
    """Support that exists, or the explicit word that there is none."""

    audiences = AudiencesField(label=_("For whom"))

    class Meta:
        model = Resource
        fields = [
            "kind", "name", "scope", "audiences", "stage", "department", "part_of", "former_name", "is_none",
        ]  # fmt: skip
        help_texts = {
            "part_of": _("For example a course that it is a part of."),
            "is_none": _("Tick when it is known that there is none. That differs from nobody having said."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    def clean(self):
        data = super().clean()
        if not data.get("name") and "name" not in self.errors:
            if data.get("is_none"):
                data["name"] = str(_("none of its own"))
            else:
                self.add_error("name", self.fields["name"].error_messages["required"])
        return data
