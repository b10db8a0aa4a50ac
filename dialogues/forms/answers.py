"""Forms of what becomes of words: the answer to departments, their "this is not what we meant", and the reply."""

import re

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.answers.judge import OPEN, STATES, UNANSWERED, Given, last_added
from dialogues.models import Objection
from organisation.models import Department
from program.models import Activity, Resource, Response
from ui import formats
from ui.forms import DayInput, FormLook
from ui.language import language
from ui.personal import validate_no_personal_number

EVERYBODY = "all"
ABOUT = {
    "activity": "activity",
    "covered": "resource",
    "referred": "referred_to",
}  # outcome → field of its own
ASKED = ABOUT | {"declined": "text"}
STATE_NAMES = dict(zip(STATES, (
    gettext_lazy("no answer yet"), gettext_lazy("open"), gettext_lazy("has an answer")
), strict=True))  # fmt: skip


class AnswersFilter(forms.Form):
    """What the address bar says of the list; a choice that does not exist counts as none."""

    department = forms.ModelChoiceField(
        queryset=None, required=False, label=gettext_lazy("Department"), empty_label=gettext_lazy("all")
    )
    state = forms.ChoiceField(
        choices=[("", gettext_lazy("all")), *STATE_NAMES.items()],
        required=False,
        label=gettext_lazy("Standing"),
    )

    def __init__(self, data, *, place):
        super().__init__(data)
        self.fields["department"].queryset = Department.objects.visible_to(place)
        self.full_clean()

    def keeps(self, row) -> bool:
        """Whether a row of `answers.queries.owed` is asked for."""
        department, state = self.cleaned_data.get("department"), self.cleaned_data.get("state")
        return (not department or row.pair.department == department.pk) and (
            not state or row.pair.state == state
        )


class AnswerForm(FormLook, forms.ModelForm):
    """One answer, to one or several of the departments that raised the need.

    `answered` carries which response each of them had when the page was shown: "12:5 all:7".
    """

    departments = forms.MultipleChoiceField(
        label=gettext_lazy("To"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose whom the answer is for.")},
    )
    answered = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Response
        fields = ["outcome", "activity", "resource", "referred_to", "text", "on"]
        labels = {"referred_to": gettext_lazy("To whom")}
        widgets = {
            "outcome": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
            "on": DayInput,
        }
        error_messages = {"outcome": {"required": gettext_lazy("Choose what the answer is.")}}
        help_texts = {
            "activity": gettext_lazy("An activity that is not linked to the need is linked to it."),
            "referred_to": gettext_lazy("What came of it is told as an answer of its own, later."),
            "text": gettext_lazy("What the group is to read. Compulsory when the need is declined."),
        }

    def __init__(self, data=None, *, place, need, owed, responses, **kwargs):
        super().__init__(data, instance=Response(need=need), **kwargs)
        self.to = {str(row.pair.department or EVERYBODY): row.department for row in owed}
        self.fields["departments"].choices = [
            (key, _label(row)) for key, row in zip(self.to, owed, strict=True)
        ]
        named = [(value, capfirst(label)) for value, label in Response.Outcome.choices]
        self.fields["outcome"].choices = sorted(
            named, key=lambda choice: choice[0] == OPEN
        )  # open comes last
        self._offer_activities(place, need)
        self.fields["resource"].queryset = Resource.objects.visible_to(place).filter(is_none=False)
        for name in ("text", "referred_to"):
            self.fields[name].validators.append(validate_no_personal_number)
        self.initial["on"] = timezone.localdate()
        self.initial["answered"] = self.now(responses)

    @staticmethod
    def now(responses: list[Given]) -> str:
        """What `answered` says when the page is shown."""
        return " ".join(f"{key or EVERYBODY}:{last}" for key, last in last_added(responses).items())

    def _offer_activities(self, place, need) -> None:
        """Those that answer the need first."""
        rows = Activity.objects.visible_to(place).order_by("pk")
        field, linked = self.fields["activity"], set(need.activities.values_list("pk", flat=True))
        field.queryset = rows
        groups = {True: [], False: []}
        for row in rows:
            groups[row.pk in linked].append((row.pk, str(row)))
        named = [(_("Linked to the need"), groups[True]), (_("The other activities"), groups[False])]
        field.choices = [("", "–"), *[group for group in named if group[1]]]

    @property
    def seen(self) -> dict[int | None, int]:
        """The posted `answered`: department (None: everybody) → key of its latest response."""
        found = re.findall(
            rf"(?<!\S)({EVERYBODY}|[1-9][0-9]{{0,14}}):([0-9]{{1,15}})(?!\S)", self["answered"].value() or ""
        )
        return {None if key == EVERYBODY else int(key): int(last) for key, last in found}

    @property
    def answer(self) -> dict:
        """What `actions.respond` is to say, after validation."""
        data = {name: self.cleaned_data[name] for name in self._meta.fields}
        return data | {"departments": [self.to[key] for key in self.cleaned_data["departments"]]}

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        return day

    def clean(self):
        """What belongs to another answer than the one chosen is left out; what belongs to it must be there."""
        data = super().clean()
        outcome = data.get("outcome")
        for name in ABOUT.values():
            if outcome and ABOUT.get(outcome) != name:
                data[name] = "" if name == "referred_to" else None
        name = ASKED.get(outcome)
        if name and not data.get(name) and name not in self.errors:
            self.add_error(name, self._ask(outcome))
        return data

    @staticmethod
    def _ask(outcome: str) -> str:
        return {
            "activity": _("Choose the activity that meets the need."),
            "covered": _("Choose the support that covers the need."),
            "referred": _("Say to whom it is referred."),
            "declined": _("Say why."),
        }[outcome]

    def show_what_came(self, responses: list[Given]) -> None:
        """Somebody answered in between: keep what was typed, and let the next save count on what is there now."""
        self.data = self.data.copy()
        self.data["answered"] = self.now(responses)
        self.add_error(
            None,
            _(
                "Somebody else has answered while you were writing. It stands beside, marked as new."
                " Save again if yours is to hold after it."
            ),
        )


def _label(row) -> str:
    """A department and how it stands."""
    name = row.department.name if row.department else _("Everybody")
    if row.pair.state == UNANSWERED:
        since = row.pair.words or formats.day(row.pair.since, language())
        return _("%(name)s: no answer since %(day)s") % {"name": name, "day": since}
    state = _("open") if row.pair.state == OPEN else _("has an answer")
    return f"{name}: {state}"


class ObjectionForm(FormLook, forms.ModelForm):
    """This is not what we meant: about a need, or about one of the statements that were sorted under it."""

    class Meta:
        model = Objection
        fields = ["statement", "text"]
        widgets = {"statement": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}
        labels = {"statement": gettext_lazy("It is about")}

    def __init__(self, data=None, *, statements, **kwargs):
        super().__init__(data, **kwargs)
        field = self.fields["statement"]
        field.queryset = statements
        field.choices = [("", _("the need as a whole")), *((row.pk, str(row)) for row in statements)]
        self.fields["text"].validators.append(validate_no_personal_number)


class ReplyForm(FormLook, forms.Form):
    """HR's reply to a group; given once."""

    reply = Objection._meta.get_field("reply").formfield(
        label=gettext_lazy("Reply"), required=True, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reply"].validators.append(validate_no_personal_number)
