from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue, Statement
from dialogues.notes import statements
from organisation.access import Kind
from organisation.models import Department, Role
from program.models import Area, Need
from ui.fields import validate_no_control_characters
from ui.forms import DayInput
from ui.revision import RevisionForm

MOST_LINES = 500
TYPED = [choice for choice in Statement.Kind.choices if choice[0] != Statement.Kind.NEED]
LONGEST = Statement._meta.get_field("text").max_length


class StatementsField(forms.CharField):
    """Lines that become one statement each; cleans to a list of texts, errors name their line."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(required=False, strip=False, max_length=60000, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        validate_no_control_characters(text)
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) > LONGEST:
                raise ValidationError(
                    _(
                        "Line %(line)d has %(count)d characters; a statement holds at most %(most)d. Divide it."
                    ),
                    params={"line": number, "count": len(line), "most": LONGEST},
                )
        found = statements(text)
        if len(found) > MOST_LINES:
            raise ValidationError(
                _("%(count)d lines are more than one list holds; at most %(most)d."),
                params={"count": len(found), "most": MOST_LINES},
            )
        return found


class DialogueForm(RevisionForm):
    """A dialogue's head, and for every starting point two lists of statements."""

    class Meta:
        model = Dialogue
        fields = ["departments", "held_on", "number_present", "held_by", "summary"]
        widgets = {
            "departments": forms.CheckboxSelectMultiple,
            "held_by": forms.CheckboxSelectMultiple,
            "held_on": DayInput,
            "summary": forms.Textarea(attrs={"rows": 2}),
        }

    HEAD = ["held_on", "number_present", "departments", "held_by"]

    def __init__(self, data=None, *args, place, **kwargs):
        super().__init__(data, *args, **kwargs)
        departments = Department.objects.visible_to(place)
        self.others = Department.objects.none()
        if place.kind == Kind.DEPARTMENT_HEAD:
            if self.instance.pk:
                self.others = self.instance.departments.exclude(pk__in=place.department_ids)
            else:
                self.initial["departments"] = list(place.department_ids)
            departments = departments.filter(pk__in=place.department_ids)
        self.fields["departments"].queryset = departments
        self.fields["departments"].required = True
        self.fields["held_by"].queryset = Role.objects.visible_to(place)
        self.fields["number_present"].max_value = 500
        self.areas = list(Area.objects.visible_to(place).filter(is_starting_point=True))
        said = list(self.instance.statements.all()) if self.instance.pk else []
        for area in self.areas:
            for kind, label in TYPED:
                field = StatementsField(label=capfirst(label))
                field.widget.attrs |= {"rows": 8, "class": "statements", "data-statements": ""}
                field.initial = "\n".join(
                    row.text for row in said if (row.area_id, row.kind) == (area.pk, kind)
                )
                field.show_hidden_initial = self.instance.pk is not None
                self.fields[self._name(area, kind)] = field

    @staticmethod
    def _name(area: Area, kind: str) -> str:
        return f"said_{area.pk}_{kind}"

    def starting_points(self):
        """Each area with its two fields, for the page."""
        return [(area, [self[self._name(area, kind)] for kind, _label in TYPED]) for area in self.areas]

    @property
    def words(self):
        """What was typed: (area, kind) → texts, in the order of the page. After validation."""
        return {
            (area, kind): self.cleaned_data[self._name(area, kind)]
            for area in self.areas
            for kind, _label in TYPED
        }

    def clean_departments(self):
        """A department head chooses among the own ones; the others that took part stay."""
        return [*self.cleaned_data["departments"], *self.others]

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day lies in the future."))
        if day.year < 1990:
            raise ValidationError(_("The year is too long ago."))
        return day

    def clean_number_present(self):
        number = self.cleaned_data["number_present"]
        if number is not None and not 1 <= number <= 500:
            raise ValidationError(_("Between 1 and 500 people."))
        return number


class SortForm(forms.Form):
    """What to do with the statements that are ticked on a dialogue's page."""

    statements = forms.ModelMultipleChoiceField(queryset=None)
    need = forms.ModelChoiceField(queryset=None, required=False)
    theme = forms.ChoiceField(choices=Statement.Theme.choices, required=False)
    revision = forms.IntegerField(required=False)
    do = forms.ChoiceField(
        choices=[(key, key) for key in ("link", "unlink", "theme", "withhold", "release")],
    )

    def __init__(self, data, *, place, dialogue):
        super().__init__(data)
        self.fields["statements"].queryset = dialogue.statements.all()
        self.fields["statements"].error_messages["required"] = _("Tick the statements that you mean first.")
        self.fields["need"].queryset = Need.objects.visible_to(place)

    def clean(self):
        data = super().clean()
        if data.get("do") in ("link", "unlink") and not data.get("need"):
            self.add_error("need", _("Choose a need."))
        if data.get("do") == "theme" and not data.get("theme"):
            self.add_error("theme", _("Choose a theme."))
        return data
