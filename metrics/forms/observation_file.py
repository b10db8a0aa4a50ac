"""A file of values on its way in, and why approved ones are revised."""

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.models import Indicator, Observation
from program.forms.plan import validate_size
from ui.fields import validate_file_name
from ui.forms import FormLook


class ObservationFileForm(FormLook, forms.Form):
    file = forms.FileField(
        label=_("File"), validators=[validate_size, validate_file_name],
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=_("Excel (.xlsx) or CSV. At most 10 MB."),
    )  # fmt: skip
    indicator = forms.ModelChoiceField(
        queryset=None, label=_("Indicator"), required=False, empty_label=_("as the file says"),
        help_text=_("For rows that name none, as in most files with one column for each month."),
    )  # fmt: skip
    is_last_preliminary = forms.BooleanField(
        label=_("The last month is preliminary"), required=False,
        help_text=_("For files with one column for each month. The earlier months then count as settled."),
    )  # fmt: skip

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = Indicator.objects.visible_to(place).filter(computed="")


class ReasonForm(FormLook, forms.Form):
    """Asked for when approved values would be revised; kept with each of them."""

    reason = forms.CharField(
        label=_("Why the approved values are revised"),
        max_length=Observation._meta.get_field("revision_reason").max_length,
        validators=Observation._meta.get_field("revision_reason").default_validators,
        help_text=_("For example: the HR system has settled the sick leave of the last two months."),
        error_messages={"required": _("Say why the values are revised.")},
    )

    def clean(self):
        data = super().clean()
        if self.errors:
            self.fields["reason"].widget.attrs["autofocus"] = True  # it stands below what may be a long table
        return data
