"""The organisation's own shape of a report: headings, order, fixed texts; and its Word template."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation, OwnedQuerySet
from reports.models.report import Report
from ui.fields import LineField, ProseField


class SectionLayout(models.Model):
    """Avsnitt i mallen: what the organisation wants otherwise for one section of one kind of report.

    Where there is no row, the section has our heading, our place and no fixed text. Keys of the organisation's own
    sections begin with "own-"; they hold a text and nothing computed.
    """

    class Part(models.TextChoices):
        LETTER = "letter", _("covering letter")
        REPORT = "report", _("report")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="section_layouts")
    kind = models.CharField(_("kind"), max_length=20, choices=Report.Kind)
    part = models.CharField(_("part"), max_length=10, choices=Part)
    key = models.CharField(max_length=30)
    heading = LineField(_("heading"), max_length=80, blank=True)
    fixed_text = ProseField(_("fixed text"), max_length=4000, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_left_out = models.BooleanField(_("left out"), default=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("section of the layout")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "key"], name="section_layout_once_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class WordTemplate(models.Model):
    """Wordmall: the organisation's own .docx, which its reports are written into. Never changed; a new one replaces it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="word_templates")
    name = LineField(_("name"), max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_active = models.BooleanField(_("in use"), default=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word template")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_active=True), name="word_template_one_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, int | str]:
        """What the audit trail finds it by, also when it is gone."""
        return {"organisation": self.organisation_id, "sha256": self.sha256}
