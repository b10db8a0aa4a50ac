"""Forms of one activity and what belongs to it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Department, Role
from program.forms.fields import (
    AudiencesField,
    MonthsField,
    WeeksField,
    WhenField,
    check_weeks_lie_in_months,
    in_words,
)
from program.models import (
    Activity,
    Area,
    FollowUp,
    Need,
    PlanLink,
    Status,
    Step,
)
from ui.fields import FREE_TEXT
from ui.forms import DayInput, FormLook
from ui.revision import RevisionForm


class ActivityForm(RevisionForm):
    starts_text = WhenField(label=_("Starts"))
    deadline_text = WhenField(label=_("Deadline"))
    hours_per_manager = forms.DecimalField(
        label=_("Hours per manager"), required=False, min_value=0, max_value=2000, max_digits=5, decimal_places=1,
        help_text=_("What it costs one manager in all, when that matters."),
    )  # fmt: skip
    months = MonthsField(label=_("Months"), help_text=_("When it takes managers' time."))
    weeks = WeeksField(label=_("Weeks"))
    audiences = AudiencesField(label=_("For whom"))

    class Meta:
        model = Activity
        fields = [
            "title", "number", "area", "responsible", "departments", "current_state", "measure",
            "desired_result", "needs", "level", "is_existing", "joint_responsibility", "referred_to",
            "referral_outcome", "part_of", "funding", "kind", "months", "weeks", "is_recurring", "hours_per_manager",
            "audiences", "is_key",
        ]  # fmt: skip
        widgets = {
            "responsible": forms.CheckboxSelectMultiple,
            "departments": forms.CheckboxSelectMultiple,
            "needs": forms.CheckboxSelectMultiple,
            "current_state": forms.Textarea(attrs={"rows": 3}),
            "measure": forms.Textarea(attrs={"rows": 3}),
            "desired_result": forms.Textarea(attrs={"rows": 3}),
            "referral_outcome": forms.Textarea(attrs={"rows": 2}),
        }

    MAIN = ["title", "area", "responsible", "deadline_text"]
    MORE = [
        (_("The case"), ["current_state", "measure", "desired_result"]),
        (_("Departments and needs"), ["departments", "needs"]),
        (_("More"), ["number", "starts_text", "level", "is_existing", "joint_responsibility", "referred_to",
                     "referral_outcome", "part_of", "funding", "is_key"]),
        (_("Time and managers"), ["kind", "months", "weeks", "is_recurring", "hours_per_manager", "audiences"]),
    ]  # fmt: skip

    def __init__(self, data=None, *args, place, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.fields["area"].queryset = Area.objects.visible_to(place)
        self.fields["responsible"].queryset = Role.objects.visible_to(place)
        self.fields["departments"].queryset = Department.objects.visible_to(place)
        self.fields["needs"].queryset = Need.objects.visible_to(place)
        self.initial["starts_text"] = in_words(self.instance.starts, self.instance.starts_words)
        self.fields["kind"].required = False
        if self.instance.pk:
            del self.fields["deadline_text"]

    def clean_kind(self):
        return self.cleaned_data["kind"] or Activity.Kind.MEASURE

    def _get_validation_exclusions(self):
        """The field's own validators say what the database's only constraint says, without a query."""
        return super()._get_validation_exclusions() | {"hours_per_manager"}

    def groups(self):
        """The unfolding groups of fields beneath the main ones; open where something is wrong."""
        return [
            (title, names, any(name in self.errors for name in names) if self.is_bound else False)
            for title, names in self.MORE
        ]

    def main(self):
        return [name for name in self.MAIN if name in self.fields]

    def clean(self):
        data = super().clean()
        starts, deadline = data.get("starts_text"), data.get("deadline_text")
        if starts and deadline and deadline.last < starts.first:
            self.add_error("deadline_text", _("The deadline lies before the start."))
        check_weeks_lie_in_months(self)
        self.instance.starts = starts.first if starts else None
        self.instance.starts_words = starts.words if starts else ""
        return data


class StatusForm(RevisionForm):
    """A status update; HR may change who is responsible in the same go."""

    status = forms.ChoiceField(label=_("Status"), choices=Status.choices)
    deadline = WhenField(label=_("Deadline"))
    completed_on = forms.DateField(
        label=_("Completed on"), required=False, widget=DayInput, help_text=_("Empty means today.")
    )
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        validators=FREE_TEXT,
        help_text=_("What has happened since last time. Must be given when the activity is stopped."),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = ["responsible"]
        widgets = {"responsible": forms.CheckboxSelectMultiple}

    field_order = ["status", "deadline", "completed_on", "responsible", "comment"]

    def __init__(self, data=None, *args, place, may_choose_responsible=True, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.fields["responsible"].queryset = Role.objects.visible_to(place)
        if not may_choose_responsible:
            del self.fields["responsible"]
        state = self.instance
        self.initial |= {
            "status": state.state_status,
            "deadline": in_words(state.state_deadline, state.state_words),
            "completed_on": state.state_completed_on,
        }

    def clean(self):
        data = super().clean()
        status, completed_on = data.get("status"), data.get("completed_on")
        today = timezone.localdate()
        if status == Status.COMPLETED:
            data["completed_on"] = completed_on or today
            if data["completed_on"] > today:
                self.add_error("completed_on", _("The day lies in the future."))
        else:
            data["completed_on"] = None
        if status == Status.STOPPED and not data.get("comment", "").strip():
            self.add_error("comment", _("Say why the activity is stopped."))
        return data


class StepForm(FormLook, forms.ModelForm):
    deadline_text = WhenField(label=_("Deadline of its own"))

    class Meta:
        model = Step
        fields = ["text", "number", "completed_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "completed_on": DayInput}

    field_order = ["text", "number", "deadline_text", "completed_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["deadline_text"] = in_words(self.instance.deadline, self.instance.deadline_words)

    def clean(self):
        data = super().clean()
        deadline = data.get("deadline_text")
        self.instance.deadline = deadline.last if deadline else None
        self.instance.deadline_words = deadline.words if deadline else ""
        return data


class FollowUpForm(FormLook, forms.ModelForm):
    planned_text = WhenField(label=_("Planned"), required=True)

    class Meta:
        model = FollowUp
        fields = ["kind", "held_on", "outcome"]
        widgets = {"held_on": DayInput, "outcome": forms.Textarea(attrs={"rows": 3})}

    field_order = ["kind", "planned_text", "held_on", "outcome"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["planned_text"] = in_words(self.instance.planned_on, self.instance.planned_words)

    def clean(self):
        data = super().clean()
        planned = data.get("planned_text")
        if planned:
            self.instance.planned_on, self.instance.planned_words = planned.last, planned.words
        return data


class PlanLinkForm(FormLook, forms.ModelForm):
    class Meta:
        model = PlanLink
        fields = ["plan", "year", "note"]
