"""What an activity should move; saying that it no longer holds; what came of it."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Amendment, Expectation, Indicator, Outcome
from metrics.readings.judgement import SHARES
from organisation.models import Department
from program.forms.fields import WhenField
from ui.fields import FREE_TEXT
from ui.forms import FormLook


class AmountField(forms.CharField):
    """A figure as people write it, with or without its unit: 5, 2,5, 5 procentenheter. Cleans to Decimal or None."""

    default_error_messages = {
        "no_figure": _("This is no figure: %(text)s. Write for example 5 or 2,5."),
        "nothing": _("Say how much as a figure above nothing; the direction is told beside."),
    }

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=40, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        plain = re.sub(r"(?i)(procentenhet(er)?|%-?enhet(er)?|percentage points?|%)\s*$", "", text)
        plain = re.sub(r"[\s\u00a0]", "", plain).replace(",", ".").replace("\u2212", "-")
        if not text:
            return None
        if not re.fullmatch(r"[-+]?[0-9]{1,5}(\.[0-9]{1,4})?", plain):
            raise forms.ValidationError(
                self.error_messages["no_figure"], code="no_figure", params={"text": text}
            )
        if Decimal(plain) <= 0:
            raise forms.ValidationError(self.error_messages["nothing"], code="nothing")
        return Decimal(plain)


class ExpectationForm(FormLook, forms.ModelForm):
    """What an activity should move; the activity is the view's.

    `said` is how many amendments and outcomes it has: part of what the form was made from. With `why` it asks for
    a reason, which must be given unless the effect is new.
    """

    amount_text = AmountField(
        label=_("At least, as a figure"),
        help_text=_("A figure in the indicator's own unit; a share in percentage points, for example 5."),
    )
    visible_text = WhenField(label=_("Visible at the earliest"))
    reason = Amendment._meta.get_field("reason").formfield(
        widget=forms.Textarea(attrs={"rows": 2}), validators=FREE_TEXT
    )

    class Meta:
        model = Expectation
        fields = ["indicator", "department", "direction", "size", "wrong_if"]
        labels = {"department": _("Where"), "wrong_if": _("What would show that we are wrong")}
        widgets = {"wrong_if": forms.Textarea(attrs={"rows": 3}), "direction": forms.RadioSelect}
        help_texts = {
            "department": "",
            "size": _("In words, for example: at least five percentage points."),
            "wrong_if": _("Say it before the figures come. It is easier then."),
        }

    field_order = [
        "indicator", "department", "direction", "size", "amount_text", "visible_text", "wrong_if", "reason",
    ]  # fmt: skip

    def __init__(self, *args, place, said=0, why="", **kwargs):
        row = kwargs["instance"]
        held = {"visible_text": row.visible_text, "amount_text": row.amount_text, "said": said}
        super().__init__(*args, initial=held, **kwargs)
        self.fields["indicator"].queryset = Indicator.objects.visible_to(place)
        self.fields["department"].queryset = Department.objects.visible_to(place)
        self.fields["department"].empty_label = _("everybody that the indicator is about")
        self.fields["direction"].choices = Expectation.Way.choices
        if why:
            self.fields["reason"].label = why
            self.fields["reason"].required = bool(row.pk)
        else:
            del self.fields["reason"]

    def clean(self):
        data = super().clean()
        visible = data.get("visible_text")
        self.instance.visible_on = visible.first if visible else None
        self.instance.visible_words = visible.words if visible else ""
        self._put_amount(data.get("indicator"), data.get("amount_text"))
        return data

    def _put_amount(self, indicator, figure) -> None:
        """Shares are typed in percentage points and kept as fractions of one."""
        is_share = indicator is not None and indicator.kind in SHARES
        if figure is None:
            self.instance.amount = None
        elif is_share and (figure > 100 or figure != round(figure, 2)):
            self.add_error(
                "amount_text", _("Percentage points lie between 0 and 100, with at most two decimals.")
            )
        else:
            self.instance.amount = figure / 100 if is_share else figure

    def say_it_is_taken(self) -> None:
        """Somebody saved between our reading and our writing."""
        self.add_error(
            None, _("Somebody else saved at the same moment. Look at what is saved, and save again.")
        )


class WithdrawalForm(FormLook, forms.ModelForm):
    """Why an expected effect no longer holds."""

    class Meta:
        model = Amendment
        fields = ["reason"]
        labels = {"reason": _("Why it no longer holds")}
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}


class OutcomeForm(FormLook, forms.ModelForm):
    """What is argued about how it went; `laid` is what stood beside it when the form was made."""

    CHANGED = _(
        "What stands beside has changed while you were writing. Look at it, and save again if it still holds."
    )

    laid = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Outcome
        fields = ["contribution", "others"]
        labels = {
            "contribution": _("How the activity may have contributed"),
            "others": _("What else may explain it"),
        }
        widgets = {
            "contribution": forms.Textarea(attrs={"rows": 4}),
            "others": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "contribution": _(
                "A line of reasoning, no proof: what was done, for whom, and why it may have mattered."
            ),
            "others": _(
                "Other activities, a new survey, other people asked. Nothing known is an answer too."
            ),
        }

    def __init__(self, data=None, *args, laid, **kwargs):
        super().__init__(data, *args, initial={"laid": laid}, **kwargs)

    def clean(self):
        """What was looked at when this was written; else the page shows how it stands now and asks once more."""
        data = super().clean()
        if data.get("laid") != self.initial["laid"]:
            self.data = self.data.copy()
            self.data["laid"] = self.initial["laid"]
            self.add_error(None, self.CHANGED)
        return data
