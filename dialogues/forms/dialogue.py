import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogues.forms.words import OwnWords
from dialogues.models import Dialogue, Statement
from dialogues.notes.reader import statements
from organisation.access import Kind
from organisation.models import Department, Role
from program.forms.fields import WhenField, in_words
from program.models import Area, Need
from program.when import When, parse
from ui.fields import validate_no_control_characters
from ui.personal import validate_no_personal_number
from ui.revision import RevisionForm

MOST_LINES = 500
TYPED = [Statement.Kind.CURRENT, Statement.Kind.OPPORTUNITY]
WITHIN_A_MONTH = re.compile(r"([0-9]{1,2}) ?[-–] ?([0-9]{1,2}) (\D+ [0-9]{4})")
BETWEEN_DAYS = re.compile(r"\s+-\s+|\s*[–—]\s*|\s+till\s+")
LONGEST = Statement._meta.get_field("text").max_length


class StatementsField(forms.CharField):
    """Lines that become one statement each; cleans to a list of texts, errors name their line."""

    widget = forms.Textarea
    default_validators = [validate_no_personal_number]

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


class HeldField(WhenField):
    """When it was held: a day, two days with a dash between them, or a stretch in words ("våren 2018")."""

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            when = _two_days(" ".join((value or "").split()))
            if when is None:
                raise
            return when


def _two_days(text: str) -> When | None:
    """From the one to the other: "2026-03-02 – 2026-03-04", "2–4 mars 2026"."""
    near = WITHIN_A_MONTH.fullmatch(text)
    sides = [f"{near[1]} {near[3]}", f"{near[2]} {near[3]}"] if near else BETWEEN_DAYS.split(text)
    try:
        first, last = map(parse, sides)
    except ValueError:
        return None
    return When(first.first, last.last, text) if first.first <= last.last else None


class MeetingHead:
    """Mixin, before the form's other bases: what holds of a meeting's day and of how many were there."""

    def clean_held_on(self):
        when = self.cleaned_data["held_on"]
        if when.first > timezone.localdate():
            raise ValidationError(_("The day lies in the future."))
        return when

    def clean_number_present(self):
        number = self.cleaned_data["number_present"]
        if number is not None and not 1 <= number <= 500:
            raise ValidationError(_("Between 1 and 500 people."))
        return number


class DialogueForm(MeetingHead, OwnWords, RevisionForm):
    """A meeting's head, and for every starting point its lists of statements."""

    held_on = HeldField(
        label=_("Date"), required=True,
        help_text=_("A day, 2026-03-02 – 2026-03-03, or as you say it: March 2026, spring 2018."),
    )  # fmt: skip

    class Meta:
        model = Dialogue
        fields = [
            "kind", "departments", "number_present", "title", "held_by", "invited", "answered", "summary",
        ]  # fmt: skip
        widgets = {
            "departments": forms.CheckboxSelectMultiple,
            "held_by": forms.CheckboxSelectMultiple,
            "summary": forms.Textarea(attrs={"rows": 3}),
        }

    HEAD = ["kind", "held_on", "departments", "number_present"]
    MORE = ["title", "held_by", "invited", "answered"]

    def __init__(self, data=None, *args, place, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.initial["held_on"] = _held_in_words(self.instance)
        self._narrow(place)
        said = list(self.instance.statements.all()) if self.instance.pk else []
        spoken_of = {row.area_id for row in said}
        self.areas = [
            area for area in Area.objects.visible_to(place) if area.is_starting_point or area.pk in spoken_of
        ]
        for area in self.areas:
            for kind, label in Statement.Kind.choices:
                lines = [row.text for row in said if (row.area_id, row.kind) == (area.pk, kind)]
                self.fields[self._name(area, kind)] = self._list(label, kind, lines)

    def _narrow(self, place) -> None:
        """Choices are the organisation's own; a department head's the own departments."""
        departments = Department.objects.visible_to(place)
        self.others = Department.objects.none()
        if place.kind == Kind.DEPARTMENT_HEAD:
            if self.instance.pk:
                self.others = self.instance.departments.exclude(pk__in=place.department_ids)
            else:
                self.initial["departments"] = list(place.department_ids)
            departments = departments.filter(pk__in=place.department_ids)
        self.fields["departments"].queryset = departments
        self.fields["departments"].required = place.kind == Kind.DEPARTMENT_HEAD
        self.fields["kind"].required = False
        self.fields["held_by"].queryset = Role.objects.visible_to(place)

    def _list(self, label: str, kind: str, lines: list[str]) -> StatementsField:
        field = StatementsField(label=capfirst(label), initial="\n".join(lines))
        rows = 4 if kind == Statement.Kind.NEED else 8
        field.widget.attrs |= {"rows": rows, "class": "statements", "data-statements": ""}
        field.show_hidden_initial = self.instance.pk is not None
        return field

    @staticmethod
    def _name(area: Area, kind: str) -> str:
        return f"said_{area.pk}_{kind}"

    def starting_points(self):
        """Each area with its two fields, and the list of needs, for the page."""
        return [
            (
                area,
                [self[self._name(area, kind)] for kind in TYPED],
                self[self._name(area, Statement.Kind.NEED)],
            )
            for area in self.areas
        ]

    @property
    def shows_more(self) -> bool:
        """Whether the folded part holds something, or something wrong."""
        return any(self[name].value() or self[name].errors for name in self.MORE)

    @property
    def words(self):
        """What was typed: (area, kind) → texts, in the order of the page. After validation."""
        return {
            (area, kind): self.cleaned_data[self._name(area, kind)]
            for area in self.areas
            for kind in Statement.Kind.values
        }

    def clean_kind(self):
        """What is left out, as by a draft from before there were kinds, is what it was."""
        return self.cleaned_data["kind"] or self.instance.kind

    def clean_departments(self):
        """A department head chooses among the own ones; the others that took part stay."""
        return [*self.cleaned_data["departments"], *self.others]

    def clean(self):
        data = super().clean()
        when = data.get("held_on")
        if when:
            self.instance.held_on, self.instance.held_words = when.first, when.words
            self.instance.held_until = when.last if when.last > when.first else None
        if data.get("kind") == Dialogue.Kind.DIALOGUE and data.get("departments") == []:
            self.add_error(
                "departments", _("Choose the departments. Only a workshop or a review may be without.")
            )
        return data


def _held_in_words(dialogue: Dialogue) -> str:
    """What the date field shows for a stored date."""
    if dialogue.held_until and not dialogue.held_words:
        return f"{dialogue.held_on} – {dialogue.held_until}"
    return in_words(dialogue.held_on, dialogue.held_words)


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
