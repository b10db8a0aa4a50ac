"""What somebody writes under a heading, and who is to write it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.access import Kind
from organisation.models import User
from reports.models import Section
from ui.revision import RevisionForm


class WriterField(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return obj.get_full_name() or obj.username


def writers_of(place, section: Section):
    """HR of the place's organisation, and whoever is the writer now though no longer HR."""
    members = place.organisation.memberships.filter(kind=Kind.EDITOR, user__is_active=True).values("user")
    rows = User.objects.filter(pk__in=members) | User.objects.filter(pk=section.writer_id)
    return rows.order_by("username")


class SectionForm(RevisionForm):
    writer = WriterField(
        queryset=User.objects.none(),
        required=False,
        label=_("Written by"),
        empty_label=_("nobody in particular"),
    )

    class Meta:
        model = Section
        fields = ["text", "writer"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}
        help_texts = {"text": _("A blank line begins a new paragraph.")}

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["writer"].queryset = writers_of(place, self.instance)
