from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.forms.fields import SHARES, MeasureField
from metrics.models import Indicator
from ui.forms import DayInput, FormLook


class IndicatorForm(FormLook, forms.ModelForm):
    target = MeasureField(label=_("Target"), help_text=_("A share in per cent: 75."))

    class Meta:
        model = Indicator
        fields = [
            "name", "question", "population", "positive", "kind", "subject", "direction", "period_kind",
            "promised", "target", "target_on",
        ]  # fmt: skip
        widgets = {"target_on": DayInput}

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        kind = data.get("kind") if data else self.instance.kind
        self.fields["target"].is_share = kind in SHARES
