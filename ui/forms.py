"""The one way forms look: labels above, help beneath, errors at their place, buttons in the page."""

import datetime as dt
import hashlib
import json

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, UniqueConstraint
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
YEARS = {"first": FIRST_YEAR, "last": LAST_YEAR}
OWNERS = {"program", "organisation", "report", "activity", "unit", "indicator"}


class FormLook:
    """Mixin for forms: a crispy helper without its own <form> tag, since the page owns buttons and action.

    The owner of a row (its programme, its organisation …) is set by the view, not typed; it takes part in
    validation all the same, so that a uniqueness rule speaks at its place and not as a database error.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        instance = getattr(self, "instance", None)
        if instance is not None and instance.pk and not hasattr(instance, "revision"):
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.initial["seen"] = self._fingerprint()

    def _fingerprint(self) -> str:
        """What the row held when the form was made, in short."""
        held = {name: str(value) for name, value in self.initial.items() if name != "seen"}
        return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:20]

    def _clean_form(self):
        super()._clean_form()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, dt.date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
                self.add_error(name, _("The year must lie between %(first)d and %(last)d.") % YEARS)
        seen = self.cleaned_data.pop("seen", "")
        if seen and seen != self.initial.get("seen"):
            self._say_it_changed()

    def _say_it_changed(self) -> None:
        """Somebody saved in between: show what is saved now, keep what was typed, ask once."""
        saved = type(self.instance)._base_manager.get(pk=self.instance.pk)
        differ = [
            f"{self.fields[name].label}: {getattr(saved, name, '')}"
            for name in self.fields
            if name in self.changed_data and hasattr(saved, name) and not hasattr(getattr(saved, name), "through")
        ]  # fmt: skip
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]
        words = _(
            "Somebody else changed this while you were writing. Saved now: %(saved)s. Save again to keep yours."
        )
        self.add_error(None, words % {"saved": "; ".join(differ) or "–"})

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
        exclude = super()._get_validation_exclusions()
        for constraint in self.instance._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and OWNERS & _names(constraint):
                try:
                    constraint.validate(type(self.instance), self.instance, exclude - _names(constraint))
                except ValidationError as error:
                    self._update_errors(error)


def _names(constraint: UniqueConstraint) -> set[str]:
    """The fields that a constraint compares, those inside its expressions too."""
    parts = [
        part
        for expression in constraint.expressions
        for part in ([expression] if isinstance(expression, F) else expression.flatten())
    ]
    return {*constraint.fields, *(part.name for part in parts if isinstance(part, F))}


class DayInput(forms.DateInput):
    """The browser's own date picker; plain typing of 2025-12-31 works as well."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
