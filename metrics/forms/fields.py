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
        return self._share(number) if self.is_share else number

    @staticmethod
    def _share(percent: Decimal) -> Decimal:
        if not 0 <= percent <= 100:
            raise forms.ValidationError(_("A share lies between 0 and 100 %."))
        if percent != percent.quantize(Decimal("0.01")):
            raise forms.ValidationError(_("Write a share with at most two decimals."))
        return percent / 100


class WholeField(forms.IntegerField):
    """A whole number in the digits 0–9; int() would take those of other scripts too."""

    def to_python(self, value):
        if isinstance(value, str) and not value.isascii() and any(sign.isdigit() for sign in value):
            raise forms.ValidationError(
                _("Write the number in the digits 0–9: %(text)s."), params={"text": value}
            )
        return super().to_python(value)


class CountField(forms.CharField):
    """A number of people as people write it: 1 240. Cleans to int or None."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "count"})

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=12, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        plain = re.sub(r"\s", "", text)
        if plain and not re.fullmatch("[0-9]{1,7}", plain):
            raise forms.ValidationError(
                _("This is no number of people: %(text)s. Write for example 1 240."), params={"text": text}
            )
        return int(plain) if plain else None


SHARES = (Indicator.Kind.SHARE, Indicator.Kind.RATE)
