"""The one way forms look: labels above, help beneath, errors at their place, buttons in the page."""

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

OWNERS = {"program", "organisation", "report", "activity", "unit", "indicator"}


class FormLook:
    """Mixin for forms: a crispy helper without its own <form> tag, since the page owns buttons and action.

    The owner of a row (its programme, its organisation …) is set by the view, not typed; it takes part in
    validation all the same, so that a uniqueness rule speaks at its place and not as a database error.
    """

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def restore(self, fields: dict[str, list[str]]) -> None:
        """Show what a draft held, hidden fields and all, without complaining of what is not finished yet."""
        self.data = QueryDict(mutable=True)
        for name, values in fields.items():
            self.data.setlist(name, values)
        self.is_bound = True
        self._errors = ErrorDict()

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - OWNERS


class DayInput(forms.DateInput):
    """The browser's own date picker; plain typing of 2025-12-31 works as well."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
