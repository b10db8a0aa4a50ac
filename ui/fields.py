"""Text fields that refuse characters no reader can see, with a stated length."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def validate_no_control_characters(value: str) -> None:
    """Refuse control characters (tab and line breaks pass) and say where the first one stands."""
    found = CONTROL.search(value)
    if found:
        line = value.count("\n", 0, found.start()) + 1
        raise ValidationError(
            _(
                "Line %(line)d holds an invisible control character (code %(code)s). Remove it and save again."
            ),
            code="control_character",
            params={"line": line, "code": f"U+{ord(found[0]):04X}"},
        )


class LineField(models.CharField):
    """One line of text."""

    default_validators = [validate_no_control_characters]


class ProseField(models.TextField):
    """Paragraphs of plain text; `max_length` is held by every form."""

    default_validators = [validate_no_control_characters]
