"""Figures as people write them."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Indicator


class MeasureField(forms.CharField):
    """A figure as people write it: 62,5 or 62.5, with or without a per cent sign. Cleans to Decimal or None.

    Shares and rates are typed in per cent and kept as fractions of one.
    """

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=20, **kwargs)
        self.is_share = False

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        shown = value * 100 if self.is_share else value
        return f"{shown.normalize():f}".replace(".", ",")

    def clean(self, value):
        text = super().clean(value)
        plain = re.sub(r"[\s\u00a0%]", "", text).replace(",", ".").replace("\u2212", "-")
        if not plain:
            return None
        if not re.fullmatch(r"-?[0-9]{1,5}(\.[0-9]{1,4})?", plain):
            raise forms.ValidationError(
                _("This is no figure: %(text)s. Write for example 62,5."), params={"text": text}
            )
        number = Decimal(plain)
        if not self.is_share:
            return number
        if not 0 <= number <= 100:
            raise forms.ValidationError(_("A share lies between 0 and 100 %."))
        return number / 100


SHARES = (Indicator.Kind.SHARE, Indicator.Kind.RATE)
