"""Forms of the programme's text: its head, the words that are marked, and what does not add up."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from program.forms.framework import InProgramForm
from program.models import Activity, Area, Doubt, Program, Status
from program.when import NotADate, When, parse
from ui.fields import FREE_TEXT
from ui.forms import DayInput, FormLook
from ui.richtext import one_line

NEW, EXISTING, STANCE = "new", "existing", "stance"
MOST_BYTES = 2400  # what an index row of the database can hold


class ProgramForm(InProgramForm):
    """The head of the plan and its texts."""

    class Meta:
        model = Program
        fields = ["dated", "scope", "responsible", "took_part", "background", "summary", "standing_questions"]
        widgets = {
            "dated": DayInput,
            "took_part": forms.Textarea(attrs={"rows": 2}),
            "standing_questions": forms.Textarea(attrs={"rows": 3}),
        }

    def _get_validation_exclusions(self):
        """Address and years are not changed here, and their rules not asked for."""
        return super()._get_validation_exclusions() | {"organisation", "slug", "first_year", "last_year"}


class DoubtForm(InProgramForm):
    class Meta:
        model = Doubt
        fields = ["text", "places", "area", "activity", "pinned_on", "settled_on", "settlement"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "pinned_on": DayInput,
            "settled_on": DayInput,
            "settlement": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "text": _("For example: the summary says five posts, the text four."),
            "places": _("For example: Summary; Staff turnover."),
            "settlement": _("Empty as long as it is open."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["pinned_on"] = timezone.localdate()

    def clean(self):
        data = super().clean()
        if data.get("settlement") and not data.get("settled_on") and "settled_on" not in self.errors:
            data["settled_on"] = timezone.localdate()
        elif data.get("settled_on") and not data.get("settlement"):
            self.add_error("settlement", _("Say how it was settled."))
        return data


class MarkForm(FormLook, forms.Form):
    """What the chosen words are: a new activity, one that there is already, or a stance."""

    quotes = forms.MultipleChoiceField(
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": _("Choose at least one sentence."),
            "invalid_choice": _("These words no longer stand in the text, or are marked already: %(value)s"),
        },
    )
    what = forms.ChoiceField(
        label=_("The words are"), widget=forms.RadioSelect, initial=NEW,
        choices=[
            (NEW, _("a new activity")),
            (EXISTING, _("an activity that is in the list already")),
            (STANCE, _("a stance: how we want to work, nothing to carry out")),
        ],
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=240, required=False, validators=FREE_TEXT)
    area = forms.ModelChoiceField(label=_("Area"), queryset=None, required=False)
    status = forms.ChoiceField(
        label=_("According to the text it"), required=False, initial=Status.PLANNED,
        choices=[
            (Status.COMPLETED, _("has been done")),
            (Status.UNDER_WAY, _("is under way")),
            (Status.PLANNED, _("is planned")),
        ],
    )  # fmt: skip
    when = forms.CharField(
        label=_("When"), max_length=60, required=False, validators=FREE_TEXT,
        help_text=_("A day or the text's own words, for example autumn 2015. Empty when the text does not say."),
    )  # fmt: skip
    activity = forms.ModelChoiceField(label=_("Activity"), queryset=None, required=False)

    ABOUT_NEW = ["title", "area", "status", "when"]

    def __init__(self, *args, place, choices: list[str], area: Area | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.program = place.program
        self.fields["quotes"].choices = [(text, text) for text in choices]
        self.fields["area"].queryset = Area.objects.visible_to(place)
        self.fields["area"].initial = area
        self.fields["activity"].queryset = Activity.objects.visible_to(place).order_by("pk")

    def clean(self):
        data = super().clean()
        data["quotes"] = list(dict.fromkeys(one_line(quote) for quote in data.get("quotes", [])))
        wanted = {NEW: ["title", "area", "status"], EXISTING: ["activity"]}.get(data.get("what"), [])
        for name in wanted:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if data.get("what") == NEW and data.get("status"):
            self._clean_when(data)
        return data

    def _clean_when(self, data) -> None:
        """A deadline for what remains to be done, a day of completion for what has been."""
        try:
            when = parse(data["when"]) if data.get("when") else None
        except NotADate:
            when = None
        if data["status"] == Status.COMPLETED:
            self._clean_completed(data, when)
        elif data.get("when") and when is None:
            text = _("There is no such date: %(text)s. Write for example 2025-12-31, autumn 2025 or 2025H2.")
            self.add_error("when", text % {"text": data["when"]})
        else:
            data["deadline"] = when

    def _clean_completed(self, data, when: When | None) -> None:
        """The day that is known, or the plan's own day with the words that the text has for it."""
        today = timezone.localdate()
        if when and when.first > today:
            self.add_error("when", _("The day lies in the future."))
        elif when:
            data["completed"] = When(when.first, min(when.last, today), when.words)
        else:
            day = min(self.program.dated or today, today)
            data["completed"] = When(day, day, data.get("when") or str(_("day not known")))
