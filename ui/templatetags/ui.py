"""Filters and tags that every template has without loading."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.safestring import mark_safe

from ui import formats, richtext
from ui.language import language

register = template.Library()


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """1 555; nothing for None."""
    return "" if value is None else formats.number(value, places, language())


@register.filter
def day(value: dt.date | None, words: str | None = "") -> str:
    """13 juni 2024; nothing for None. A date that came with words of its own is said with them."""
    return words or ("" if value is None else formats.day(value, language()))


@register.filter
def percent(value: Decimal | None) -> str:
    """62,5 % from a share; nothing for None."""
    return "" if value is None else formats.percent(value, 1, language())


@register.filter
def rich(text: str, marks=()) -> str:
    """Running text with its small markup as HTML, which `ui.richtext` has made safe; `marks` laid on its words."""
    return mark_safe(richtext.to_html(text, marks))


@register.filter
def field(form, name: str):
    """A form's bound field by name, for templates that lay fields out from a list."""
    return form[name]


@register.filter
def get(mapping, key):
    """A mapping's value for a key that is itself a variable."""
    return mapping.get(key)
