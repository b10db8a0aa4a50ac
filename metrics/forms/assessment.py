"""A unit's own assessment: a mark for each factor of the guideline, an adjustment and what it rests on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Assessment, FactorMark, Guideline
from ui import formats
from ui.forms import FormLook

Mark = FactorMark.Mark


class AssessmentForm(FormLook, forms.ModelForm):
    """`latest` is the key of the latest assessment that the page showed, 0 for none.

    `before` is the latest one's marks by factor: they are chosen beforehand. Any other factor must be marked.
    """

    latest = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Assessment
        fields = ["adjustment", "motivation"]
        widgets = {"motivation": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, guideline: Guideline, before: dict[int, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.guideline, self.before = guideline, before or {}
        self.instance.guideline = guideline
        for factor in guideline.factors.all():
            self.fields[f"mark_{factor.pk}"] = forms.ChoiceField(
                label=factor.name,
                choices=[
                    (Mark.LARGER, factor.allows_larger),
                    (Mark.NEUTRAL, Mark.NEUTRAL.label),
                    (Mark.SMALLER, factor.requires_smaller),
                ],
                initial=self.before.get(factor.pk),  # nothing where nobody has weighed it
                widget=forms.RadioSelect,
            )

    def factor_rows(self):
        """Each factor's bound field, with what it was marked as the last time."""
        for factor in self.guideline.factors.all():
            before = self.before.get(factor.pk)
            yield self[f"mark_{factor.pk}"], Mark(before).label if before else ""

    def marks(self) -> dict[int, str]:
        """What each factor was marked as, by the factor's key."""
        return {factor.pk: self.cleaned_data[f"mark_{factor.pk}"] for factor in self.guideline.factors.all()}

    def clean_adjustment(self):
        adjustment = self.cleaned_data["adjustment"]
        largest = self.guideline.largest_adjustment
        if abs(adjustment) > largest:
            raise forms.ValidationError(
                _("The guideline allows at most %(largest)d either way."), params={"largest": largest}
            )
        return adjustment

    def say_there_is_a_newer(self, latest: Assessment) -> None:
        """Somebody assessed the unit in between: keep what was typed, ask once."""
        self.data = self.data.copy()
        self.data["latest"] = latest.pk
        words = _(
            "Somebody else assessed the unit while you were writing (%(adjustment)s: %(motivation)s). Save again to lay "
            "yours on top; both are kept."
        )
        told = {"adjustment": formats.number(latest.adjustment), "motivation": latest.motivation}
        self.add_error(None, words % told)
