"""Openness and archives: what is handed out, what is masked in it, and how long records are kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation, OwnedQuerySet
from program.models import InProgramQuerySet, InTrail, PartInTrail, Program
from ui.fields import LineField, ProseField


class Handout(InTrail, models.Model):
    """Utlämnande: somebody asked for the programme's records, and got a file with what may be handed out.

    `records` are the kinds of record it takes in; the file stands from the day it is handed out.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="handouts")
    case_number = LineField(_("case number"), max_length=40, blank=True)
    request = ProseField(_("what was asked for"), max_length=1000)
    requested_on = models.DateField(_("asked for on"))
    records = models.JSONField(_("kinds of record"), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    handed_out_at = models.DateTimeField(null=True, blank=True)
    handed_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    file = models.BinaryField(null=True)
    checksum = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("handout")
        ordering = ["-requested_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_out_at__isnull=True, handed_out_by__isnull=True, checksum="")
                | (Q(handed_out_at__isnull=False, handed_out_by__isnull=False) & ~Q(checksum="")),
                name="handout_handed_out_at_and_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requested_on} {self.case_number}".strip()


class MaskQuerySet(models.QuerySet):
    def visible_to(self, place):
        return self.filter(handout__program=place.program)


class Mask(PartInTrail, models.Model):
    """Maskering: words of one field of one record that are not handed out, and on what ground.

    `words` empty: the whole field. `record` is the kind, `row` its primary key, `field` the column of the export.
    """

    found_under = "handout"

    handout = models.ForeignKey(Handout, models.CASCADE, related_name="masks")
    record = models.CharField(max_length=30)
    row = models.PositiveBigIntegerField()
    field = models.CharField(max_length=40)
    words = ProseField(_("words"), max_length=4000, blank=True)
    ground = LineField(_("ground"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = MaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("mask")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["handout", "record", "row", "field", "words"], name="mask_once_per_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.row} {self.field}"


class RetentionRule(models.Model):
    """Gallringsregel: how long a kind of record is kept, by the organisation's own decision."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="retention_rules")
    record = models.CharField(_("kind of record"), max_length=30)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)  # None: kept for good
    basis = LineField(_("by which decision"), max_length=200, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention rule")
        ordering = ["record"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "record"], name="retention_rule_once_per_record")
        ]

    def __str__(self) -> str:
        return self.record
