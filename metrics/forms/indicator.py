from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from metrics import gate
from metrics.forms.fields import SHARES, MeasureField
from metrics.models import Indicator
from metrics.values import periods
from ui.forms import DayInput, FormLook


class IndicatorForm(FormLook, forms.ModelForm):
    """What is asked, of whom and which way is better; the rest unfolds."""

    baseline = MeasureField(label=_("Baseline"), help_text=_("A share in per cent: 62,5."))
    smallest = MeasureField(
        label=_("Smallest change that matters"),
        help_text=_(
            "In percentage points for a share. Agreed before the figures come. Without it nothing is called unchanged."
        ),
    )
    target = MeasureField(label=_("Target"), help_text=_("A share in per cent: 75."))

    class Meta:
        model = Indicator
        fields = [
            "name", "question", "population", "kind", "direction", "positive", "unit", "subject", "period_kind",
            "definition", "source", "promised", "group", "index", "item", "baseline", "baseline_on", "smallest",
            "target", "target_on", "better_every_year", "computed",
        ]  # fmt: skip
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "baseline_on": DayInput,
            "target_on": DayInput,
        }
        help_texts = {
            "population": _("Whom the figure is about, for example: managers."),
            "positive": _("For example: 4 or 5 on a scale of 1–5."),
            "subject": _("Decides how small a group may be shown."),
            "computed": _("Then nobody enters its values: they follow from the headcounts."),
        }

    MAIN = ["name", "question", "population", "kind", "direction"]
    MORE = [
        (_("How it is measured"),
         ["positive", "unit", "subject", "period_kind", "definition", "source", "promised"]),
        (_("Read together"), ["group", "index", "item"]),
        (_("Baseline and target"),
         ["baseline", "baseline_on", "smallest", "target", "target_on", "better_every_year"]),
        (_("Worked out by the system"), ["computed"]),
    ]  # fmt: skip

    def __init__(self, data=None, *args, place, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.organisation = place.organisation
        indexes = Indicator.objects.visible_to(place).filter(kind=Indicator.Kind.INDEX)
        self.fields["index"].queryset = indexes.exclude(pk=self.instance.pk)
        self.fields["subject"].initial = self.fields["subject"].initial or Indicator.Subject.SURVEY
        self.values = self.instance.observations.count() if self.instance.pk else 0
        if self.values:
            self._lock_kind()
        kind = data.get("kind") if data and not self.values else self.instance.kind
        for name in ("baseline", "smallest", "target"):
            self.fields[name].is_share = kind in SHARES

    def _lock_kind(self) -> None:
        self.fields["kind"].disabled = True
        self.fields["kind"].help_text = ngettext(
            "It cannot be changed: the indicator has %(number)d value, which would mean something else.",
            "It cannot be changed: the indicator has %(number)d values, which would mean something else.",
            self.values,
        ) % {"number": self.values}

    def main(self) -> list[str]:
        return self.MAIN

    def groups(self):
        """The unfolding groups: title, fields, and whether something in them is wrong."""
        return [(title, names, any(name in self.errors for name in names)) for title, names in self.MORE]

    def clean(self):
        data = super().clean()
        if (data.get("target") is None) != (data.get("target_on") is None):
            missing = "target" if data.get("target") is None else "target_on"
            self._wrong(missing, _("A target has both a value and a day."))
        if data.get("smallest") is not None and data["smallest"] <= 0:
            self._wrong("smallest", _("The smallest change that matters is more than nothing."))
        self._check_index(data)
        self._check_periods(data)
        self._check_subject(data)
        return data

    def _wrong(self, name: str, message) -> None:
        """At its place, unless something is wrong there already."""
        if name not in self.errors:
            self.add_error(name, message)

    def _check_index(self, data) -> None:
        index, item = data.get("index"), data.get("item")
        if bool(index) != bool(item):
            self._wrong(
                "item" if index else "index",
                _("A statement of an index says which index and which statement."),
            )
        elif index and index.items.filter(item=item).exclude(pk=self.instance.pk).exists():
            self._wrong("item", _("The index already has this statement."))

    def _check_periods(self, data) -> None:
        """Another kind of period only when the values that are there fit it."""
        kind = data.get("period_kind")
        if not self.values or "period_kind" not in self.changed_data or not kind:
            return
        days = self.instance.observations.values_list("first_day", "last_day")
        odd = sum(periods.misfit(periods.Period(*pair), kind) is not None for pair in days)
        if odd:
            self._wrong(
                "period_kind",
                ngettext(
                    "%(number)d value has a period that does not fit this.",
                    "%(number)d values have periods that do not fit this.",
                    odd,
                )
                % {"number": odd},
            )

    def _check_subject(self, data) -> None:
        """With values there, only to a subject with at least as large a smallest group."""
        least, subject = gate.thresholds(self.organisation).least, data.get("subject")
        if self.values and subject and least(subject) < least(self.initial["subject"]):
            self._wrong(
                "subject",
                _(
                    "The indicator has values, which this would open to smaller groups. It can only be made stricter."
                ),
            )
