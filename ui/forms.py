"""The one way forms look: labels above, help beneath, errors at their place, buttons in the page."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
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
        """A choice among rows is checked by its field; asking the database again is one query too many."""
        chosen = {name for name, field in self.fields.items() if isinstance(field, forms.ModelChoiceField)}
        return super()._get_validation_exclusions() | chosen

    def validate_unique(self):
        """Uniqueness within an owner, which Django leaves out for fields that are not typed."""
        super().validate_unique()
        exclude = super()._get_validation_exclusions() - OWNERS
        for constraint in self.instance._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and OWNERS.intersection(constraint.fields):
                try:
                    constraint.validate(type(self.instance), self.instance, exclude)
                except ValidationError as error:
                    self._update_errors(error)


class DayInput(forms.DateInput):
    """The browser's own date picker; plain typing of 2025-12-31 works as well."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
