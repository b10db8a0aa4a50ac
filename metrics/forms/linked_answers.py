import datetime as dt

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metrics.forms.fields import CountField
from metrics.models import Indicator, LinkedAnswers, Observation
from ui import formats
from ui.forms import FormLook
from ui.language import language

FOUR = ("both", "gained", "lost", "neither")


def _count(name: str) -> CountField:
    field = CountField(label=capfirst(LinkedAnswers._meta.get_field(name).verbose_name))
    field.required = True
    field.error_messages["required"] = _("Give a number, also where it is nobody.")
    return field


class LinkedAnswersForm(FormLook, forms.ModelForm):
    """Of those who answered two of the indicator's surveys: who kept and who changed their answer."""

    earlier = forms.TypedChoiceField(label=_("The earlier survey"), coerce=dt.date.fromisoformat)
    later = forms.TypedChoiceField(label=_("The later survey"), coerce=dt.date.fromisoformat)
    both, gained, lost, neither = (_count(name) for name in FOUR)

    class Meta:
        model = LinkedAnswers
        fields = ["earlier", "later", *FOUR]

    def __init__(self, *args, indicator: Indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        rows = (
            Observation.objects.filter(indicator=indicator)
            .approved()
            .whole()
            .order_by("last_day", "revision")
        )
        self.surveys = {row.last_day: row for row in rows}
        days = [(day.isoformat(), formats.day(day, language())) for day in self.surveys]
        for name in ("earlier", "later"):
            self.fields[name].choices = days

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if data["later"] <= data["earlier"]:
            self.add_error("later", _("The later survey comes after the earlier."))
            return data
        both, gained, lost, neither = (data[name] for name in FOUR)
        self._check("earlier", both + lost, both + gained + lost + neither)
        self._check("later", both + gained, both + gained + lost + neither)
        return data

    def _check(self, name: str, positive: int, answered: int) -> None:
        """Those who answered twice cannot be more than those who answered once."""
        survey = self.surveys[self.cleaned_data[name]]
        told = {
            "positive": formats.number(survey.positive or 0, None, language()),
            "answered": formats.number(survey.answered or 0, None, language()),
        }
        if survey.answered is not None and answered > survey.answered:
            self.add_error(name, _("Only %(answered)s answered then.") % told)
        elif survey.positive is not None and positive > survey.positive:
            self.add_error(name, _("Only %(positive)s answered positively then.") % told)
        elif survey.positive is not None and answered - positive > (survey.answered or 0) - survey.positive:
            self.add_error(name, _("More answered otherwise than positively here than in the survey itself."))
